"""The trail of what was decided, by whom and why. Rows are added and never changed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wardcast.platform import clock
from wardcast.platform.models import AuditEntry


def record(
    verb: str, kind: str, object_id: object, *, by: UUID | None, reason: str = "", **facts: object
) -> None:
    """Writes one entry in the transaction at hand. `facts` must be plain values, never words that
    a check found."""
    AuditEntry.objects.create(
        at=clock.now(),
        verb=verb,
        kind=kind,
        object_id=str(object_id),
        by=by,
        reason=reason,
        facts={name: str(value) for name, value in facts.items()},
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the trail."""

    at: datetime
    by: UUID | None
    reason: str
    facts: dict[str, str]


def entries(verb: str, kind: str, object_id: object, *, limit: int = 100) -> list[Entry]:
    """What was done to a thing by this verb, the latest first."""
    rows = AuditEntry.objects.filter(verb=verb, kind=kind, object_id=str(object_id))
    return [
        Entry(row.at, row.by, row.reason, row.facts) for row in rows.order_by("-at", "-pk")[:limit]
    ]
