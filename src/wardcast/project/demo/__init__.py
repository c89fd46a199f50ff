"""Fills an empty house: a fictional cast, and clips that the project renders itself.

Everything goes through the rooms' own actions, as if people had done it: nothing is put into the
tables behind their backs, and every clip is checked, attested and heard before it is public.
"""

import fcntl
import logging
import time
from collections.abc import Callable
from typing import TextIO

from wardcast.platform import config, jobs
from wardcast.project.demo import cast, story

_LOG = logging.getLogger("wardcast.demo")


def main() -> int:
    """Fills the house, or says that there are people in it already."""
    if cast.lives_here():
        print("There are demo people in this house already; nothing was changed.")
        return 0
    people = cast.move_in()
    with (config.current().data / "worker.lock").open("w") as lock:
        story.play(people, _wait_for_worker if _worker_runs(lock) else _work_here)
    print("The demo is complete: every screen has something to show.", flush=True)
    return 0


def _worker_runs(lock: TextIO) -> bool:
    # Under `make run` the worker starts beside us: give it a moment to take its lock.
    for _ in range(50):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(lock, fcntl.LOCK_UN)
        time.sleep(0.1)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return False


def _wait_for_worker() -> None:
    time.sleep(0.2)


def _work_here() -> None:
    """No worker runs: its work is done here, so that `make demo` needs nothing else."""

    def directly(name: str, step: Callable[[], None]) -> None:
        step()

    for job in jobs.due(limit=1):
        jobs.handed(job.id)
        try:
            jobs.perform(job.id, directly)
        except jobs.Permanent as error:
            jobs.fail(job.id, error)
