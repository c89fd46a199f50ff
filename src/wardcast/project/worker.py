"""The worker: a relay that turns outbox rows into durable workflows, and the workflows (DBOS).

A job's row id is its workflow's id, so a row that is handed over twice is still one workflow. After
a kill at any moment the workflow goes on from its last finished step. One process at a time may
work under one executor id: two would run a step twice, so a file lock keeps the second out.

Rows and workflows lie in two databases, so they can disagree: after a backup was put back, after a
workflow that the engine gave up. `reconcile` looks at start and each minute.
"""

import fcntl
import logging
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Literal, TypeVar
from uuid import UUID

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID
from dbos._error import DBOSMaxStepRetriesExceeded
from django.db import InterfaceError, OperationalError, close_old_connections

from wardcast.platform import clock, config, jobs

_LOG = logging.getLogger("wardcast.worker")
_POLL_SECONDS = 0.25
_EXECUTOR = "worker-1"
_FAIR_QUEUES = {
    "look": jobs.AT_ONCE, "media": jobs.AT_ONCE, "check": jobs.AT_ONCE, "listen": 1, "later": 1,
}  # fmt: skip
"""How many at once of each. One person's clips one after another, nobody's behind them. A new clip
is looked at while its owner's last one still renders. No render waits for a recogniser, and one of
those takes all the cores that it can use."""
_QUICK_AT_ONCE = 8
_THREADS = sum(_FAIR_QUEUES.values()) + _QUICK_AT_ONCE
"""Long work takes at most its share, so that what is quick never waits for it."""
_RECONCILE_SECONDS = 60.0
_PATIENCE_SECONDS = 60.0
_LONGEST_PAUSE = 8.0
_CHUNK = 500
_AWAY = (OperationalError, InterfaceError)
"""What a database raises that is busy, restarted or out of reach."""

T = TypeVar("T")


class StepFailed(Exception):
    """A step raised what no one expected. Carries the error's type only: the engine keeps what it
    is given, and an error's words may hold what a draft says."""


def main() -> int:
    """Runs until SIGTERM or SIGINT. Exit code 1 when another worker has this data folder."""
    stop = threading.Event()

    def asked(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, asked)
    signal.signal(signal.SIGINT, asked)
    with _alone(config.current().data / "worker.lock") as ours:
        if not ours:
            _LOG.error("another worker uses %s; stop it first", config.current().data)
            return 1
        launch()
        relay(stop)
        DBOS.destroy(workflow_completion_timeout_sec=0)
    return 0


def launch() -> None:
    """Starts the engine; it goes on with what was left unfinished."""
    DBOS(config=_engine())
    DBOS.launch()
    for name, at_once in _FAIR_QUEUES.items():
        DBOS.register_queue(
            name,
            worker_concurrency=at_once,
            partition_concurrency=1,
            polling_interval_sec=0.5,
        )


def relay(stop: threading.Event) -> None:
    """Hands due jobs to the engine until `stop` is set; now and then starts what is to be done
    every so often, and looks for lost jobs.

    A database that is busy or away is asked again in the next round: ending here would kill the
    renders that run.
    """
    suspects: frozenset[UUID] = frozenset()
    look = 0.0
    while not stop.wait(_POLL_SECONDS):
        close_old_connections()
        try:
            for job in jobs.due():
                _hand(job)
            if time.monotonic() >= look:
                jobs.start_due(clock.now())
                suspects = reconcile(suspects)
                look = time.monotonic() + _RECONCILE_SECONDS
        except _AWAY:
            _LOG.warning("the database did not answer the relay; asking again", exc_info=True)


Fate = Literal["fine", "suspect", "again", "lost"]


def fate(status: str | None, *, runs_here: bool, room: bool) -> Fate:
    """What is to be done about an unfinished job whose workflow is in `status` (None: the engine
    does not know it).

    "suspect" is one that the engine calls started though no thread has it and threads have room:
    the dispatch was lost, or it comes in this very moment.
    """
    if status is None or status == "SUCCESS":
        return "again"
    if status == "PENDING" and not runs_here and room:
        return "suspect"
    return "fine" if status in ("PENDING", "ENQUEUED", "DELAYED") else "lost"


