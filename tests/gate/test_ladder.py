import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.gate.ladder import DEFAULT_LADDER, Ladder, Rung, in_av1, ladder_for


@given(st.integers(4, 4_320))
def test_no_rung_is_above_the_source_and_there_are_at_least_two(short_side: int) -> None:
    ladder = ladder_for(short_side)
    assert len(ladder.rungs) >= 2
    assert all(rung.short_side <= short_side for rung in ladder.rungs)
    assert {rung.segment_s for rung in ladder.rungs} == {1}


@pytest.mark.parametrize(
    ("short_side", "sides"),
    [
        (2_160, [360, 480, 720, 1_080]),
        (1_080, [360, 480, 720, 1_080]),
        (1_000, [360, 480, 720, 1_000]),
        (800, [360, 480, 800]),
        (720, [360, 480, 720]),
        (540, [360, 540]),
        (480, [360, 480]),
        (361, [240, 360]),
        (360, [240, 360]),
        (240, [160, 240]),
    ],
)
def test_the_ladder_fits_the_source(short_side: int, sides: list[int]) -> None:
    assert [rung.short_side for rung in ladder_for(short_side).rungs] == sides


@given(st.integers(16, 4_096), st.integers(16, 4_096))
def test_sizes_are_even_and_never_larger_than_the_picture(width: int, height: int) -> None:
    for rung in ladder_for(min(width, height)).rungs:
        wide, high = rung.size_of(width, height)
        assert wide % 2 == high % 2 == 0
        assert wide <= width + 1
        assert high <= height + 1


def test_the_first_rung_fits_a_poor_line() -> None:
    lowest = DEFAULT_LADDER.lowest
    assert lowest.video_kbps + lowest.audio_kbps <= 500


@pytest.mark.parametrize(
    "rungs",
    [
        (),
        (Rung("720", 720, 1, 1), Rung("360", 360, 1, 1)),
        (Rung("a", 360, 1, 1), Rung("a", 720, 1, 1)),
    ],
)
def test_a_ladder_without_order_is_refused(rungs: tuple[Rung, ...]) -> None:
    with pytest.raises(ValueError):
        Ladder(rungs)


@pytest.mark.parametrize("name", ["", "a/b", "../x", "a b", "ä"])
def test_a_rung_s_name_cannot_be_a_path(name: str) -> None:
    with pytest.raises(ValueError):
        Rung(name, 360, 400, 1)


def test_a_ladder_whose_segments_differ_in_length_is_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        Ladder((Rung("360", 360, 400, 1), Rung("720", 720, 2_000, 2)))


@given(st.integers(4, 4_320))
def test_the_sizes_in_av1_are_the_same_under_names_of_their_own(short_side: int) -> None:
    ladder = ladder_for(short_side)
    coded = in_av1(ladder)
    assert [each.short_side for each in coded.rungs] == [each.short_side for each in ladder.rungs]
    assert [each.name for each in coded.rungs] == [f"{each.name}av1" for each in ladder.rungs]
    pairs = zip(coded.rungs, ladder.rungs, strict=True)
    assert all(one.video_kbps <= other.video_kbps for one, other in pairs)


def test_a_rung_is_coded_in_what_players_know() -> None:
    with pytest.raises(ValueError, match="vp9"):
        Rung("360", 360, 400, 1, codec="vp9")
