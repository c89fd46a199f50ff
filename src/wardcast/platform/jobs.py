"""Durable work, as the rooms see it: start it in a transaction, report progress, read how it goes.

A piece of work is a name and some steps. Each step takes a `JobView`, may be killed at any moment
and may run twice: it writes to a temporary name, then renames. The worker keeps the steps that
finished and goes on from there (`project.worker`); this module knows nothing of the engine that
does so.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import transaction

from wardcast.platform import clock
from wardcast.platform.ids import new_id
from wardcast.platform.models import Job


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as its steps and its readers see it. `fraction` is 0 to 1 over the whole job;
    `started_at` is when it first ran."""

    id: UUID
    name: str
    subject: UUID
    owner: UUID | None
    payload: dict[str, Any]
    state: str
    stage: str
    fraction: float
    code: str
    detail: str
    created_at: datetime
    started_at: datetime | None
    updated_at: datetime

    @property
    def failed(self) -> bool:
        """Whether it failed for good."""
        return self.state == Job.State.FAILED

    @property
    def over(self) -> bool:
        """Whether nothing more is done about it."""
        return self.state in (Job.State.DONE, Job.State.FAILED)

    @property
    def worth_a_retry(self) -> bool:
        """Whether it failed, and not through the fault of what it was about."""
        return self.failed and self.code == OURS

    @property
    def is_retry(self) -> bool:
        """Whether it takes up again what failed, and is not done yet."""
        return RETRY_OF in self.payload and not self.over


