"""One process tree behind one command: the web server and the worker, supervised.

Each child leads a session of its own and dies with this process, however that dies (the kernel's
parent-death signal, which granian's workers ask for themselves: killing granian's main process
alone would leave them serving the port). A child that ends is started again, after what is left of
its group was killed, with a growing pause.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from wardcast.platform import config
from wardcast.project.lifeline import die_with_parent

_LOG = logging.getLogger("wardcast.tree")
_GRACE_SECONDS = 4.0
_LONGEST_PAUSE = 5.0
_STEADY_SECONDS = 10.0


@dataclass(slots=True)
class Child:
    """A supervised process. `once` is for one that may end by itself."""

    name: str
    command: Sequence[str]
    once: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.5
    due: float = 0.0
    over: bool = field(default=False)

    def start(self, now: float) -> None:
        """Starts it in a session of its own, tied to our life."""
        self.process = subprocess.Popen(
            self.command,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509  # this process has one thread
        )
        self.started = now

    def look_after(self, now: float) -> None:
        """Starts it, or starts it again once its pause is over."""
        if self.over:
            return
        if self.process is None:
            if now >= self.due:
                self.start(now)
            return
        code = self.process.poll()
        if code is None:
            return
        self.kill()
        if self.once:
            self.over = True
            if code:
                _LOG.error("%s ended with code %s", self.name, code)
            return
        steady = now - self.started > _STEADY_SECONDS
        self.pause = 0.5 if steady else min(self.pause * 2, _LONGEST_PAUSE)
        self.due = now + self.pause
        self.process = None
        _LOG.warning("%s ended with code %s; again in %.1f s", self.name, code, self.pause)

    def ask(self) -> None:
        """Asks it to stop."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """Kills what is left of its group."""
        if self.process:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
            finally:
                self.process.wait()


def supervise(children: Sequence[Child], when_ready: Callable[[], None]) -> int:
    """Runs until SIGINT or SIGTERM; leaves nothing running. Calls `when_ready` once the site
    answers."""
    wanted: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        wanted.append(number)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    told = False
    try:
        while not wanted:
            now = time.monotonic()
            for child in children:
                child.look_after(now)
            if not told and answers():
                told = True
                when_ready()
            time.sleep(0.1)
    finally:
        _stop(children)
    return 0


def _stop(children: Sequence[Child]) -> None:
    for child in children:
        child.ask()
    deadline = time.monotonic() + _GRACE_SECONDS
    for child in children:
        if child.process:
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _LOG.warning("%s did not stop by itself", child.name)
        child.kill()


def answers() -> bool:
    """Whether the site answers."""
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port()}/healthz", timeout=1
        ) as answer:  # our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def port() -> int:
    """The port that the site listens on (`PORT`)."""
    return int(os.environ.get("PORT") or 8000)


def port_is_free() -> bool:
    """Whether something else listens on our port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port())) != 0


def web() -> Child:
    """granian by WSGI, which also serves the public store and the web app's files."""
    set_ = config.current()
    for folder in (set_.public, set_.static):
        folder.mkdir(parents=True, exist_ok=True)
    return Child(
        "web",
        [
            sys.executable,
            "-m",
            "granian",
            "--interface=wsgi",
            f"--host={os.environ.get('WARDCAST_HOST') or '127.0.0.1'}",
            f"--port={port()}",
            f"--workers={max(2, os.cpu_count() or 2)}",
            "--blocking-threads=32",  # a slow upload holds one as long as it takes
            "--respawn-failed-workers",
            "--respawn-interval=0.5",
            "--workers-kill-timeout=3",
            "--backlog=1024",
            "--log-level=warning",
            "--static-path-route=/static",
            f"--static-path-mount={set_.static}",
            "--static-path-route=/media",
            f"--static-path-mount={set_.public}",
            "--static-path-expires=60",  # a withdrawn clip is gone from caches within that time
            "wardcast.project.wsgi:application",
        ],
    )


def worker() -> Child:
    """The worker of durable jobs."""
    return Child("worker", [sys.executable, "-m", "wardcast.project.cli", "work"])


def demo() -> Child:
    """Fills an empty house with a fictional cast, once."""
    return Child("demo", [sys.executable, "-m", "wardcast.project.cli", "demo"], once=True)
