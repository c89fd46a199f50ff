"""What has changed is looked at, whole lines of it; what stands still is not looked at again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wardcast.check.adapters.planes import Grey
from wardcast.check.eyes.areas import changed, holding, joined
from wardcast.check.eyes.moments import Moments
from wardcast.check.place import Box

SIZE = (360, 640)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    st.integers(0, 300), st.integers(0, 600), st.integers(1, 60), st.integers(1, 40),
)  # fmt: skip


@given(st.lists(boxes, max_size=12))
def test_joined_boxes_lie_apart_and_hold_them_all(given_: list[Box]) -> None:
    apart = joined(given_)
    assert not any(a.shared(b) for a in apart for b in apart if a is not b)
    assert all(any(a.shared(box) == box.area for a in apart) for box in given_)
    assert joined(apart) == apart


@given(st.lists(boxes, max_size=5), st.lists(boxes, max_size=8))
def test_no_line_is_cut_in_two(areas: list[Box], lines: list[Box]) -> None:
    for area in holding(areas, lines):
        assert all(area.shared(line) in (0, line.area) for line in lines)


@given(st.lists(st.tuples(st.integers(0, 31), st.integers(0, 17)), min_size=1, max_size=30))
def test_every_tile_that_changed_lies_within(places: list[tuple[int, int]]) -> None:
    tiles = np.zeros((32, 18), np.bool_)
    for row, column in places:
        tiles[row, column] = True
    areas = changed(tiles, 20, SIZE)
    for row, column in places:
        tile = Box(column * 20, row * 20, column * 20 + 20, row * 20 + 20)
        assert any(area.shared(tile) == tile.area for area in areas)


def striped(top: int, left: int = 40) -> Grey:
    picture = np.full((SIZE[1], SIZE[0]), 90, np.uint8)
    picture[top : top + 30, left : left + 200 : 4] = 240
    return picture


def test_a_part_that_changes_is_worth_reading_and_not_the_rest() -> None:
    moments, whole = Moments(), (Box(0, 0, *SIZE),)
    assert moments.worth(0, striped(100)) == whole
    assert moments.worth(100, striped(100)) == ()
    both = striped(100)
    both[400:430] = striped(400)[400:430]
    (area,) = moments.worth(200, both)
    assert area.top > 200
    assert area.shared(Box(40, 400, 240, 430)) == 200 * 30
    assert moments.worth(300, both) == ()
    assert (moments.quiet_ms, moments.worth(4_300, striped(100))) == (300, whole)


def test_words_that_move_along_themselves_are_read_whole() -> None:
    moments = Moments()
    moments.worth(0, striped(100))
    (area,) = moments.worth(500, striped(100, left=50))
    assert area.shared(Box(40, 100, 250, 130)) == 210 * 30


def test_what_stays_is_looked_at_once_more() -> None:
    moments = Moments()
    found = []
    for ms in (0, 100, 200, 300, 400, 900):
        moments.worth(ms, striped(100))
        found.append(moments.still(ms))
    assert found == [False, False, False, True, False, False]
