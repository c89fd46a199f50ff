"""The ledger keeps each triple once, whatever order batches come in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wardcast.platform import clock
from wardcast.platform.ids import new_id
from wardcast.recall import ledger, resting
from wardcast.recall.ledger import Exposed, Told
from wardcast.recall.models import Exposure

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 14, 8, 0, tzinfo=UTC)

exposures = st.builds(
    Exposed,
    version_serial=st.integers(1, 12),
    viewer=st.integers(1, 4),
    level=st.integers(0, 3),
    at=st.integers(0, 100_000).map(lambda ms: START + timedelta(milliseconds=ms)),
)
batches = st.lists(st.lists(exposures, max_size=8), max_size=5)
each_example_alone = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)


def rows() -> dict[tuple[int, int], tuple[int, int, int]]:
    return {
        (row.version_serial, row.viewer): (row.level, row.first_at, row.last_at)
        for row in Exposure.objects.all()
    }


@each_example_alone
@given(batches, st.randoms())
def test_the_order_of_batches_changes_nothing(
    found: Sequence[Sequence[Exposed]], random: object
) -> None:
    Exposure.objects.all().delete()
    for batch in found:
        ledger.record(batch)
    once = rows()
    Exposure.objects.all().delete()
    for batch in reversed(found):
        ledger.record(list(reversed(batch)))
        ledger.record(batch)
    assert rows() == once


@each_example_alone
@given(batches)
def test_the_level_is_the_highest_and_the_times_are_the_first_and_the_last(
    found: Sequence[Sequence[Exposed]],
) -> None:
    Exposure.objects.all().delete()
    for batch in found:
        ledger.record(batch)
    flat = [each for batch in found for each in batch]
    for (serial, viewer), (level, first, last) in rows().items():
        same = [each for each in flat if (each.version_serial, each.viewer) == (serial, viewer)]
        times = [ledger.milliseconds(each.at) for each in same]
        assert (level, first, last) == (max(e.level for e in same), min(times), max(times))
    assert len(rows()) == len({(e.version_serial, e.viewer) for e in flat})


def test_a_batch_is_one_statement(django_assert_num_queries: object) -> None:
    batch = [Exposed(serial, 7, ledger.SERVED, START) for serial in range(50)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        ledger.record(batch)


@pytest.mark.parametrize("packed", [False, True])
def test_a_beacon_raises_what_was_served_and_makes_nothing_new(packed: bool) -> None:
    ledger.record([Exposed(1, 7, ledger.SERVED, START)])
    if packed:
        assert resting.pack() == 1
    told = {1: Told(ledger.FINISHED), 2: Told(ledger.FRAME)}
    assert ledger.raise_levels({7, 8}, told, START) == {1}
    assert {key: fact.level for key, fact in ledger.seen({7}).items()} == {1: ledger.FINISHED}
    assert not ledger.seen({8})
    ledger.raise_levels({7}, {1: Told(ledger.FRAME)}, START)
    assert ledger.seen({7})[1].level == ledger.FINISHED


def test_an_event_is_counted_once_however_often_it_is_told() -> None:
    ids = [new_id() for _ in range(4)]
    assert ledger.count_once(ids[:3], START) == set(ids[:3])
    assert ledger.count_once([*ids, *ids], START) == {ids[3]}
    assert ledger.count_once([], START) == set()


def test_ids_of_old_events_are_forgotten_and_those_of_new_ones_kept() -> None:
    old, new = new_id(), new_id()
    ledger.count_once([old], START)
    ledger.count_once([new], START + timedelta(days=3))
    assert ledger.forget_beacons(before=START + timedelta(days=1)) == 1
    assert ledger.count_once([old, new], clock.now()) == {old}


def test_ids_come_back_as_they_went_in() -> None:
    (found,) = ledger.count_once([UUID(int=7 << 76)], START)
    assert found == UUID(int=7 << 76)
