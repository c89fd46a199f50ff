"""What differs between the databases that a ledger may lie in: how rows are written and guarded.

Another engine is another class here, under the vendor's name.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from django.db import connection

from wardcast.platform import sql

Row = tuple[int, int, int, int, int]
"""viewer, version, level, first_at, last_at."""

_INTO = "INSERT INTO recall_exposure AS old (viewer, version_serial, level, known, first_at, last_at, played)"  # noqa: E501
_FROM_ARRAYS = (
    " SELECT viewer, version, level, 0, first_at, last_at, ''::bytea"
    " FROM unnest(%b::int[], %b::int[], %b::smallint[], %b::bigint[], %b::bigint[])"
    " AS new (viewer, version, level, first_at, last_at)"
)
_MERGED = (
    " ON CONFLICT (viewer, version_serial) DO UPDATE SET"
    " level = {most}(old.level, excluded.level),"
    # Served at two different moments: no single report tells all that was played.
    " known = CASE WHEN old.first_at <> excluded.first_at THEN 2 ELSE old.known END,"
    " first_at = {least}(old.first_at, excluded.first_at),"
    " last_at = {most}(old.last_at, excluded.last_at)"
)


class Engine(Protocol):
    """A database that holds a ledger."""

    def write(self, rows: Sequence[Row]) -> None:
        """Merges what was served, each key once and in order, in one statement; when it returns, it
        is kept."""

    def alone(self) -> int:
        """Inside a transaction: keeps others who call this waiting until it ends. Answers how often
        something was erased."""

    def hold(self, these: str, values: Sequence[int]) -> None:
        """Inside a transaction: keeps others from changing the new rows that a condition names."""


class Sqlite:
    """SQLite, whose transactions that write wait for each other anyhow."""

    def write(self, rows: Sequence[Row]) -> None:
        """As the protocol says."""
        places = ", ".join(["(%s, %s, %s, 0, %s, %s, x'')"] * len(rows))
        text = f"{_INTO} VALUES {places}" + _MERGED.format(least="MIN", most="MAX")
        with connection.cursor() as cursor:
            cursor.execute(text, [value for row in rows for value in row])

    def alone(self) -> int:
        """As the protocol says."""
        return _erasures("")

    def hold(self, these: str, values: Sequence[int]) -> None:
        """As the protocol says: the transaction writes, so nobody else does."""


class Postgres:
    """PostgreSQL. Columns travel as arrays in the server's own form, which Django's cursors would
    write out as text."""

    def write(self, rows: Sequence[Row]) -> None:
        """As the protocol says."""
        text = _INTO + _FROM_ARRAYS + _MERGED.format(least="LEAST", most="GREATEST")
        columns = [list(column) for column in zip(*rows, strict=True)]
        from psycopg import Cursor  # not wanted where the house lies in SQLite

        connection.ensure_connection()
        plain: Any = Cursor(connection.connection)
        logged = connection.queries_logged  # so that Django sees it, as any other
        wrapped = connection.make_debug_cursor if logged else connection.make_cursor
        with wrapped(plain) as cursor:
            cursor.execute(text, columns)

    def alone(self) -> int:
        """As the protocol says."""
        return _erasures(" FOR UPDATE")

    def hold(self, these: str, values: Sequence[int]) -> None:
        """As the protocol says, in the order of the key, as writers come to them."""
        sql.rows(
            f"SELECT 1 FROM recall_exposure {these} ORDER BY viewer, version_serial FOR UPDATE",  # noqa: S608
            values,
        )


_ENGINES: dict[str, Engine] = {"sqlite": Sqlite(), "postgresql": Postgres()}


def current() -> Engine:
    """The engine of the house's database."""
    return _ENGINES[connection.vendor]


def _erasures(guard: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO recall_ledgerstate (id, erasures) VALUES (1, 0) ON CONFLICT DO NOTHING"
        )
    ((count,),) = sql.rows(f"SELECT erasures FROM recall_ledgerstate WHERE id = 1{guard}")  # noqa: S608
    return int(count)
