"""Packs new exposures into histories by viewer and audiences by version, and erases from both.

First an exposure's viewer goes into the version's audience, then the row into the viewer's history,
each in short transactions: whoever is served meanwhile waits for milliseconds. A kill between the
two leaves a row that is packed again, and stands in an audience twice, which says nothing new.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID, uuid5

from django.db import connection, transaction

from wardcast.platform import jobs, sql
from wardcast.recall import engines, ledger, packing
from wardcast.recall.models import LedgerState
from wardcast.recall.packing import Fact

PACK = "recall.pack"
WORTH = 20_000
"""Fewer new rows than these are left where they are: a segment is better written once."""

LIMIT = 200_000
"""So many rows are packed at once at most."""

_LEDGER = UUID(int=0x1ED6E2)
_VERSIONS = 200
_ROWS = 4000
T = TypeVar("T")


class _Erased(Exception):
    """Somebody's history was erased meanwhile: what was read may hold it."""


def ask(now: datetime) -> None:
    """Has the worker look whether there is something to pack; once a minute at most."""
    minute = int(now.timestamp()) // 60
    jobs.start(PACK, subject=_LEDGER, job_id=uuid5(_LEDGER, str(minute)))


def pack_many() -> int:
    """Packs as long as it is worth it; answers how many rows."""
    packed = 0
    while _many() and (some := pack()):
        packed += some
    return packed


def pack(limit: int = LIMIT) -> int:
    """Packs up to `limit` new exposures, whole viewers first to last; answers how many."""
    with transaction.atomic():
        erased = engines.current().alone()
        rows = sql.rows(
            "SELECT viewer, version_serial, first_at FROM recall_exposure"
            " ORDER BY viewer, version_serial LIMIT %s",
            [limit],
        )
    try:
        _into_audiences(rows, erased)
        return _into_histories(rows, erased)
    except _Erased:
        return 0


def erase(viewers: Collection[int]) -> int:
    """Erases all that these numbers were served; answers how many exposures there were. Call it
    inside a transaction."""
    if not viewers:
        return 0
    engines.current().alone()
    numbers = sorted(viewers)
    versions = ledger.seen(numbers)
    _note_erasure()
    places = sql.places(numbers)
    with connection.cursor() as cursor:
        for table in ("recall_exposure", "recall_history"):
            cursor.execute(f"DELETE FROM {table} WHERE viewer IN ({places})", numbers)  # noqa: S608
    for version in versions:
        _take_out(version, numbers)
    return len(versions)


def take_out(these: Mapping[int, Collection[int]]) -> None:
    """Erases that these versions were served to these viewers. Call it inside a transaction, with
    nobody else packing or erasing and the new rows held."""
    if not these:
        return
    _note_erasure()
    by_viewer: defaultdict[int, set[int]] = defaultdict(set)
    for version, viewers in these.items():
        for viewer in viewers:
            by_viewer[viewer].add(version)
        _take_out(version, sorted(viewers))
    pairs = [(viewer, version) for viewer, versions in by_viewer.items() for version in versions]
    with connection.cursor() as cursor:
        for some in _slices(pairs, _ROWS):
            places = ", ".join(["(%s, %s)"] * len(some))
            cursor.execute(
                f"DELETE FROM recall_exposure WHERE (viewer, version_serial) IN (VALUES {places})",  # noqa: S608
                [value for pair in some for value in pair],
            )
    numbers = sorted(by_viewer)
    rows = sql.rows(
        f"SELECT viewer, part, data FROM recall_history WHERE viewer IN ({sql.places(numbers)})",  # noqa: S608
        numbers,
    )
    new = []
    for viewer, part, data in rows:
        facts = packing.facts_in([bytes(data)])
        left = {
            version: fact for version, fact in facts.items() if version not in by_viewer[viewer]
        }
        if len(left) < len(facts):
            new.append((viewer, part, packing.history(left)))
    _put("recall_history", "viewer", new)


def _note_erasure() -> None:
    state = LedgerState.objects.get(pk=1)
    state.erasures += 1
    state.save(update_fields=["erasures"])


