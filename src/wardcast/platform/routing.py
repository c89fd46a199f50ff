"""Which database a table lies in: what pairs a person or device with a viewer number lies apart."""

from typing import Any

from django.apps import apps
from django.db.models import Model

DEFAULT = "default"
LINKS = "links"


class Router:
    """A model that says `database = "links"` lies in the file of links, others in the main one."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """Where the model's rows are read."""
        return _database(model)

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Where the model's rows are written."""
        return _database(model)

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Rows may point at each other within one database only."""
        return _database(type(one)) == _database(type(other))

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool:
        """Whether a migration's table belongs in `db`."""
        if model_name is None:
            return db == str(hints.get("database", DEFAULT))
        try:
            model = apps.get_model(app_label, model_name)
        except LookupError:
            return db == DEFAULT
        return db == _database(model)


def _database(model: type[Model]) -> str:
    return str(getattr(model, "database", DEFAULT))
