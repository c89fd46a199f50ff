"""No file that anyone can make escapes the gate, sticks in it, or is told untruths about.

`make media-fuzz N=1000` feeds that many damaged clips and every hand-made bomb to the gate;
`make test` a twentieth. A failure names its case: `WARDCAST_FUZZ_SEED=… WARDCAST_FUZZ_ONLY=…`
(a word of its label) brings it again.
"""

import json
import os
import random
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pytest

from drills import watching
from drills.bombs import BOMBS, Lure
from drills.mutants import mutant
from wardcast.gate import errors
from wardcast.gate.edits import NO_EDITS
from wardcast.gate.errors import FileRefused, GateBroken, GateError
from wardcast.gate.ladder import ladder_for
from wardcast.gate.limits import Limits
from wardcast.gate.plan import CLIP
from wardcast.gate.probe import Probe, probe
from wardcast.gate.render import render
from wardcast.gate.source import BytesSource

pytestmark = pytest.mark.slow

FULL = os.environ.get("WARDCAST_DRILLS") == "full"
MUTANTS = int(os.environ.get("WARDCAST_FUZZ_N") or (1_000 if FULL else 50))
SMALL = MUTANTS <= 50
SEED = int(os.environ.get("WARDCAST_FUZZ_SEED") or (1_795_616_909 if SMALL else time.time()))
"""The few cases of every day are the same each day; the long proof throws its dice anew."""
ONLY = os.environ.get("WARDCAST_FUZZ_ONLY", "")
RENDERED = 0.25 if SMALL else 1.0
"""The share of what the probe accepts that is rendered too."""
SAMPLE = 70 if SMALL and not ONLY else len(BOMBS)
"""How many of the bombs are fed."""
SECONDS = 30
MEMORY = 1_500_000_000
LIMITS = Limits(probe_seconds=SECONDS - 2, render_seconds=SECONDS - 2)
"""The house's limits; a render ends sooner, so that none of a few kilobytes may work for long."""
CODES = frozenset(re.findall(r"``([a-z_]+)``", errors.__doc__ or ""))


@dataclass
class Seen:
    """What became of all cases, and every promise that one of them broke."""

    outcomes: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    costs: list[tuple[str, watching.Cost]] = field(default_factory=list)


class Trap:
    """The gate in a place full of things that nobody may touch."""

    def __init__(self, folder: Path) -> None:
        watching.adopt_orphans()
        self.canaries = watching.Canaries(
            folder / "canary.txt",
            folder / "vault" / "another-draft" / "clip.mp4",
            Path("/tmp") / f"wardcast-canary-{os.getpid()}.txt",
            Path.home() / f".wardcast-canary-{os.getpid()}",
        )
        self.listener = watching.Listener()
        self.climbed = Path("/tmp/escaped.txt")
        self.climbed.unlink(missing_ok=True)
        self.lure = Lure(str(self.canaries.paths[0]), f"http://127.0.0.1:{self.listener.port}")
        self.seen = Seen()

    def feed(self, label: str, data: bytes, *, rendered: bool = True) -> None:
        """One file through the probe and, accepted, through both calls of the renderer."""
        handed: dict[str, bytes] = {}
        found: list[Probe] = []
        with watching.weighed() as cost:
            outcome, wrong = judged(lambda: through(data, handed, found, rendered))
        seen = self.seen
        seen.outcomes[outcome] += 1
        seen.costs.append((label, cost))
        wrong += self._escapes(handed)
        if outcome == "accepted" and rendered:
            wrong += unsound(handed[CLIP], found[0])
        if cost.seconds > SECONDS:
            wrong.append(f"took {cost.seconds:.0f} s")
        if cost.memory > MEMORY:
            wrong.append(f"took {cost.memory / 1e6:.0f} MB")
        if cost.left:
            wrong.append(f"left processes running: {cost.left}")
        seen.broken += [f"{label} ({outcome}): {each}" for each in wrong]

    def _escapes(self, handed: dict[str, bytes]) -> list[str]:
        wrong = []
        if self.canaries.touched():
            wrong.append("a file outside was opened")
        if self.listener.calls:
            self.listener.calls = 0
            wrong.append("a server was called")
        if self.climbed.exists():
            self.climbed.unlink()
            wrong.append("a file was written outside")
        if any(self.canaries.word.encode() in data for data in handed.values()):
            wrong.append("what it made holds a file from outside")
        return wrong

    def close(self) -> None:
        self.listener.close()
        self.canaries.close()
        for path in self.canaries.paths:
            path.unlink(missing_ok=True)


