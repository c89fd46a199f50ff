"""The Django app of this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers this room's tables."""

    name = "wardcast.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
