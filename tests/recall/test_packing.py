"""What has come to rest says the same as what is new, whatever is packed when."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from at_once import at_once
from dying import die_while_packing
from wardcast.recall import ledger, packing, resting
from wardcast.recall.ledger import Exposed, Told
from wardcast.recall.models import Audience, Exposure, History
from wardcast.recall.packing import AGAIN, TOLD, UNKNOWN, Fact

START = datetime(2026, 11, 14, 8, 0, tzinfo=UTC)
facts = st.builds(
    Fact,
    st.integers(0, 2),
    st.sampled_from([UNKNOWN, TOLD, AGAIN]),
    st.integers(0, 4_000_000).map(lambda s: s * 1000),
    st.integers(0, 4_000_000).map(lambda s: s * 1000),
    st.binary(max_size=30),
)


@given(st.dictionaries(st.integers(1, 2**32 - 1), facts, max_size=20))
def test_what_is_packed_comes_out_as_it_went_in(found: dict[int, Fact]) -> None:
    assert packing.facts_in([packing.history(found)]) == found
    assert packing.versions_in([packing.history(found)]) == set(found)


@given(facts, facts, facts)
def test_the_order_of_merging_changes_nothing(one: Fact, two: Fact, three: Fact) -> None:
    merge = packing.merge

    def bits(fact: Fact) -> Fact:
        return Fact(fact.level, fact.known, fact.first_at, fact.last_at, fact.played.rstrip(b"\0"))

    assert bits(merge(one, two)) == bits(merge(two, one))
    assert bits(merge(merge(one, two), three)) == bits(merge(one, merge(two, three)))
    assert bits(merge(one, one)) == bits(one)


@given(st.lists(st.dictionaries(st.integers(1, 2**32 - 1), st.integers(0, 2**32 - 1), max_size=30)))
def test_an_audience_is_each_viewer_once_and_first(parts: list[dict[int, int]]) -> None:
    viewers, firsts = packing.audience_in(packing.audience(each) for each in parts)
    expected: dict[int, int] = {}
    for each in parts:
        for viewer, first in each.items():
            expected[viewer] = min(first, expected.get(viewer, first))
    assert dict(zip(viewers.tolist(), firsts.tolist(), strict=True)) == expected
    assert viewers.tolist() == sorted(expected)


@given(st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 60_000))), st.integers(0, 59))
def test_a_second_is_played_if_a_span_touches_it(spans: list[tuple[int, int]], second: int) -> None:
    touched = any(a < (second + 1) * 1000 and b > second * 1000 and a < b for a, b in spans)
    bits = int.from_bytes(packing.seconds(spans), "little")
    assert bool(bits >> second & 1) == touched


steps = st.lists(
    st.tuples(
        st.sampled_from(["serve", "serve", "serve", "tell", "pack", "crash", "erase"]),
        st.integers(1, 5),
        st.integers(1, 6),
        st.integers(0, 90),
    ),
    max_size=40,
)


@pytest.mark.django_db
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(steps)
def test_packing_at_any_moment_and_dying_in_it_changes_no_answer(
    history: Sequence[tuple[str, int, int, int]],
) -> None:
    for model in (Exposure, History, Audience):
        model.objects.all().delete()
    model_: dict[tuple[int, int], tuple[int, int]] = {}
    for what, viewer, version, second in history:
        at = START + timedelta(seconds=second)
        level, first = model_.get((viewer, version), (0, 2**60))
        if what == "serve":
            ledger.record([Exposed(version, viewer, ledger.SERVED, at)] * 2)
            model_[viewer, version] = level, min(first, ledger.milliseconds(at))
        elif what == "tell":
            heard = ledger.raise_levels({viewer}, {version: Told(second % 4)}, at)
            assert heard == ({version} if (viewer, version) in model_ else set())
            if heard:
                model_[viewer, version] = max(level, second % 4), first
        elif what == "pack":
            resting.pack()
        elif what == "crash":
            die_while_packing()
        else:
            with transaction.atomic():
                gone = resting.erase([viewer])
            assert gone == sum(key[0] == viewer for key in model_)
            model_ = {key: value for key, value in model_.items() if key[0] != viewer}
        _agrees(model_)


def _agrees(expected: dict[tuple[int, int], tuple[int, int]]) -> None:
    for viewer in range(1, 6):
        found = {
            version: (fact.level, fact.first_at) for version, fact in ledger.seen([viewer]).items()
        }
        assert found == {key[1]: value for key, value in expected.items() if key[0] == viewer}
    for version in range(1, 7):
        numbers, firsts = ledger.viewers(version)
        assert dict(zip(numbers, firsts, strict=True)) == {
            key[0]: value[1] // 1000 for key, value in expected.items() if key[1] == version
        }


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_many_write_the_same_while_others_pack_and_nothing_is_lost(tmp_path: Path) -> None:
    body = """
from datetime import UTC, datetime
from wardcast.recall import ledger, resting
at = datetime(2026, 11, 14, tzinfo=UTC)
for turn in range(20):
    if number == 0:
        resting.pack()
    page = [ledger.Exposed(v, turn * 3 + number % 3 + 1, 0, at) for v in range(1, 11)]
    ledger.record(page)
    ledger.record(page)
    ledger.raise_levels({turn * 3 + number % 3 + 1}, {1: ledger.Told(1 + number % 3)}, at)
"""
    after = """
from wardcast.recall import ledger
from wardcast.recall.models import History
print(len(ledger.viewers(1)[0]), sum(len(ledger.seen([v])) for v in range(1, 61)))
print(sorted({ledger.seen([v])[1].level for v in range(1, 61)}), History.objects.exists())
"""
    assert at_once(tmp_path, 6, body, after)[-2:] == ["60 600", "[1, 2, 3] True"]


def test_who_is_known_to_have_left_a_part_out_missed_it_and_nobody_else() -> None:
    played = packing.seconds([(0, 4000)])
    part = (5000, 8000)
    assert packing.missed(Fact(2, TOLD, 0, 0, played), part)
    assert not packing.missed(Fact(2, TOLD, 0, 0, played), (3500, 8000))
    assert not packing.missed(Fact(2, UNKNOWN, 0, 0, played), part)
    assert not packing.missed(Fact(2, AGAIN, 0, 0, played), part)
    assert not packing.missed(Fact(ledger.FINISHED, TOLD, 0, 0, played), part)
    assert not packing.missed(Fact(2, TOLD, 0, 0, played), None)
