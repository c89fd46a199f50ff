"""The Django app of this room."""

from django.apps import AppConfig


class RecallConfig(AppConfig):
    """Registers this room's tables."""

    name = "wardcast.recall"
    label = "recall"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers this room's work."""
        from wardcast.recall import tasks  # noqa: F401
