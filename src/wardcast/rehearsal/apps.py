"""The Django app of this room."""

from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    """Registers this room's tables and its work."""

    name = "wardcast.rehearsal"
    label = "rehearsal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers the work once every table is known."""
        from wardcast.rehearsal import tasks  # noqa: F401
