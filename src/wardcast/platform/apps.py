"""The Django app of the platform: jobs, vault keys and the audit trail have tables."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Registers the platform's tables."""

    name = "wardcast.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"
