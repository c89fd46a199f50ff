"""The exposure ledger on SQLite and PostgreSQL: ingest, size, what is owed, growth, a recall.

A tenth of the exposures are of one version, seen once by every viewer; the others follow a Zipf
law over 20,000 versions. They come as the app's spool writes them, 1,000 rows a commit, synced,
from a feed's pages of ten. Each then gets the seconds that were played, as beacons would write
them, and comes to rest by the worker's packing. Baselines: the same rows by bare `executemany` into
a SQLite table with the same key and the same settings, or by bare `COPY` into one of PostgreSQL.

Run: `python bench/ledger.py [--exposures N] [--engine ENGINE] [--recalls 200] [--straight]`; sizes
are those of N, growth is from N/10 to N. PostgreSQL is used where it answers at
`WARDCAST_BENCH_POSTGRES` (postgres://postgres@127.0.0.1:5432), in databases of its own.
"""

import argparse
import os
import secrets
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from figures import house, note, tell

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # the clips and people that tests use

POSTGRES = os.environ.get("WARDCAST_BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432")
VERSIONS = 20_000
PAGE = 10
COMMIT = 1_000
HOT = 1
START = datetime(2026, 11, 1, tzinfo=UTC)
GOALS = {"sqlite": (30_000, 1.0), "postgresql": (25_000, 5.0)}
"""Rows a second, and milliseconds at the 99th percentile of `owed`."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--exposures", type=int, default=200_000)
    parser.add_argument("--recalls", type=int, default=200)
    parser.add_argument("--asks", type=int, default=2_000)
    parser.add_argument("--straight", action="store_true", help="segments alone, no ingest")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    given = parser.parse_args()
    if given.engine is None:
        for engine in GOALS:
            words = [sys.executable, __file__, *sys.argv[1:], "--engine", engine]
            if code := subprocess.run(words, check=False).returncode:
                return code
        return 0
    if given.engine == "sqlite":
        os.environ.pop("DATABASE_URL", None)
        with house() as folder:
            measure(given, folder / "wardcast.sqlite3")
    else:
        with own_database() as address:
            if address:
                os.environ["DATABASE_URL"] = address
                with house():
                    measure(given, None)
    return 0


@contextmanager
def own_database() -> Iterator[str]:
    import psycopg

    name = f"wardcast_bench_{secrets.token_hex(4)}"
    try:
        admin = psycopg.connect(f"{POSTGRES}/postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        note(f"no PostgreSQL at {POSTGRES}, its figures are left out: {error}")
        yield ""
        return
    with admin:
        for each in (name, f"{name}_links"):
            admin.execute(f"CREATE DATABASE {each}")
        try:
            yield f"{POSTGRES}/{name}"
        finally:
            from django.db import connections

            connections.close_all()
            for each in (name, f"{name}_links"):
                admin.execute(f"DROP DATABASE {each} WITH (FORCE)")


def measure(given: argparse.Namespace, file: Path | None) -> None:
    from django.db import connection

    engine, goals = connection.vendor, GOALS[connection.vendor]
    total, tenth = given.exposures, given.exposures // 10
    dice = np.random.default_rng(7)
    bare = bare_rate(dice, engine, file, min(total, 100_000))
    make_recalls(dice, given.recalls)
    if given.straight:
        straight(given, total, f"{engine}, {total:,}", goals[1])
        return
    written, packing, early = 0, 0.0, (0.0, 0.0, 0.0, 0.0)
    writing = 0.0
    shape = f"{engine}, {total:,}"
    for goal in (tenth, total):
        seconds, packed = fill(dice, written, goal, total)
        writing, packing, written = writing + seconds, packing + packed, goal
        now = (size(file) / written, *owed_ms(dice, total, given.asks))
        note(f"{engine}: {written:,} exposures, {now[0]:.1f} B each, owed {now[1]:.2f} ms")
        early = early if early[0] else now
    rate = total / writing
    tell(f"ledger ingest, {shape}", rate, "rows/s", bare, f"≥ {goals[0]:,}", rate >= goals[0])
    tell(
        f"ledger ingest against bare, {shape}",
        rate,
        "rows/s",
        bare,
        "ratio ≥ .6",
        rate >= 0.6 * bare,
    )
    whole = total / (writing + packing)
    tell(f"ledger ingest with all packing, {shape}", whole, "rows/s", bare, "reported", True)
    limit = 32 if file else 0
    small = not limit or now[0] <= limit
    tell(
        f"ledger size of an exposure, {shape}",
        now[0],
        "B",
        early[0],
        f"≤ {limit} B" if limit else "reported",
        small,
    )
    tell(
        f"ledger growth of size, {shape}",
        now[0],
        "B",
        early[0],
        "ratio ≤ 1.25",
        now[0] <= 1.25 * early[0],
    )
    tell(
        f"ledger owed p99, {given.recalls} recalls, {shape}",
        now[2],
        "ms",
        early[2],
        f"≤ {goals[1]} ms",
        now[2] <= goals[1],
    )
    tell(
        f"ledger owed p99 of CPU, {given.recalls} recalls, {shape}",
        now[3],
        "ms",
        early[3],
        f"≤ {goals[1]} ms",
        now[3] <= goals[1],
    )
    flat = now[1] <= 1.5 * early[1]
    tell(
        f"ledger owed median, growth tenfold, {shape}", now[1], "ms", early[1], "ratio ≤ 1.5", flat
    )
    recall(total, shape)


def bare_rate(dice: Any, engine: str, file: Path | None, count: int) -> float:
    """Rows a second of the bare way, the same rows in commits of the same size, synced."""
    rows = [row for page in pages(dice, 0, count, count) for row in page]
    values = [
        (viewer, version, 0, 0, 1_790_000_000_000, 1_790_000_000_000, b"")
        for viewer, version in rows
    ]
    commits = [values[at : at + COMMIT] for at in range(0, len(values), COMMIT)]
    table = (
        "CREATE TABLE bare (viewer integer, version integer, level smallint, known smallint,"
        " first_at bigint, last_at bigint, played {}, PRIMARY KEY (viewer, version))"
    )
    if file:
        database = sqlite3.connect(file.with_name("bare.sqlite3"), isolation_level=None)
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        database.execute(table.format("blob") + " WITHOUT ROWID")
        started = time.perf_counter()
        for some in commits:
            database.execute("BEGIN IMMEDIATE")
            database.executemany("INSERT OR IGNORE INTO bare VALUES (?,?,?,?,?,?,?)", some)
            database.execute("COMMIT")
        took = time.perf_counter() - started
        database.close()
        return len(values) / took
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
        database.execute(table.format("bytea"))
        started = time.perf_counter()
        for some in commits:
            with database.cursor().copy("COPY bare FROM STDIN") as copy:
                for row in dict.fromkeys(some):
                    copy.write_row(row)
        took = time.perf_counter() - started
        database.execute("DROP TABLE bare")
        return len(values) / took


def pages(dice: Any, start: int, end: int, total: int) -> Iterator[list[tuple[int, int]]]:
    """Exposures `start` to `end` in pages of ten of one viewer, one of them the version that all
    see; each (viewer, version) once."""
    viewers = max(1, total // PAGE)
    for number in range(start // PAGE, end // PAGE):
        # A step that shares nothing with the count visits each viewer once, out of order.
        viewer = number * 7_368_787 % viewers + 1
        chosen = {HOT}
        while len(chosen) < PAGE:
            ranks = dice.zipf(1.2, 3 * PAGE).tolist()
            chosen.update(each + 1 for each in ranks if each < VERSIONS)
        yield [(viewer, version) for version in sorted(chosen, key=lambda v: v != HOT)[:PAGE]]


def fill(dice: Any, start: int, end: int, total: int) -> tuple[float, float]:
    """Writes exposures; answers the seconds that writing took, and those of packing."""
    from wardcast.recall import ledger, resting

    writing = packing = 0.0
    batch: list[ledger.Exposed] = []
    waiting = 0
    left = pages(dice, start, end, total)
    for number, page in enumerate(left, start // PAGE):
        at = START + timedelta(milliseconds=number * 40)
        batch += [ledger.Exposed(version, viewer, ledger.SERVED, at) for viewer, version in page]
        if len(batch) < COMMIT:
            continue
        began = time.perf_counter()
        ledger.record(batch)
        writing += time.perf_counter() - began
        waiting, batch = waiting + len(batch), []
        if waiting >= resting.LIMIT:
            packing, waiting = packing + rest(), 0
    ledger.record(batch)
    return writing, packing + rest()


def straight(given: argparse.Namespace, total: int, shape: str, limit: float) -> None:
    """The questions alone, of a ledger of full size that was written as segments straight away: for
    sizes that would take an hour to come in row by row."""
    early = (0.0, 0.0, 0.0)
    dice = np.random.default_rng(7)
    for start, end in ((0, total // 10), (total // 10, total)):
        segments(dice, start, end, total)
        now = owed_ms(dice, end, given.asks)
        note(f"{end:,} exposures as segments: owed {now}")
        early = early if early[0] else now
    name = f"{given.recalls} recalls, {shape} as segments"
    tell(f"ledger owed p99, {name}", now[1], "ms", early[1], f"≤ {limit} ms", now[1] <= limit)
    tell(
        f"ledger owed p99 of CPU, {name}", now[2], "ms", early[2], f"≤ {limit} ms", now[2] <= limit
    )
    flat = now[0] <= 1.5 * early[0]
    tell(f"ledger owed median, growth, {name}", now[0], "ms", early[0], "ratio ≤ 1.5", flat)
    recall(total, shape)


def segments(dice: Any, start: int, end: int, total: int) -> None:
    """Writes exposures as they lie once they have come to rest."""
    from collections import defaultdict

    from wardcast.recall import packing, resting

    second = round(START.timestamp())
    fact = packing.Fact(2, packing.TOLD, second * 1000, second * 1000, b"abc")
    audiences: defaultdict[int, dict[int, int]] = defaultdict(dict)
    histories = []
    for page in pages(dice, start, end, total):
        viewer = page[0][0]
        histories.append((viewer, 0, packing.history({version: fact for _, version in page})))
        for _, version in page:
            audiences[version][viewer] = second
    first = 0 if not start else 1_000_000
    rows = [
        (version, first + part, packing.audience(some))
        for version, viewers in audiences.items()
        for part, some in enumerate(resting._portions([packing.audience(viewers)]))
    ]
    from django.db import transaction

    with transaction.atomic():
        resting._put("recall_history", "viewer", histories)
        resting._put("recall_audience", "version_serial", rows)


def rest() -> float:
    """Packs all that is new, after giving it the seconds that were played; answers the seconds."""
    from django.db import connection

    from wardcast.recall import resting

    three = (
        "randomblob(3)"
        if connection.vendor == "sqlite"
        else "substr(uuid_send(gen_random_uuid()), 1, 3)"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE recall_exposure SET level = 2, known = 1, played = {three}")
    started = time.perf_counter()
    while resting.pack():
        pass
    return time.perf_counter() - started


def size(file: Path | None) -> float:
    """Bytes of the ledger's tables and their indices, written out."""
    from django.db import connection

    tables = ("recall_exposure", "recall_history", "recall_audience")
    with connection.cursor() as cursor:
        if file is None:
            cursor.execute("VACUUM recall_exposure")
            cursor.execute(
                "SELECT SUM(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) name",
                [list(tables)],
            )
            return float(cursor.fetchone()[0])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(
            "SELECT SUM(pgsize) FROM dbstat WHERE aggregate = TRUE AND name IN"
            " (SELECT name FROM sqlite_schema WHERE tbl_name IN (%s, %s, %s))",
            tables,
        )
        return float(cursor.fetchone()[0])