def reconcile(suspects: frozenset[UUID]) -> frozenset[UUID]:
    """Starts jobs again, or fails them with the reason, whose workflow is unknown or has ended.

    A row is finished before its workflow ends, and handed over after it began; so with rows read
    first a difference is real. Gives the suspects of this round; one that was so in the last round
    too is started again.
    """
    rows = {job.id: job for job in jobs.underway()}
    statuses = _statuses(rows)
    room = len(_running) < _THREADS
    seen = set()
    for job_id in rows:
        status = statuses.get(job_id)
        found = fate(status, runs_here=job_id in _running, room=room)
        if found == "suspect":
            seen.add(job_id)
            if job_id in suspects:
                _LOG.warning("job %s was claimed and never begun; again", job_id)
                DBOS.resume_workflow(str(job_id))
        elif found == "again":
            _LOG.warning("job %s is unfinished, its workflow %s; again", job_id, status)
            if status is not None:
                DBOS.delete_workflow(str(job_id))
            jobs.again(job_id)
        elif found == "lost":
            _LOG.error("job %s is unfinished, its workflow ended as %s", job_id, status)
            _give_up(job_id, jobs.Lost(f"The engine gave it up: {status}."))
    return frozenset(seen)


def _statuses(ids: Iterable[UUID]) -> dict[UUID, str]:
    wanted = [str(each) for each in ids]
    found: dict[UUID, str] = {}
    for start in range(0, len(wanted), _CHUNK):
        for each in DBOS.list_workflows(
            workflow_ids=wanted[start : start + _CHUNK], load_input=False, load_output=False
        ):
            found[UUID(each.workflow_id)] = each.status
    return found


def _give_up(job_id: UUID, error: Exception) -> None:
    try:
        jobs.fail(job_id, error)
    except _AWAY:
        raise
    except Exception:  # noqa: BLE001  # the edge: one job's trouble must not keep the others
        _LOG.exception("job %s could not be marked failed; again in a minute", job_id)


_running: set[UUID] = set()


@DBOS.workflow(name="job")
def _job(job_id: str) -> None:
    identity = UUID(job_id)
    _running.add(identity)
    try:
        jobs.perform(identity, _durable, steadily)
    except (jobs.Permanent, DBOSMaxStepRetriesExceeded) as error:
        failed = error

        def give_up() -> None:
            jobs.fail(identity, failed)

        _durable("give up", give_up)
    finally:
        _running.discard(identity)
        close_old_connections()


def _hand(job: jobs.JobView) -> None:
    if job.name not in jobs.known():
        _LOG.error("nobody does %r any more: job %s fails", job.name, job.id)
        _give_up(job.id, jobs.Lost(f"No work is registered under “{job.name}”."))
        return
    with SetWorkflowID(str(job.id)):
        queue = jobs.known()[job.name].queue
        if queue in _FAIR_QUEUES:
            with SetEnqueueOptions(queue_partition_key=str(job.owner or job.subject)):
                DBOS.enqueue_workflow(queue, _job, str(job.id))
        else:
            DBOS.start_workflow(_job, str(job.id))
    jobs.handed(job.id)


def _durable(name: str, step: Callable[[], None]) -> None:
    DBOS.run_step(
        {
            "name": name,
            "retries_allowed": True,
            "interval_seconds": 1.0,
            "max_attempts": 3,
            "backoff_rate": 3.0,
            "should_retry": _worth_retrying,
        },
        _guarded,
        name,
        step,
    )


def _worth_retrying(error: BaseException) -> bool:
    return not isinstance(error, jobs.Permanent)


def steadily(
    call: Callable[[], T],
    patience: float = _PATIENCE_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """Calls again, for so many seconds, while the database is busy or away."""
    deadline = time.monotonic() + patience
    pause = 0.5
    while True:
        close_old_connections()
        try:
            return call()
        except _AWAY:
            if time.monotonic() > deadline:
                raise
            _LOG.warning("the database did not answer; again in %.1f s", pause)
        sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def _guarded(name: str, step: Callable[[], None]) -> None:
    try:
        steadily(step)
    except jobs.Permanent:
        raise
    except Exception as error:  # noqa: BLE001  # the edge: any failure is retried, then told
        _LOG.exception("step %r failed", name)
        raise StepFailed(type(error).__name__) from None
    finally:
        close_old_connections()


def _engine() -> DBOSConfig:
    set_ = config.current()
    settings: DBOSConfig = {
        "name": "wardcast",
        # By default this is a hash of the workflow's source, and each edit would strand what waits.
        "application_version": "1",
        "executor_id": _EXECUTOR,
        "console_log_level": "ERROR",
        "max_executor_threads": _THREADS,
    }
    if set_.database_url.startswith("sqlite"):
        path = set_.data / "jobs.sqlite3"
        _use_wal(path)
        settings["system_database_url"] = f"sqlite:///{path}"
    else:
        settings["system_database_url"] = set_.database_url
        settings["dbos_system_schema"] = "jobs"
    return settings


def _use_wal(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


@contextmanager
def _alone(lock: Path) -> Iterator[bool]:
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
