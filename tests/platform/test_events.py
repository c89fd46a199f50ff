"""What events promise: told in a transaction, heard inside it or after it, twice is once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import transaction

from wardcast.platform import audit, events, ids, jobs
from wardcast.platform.models import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class KettleBoiled(events.Event):
    """A fact of these tests."""

    kettle: UUID
    at: datetime
    cups: tuple[int, ...] = ()


heard: list[KettleBoiled] = []


def note(event: KettleBoiled) -> None:
    audit.record("boiled", "kettle", event.kettle, by=None)


def remember(event: KettleBoiled) -> None:
    heard.append(event)


def boiled() -> KettleBoiled:
    return KettleBoiled(
        kettle=ids.new_id(), at=datetime(2026, 3, 1, 7, 30, tzinfo=UTC), cups=(1, 2)
    )


@pytest.fixture(autouse=True)
def _wiring_is_put_back() -> Iterator[None]:
    heard.clear()
    before = set(jobs._works)
    yield
    events._inside.pop(KettleBoiled, None)
    events._after.pop(KettleBoiled, None)
    for name in set(jobs._works) - before:
        del jobs._works[name]


@pytest.mark.django_db
def test_an_inside_handler_writes_in_the_same_transaction() -> None:
    events.hear(KettleBoiled, note, "inside")
    with transaction.atomic():
        events.tell(boiled())
        assert AuditEntry.objects.filter(verb="boiled").count() == 1
        transaction.set_rollback(True)
    assert not AuditEntry.objects.filter(verb="boiled").exists()


@pytest.mark.django_db
def test_an_after_handler_hears_the_event_as_it_was_told(do_jobs: Callable[[], int]) -> None:
    events.hear(KettleBoiled, remember, "after")
    event = boiled()
    with transaction.atomic():
        events.tell(event)
    assert heard == []
    assert do_jobs() == 1
    assert heard == [event]


@pytest.mark.django_db
def test_telling_an_event_twice_is_heard_after_once(do_jobs: Callable[[], int]) -> None:
    events.hear(KettleBoiled, remember, "after")
    event = boiled()
    for _ in range(2):
        with transaction.atomic():
            events.tell(event)
    do_jobs()
    assert heard == [event]


@pytest.mark.django_db
def test_what_is_rolled_back_was_never_told(do_jobs: Callable[[], int]) -> None:
    events.hear(KettleBoiled, remember, "after")
    with transaction.atomic():
        events.tell(boiled())
        transaction.set_rollback(True)
    assert do_jobs() == 0
    assert heard == []


@pytest.mark.django_db
def test_a_handler_registered_twice_hears_once(do_jobs: Callable[[], int]) -> None:
    for _ in range(2):
        events.hear(KettleBoiled, note, "inside")
        events.hear(KettleBoiled, remember, "after")
    with transaction.atomic():
        events.tell(boiled())
    do_jobs()
    assert len(heard) == 1
    assert AuditEntry.objects.filter(verb="boiled").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        events.tell(boiled())


def test_the_name_of_every_delivery_fits_its_column() -> None:
    from wardcast.platform.models import Job

    longest = Job._meta.get_field("name").max_length or 0
    assert all(len(name) <= longest for name in jobs.known())
