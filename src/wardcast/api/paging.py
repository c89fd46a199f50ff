"""Paging by cursor: the id of the last item that was given, newest first."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from wardcast.platform.http import Invalid

M = TypeVar("M", bound=Model)
T = TypeVar("T")


def page(
    found: QuerySet[M],
    cursor: str,
    size: int,
    present: Callable[[list[M]], Iterable[T]],
) -> dict[str, Any]:
    """`{"items", "next"}` of rows with UUIDv7 keys, newest first; `next` is None at the end."""
    if cursor:
        found = found.filter(pk__lt=_parse(cursor))
    rows = list(found.order_by("-pk")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return {"items": list(present(rows)), "next": str(rows[-1].pk) if more else None}


def page_by(
    found: QuerySet[M],
    time: str,
    cursor: str,
    size: int,
    present: Callable[[list[M]], Iterable[T]],
) -> dict[str, Any]:
    """Like `page`, of rows by the latest `time`, a field of theirs. A row whose time changes
    meanwhile moves to the front, so a reader of several pages can meet it twice, and none is
    missed that has not moved."""
    if cursor:
        at, key = _parse_time(cursor)
        earlier = Q(**{f"{time}__lt": at}) | Q(**{time: at, "pk__lt": key})
        found = found.filter(earlier)
    rows = list(found.order_by(f"-{time}", "-pk")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    last = f"{getattr(rows[-1], time).isoformat()}~{rows[-1].pk}" if more else None
    return {"items": list(present(rows)), "next": last}


def _parse_time(cursor: str) -> tuple[datetime, UUID]:
    at, _, key = cursor.partition("~")
    try:
        found = datetime.fromisoformat(at)
    except ValueError as error:
        raise _no_place(cursor) from error
    if found.tzinfo is None:
        raise _no_place(cursor)
    return found, _parse(key)


def _no_place(cursor: str) -> Invalid:
    return Invalid(
        "bad_cursor",
        f"“{cursor[:40]}” is not a place in this list. Start again without a cursor.",
    )


def _parse(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError as error:
        raise _no_place(cursor) from error
