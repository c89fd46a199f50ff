"""What becomes of a job when its row and its workflow disagree."""

import pytest
from django.db import InterfaceError, OperationalError

from wardcast.platform import jobs
from wardcast.project import worker
from wardcast.project.worker import Fate, fate


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        (None, "again"),  # the engine's file was lost, or the rows are from a backup
        ("SUCCESS", "again"),  # the rows are from a backup that is older than the workflow
        ("ENQUEUED", "fine"),
        ("DELAYED", "fine"),
        ("ERROR", "lost"),
        ("CANCELLED", "lost"),
        ("MAX_RECOVERY_ATTEMPTS_EXCEEDED", "lost"),
    ],
)
def test_an_unfinished_job_is_started_again_or_fails_whatever_its_workflow_says(
    status: str | None, becomes: Fate
) -> None:
    assert fate(status, runs_here=False, room=True) == becomes


def test_a_claimed_workflow_that_no_thread_has_is_suspect_only_while_threads_have_room() -> None:
    assert fate("PENDING", runs_here=True, room=True) == "fine"
    assert fate("PENDING", runs_here=False, room=False) == "fine"  # it waits for a thread
    assert fate("PENDING", runs_here=False, room=True) == "suspect"


@pytest.mark.django_db
@pytest.mark.parametrize("away", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_is_asked_again(
    away: type[Exception],
) -> None:
    paused: list[float] = []
    answers = [away("database is locked"), away("database is locked"), None]

    def call() -> str:
        if error := answers.pop(0):
            raise error
        return "it"

    assert worker.steadily(call, sleep=paused.append) == "it"
    assert paused == [0.5, 1.0]


@pytest.mark.django_db
def test_patience_with_a_database_ends() -> None:
    def call() -> None:
        raise OperationalError("disk I/O error")

    with pytest.raises(OperationalError):
        worker.steadily(call, patience=0.0)


def test_a_new_clip_is_looked_at_while_its_owners_last_one_renders() -> None:
    known = jobs.known()
    assert known["media.probe"].queue != known["media.render"].queue


def test_every_piece_of_work_names_a_queue_that_the_worker_has() -> None:
    queues = {*worker._FAIR_QUEUES, "quick"}
    assert {
        name: work.queue for name, work in jobs.known().items() if work.queue not in queues
    } == {}
