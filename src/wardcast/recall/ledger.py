"""Writes and reads the exposures: which viewer was served which version, and what they played.

A row is written, and kept, before the address of a file leaves the house, so that whoever may have
seen a version is known. Levels only rise and the first time stays, in whatever order batches come.

Rows are new ones, in one table keyed by viewer and version; after a while they are packed
(`resting`) into histories by viewer and audiences by version. Every read here looks into both, new
rows first: a row moves one way only, so that none is missed while it moves.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from wardcast.platform import sql
from wardcast.recall import engines, packing
from wardcast.recall.models import BeaconSeen, Exposure
from wardcast.recall.packing import Fact
from wardcast.recall.spool import Spool

SERVED, FRAME, TWO_SECONDS, FINISHED = Exposure.Level.values

_AT_ONCE = 1000
"""The most rows in one statement."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """A viewer was served a version, and how much of it was played as far as is known."""

    version_serial: int
    viewer: int
    level: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What a client says was played. `played`: the seconds, a bit each; `whole`: whether these are
    all, so that what is missing is known to have been left out."""

    level: int
    played: bytes = b""
    whole: bool = False


def told(level: int, spans: Iterable[tuple[int, int]] | None, *, whole: bool) -> Told:
    """What a client says: these spans were played (milliseconds), and with `whole` no others. None
    where it does not say."""
    return Told(level, packing.seconds(spans or ()), whole and spans is not None)


def both(one: Told, other: Told) -> Told:
    """Two things that were told of one version, together."""
    return Told(
        max(one.level, other.level),
        packing.either(one.played, other.played),
        one.whole or other.whole,
    )


def milliseconds(at: datetime) -> int:
    """A moment as the ledger keeps it: milliseconds since 1970."""
    return round(at.timestamp() * 1000)


