"""Writers of the ledger that are killed, come several at once, and say the same again: whatever was
acknowledged is there, once.

Every writer is a process of its own, with several threads that share commits as a web process's do.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from at_once import environment_of
from wardcast.recall.ledger import milliseconds

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

START = datetime(2026, 11, 14, 8, 0, tzinfo=UTC)
KILLS = 20 if os.environ.get("WARDCAST_DRILLS") == "full" else 2
ROWS = 3_000

# Each line names what is on the disk: it is printed after `record` has returned, in one write.
_WRITER = """
import sys, threading, django
django.setup()
from datetime import datetime, timedelta
from wardcast.recall import ledger
from wardcast.recall.ledger import Exposed
start, first, last, threads = datetime.fromisoformat(sys.argv[1]), *map(int, sys.argv[2:5])
sys.stdout.write("ready\\n"); sys.stdout.flush()
def write(number):
    for each in range(first + number, last, threads):
        at = start + timedelta(milliseconds=each)
        ledger.record([Exposed(each % 7 + 1, each, each % 4, at)])
        sys.stdout.write(f"{each}\\n"); sys.stdout.flush()
writers = [threading.Thread(target=write, args=(n,)) for n in range(threads)]
for each in writers: each.start()
for each in writers: each.join()
"""
# Tells what is there: a line a row.
_READER = """
import django
django.setup()
from wardcast.recall.models import Exposure
for row in Exposure.objects.values_list("viewer", "version_serial", "level", "first_at", "last_at"):
    print(*row)
"""
# Says the same facts in an order and in batches of its own, some of them twice.
_SHUFFLER = """
import random, sys, django
django.setup()
from datetime import datetime, timedelta
from wardcast.recall import ledger
from wardcast.recall.ledger import Exposed
start, seed, rows = datetime.fromisoformat(sys.argv[1]), *map(int, sys.argv[2:4])
facts = [(v, s, l, t) for v in range(1, rows // 20 + 1) for s in range(1, 6)
         for l, t in ((0, v * s), (3, v + s), (1, 7 * v), (2, 5000 - v))]
dice = random.Random(seed)
some = dice.sample(facts, len(facts) * 3 // 4) + dice.sample(facts, len(facts) // 2)
if seed == 0: some = facts
dice.shuffle(some)
while some:
    size = dice.randint(1, 60)
    batch, some = some[:size], some[size:]
    ledger.record([Exposed(s, v, l, start + timedelta(milliseconds=t)) for v, s, l, t in batch])
"""


@contextmanager
def writing(where: dict[str, str], first: int, last: int) -> Iterator[subprocess.Popen[str]]:
    words = [sys.executable, "-c", _WRITER, START.isoformat(), str(first), str(last), "4"]
    with subprocess.Popen(
        words, env=where, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        yield running
        running.kill()


def rows(where: dict[str, str]) -> dict[tuple[int, int], tuple[int, int, int]]:
    done = subprocess.run(
        [sys.executable, "-c", _READER], env=where, capture_output=True, text=True, check=True
    )
    found: dict[tuple[int, int], tuple[int, int, int]] = {}
    for line in done.stdout.splitlines():
        viewer, version, level, first, last = map(int, line.split())
        assert (viewer, version) not in found
        found[viewer, version] = (level, first, last)
    return found


def expected(each: int) -> tuple[tuple[int, int], tuple[int, int, int]]:
    at = milliseconds(START) + each
    return (each, each % 7 + 1), (each % 4, at, at)


def test_whatever_a_killed_writer_had_acknowledged_is_there(tmp_path: Path) -> None:
    seed = int(os.environ.get("WARDCAST_DRILL_SEED") or time.time())
    print(f"seed {seed}, {KILLS} kills")
    dice, where = random.Random(seed), environment_of(tmp_path)
    acknowledged: list[int] = []
    for round_ in range(KILLS):
        first = round_ * ROWS + 1
        with writing(where, first, first + ROWS) as writer:
            assert writer.stdout
            assert writer.stderr
            assert writer.stdout.readline() == "ready\n", writer.stderr.read()
            some = dice.randint(1, ROWS // 6)
            acknowledged += [int(writer.stdout.readline()) for _ in range(some)]
            os.kill(writer.pid, signal.SIGKILL)
            # What it still said before it died was acknowledged as well; half a line was not.
            acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
    found = rows(where)
    lost = [each for each in acknowledged if expected(each)[0] not in found]
    assert not lost, f"{len(lost)} of {len(acknowledged)} acknowledged exposures are gone"
    # Nothing is there that was never said, and nothing is there in part.
    for (viewer, version), facts in found.items():
        assert expected(viewer) == ((viewer, version), facts)
    assert len(acknowledged) < KILLS * ROWS, "every writer had finished before it was killed"


def test_several_writers_that_repeat_and_reorder_leave_what_one_would(tmp_path: Path) -> None:
    count = 400
    where = environment_of(tmp_path)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _SHUFFLER, START.isoformat(), str(seed), str(count)],
            env=where,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in range(3)
    ]
    for each in writers:
        _, said = each.communicate(timeout=300)
        assert each.returncode == 0, said[-3000:]
    began = milliseconds(START)
    for (viewer, version), (level, first, last) in (found := rows(where)).items():
        times = (viewer * version, viewer + version, 7 * viewer, 5000 - viewer)
        assert (level, first - began, last - began) == (3, min(times), max(times))
    assert len(found) == count // 20 * 5
