"""One script on its way through a cell: started, fed, listened to, collected, and gone."""

import contextlib
import os
import re
import selectors
import signal
import subprocess
import tarfile
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, BinaryIO, Final, cast

from wardcast.gate.cell import PRLIMIT, SLACK, Caps, Cell
from wardcast.gate.errors import GateBroken, LimitExceeded
from wardcast.gate.source import Source
from wardcast.gate.streams import RECORD, Blocks, Lines, copy_exactly

EARLY: Final = "early/"
"""Where in its archives a script puts what it hands out while it runs."""
_ADDRESSES_EACH: Final = 3
"""Address space for each byte of memory: libraries and reserved heaps are mapped and never used."""
_STACK_BYTES: Final = 2 << 20
"""Each thread's; it counts as memory whether it is used or not, and 8 MB would be the default."""
_STARTED: Final = "gate: started"


@dataclass(frozen=True, slots=True)
class Finished:
    """How a run ended: the script's status and its last words (which may quote the file)."""

    status: int
    log: tuple[str, ...]
    timed_out: bool

    @property
    def ok(self) -> bool:
        """Whether every command in the script ended with status 0 and the output came back
        whole."""
        return self.status == 0 and not self.timed_out


Sink = Callable[[str, BinaryIO], None]
"""Takes a file's flat name and its contents, to be read before it returns."""