def moment(milliseconds: int) -> datetime:
    """A moment that the ledger keeps, in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def record(batch: Sequence[Exposed]) -> None:
    """Keeps that these were served; when it returns, the rows are on the disk.

    Threads that come at the same time share one commit. Inside a transaction it is kept with that.
    """
    if not batch:
        return
    rows = _merged(batch)
    if connection.in_atomic_block:
        _write(rows)
    else:
        _spool.put(rows)


def raise_levels(viewers: Collection[int], played: Mapping[int, Told], at: datetime) -> set[int]:
    """Raises what is known to have been played of versions that these viewers were served, by
    version; answers which those are. It makes nobody exposed: a client's word alone does not, and
    what was erased stays erased.
    """
    if not viewers or not played:
        return set()
    heard = set()
    with transaction.atomic():
        for viewer in sorted(viewers):
            for version, old in sorted(seen([viewer], played).items()):
                _raise(viewer, version, old, played[version], milliseconds(at))
                heard.add(version)
    return heard


def seen(viewers: Collection[int], versions: Collection[int] | None = None) -> dict[int, Fact]:
    """What is known of what these numbers, as one viewer, were served, by version; of `versions`
    alone where they are given."""
    if not viewers:
        return {}
    places, numbers = sql.places(viewers), sorted(viewers)
    text = (
        "SELECT version_serial, level, known, first_at, last_at, played FROM recall_exposure"  # noqa: S608
        f" WHERE viewer IN ({places})"
    )
    wanted = None if versions is None else dict.fromkeys(versions)
    found: dict[int, Fact] = {}
    for version, level, known, first, last, played in sql.rows(text, numbers):
        if wanted is None or version in wanted:
            _add(found, version, Fact(level, known, first, last, bytes(played)))
    packed = sql.rows(f"SELECT data FROM recall_history WHERE viewer IN ({places})", numbers)  # noqa: S608
    for version, fact in packing.facts_in((bytes(data) for (data,) in packed), wanted).items():
        _add(found, version, fact)
    return found


def viewers(version_serial: int) -> tuple[list[int], list[int]]:
    """The numbers that were served a version, in order, and the second since 1970 in which each was
    first."""
    new = sql.rows(
        "SELECT viewer, first_at FROM recall_exposure WHERE version_serial = %s", [version_serial]
    )
    packed = sql.rows(
        "SELECT data FROM recall_audience WHERE version_serial = %s", [version_serial]
    )
    segments = [bytes(data) for (data,) in packed]
    segments.append(packing.audience({viewer: first // 1000 for viewer, first in new}))
    numbers, firsts = packing.audience_in(segments)
    return numbers.tolist(), firsts.tolist()


def viewers_after(number: int, limit: int) -> list[int]:
    """The next numbers that anything is known of, in order."""
    rows = sql.rows(
        "SELECT viewer FROM (SELECT DISTINCT viewer FROM recall_exposure WHERE viewer > %s"
        " UNION SELECT DISTINCT viewer FROM recall_history WHERE viewer > %s) AS found"
        " ORDER BY viewer LIMIT %s",
        [number, number, limit],
    )
    return [viewer for (viewer,) in rows]


def by_viewer(numbers: Collection[int]) -> dict[int, dict[int, Fact]]:
    """What is known of what each of these numbers was served, by viewer and version."""
    found: dict[int, dict[int, Fact]] = {}
    if not numbers:
        return found
    places, ordered = sql.places(numbers), sorted(numbers)
    for viewer, version, level, known, first, last, played in sql.rows(
        "SELECT viewer, version_serial, level, known, first_at, last_at, played"  # noqa: S608
        f" FROM recall_exposure WHERE viewer IN ({places})",
        ordered,
    ):
        fact = Fact(level, known, first, last, bytes(played))
        _add(found.setdefault(viewer, {}), version, fact)
    for viewer, data in sql.rows(
        f"SELECT viewer, data FROM recall_history WHERE viewer IN ({places})",  # noqa: S608
        ordered,
    ):
        for version, fact in packing.facts_in([bytes(data)]).items():
            _add(found.setdefault(viewer, {}), version, fact)
    return found


def facts(numbers: Collection[int], version_serial: int) -> dict[int, Fact]:
    """What is known of these numbers and one version, by number; at most some thousands at once."""
    places, found = sql.places(numbers), dict[int, Fact]()
    for viewer, level, known, first, last, played in sql.rows(
        "SELECT viewer, level, known, first_at, last_at, played FROM recall_exposure"  # noqa: S608
        f" WHERE version_serial = %s AND viewer IN ({places})",
        [version_serial, *numbers],
    ):
        found[viewer] = Fact(level, known, first, last, bytes(played))
    wanted = {version_serial: None}
    for viewer, data in sql.rows(
        f"SELECT viewer, data FROM recall_history WHERE viewer IN ({places})",  # noqa: S608
        list(numbers),
    ):
        for fact in packing.facts_in([bytes(data)], wanted).values():
            _add(found, viewer, fact)
    return found


def hold(numbers: Collection[int]) -> None:
    """Inside a transaction: keeps others from changing the new rows of these numbers."""
    if numbers:
        engines.current().hold(f"WHERE viewer IN ({sql.places(numbers)})", sorted(numbers))


def skipped(numbers: Sequence[int], version_serial: int, span: tuple[int, int]) -> set[int]:
    """Those of these numbers that are known to have played nothing of a span of a version."""
    found: set[int] = set()
    for start in range(0, len(numbers), _AT_ONCE):
        known = facts(numbers[start : start + _AT_ONCE], version_serial)
        found |= {viewer for viewer, fact in known.items() if packing.missed(fact, span)}
    return found


def in_cohort(
    numbers: Collection[int], version_serial: int, until: int | None, span: tuple[int, int] | None
) -> set[int]:
    """Those of these numbers that belong to a cohort, as `cohort` would say."""
    return {
        viewer
        for viewer, fact in facts(numbers, version_serial).items()
        if in_time(fact.first_at, until) and not packing.missed(fact, span)
    }


def in_time(first_at: int, sealed_at: int | None) -> bool:
    """Whether who was first served then belongs to a cohort: what has come to rest knows whole
    seconds, so whole seconds are compared everywhere."""
    return sealed_at is None or first_at // 1000 <= sealed_at // 1000


def cohort(
    version_serial: int, until: int | None, span: tuple[int, int] | None = None
) -> tuple[set[int], int | None, int | None]:
    """The numbers that were served a version, first by `until` where that is given, with the first
    and the last time that it was served to any of them (milliseconds, of whole seconds). With a
    span, without those who are known to have played none of it."""
    numbers, firsts = viewers(version_serial)
    outside = skipped(numbers, version_serial, span) if span else set()
    pairs = [
        pair
        for pair in zip(numbers, firsts, strict=True)
        if in_time(pair[1] * 1000, until) and pair[0] not in outside
    ]
    if not pairs:
        return set(), None, None
    times = [first for _, first in pairs]
    return {viewer for viewer, _ in pairs}, min(times) * 1000, max(times) * 1000


def count_once(ids: Iterable[UUID], at: datetime) -> set[UUID]:
    """Which of these events are counted now for the first time; the others were counted before."""
    wanted = sorted(set(ids))
    if not wanted:
        return set()
    moment = milliseconds(at)
    places = ", ".join(["(%s, %s)"] * len(wanted))
    # One statement, so that of two batches at the same time one alone counts an id.
    new = sql.rows(
        f"INSERT INTO recall_beaconseen (id, at) VALUES {places}"  # noqa: S608
        " ON CONFLICT (id) DO NOTHING RETURNING id",
        [value for each in wanted for value in (sql.key(each), moment)],
    )
    return {sql.uuid(each) for (each,) in new}


def forget_beacons(before: datetime, limit: int = 1000) -> int:
    """Deletes the ids of events counted before then, the oldest first; answers how many."""
    old = BeaconSeen.objects.filter(at__lt=milliseconds(before)).order_by("at")
    ids = list(old.values_list("id", flat=True)[:limit])
    BeaconSeen.objects.filter(id__in=ids).delete()
    return len(ids)


def _merged(batch: Sequence[Exposed]) -> list[engines.Row]:
    # PostgreSQL refuses a statement that would touch one row twice.
    rows: dict[tuple[int, int], tuple[int, int, int]] = {}
    for each in batch:
        key, at = (each.viewer, each.version_serial), milliseconds(each.at)
        level, first, last = rows.get(key, (each.level, at, at))
        rows[key] = (max(level, each.level), min(first, at), max(last, at))
    return [(*key, *tail) for key, tail in rows.items()]


def _write(rows: Iterable[engines.Row]) -> None:
    # In the order of the key, so that no two transactions hold the same rows crosswise.
    engine, left = engines.current(), iter(sorted(rows))
    while some := list(islice(left, _AT_ONCE)):
        engine.write(some)


def _write_all(batches: Sequence[Sequence[engines.Row]]) -> None:
    """Of several threads the same key may come again: a round for each time, in one commit."""
    if len(batches) == 1 and len(batches[0]) <= _AT_ONCE:
        _write(batches[0])
        return
    rounds: list[list[engines.Row]] = []
    times = Counter[tuple[int, int]]()
    for row in (row for rows in batches for row in rows):
        if times[row[:2]] == len(rounds):
            rounds.append([])
        rounds[times[row[:2]]].append(row)
        times[row[:2]] += 1
    if len(rounds) == 1 and len(rounds[0]) <= _AT_ONCE:
        _write(rounds[0])
        return
    with transaction.atomic():
        for rows in rounds:
            _write(rows)


_spool = Spool(_write_all)


def _add(found: dict[int, Fact], key: int, fact: Fact) -> None:
    found[key] = packing.merge(found[key], fact) if key in found else fact


def _raise(viewer: int, version: int, old: Fact, told: Told, at: int) -> None:
    """Writes what is known now into the new rows; what has come to rest gets one again."""
    key = [viewer, version]
    with connection.cursor() as cursor:
        # One statement that changes nothing of a row that is there, yet holds it: between an insert
        # and a select of its own, the row may be packed.
        cursor.execute(
            "INSERT INTO recall_exposure AS old"
            " (viewer, version_serial, level, known, first_at, last_at, played)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (viewer, version_serial) DO UPDATE SET level = old.level"
            " RETURNING level, known, first_at, last_at, played",
            [*key, old.level, old.known, old.first_at, old.last_at, old.played],
        )
        level, known, first, last, played = cursor.fetchone()
        now = packing.Fact(level, known, first, max(last, at), bytes(played))
        whole = packing.TOLD if told.whole else packing.UNKNOWN
        cursor.execute(
            "UPDATE recall_exposure SET level = %s, known = %s, last_at = %s, played = %s"
            " WHERE viewer = %s AND version_serial = %s",
            [
                max(now.level, told.level),
                max(now.known, whole),
                now.last_at,
                packing.either(now.played, told.played),
                *key,
            ],
        )
