"""The Django app of the pages: templates, no tables."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Registers the templates."""

    name = "wardcast.pages"
    label = "pages"
