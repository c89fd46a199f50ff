"""What a person was told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from wardcast.notify import kinds
from wardcast.notify.models import Notification


@dataclass(frozen=True, slots=True)
class Told:
    """One notification as a person reads it."""

    id: UUID
    kind: str
    text: str
    at: datetime
    read: bool
    link: str


def of(user_id: UUID) -> QuerySet[Notification]:
    """A person's notifications, for paging."""
    return Notification.objects.filter(user=user_id)


def worded(rows: list[Notification]) -> list[Told]:
    """Rows in words."""
    return [
        Told(
            id=row.pk,
            kind=row.kind,
            text=kinds.sentence(row.kind, row.values),
            at=row.at,
            read=row.read_at is not None,
            link=kinds.link(row.kind, row.subject_id, row.values),
        )
        for row in rows
    ]


def unread(user_id: UUID) -> int:
    """How many are not read yet."""
    return Notification.objects.filter(user=user_id, read_at=None).count()