def _many() -> bool:
    ((count,),) = sql.rows(
        f"SELECT COUNT(*) FROM (SELECT 1 FROM recall_exposure LIMIT {WORTH}) AS found"  # noqa: S608
    )
    return bool(count == WORTH)


def _into_audiences(rows: Iterable[tuple[int, int, int]], erased: int) -> None:
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for viewer, version, first_at in rows:
        found[version][viewer] = first_at // 1000
    for some in _slices(sorted(found), _VERSIONS):
        with _still(erased):
            last = _last("recall_audience", "version_serial", some)
            new = []
            for version in some:
                part, data = last.get(version, (0, b""))
                if len(data) >= packing.FULL:
                    part, data = part + 1, b""
                for viewers in _portions([data, packing.audience(found[version])]):
                    new.append((version, part, packing.audience(viewers)))
                    part += 1
            _put("recall_audience", "version_serial", new)


def _into_histories(rows: Sequence[tuple[int, int, int]], erased: int) -> int:
    moved = 0
    for some in _slices([row[:2] for row in rows], _ROWS):
        with _still(erased):
            found: defaultdict[int, dict[int, Fact]] = defaultdict(dict)
            for viewer, version, fact in _take(some):
                found[viewer][version] = fact
                moved += 1
            tails = _last("recall_history", "viewer", sorted(found))
            new = []
            for viewer, facts in found.items():
                part, data = tails.get(viewer, (0, b""))
                if len(data) >= packing.FULL:
                    part, data = part + 1, b""
                for version, fact in packing.facts_in([data] if data else []).items():
                    facts[version] = packing.merge(facts.get(version, fact), fact)
                new.append((viewer, part, packing.history(facts)))
            _put("recall_history", "viewer", new)
    return moved


def _take(keys: Sequence[tuple[int, int]]) -> list[tuple[int, int, Fact]]:
    pairs = ", ".join(["(%s, %s)"] * len(keys))
    these = f"WHERE (viewer, version_serial) IN (VALUES {pairs})"
    values = [value for key in keys for value in key]
    engines.current().hold(these, values)
    rows = sql.rows(
        f"DELETE FROM recall_exposure {these}"  # noqa: S608
        " RETURNING viewer, version_serial, level, known, first_at, last_at, played",
        values,
    )
    return [
        (viewer, version, Fact(level, known, first, last, bytes(played)))
        for viewer, version, level, known, first, last, played in rows
    ]


def _last(table: str, key: str, keys: Sequence[int]) -> dict[int, tuple[int, bytes]]:
    """The last segment of each: its part and its bytes."""
    if not keys:
        return {}
    rows = sql.rows(
        f"SELECT {key}, part, data FROM {table} t WHERE {key} IN ({sql.places(keys)})"  # noqa: S608
        f" AND part = (SELECT MAX(part) FROM {table} u WHERE u.{key} = t.{key})",
        keys,
    )
    return {each: (part, bytes(data)) for each, part, data in rows}


def _put(table: str, key: str, rows: Sequence[tuple[int, int, bytes]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({key}, part, data) VALUES (%s, %s, %s)"  # noqa: S608
            f" ON CONFLICT ({key}, part) DO UPDATE SET data = excluded.data",
            rows,
        )


def _take_out(version: int, numbers: Sequence[int]) -> None:
    rows = sql.rows("SELECT part, data FROM recall_audience WHERE version_serial = %s", [version])
    left = [(part, bytes(data), packing.without(bytes(data), numbers)) for part, data in rows]
    changed = [(version, part, after) for part, before, after in left if after != before]
    _put("recall_audience", "version_serial", changed)


def _portions(segments: Sequence[bytes]) -> Iterator[dict[int, int]]:
    viewers, firsts = packing.audience_in(segments)
    pairs = list(zip(viewers.tolist(), firsts.tolist(), strict=True))
    for some in _slices(pairs, packing.FULL // 8 + 1):
        yield dict(some)


def _slices(values: Sequence[T], size: int) -> Iterator[list[T]]:
    left = iter(values)
    while some := list(islice(left, size)):
        yield some


@contextmanager
def _still(erased: int) -> Iterator[None]:
    """A transaction with nobody else packing or erasing, if nothing was erased since."""
    with transaction.atomic():
        if engines.current().alone() != erased:
            raise _Erased
        yield
