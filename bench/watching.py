"""Watches a benchmark from a process of its own: memory of a tree, and when a clip can be played.

Its CPU counts for nobody, since it is reaped after the figures are taken.
"""

import multiprocessing
import os
import sqlite3
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

_EVERY_S = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(slots=True)
class Seen:
    """Seconds since the beginning, and the highest sum of resident memory in bytes."""

    first_segment_s: float = 0.0
    lowest_s: float = 0.0
    peak_bytes: int = 0


class Watcher:
    """Begins when made; `seen()` ends it."""

    def __init__(self, database: Path) -> None:
        self._ours, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(
            target=_watch, args=(theirs, os.getpid(), str(database), time.time()), daemon=True
        )
        self._process.start()
        self._ours.recv()

    def seen(self) -> Seen:
        """What was seen until now."""
        self._ours.send(None)
        found: Seen = self._ours.recv()
        self._process.join()
        return found


def _watch(pipe: Connection, root: int, database: str, started: float) -> None:
    seen = Seen()
    rows = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5)
    known = {each for (each,) in rows.execute("SELECT id FROM media_render")}
    pipe.send(None)
    while not pipe.poll(_EVERY_S):
        seen.peak_bytes = max(seen.peak_bytes, _resident(root))
        for render_id, state, files in rows.execute("SELECT id, state, files FROM media_render"):
            if render_id in known:
                continue
            now = time.time() - started
            if not seen.first_segment_s and ".m4s" in files:
                seen.first_segment_s = now
            if not seen.lowest_s and state in ("lowest_ready", "ready"):
                seen.lowest_s = now
    pipe.recv()
    pipe.send(seen)


def _resident(root: int) -> int:
    """Resident memory of a process and all below it, this one apart; shared pages count often."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry.name)], pages[int(entry.name)] = int(stat[1]), int(stat[21])
    return sum(size * _PAGE for pid, size in pages.items() if _is_below(pid, root, parents))


def _is_below(pid: int, root: int, parents: dict[int, int]) -> bool:
    while pid in parents and pid != root:
        pid = parents[pid]
    return pid == root