def through(data: bytes, handed: dict[str, bytes], found: list[Probe], rendered: bool) -> None:
    """The way of a file in the house; what is made lands in `handed`."""

    def keep(name: str, stream: BinaryIO) -> None:
        handed[name] = stream.read()

    source = BytesSource(data)
    found.append(probe(source, LIMITS))
    if rendered:
        ladder = ladder_for(found[0].short_side)
        for rungs, poster in (((ladder.lowest,), True), (ladder.rest, False)):
            render(source, found[0], NO_EDITS, rungs, sink=keep, limits=LIMITS, poster=poster)


def judged(work: Callable[[], None]) -> tuple[str, list[str]]:
    """What became of it, and what is wrong with how that was said."""
    try:
        work()
    except GateBroken as error:
        return error.code, [f"called the house's own fault: {error.detail} {error.log[-300:]}"]
    except FileRefused as error:
        return error.code, unplain(error)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is no refusal
        return type(error).__name__, [f"raised {error!r}"]
    return "accepted", []


def unplain(error: GateError) -> list[str]:
    """What is wrong with a refusal's words."""
    wrong = []
    if error.code not in CODES:
        wrong.append(f"the code {error.code!r} is in no list")
    if not (re.fullmatch(r"[A-Z][^\n]{10,300}\.", error.detail) and error.detail.isprintable()):
        wrong.append(f"no plain sentence: {error.detail!r}")
    return wrong


def unsound(clip: bytes, original: Probe) -> list[str]:
    """What is wrong with a rendered clip, read again as if a stranger had brought it."""
    try:
        again = probe(BytesSource(clip), LIMITS)
    except GateError as error:
        return [f"its clip does not pass the gate: {error}"]
    wrong = []
    if abs(again.duration_ms - original.duration_ms) > original.duration_ms * 0.05 + 100:
        wrong.append(f"{original.duration_ms} ms became {again.duration_ms} ms")
    if (again.audio_index is None) != (original.audio_index is None):
        wrong.append("sound came or went")
    if (again.video_codec, again.pix_fmt, again.rotation) != ("h264", "yuv420p", 0):
        wrong.append(f"it is {again.video_codec} {again.pix_fmt} {again.rotation}")
    return wrong


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    made = Trap(tmp_path)
    yield made
    made.close()


def test_the_trap_shuts(trap: Trap) -> None:
    trap.canaries.paths[1].read_bytes()
    assert trap.canaries.touched()
    assert not trap.canaries.touched()
    socket.create_connection(("127.0.0.1", trap.listener.port)).close()
    while not trap.listener.calls:
        time.sleep(0.01)
    with watching.weighed() as cost:
        made = "x = bytearray(b'1') * 200_000_000; import time; time.sleep(0.4)"
        subprocess.run([sys.executable, "-c", made], check=True)
        subprocess.run(["sh", "-c", "sleep 20 & exit"], check=True)
    assert cost.memory > 200_000_000
    assert len(cost.left) == 1
    os.kill(cost.left[0], 9)
    os.waitpid(cost.left[0], 0)


def test_a_mutant_can_be_made_of_every_seed_and_number() -> None:
    for count in range(300):
        made = mutant(1_795_616_909, count)
        assert made == mutant(1_795_616_909, count)


def test_no_file_escapes_sticks_or_is_told_an_untruth(trap: Trap) -> None:
    chance = random.Random(SEED)
    print(f"\nseed {SEED}: {SAMPLE} of {len(BOMBS)} bombs, {MUTANTS} mutants")
    for name in chance.sample(sorted(BOMBS), SAMPLE):
        if ONLY in name:
            trap.feed(name, BOMBS[name](trap.lure), rendered=chance.random() < RENDERED)
    for count in range(MUTANTS):
        made = mutant(SEED, count)
        if ONLY in made.label:
            trap.feed(made.label, made.data, rendered=chance.random() < RENDERED)
    seen = trap.seen
    print(json.dumps(dict(seen.outcomes.most_common()), indent=1))
    for label, cost in sorted(seen.costs, key=lambda each: -each[1].seconds)[:6]:
        print(f"{cost.seconds:6.1f} s: {label}")
    for label, cost in sorted(seen.costs, key=lambda each: -each[1].memory)[:6]:
        print(f"{cost.memory / 1e6:6.0f} MB: {label}")
    assert not trap.canaries.changed()
    assert not seen.broken, "\n".join([f"seed {SEED}", *seen.broken])
