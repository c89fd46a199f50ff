"""The Django app of this room."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Registers this room's tables and its work."""

    name = "wardcast.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes this room's work known to the jobs."""
        from wardcast.media import shareables, speech, tasks  # noqa: F401
