"""What a benchmark prints: one JSON object per figure, a line each."""

import ctypes
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured promise. `ratio` is value over baseline; `goal` says in words what must hold."""

    name: str
    value: float
    unit: str
    baseline: float
    ratio: float
    goal: str
    holds: bool


def tell(name: str, value: float, unit: str, baseline: float, goal: str, holds: bool) -> None:
    """Prints a figure as a line of JSON."""
    ratio = value / baseline if baseline else 0.0
    figure = Figure(name, round(value, 4), unit, round(baseline, 4), round(ratio, 3), goal, holds)
    print(json.dumps(asdict(figure)), flush=True)


_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


def adopt_orphans() -> None:
    """Makes this process the parent of grandchildren whose parent ends before them.

    bubblewrap's outer process does not wait for its inner one, whose CPU would be counted nowhere.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def cpu_seconds() -> float:
    """CPU used so far by this process and by its children that have ended, in seconds."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@contextmanager
def house() -> Iterator[Path]:
    """A data folder of its own with up-to-date tables; Django is set up on it."""
    with tempfile.TemporaryDirectory(prefix="wardcast-bench-") as folder:
        os.environ["WARDCAST_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardcast.project.settings")
        from wardcast.project.cli import main

        main(["prepare"])
        yield Path(folder)


def note(text: str) -> None:
    """Says something to whoever watches, apart from the figures."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)
