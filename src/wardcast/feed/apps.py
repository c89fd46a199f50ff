"""The Django app of this room."""

from django.apps import AppConfig


class FeedConfig(AppConfig):
    """Registers this room's tables."""

    name = "wardcast.feed"
    label = "feed"
    default_auto_field = "django.db.models.BigAutoField"
