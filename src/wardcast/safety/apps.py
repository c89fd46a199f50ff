"""The Django app of this room."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Registers this room's tables and its work."""

    name = "wardcast.safety"
    label = "safety"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes this room's work known to the jobs."""
        from wardcast.safety import tasks  # noqa: F401
