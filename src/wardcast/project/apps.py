"""The Django app that wires the house when it starts."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Registers the policy and who hears which event."""

    name = "wardcast.project"
    label = "project"

    def ready(self) -> None:
        """Wires the rooms together, once every room is loaded."""
        from wardcast.project import wiring

        wiring.connect()