class Run:
    """One script on its way through a cell."""

    def __init__(
        self,
        cell: Cell,
        script: str,
        source: Source | None,
        caps: Caps,
        names: re.Pattern[str],
        sink: Sink,
        early: Sink | None,
        on_line: Callable[[str], None] | None,
    ) -> None:
        self._cell = cell
        # Not "{ script; } || exit": before "||" a shell forgets -e, and a decoder that was killed
        # would go unnoticed until what it left half-made is blamed on the file.
        self._script = f"echo '{_STARTED}' >&2\n{script}\nexec tar -cf - -- *"
        self._source = source
        self._caps = caps
        self._names = names
        self._sink = sink
        self._early = early
        self._on_line = on_line
        self._log: deque[str] = deque(maxlen=40)
        self._started = False
        self._bytes = self._files = 0
        self._timed_out = threading.Event()

    def execute(self) -> Finished:
        """Start, feed, listen, collect; whatever happens, the process is gone afterwards."""
        process = self._start()
        watch = threading.Timer(self._caps.wall_seconds, self._time_out, [process])
        watch.daemon = True
        watch.start()
        with ThreadPoolExecutor(1, "gate-feed") as pool:
            fed = pool.submit(self._feed, process)
            try:
                status = self._await(process)
            finally:
                watch.cancel()
                _kill(process)
        return self._finish(status, fed)

    def _start(self) -> "subprocess.Popen[bytes]":
        words = [*self._limits(), *self._cell.prefix, "/bin/sh", "-euc", self._script]
        try:
            return subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                env=dict(self._cell.environment),
                pass_fds=self._cell.keep,
                start_new_session=True,
            )
        except OSError:
            if self._cell.feed is not None:
                os.close(self._cell.feed.pipe)
            raise
        finally:
            for descriptor in self._cell.release:
                os.close(descriptor)

    def _limits(self) -> Sequence[str]:
        """prlimit's words. CPU seconds count all threads, so a run may use every core until its
        time ends."""
        seconds = int(self._caps.wall_seconds * (os.cpu_count() or 1)) + 1
        in_bytes = self._source.size if self._source is not None else 0
        return (
            PRLIMIT,
            f"--data={self._caps.memory_bytes}",
            f"--as={_ADDRESSES_EACH * self._caps.memory_bytes}",
            f"--stack={_STACK_BYTES}",
            f"--cpu={seconds}:{seconds + 5}",
            f"--fsize={max(in_bytes, self._caps.output_bytes) + SLACK}",
            "--nofile=256",
            "--core=0",
        )

    def _time_out(self, process: "subprocess.Popen[bytes]") -> None:
        self._timed_out.set()
        _kill_group(process)

    def _feed(self, process: "subprocess.Popen[bytes]") -> None:
        """Write the input into the cell's pipe; a source that fails ends the run before it begins.

        A reader that went away is the run's matter, not ours.
        """
        feed = self._cell.feed
        if feed is None:
            return
        with contextlib.ExitStack() as otherwise:
            pipe = otherwise.enter_context(os.fdopen(feed.pipe, "wb", buffering=0))
            otherwise.callback(_kill_group, process)
            with contextlib.suppress(BrokenPipeError):
                copy_exactly(feed.stream, pipe, feed.size)
            otherwise.pop_all()
            pipe.close()

    def _await(self, process: "subprocess.Popen[bytes]") -> int:
        """Hear lines and take archives as they come, until both streams have ended."""
        stdout, stderr = process.stdout, process.stderr
        assert stdout is not None
        assert stderr is not None
        blocks, lines = Blocks(stdout), Lines(stderr)
        with selectors.DefaultSelector() as streams:
            streams.register(stdout, selectors.EVENT_READ, lambda: self._collect(blocks))
            streams.register(stderr, selectors.EVENT_READ, lambda: self._hear(lines))
            while streams.get_map():
                for key, _ in streams.select():
                    if not key.data():
                        streams.unregister(key.fileobj)
        return process.wait()

    def _hear(self, lines: "Lines") -> bool:
        """Take the lines of standard error that are there; whether there may be more."""
        more = lines.read()
        for line in lines.taken(ended=not more):
            if line == _STARTED:
                self._started = True
            else:
                self._log.append(line)
                if self._on_line is not None:
                    self._on_line(line)
        return more

    def _collect(self, blocks: "Blocks") -> bool:
        """Hand each file of an archive on, trusting neither names nor kinds nor sizes; whether
        there may be another archive."""
        if not blocks.begin():
            return not blocks.ended
        try:
            stream = cast(IO[bytes], blocks)  # reading is all that tarfile does with it
            with tarfile.open(fileobj=stream, mode="r|", bufsize=RECORD) as archive:
                for member in archive:
                    self._pass_on(archive, member)
        except tarfile.TarError as error:
            if not self._timed_out.is_set():
                raise _unexpected("an archive that cannot be read") from error
        return not blocks.ended

    def _pass_on(self, archive: tarfile.TarFile, member: tarfile.TarInfo) -> None:
        name, sink = member.name, self._sink
        if self._early is not None and name.startswith(EARLY):
            name, sink = name.removeprefix(EARLY), self._early
        self._bytes += member.size
        self._files += 1
        if not (member.isreg() and self._names.fullmatch(name)):
            raise _unexpected("a file that was not asked for")
        shares = 1 if self._early is None else 2
        if self._files > self._caps.max_files * shares:
            raise _unexpected("more files than were asked for")
        if self._bytes > self._caps.output_bytes * shares:
            raise _too_much()
        data = archive.extractfile(member)
        if data is None:
            raise _unexpected("a file without contents")
        sink(name, data)  # type: ignore[arg-type]

    def _finish(self, status: int, fed: "Future[None]") -> Finished:
        timed_out = self._timed_out.is_set()
        fed.result()
        log = tuple(self._log)
        if not self._started and not timed_out:
            raise GateBroken(
                "sandbox_failed",
                "The sandbox for decoders did not start. Run `wardcast doctor` to see why, then "
                "try again.",
                log=" ".join(log),
            )
        return Finished(status, log, timed_out)


def _unexpected(what: str) -> GateBroken:
    return GateBroken(
        "output_unexpected",
        f"The decoder left {what}, so its work was thrown away. Try again, or use another file.",
    )


def _too_much() -> LimitExceeded:
    return LimitExceeded(
        "too_much_output",
        "This file turns into far more than a clip should, so we stopped. "
        "Share a shorter one, or export it again with a lower resolution.",
    )


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End the process and everything in its cell, and wait until it is gone."""
    _kill_group(process)
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill the group while its leader is not reaped, so that its number cannot belong to
    another."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
