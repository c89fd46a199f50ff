"""JSON over HTTP: notify."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from wardcast.api.operation import route
from wardcast.api.paging import page
from wardcast.api.signed_in import user_of
from wardcast.notify import actions, choices, queries
from wardcast.platform.http import Request

router = Router(tags=["notify"])

_PAGE = 30


class NotificationOut(Schema):
    """One thing that a person was told, in words, and where it leads."""

    id: UUID
    kind: str
    text: str
    at: datetime
    read: bool
    link: str


class InboxOut(Schema):
    """A page of the inbox, newest first."""

    items: list[NotificationOut]
    next: str | None
    unread: int


class ReadIn(Schema):
    """Which notifications were read: some by id, or `all`."""

    ids: Annotated[list[UUID], Field(max_length=200, default_factory=list)]
    all: bool = False


class UnreadOut(Schema):
    """How many are not read yet."""

    unread: int


class Reminders(Schema):
    """Whether a person is written to when a correction has waited for them."""

    by_mail: bool


@route(router.get, "/notifications", verb="see_inbox", response=InboxOut)
def notifications(request: Request, cursor: str = "") -> dict[str, Any]:
    """What this person was told, newest first."""
    me = user_of(request)
    found = page(queries.of(me), cursor, _PAGE, queries.worded)
    return {**found, "unread": queries.unread(me)}


@route(router.post, "/notifications/read", verb="read_inbox", response=UnreadOut)
def read_notifications(request: Request, body: ReadIn) -> dict[str, int]:
    """Marks notifications as read."""
    me = user_of(request)
    actions.read_all(me) if body.all else actions.read(me, body.ids)
    return {"unread": queries.unread(me)}


@route(router.get, "/me/reminders", verb="see_reminders", response=Reminders)
def reminders(request: Request) -> dict[str, bool]:
    """Whether this person is reminded by mail of corrections that wait for them."""
    me = user_of(request)
    return {"by_mail": me in choices.reminded_by_mail([me])}


@route(router.put, "/me/reminders", verb="choose_reminders", response=Reminders)
def choose_reminders(request: Request, body: Reminders) -> Reminders:
    """Begins or ends reminders by mail."""
    choices.choose(user_of(request), by_mail=body.by_mail)
    return body