Step = Callable[[JobView], None]
OnFailure = Callable[[JobView, BaseException], None]
OnRetry = Callable[[JobView], None]
Runner = Callable[[str, Callable[[], None]], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Work:
    """A name, its steps in order, the queue that bounds how many run at once, what to do when a
    step has failed for good, and what to take back of that when somebody has it tried again; and
    how often the worker starts it by itself, if it does."""

    name: str
    steps: tuple[Step, ...]
    queue: str
    retries: int
    on_failure: OnFailure | None
    on_retry: OnRetry | None
    each: timedelta | None = None


AT_ONCE = max(2, os.cpu_count() or 1)
"""So many jobs of a fair queue run at once. Two at least: on a single core, too, a short clip does
not wait for somebody's long one."""
OURS = "ours"
"""The code of a failure that is the house's own fault: trying again may help."""


class Permanent(Exception):
    """Raised by a step that no retry can help. `code` and the message go to the job's row."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)  # both, or it could not be pickled between processes
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        return self.detail


class Lost(Exception):
    """The engine no longer does a job that is not finished. Its words go to the job's row."""


_works: dict[str, Work] = {}


def work(
    name: str,
    *steps: Step,
    queue: str = "quick",
    retries: int = 3,
    on_failure: OnFailure | None = None,
    on_retry: OnRetry | None = None,
    each: timedelta | None = None,
) -> Work:
    """Registers a piece of work. Old names stay registered until their jobs are drained."""
    made = Work(name, steps, queue, retries, on_failure, on_retry, each)
    _works[name] = made
    return made


def task(
    name: str, *, queue: str = "quick", retries: int = 3, each: timedelta | None = None
) -> Callable[[Step], Step]:
    """Decorator for work of one step; with `each` the worker starts it so often by itself."""

    def register(step: Step) -> Step:
        work(name, step, queue=queue, retries=retries, each=each)
        return step

    return register


def known() -> dict[str, Work]:
    """Every registered piece of work by name."""
    return dict(_works)


def start(
    name: str,
    *,
    subject: UUID,
    owner: UUID | None = None,
    payload: dict[str, Any] | None = None,
    job_id: UUID | None = None,
    due: datetime | None = None,
) -> UUID:
    """Writes the job in the transaction at hand; the same `job_id` twice is one job.

    `subject` is what the work is about, `owner` whose it is (one person's jobs run one after
    another where a queue is fair).
    """
    if name not in _works:
        raise LookupError(f"no work is registered under {name!r}")
    now = clock.now()
    row, _ = Job.objects.get_or_create(
        id=job_id or new_id(),
        defaults={
            "name": name,
            "subject": subject,
            "owner": owner,
            "payload": payload or {},
            "due_at": due or now,
            "created_at": now,
            "updated_at": now,
        },
    )
    return row.id


def start_due(now: datetime) -> None:
    """Starts what is to be done every so often, once a period however often this is called. While
    the house stood still nothing was started, and what was missed is not made up for."""
    for made in _works.values():
        if made.each is not None:
            subject = uuid5(_HOUSE, made.name)
            period = int(now.timestamp() // made.each.total_seconds())
            start(made.name, subject=subject, job_id=uuid5(subject, str(period)))


_HOUSE = UUID(int=0x105E)


def report(job_id: UUID, stage: str, fraction: float, detail: str = "") -> None:
    """Says how far the job is; readers see it at once."""
    Job.objects.filter(id=job_id).update(
        stage=stage, fraction=min(max(fraction, 0.0), 1.0), detail=detail, updated_at=clock.now()
    )


def of(subject: UUID) -> list[JobView]:
    """The jobs about `subject`, oldest first."""
    return [_view(row) for row in Job.objects.filter(subject=subject).order_by("created_at", "id")]


def latest(subjects: Iterable[UUID]) -> dict[UUID, JobView]:
    """The youngest job about each subject; those without one are left out."""
    rows = Job.objects.filter(subject__in=list(subjects)).order_by("created_at", "id")
    return {row.subject: _view(row) for row in rows}


def last(subjects: Iterable[UUID]) -> list[JobView]:
    """The youngest job of each name about each subject."""
    rows = Job.objects.filter(subject__in=list(subjects)).order_by("created_at", "id")
    return list({(row.subject, row.name): _view(row) for row in rows}.values())


def retry(job_id: UUID) -> UUID | None:
    """Has work done anew that failed through the house's own fault; answers the new job's id. Twice
    is one new job. None for a job that did not fail, or that trying again cannot help."""
    with transaction.atomic():
        row = Job.objects.select_for_update().get(id=job_id)
        made = _works.get(row.name)
        view = _view(row)
        if not view.worth_a_retry or made is None:
            return None
        if made.on_retry:
            made.on_retry(view)
        return start(
            row.name,
            subject=row.subject,
            owner=row.owner,
            payload={**row.payload, RETRY_OF: str(row.id)},
            job_id=uuid5(row.id, RETRY_OF),
        )


RETRY_OF = "retry_of"
"""Where a job's payload names the failed one that it takes up again."""


def due(limit: int = 100) -> list[JobView]:
    """Jobs that wait to be handed to the worker, oldest first."""
    found = Job.objects.filter(state=Job.State.QUEUED, due_at__lte=clock.now())
    return [_view(row) for row in found.order_by("due_at", "id")[:limit]]


def handed(job_id: UUID) -> None:
    """Marks that a durable workflow has the job."""
    Job.objects.filter(id=job_id, state=Job.State.QUEUED).update(
        state=Job.State.HANDED, updated_at=clock.now()
    )


def underway() -> list[JobView]:
    """Jobs that a durable workflow has, or should have, oldest first."""
    found = Job.objects.filter(state__in=_UNDERWAY).order_by("created_at", "id")
    return [_view(row) for row in found]


def unfinished(names: Iterable[str]) -> list[JobView]:
    """Jobs of these names that are due and not done, oldest first."""
    rows = Job.objects.filter(name__in=list(names), due_at__lte=clock.now())
    found = rows.exclude(state__in=(Job.State.DONE, Job.State.FAILED))
    return [_view(row) for row in found.order_by("created_at", "id")]


def again(job_id: UUID) -> bool:
    """Has a job that is underway handed over anew; False for one that is not underway."""
    found = Job.objects.filter(id=job_id, state__in=_UNDERWAY)
    return bool(found.update(state=Job.State.QUEUED, updated_at=clock.now()))


def directly(call: Callable[[], T]) -> T:
    """Calls `call` once."""
    return call()


def perform(
    job_id: UUID, run: Runner, steadily: Callable[[Callable[[], Any]], Any] = directly
) -> None:
    """Does the job's steps in order, each through `run(name, step)`; a finished job is left alone.

    Raises what the step that failed for good has raised; marks the job done otherwise. What it
    reads and marks between the steps goes through `steadily`, which may call it again.
    """
    row: Job = steadily(lambda: Job.objects.get(id=job_id))
    if row.state in (Job.State.DONE, Job.State.FAILED):
        return
    started = row.started_at or clock.now()
    steadily(lambda: _mark(job_id, Job.State.RUNNING, started_at=started))
    view = _view(row)
    made = _works[row.name]
    for number, step in enumerate(made.steps):

        def once(step: Step = step) -> None:
            step(view)

        run(f"{number} {step.__name__}", once)
    steadily(lambda: _mark(job_id, Job.State.DONE, fraction=1.0))


def fail(job_id: UUID, error: BaseException) -> None:
    """Marks the job failed for good and lets the work's owner say so where people look."""
    row = Job.objects.get(id=job_id)
    if row.state in (Job.State.DONE, Job.State.FAILED):
        return
    code = error.code if isinstance(error, Permanent) else OURS
    made = _works.get(row.name)
    with transaction.atomic():
        if made and made.on_failure:
            made.on_failure(_view(row), error)
        ours = isinstance(error, Permanent | Lost)
        detail = str(error) if ours else type(error).__name__
        _mark(job_id, Job.State.FAILED, code=code, detail=detail)


_UNDERWAY = (Job.State.HANDED, Job.State.RUNNING)


def _mark(job_id: UUID, state: str, **changes: object) -> None:
    Job.objects.filter(id=job_id).update(state=state, updated_at=clock.now(), **changes)


def _view(row: Job) -> JobView:
    return JobView(
        id=row.id,
        name=row.name,
        subject=row.subject,
        owner=row.owner,
        payload=row.payload,
        state=row.state,
        stage=row.stage,
        fraction=row.fraction,
        code=row.code,
        detail=row.detail,
        created_at=row.created_at,
        started_at=row.started_at,
        updated_at=row.updated_at,
    )
