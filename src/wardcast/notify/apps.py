"""The Django app of this room."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Registers this room's tables and its work."""

    name = "wardcast.notify"
    label = "notify"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the mail's work known to the jobs."""
        from wardcast.notify import tasks  # noqa: F401
