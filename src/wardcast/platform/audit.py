"""The trail of what was decided, by whom and why. Rows are added and never changed."""

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
