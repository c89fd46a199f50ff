"""What was sent about a notice, noted before it is sent."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from wardcast.platform import sql
from wardcast.recall.ledger import milliseconds
from wardcast.recall.models import Knock, Reminder


def note(
    table: type[Reminder | Knock], number: int, notice_ids: Collection[UUID], now: datetime
) -> set[UUID]:
    """Notes that a viewer is told of these notices; answers those of which it was not noted before.
    One statement, so that of two workers one alone goes on."""
    places = ", ".join(["(%s, %s, %s)"] * len(notice_ids))
    at = milliseconds(now)
    new = sql.rows(
        f"INSERT INTO {table._meta.db_table} (notice_id, viewer, at) VALUES {places}"  # noqa: S608
        " ON CONFLICT (notice_id, viewer) DO NOTHING RETURNING notice_id",
        [value for each in sorted(notice_ids) for value in (sql.key(each), number, at)],
    )
    return {sql.uuid(each) for (each,) in new}
