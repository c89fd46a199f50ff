"""Proof without a debugger: what a run reads, whom it calls, how much memory it takes, what it
leaves."""

import ctypes
import os
import select
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_IN_ACCESS, _IN_MODIFY, _IN_OPEN, _IN_NONBLOCK = 0x1, 0x2, 0x20, 0x800
_PR_SET_CHILD_SUBREAPER = 36


class Canaries:
    """Files that nobody may touch: the kernel tells of every open, and their bytes are hashed."""

    def __init__(self, *paths: Path) -> None:
        self.word = f"canary {os.urandom(12).hex()}"
        self.paths = paths
        self._watch = _LIBC.inotify_init1(_IN_NONBLOCK)
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{self.word}\n" * 200)
        self._hashes = [self._hash(path) for path in paths]
        for path in paths:
            flags = _IN_ACCESS | _IN_MODIFY | _IN_OPEN
            if _LIBC.inotify_add_watch(self._watch, os.fsencode(path), flags) < 0:
                raise OSError(ctypes.get_errno(), "the kernel tells of no opened files")

    def touched(self) -> int:
        """How often one was opened, read or written since the last call."""
        events = 0
        while select.select([self._watch], [], [], 0)[0]:
            events += len(os.read(self._watch, 65_536)) // struct.calcsize("iIII")
        return events

    def changed(self) -> list[Path]:
        """Those whose bytes are not what they were (reading them counts as touching them)."""
        pairs = zip(self.paths, self._hashes, strict=True)
        found = [path for path, before in pairs if self._hash(path) != before]
        self.touched()
        return found

    def close(self) -> None:
        os.close(self._watch)

    @staticmethod
    def _hash(path: Path) -> str:
        return sha256(path.read_bytes()).hexdigest() if path.exists() else "gone"


class Listener(threading.Thread):
    """A server on this machine that counts who calls."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.calls = 0
        self.start()

    def run(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def adopt_orphans() -> None:
    """From now on what a dead child leaves running becomes a child of this process, and is seen."""
    if _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "orphans cannot be adopted")


def descendants(strangers: set[int] | None = None) -> list[int]:
    """Every living process below this one. `strangers` keeps those known to be none between
    calls, which are not looked at again."""
    parents: dict[int, list[int]] = {}
    seen: set[int] = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or (strangers and int(entry.name) in strangers):
            continue
        seen.add(int(entry.name))
        try:
            after = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if after[0] != "Z":
            parents.setdefault(int(after[1]), []).append(int(entry.name))
    found, todo = [], [os.getpid()]
    while todo:
        below = parents.get(todo.pop(), [])
        found += below
        todo += below
    if strangers is not None:
        strangers |= seen - set(found) - {os.getpid()}
    return found


def left(pids: set[int], within: float) -> list[int]:
    """Those of the processes below this one, but for `pids`, that still run after that time: what
    the kernel is told to kill takes a moment to die."""
    deadline = time.monotonic() + within
    while found := [pid for pid in descendants() if pid not in pids]:
        if time.monotonic() > deadline:
            return found
        time.sleep(0.05)
    return []


def memory(pids: list[int]) -> int:
    """Bytes that these processes and their memory disks hold, shared pages divided."""
    total = 0
    disks: set[int] = set()
    for pid in pids:
        try:
            if pid != os.getpid() and _begins(pid):
                continue
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
            for name in ("in", "out"):
                disk = Path(f"/proc/{pid}/root/{name}")
                device = disk.stat().st_dev
                if device not in disks:
                    disks.add(device)
                    total += _used(disk)
        except OSError:
            continue
    return total


def _begins(pid: int) -> bool:
    """Whether a process is still a copy of this one, whose pages are ours, and not yet what it is
    to become."""
    mine = Path("/proc/self/cmdline").read_bytes()
    return Path(f"/proc/{pid}/cmdline").read_bytes() == mine


def _used(folder: Path) -> int:
    """What a memory disk holds; 0 for a folder of ours that only has the same name."""
    if folder.stat().st_dev == Path("/").stat().st_dev:
        return 0
    about = os.statvfs(folder)
    return (about.f_blocks - about.f_bfree) * about.f_frsize


@dataclass
class Cost:
    """What a run took: seconds, the most memory at once in bytes, processes left running."""

    seconds: float = 0.0
    memory: int = 0
    left: list[int] = field(default_factory=list)


@contextmanager
def weighed(every: float = 0.05) -> Iterator[Cost]:
    """Measures what happens inside, this process's own growth included."""
    cost = Cost()
    before = set(descendants())
    mine = memory([os.getpid()])
    over = threading.Event()
    strangers: set[int] = set()

    def look() -> None:
        while not over.wait(every):
            own = max(0, memory([os.getpid()]) - mine)
            cost.memory = max(cost.memory, own + memory(descendants(strangers)))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    began = time.monotonic()
    try:
        yield cost
    finally:
        cost.seconds = time.monotonic() - began
        over.set()
        watcher.join()
        cost.left = left(before, within=2.0)