def make_recalls(dice: Any, count: int) -> None:
    """Open notices on versions that many and few have seen, none of them the one that all saw."""
    from wardcast.recall.models import Cohort, Notice

    serials = [2 + int(each) for each in dice.choice(VERSIONS - 2, count, replace=False)]
    serials[: count // 4] = range(2, 2 + count // 4)
    for serial in serials:
        notice = Notice.objects.create(
            post_id=uuid4(), version_id=uuid4(), post_number=serial, version_serial=serial,
            author_id=uuid4(), severity="correct", what_right="Right.", what_wrong="Wrong.",
            apology="Sorry.", by=uuid4(), at=START,
        )  # fmt: skip
        Cohort.objects.create(
            notice=notice, post_number=serial, version_serial=serial,
            opened_at=round(START.timestamp() * 1000),
        )  # fmt: skip


def owed_ms(dice: Any, total: int, asks: int) -> tuple[float, float, float]:
    """The median and the 99th percentile of asking what one viewer owes, and the latter in CPU of
    this process: on a busy machine the clock also counts who else runs."""
    from wardcast.recall import queries

    viewers = dice.integers(1, max(2, total // PAGE), asks)
    times: list[float] = []
    cpu: list[float] = []
    for viewer in viewers.tolist():
        started, before = time.perf_counter(), time.thread_time()
        queries.owes({viewer})
        cpu.append((time.thread_time() - before) * 1000)
        times.append((time.perf_counter() - started) * 1000)
    late = int(asks * 0.99)
    return statistics.median(times), sorted(times)[late], sorted(cpu)[late]


def recall(total: int, shape: str) -> None:
    """The version that all saw: who they are, and opening a recall of it."""
    from django.db import connection

    from factories import a_public_post
    from people import make, verified
    from wardcast.recall import actions, ledger
    from wardcast.recall.models import Receipt
    from wardcast.recall.rules import Severity, Words

    started = time.perf_counter()
    numbers, _ = ledger.viewers(HOT)
    took = time.perf_counter() - started
    tell(
        f"ledger viewers of the version that {len(numbers):,} saw, {shape}",
        took,
        "s",
        0,
        "≤ 1 s",
        took <= 1,
    )
    after_a_leak(shape)
    author = verified(make("ana"))
    made = a_public_post(author)
    move(made.serial)
    writes: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "BEGIN")):
            writes.append(sql)
        return execute(sql, *rest)

    words = Words("Right.", "Wrong.", "Now.", "Sorry.")
    started = time.perf_counter()
    with connection.execute_wrapper(watch):
        actions.open_notice(author.actor, made.version_id, Severity.CORRECT, words)
    took = time.perf_counter() - started
    exposed = len(ledger.viewers(made.serial)[0])
    fine = took <= 5 and len(writes) < 50 and not Receipt.objects.exists()
    tell(
        f"recall opened, {exposed:,} exposed, {len(writes)} writes, {shape}",
        took,
        "s",
        0,
        "≤ 5 s",
        fine,
    )


def after_a_leak(shape: str) -> None:
    """Who was served the version that all saw, when and how far: the page's question."""
    from wardcast.recall import reach

    started = time.perf_counter()
    found = reach.reach(HOT)
    took = time.perf_counter() - started
    name = f"ledger reach of a version that {found.people:,} saw, {shape}"
    tell(name, took, "s", 0, "≤ 60 s", took <= 60)


def move(serial: int) -> None:
    """Gives the exposures of the version that all saw to this one: its audience and its cohort."""
    from django.db import connection

    if serial == HOT:
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM recall_audience WHERE version_serial = %s", [serial])
        cursor.execute(
            "UPDATE recall_audience SET version_serial = %s WHERE version_serial = %s",
            [serial, HOT],
        )


if __name__ == "__main__":
    sys.exit(main())
