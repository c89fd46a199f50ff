"""The Django app of this room."""

from django.apps import AppConfig


class ConversationConfig(AppConfig):
    """Registers this room's tables."""

    name = "wardcast.conversation"
    label = "conversation"
    default_auto_field = "django.db.models.BigAutoField"
