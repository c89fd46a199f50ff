"""The proof's pictures add up."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.pages import charts
from wardcast.recall.rules import Counts, Point

counts = st.builds(Counts, *(st.integers(0, 5000) for _ in range(4)))


@given(counts, st.booleans())
def test_the_parts_of_the_bar_touch_and_fill_it(found: Counts, ended: bool) -> None:
    parts = charts.bar(found.ended() if ended else found, ended=ended)
    assert sum(part.count for part in parts) == found.exposed
    if found.exposed:
        assert sum(part.width for part in parts) == pytest.approx(100)
    for before, after in itertools.pairwise(parts):
        assert after.left == pytest.approx(before.left + before.width)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=31), st.floats(0.01, 1))
def test_the_curve_is_one_line_from_the_first_day_to_the_last(
    shares: list[float], goal: float
) -> None:
    points = [Point(day, share) for day, share in enumerate(sorted(shares))]
    curve = charts.steps(points, goal)
    for before, after in zip(curve.steps, curve.steps[1:], strict=False):
        assert (before.x2, before.y2) == (after.x1, after.y1)
    assert all(0 <= line.x1 <= line.x2 <= 100 for line in curve.steps)
    assert all(0 <= line.y2 <= line.y1 <= charts.HEIGHT for line in curve.steps)
    if len(points) > 1:
        assert curve.steps[-1].x2 == 100
        assert curve.steps[-1].y2 == pytest.approx(charts.HEIGHT * (1 - points[-1].share))


def test_days_are_marked_once() -> None:
    assert [tick.words for tick in charts.steps([Point(0, 0), Point(1, 1)], 0.9).days] == ["1"]
    week = [Point(day, 0) for day in range(8)]
    assert [tick.words for tick in charts.steps(week, 0.9).days] == ["1", "4", "7"]


@given(st.lists(st.integers(0, 10**6), max_size=60))
def test_columns_keep_the_order_of_their_counts_and_stay_in_their_field(counts: list[int]) -> None:
    found = charts.columns(counts)
    assert len(found) == len(counts)
    for column, count in zip(found, counts, strict=True):
        assert (column.high > 0) == (count > 0)
        assert column.top + column.high == pytest.approx(120)
        assert 0 <= column.left <= column.left + column.width <= 100.001
    for one, other in itertools.combinations(zip(found, counts, strict=True), 2):
        assert one[1] <= other[1] or one[0].high >= other[0].high
