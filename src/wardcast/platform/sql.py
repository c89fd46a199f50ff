"""Plain SQL for the few reads that every page makes: building them with the ORM costs ten times
what they cost. Ids and moments go in and come out in the database's own form.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import UUIDField

from wardcast.platform.routing import DEFAULT

_ID: "UUIDField[Any, Any]" = UUIDField()


def rows(text: str, values: Sequence[Any] = (), using: str = DEFAULT) -> list[tuple[Any, ...]]:
    """What a statement answers. `text` holds no values, `%s` stands for each."""
    with connections[using].cursor() as cursor:
        cursor.execute(text, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def places(values: Collection[object]) -> str:
    """A place for each value of a list: "%s, %s"."""
    return ", ".join(["%s"] * len(values))


def key(value: UUID, using: str = DEFAULT) -> object:
    """An id as the database compares it."""
    return _ID.get_db_prep_value(value, connections[using])


def uuid(value: UUID | str) -> UUID:
    """An id as it came out of the database."""
    return value if isinstance(value, UUID) else UUID(value)


def moment(value: datetime, using: str = DEFAULT) -> object:
    """A moment as the database compares it."""
    return connections[using].ops.adapt_datetimefield_value(value)
