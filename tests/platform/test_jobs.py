"""What durable work promises."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from wardcast.platform import clock, ids, jobs
from wardcast.platform.jobs import JobView

pytestmark = pytest.mark.django_db


@contextmanager
def works(*steps: jobs.Step, on_failure: jobs.OnFailure | None = None) -> Iterator[None]:
    """Work named `test.work`, for a while."""
    jobs.work("test.work", *steps, on_failure=on_failure)
    try:
        yield
    finally:
        del jobs._works["test.work"]


def plainly(name: str, step: Callable[[], None]) -> None:
    step()


def state(job_id: object) -> JobView:
    return next(each for each in jobs.of(SUBJECT) if each.id == job_id)


SUBJECT = ids.new_id()


def test_steps_run_in_order_and_the_job_is_done() -> None:
    seen: list[str] = []

    def first(job: JobView) -> None:
        seen.append(f"first of {job.payload['word']}")

    def second(job: JobView) -> None:
        seen.append("second")

    with works(first, second):
        job = jobs.start("test.work", subject=SUBJECT, payload={"word": "it"})
        assert [each.id for each in jobs.due()] == [job]
        jobs.handed(job)
        assert jobs.due() == []
        jobs.perform(job, plainly)
        jobs.perform(job, plainly)  # a finished job is left alone
    assert seen == ["first of it", "second"]
    assert (state(job).state, state(job).fraction) == ("done", 1.0)


def test_the_same_id_twice_is_one_job() -> None:
    with works():
        once = ids.new_id()
        for word in ("one", "two"):
            jobs.start("test.work", subject=SUBJECT, payload={"word": word}, job_id=once)
    assert [each.payload for each in jobs.of(SUBJECT)] == [{"word": "one"}]


def test_a_job_goes_with_the_transaction_that_asked_for_it() -> None:
    with works(), transaction.atomic():
        jobs.start("test.work", subject=SUBJECT)
        transaction.set_rollback(True)
    assert jobs.of(SUBJECT) == []


def test_work_that_nobody_does_cannot_be_started() -> None:
    with pytest.raises(LookupError, match=r"test\.none"):
        jobs.start("test.none", subject=SUBJECT)


def test_a_job_for_later_waits_until_then() -> None:
    with works():
        job = jobs.start("test.work", subject=SUBJECT, due=clock.now() + timedelta(hours=72))
    assert jobs.due() == []
    clock.advance(timedelta(hours=72, seconds=1))
    assert [each.id for each in jobs.due()] == [job]


def test_progress_is_seen_at_once_and_stays_within_its_bounds() -> None:
    with works():
        job = jobs.start("test.work", subject=SUBJECT)
    jobs.report(job, "rendering", 0.5, "third of six")
    assert (state(job).stage, state(job).fraction, state(job).detail) == (
        "rendering",
        0.5,
        "third of six",
    )
    jobs.report(job, "rendering", 7.0)
    assert state(job).fraction == 1.0


def test_a_failed_job_says_its_code_and_tells_its_owner_once() -> None:
    told: list[str] = []

    def tell(job: JobView, error: BaseException) -> None:
        told.append(str(error))

    with works(on_failure=tell):
        job = jobs.start("test.work", subject=SUBJECT)
        for _ in range(2):
            jobs.fail(job, jobs.Permanent("not_a_clip", "The file is no clip."))
        jobs.perform(job, plainly)  # failed for good: left alone
    assert told == ["The file is no clip."]
    assert (state(job).state, state(job).code, state(job).detail) == (
        "failed",
        "not_a_clip",
        "The file is no clip.",
    )


def test_an_error_of_ours_never_shows_what_it_was_about() -> None:
    with works():
        job = jobs.start("test.work", subject=SUBJECT)
    jobs.fail(job, ValueError("Harold Okafor, room 412"))
    assert (state(job).code, state(job).detail) == ("ours", "ValueError")


def test_a_job_that_is_underway_can_be_handed_over_anew_and_a_finished_one_cannot() -> None:
    with works():
        job = jobs.start("test.work", subject=SUBJECT)
        assert jobs.underway() == []
        assert not jobs.again(job)  # it waits already
        jobs.handed(job)
        assert [each.id for each in jobs.underway()] == [job]
        assert jobs.again(job)
        assert [each.id for each in jobs.due()] == [job]
        jobs.perform(job, plainly)
        assert not jobs.again(job)
    assert state(job).state == "done"


def test_a_job_that_the_engine_gave_up_says_so() -> None:
    with works():
        job = jobs.start("test.work", subject=SUBJECT)
    jobs.fail(job, jobs.Lost("The engine gave it up: CANCELLED."))
    assert (state(job).code, state(job).detail) == ("ours", "The engine gave it up: CANCELLED.")
