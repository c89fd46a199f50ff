import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.check.place import (
    Box,
    Spot,
    Track,
    boxed,
    covers,
    track_from_dict,
    track_to_dict,
)  # fmt: skip

SIZE = (1081, 1921)


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    times = sorted(draw(st.sets(st.integers(0, 5_000), min_size=1, max_size=12)))
    edges = st.tuples(
        st.floats(-50, 1_100), st.floats(-50, 1_950), st.floats(-50, 1_100), st.floats(-50, 1_950)
    )
    spots = [Spot(at_ms, boxed(*draw(edges), SIZE)) for at_ms in times]
    return Track(tuple(spots), times[-1] + draw(st.integers(1, 900)))


@given(tracks(), st.integers(0, 6_000))
def test_covers_hide_the_track_all_the_time(track: Track, at_ms: int) -> None:
    where = track.at(at_ms)
    over = [
        each.box for each in covers(track, SIZE) if each.time.start_ms <= at_ms < each.time.end_ms
    ]
    if where is None:
        assert over == []
        return
    (box,) = over
    assert box.shared(where) == where.area
    assert box.left % 2 == box.top % 2 == 0
    assert box.right % 2 == 0 or box.right == SIZE[0]
    assert box.bottom % 2 == 0 or box.bottom == SIZE[1]


@given(tracks())
def test_a_track_survives_being_written_down(track: Track) -> None:
    assert track_from_dict(track_to_dict(track)) == track


def test_a_still_track_needs_one_cover() -> None:
    box = Box(11, 21, 101, 61)
    track = Track(tuple(Spot(n * 100, box) for n in range(50)), 5_000)
    (cover,) = covers(track, SIZE)
    assert (cover.time.start_ms, cover.time.end_ms) == (0, 5_000)
    assert cover.box == Box(10, 20, 102, 62)


def test_a_track_that_goes_back_in_time_is_none() -> None:
    box = Box(0, 0, 1, 1)
    with pytest.raises(ValueError, match="order"):
        Track((Spot(100, box), Spot(100, box)), 200)
    with pytest.raises(ValueError, match="box"):
        Box(5, 0, 5, 1)
