"""The Django app of this room."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """Registers this room's tables."""

    name = "wardcast.posts"
    label = "posts"
    default_auto_field = "django.db.models.BigAutoField"
