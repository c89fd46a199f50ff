from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.gate.edits import (
    GAP_MS,
    NO_EDITS,
    PAD_MS,
    Cover,
    EditList,
    How,
    Mute,
    Span,
    cut_out,
    merged,
)

DURATION = 5_000
hows: st.SearchStrategy[How] = st.sampled_from(["silence", "bleep"])


@st.composite
def some_mutes(draw: st.DrawFn) -> list[Mute]:
    starts = draw(st.lists(st.integers(0, DURATION + 500), max_size=8))
    return [Mute(start, start + draw(st.integers(1, 900)), draw(hows)) for start in starts]


def covered(mutes: "tuple[Mute, ...] | list[Mute]") -> set[int]:
    return {ms for mute in mutes for ms in range(mute.start_ms, mute.end_ms)}


@given(some_mutes())
def test_merging_keeps_every_millisecond_of_the_clip(mutes: list[Mute]) -> None:
    assert covered(mutes) & set(range(DURATION)) <= covered(merged(mutes, DURATION))


@given(some_mutes())
def test_merging_adds_nothing_beyond_padding_and_gaps(mutes: list[Mute]) -> None:
    padded = {
        ms
        for mute in mutes
        if mute.start_ms < DURATION
        for ms in range(max(0, mute.start_ms - PAD_MS), min(mute.end_ms + PAD_MS, DURATION))
    }
    added = sorted(covered(merged(mutes, DURATION)) - padded)
    for ms in added:
        before = max((each for each in padded if each < ms), default=None)
        after = min((each for each in padded if each > ms), default=None)
        assert before is not None
        assert after is not None
        assert after - before - 1 < GAP_MS


@given(some_mutes())
def test_merged_mutes_lie_apart_and_in_order(mutes: list[Mute]) -> None:
    result = merged(mutes, DURATION)
    for earlier, later in pairwise(result):
        assert later.start_ms - earlier.end_ms >= GAP_MS
    assert all(0 <= mute.start_ms < mute.end_ms <= DURATION for mute in result)


@given(some_mutes())
def test_the_order_of_finding_does_not_matter(mutes: list[Mute]) -> None:
    assert merged(mutes, DURATION) == merged(list(reversed(mutes)), DURATION)


@given(some_mutes())
def test_an_edit_list_survives_json_and_equal_lists_give_equal_text(mutes: list[Mute]) -> None:
    edits = EditList.of(mutes, DURATION)
    text = edits.to_json()
    assert EditList.from_json(text) == edits
    assert EditList.of(list(reversed(mutes)), DURATION).to_json() == text


def test_the_json_is_fixed_for_ever_since_versions_are_hashed_by_it() -> None:
    edits = EditList((Mute(100, 400, "silence"), Mute(1_000, 1_250, "bleep")))
    assert edits.to_json() == '{"cuts":[],"mutes":[[100,400,"silence"],[1000,1250,"bleep"]]}'
    assert NO_EDITS.to_json() == '{"cuts":[],"mutes":[]}'


def test_where_a_bleep_and_a_silence_touch_it_bleeps() -> None:
    (mute,) = merged([Mute(1_000, 1_200, "silence"), Mute(1_300, 1_400, "bleep")], DURATION)
    assert mute == Mute(880, 1_520, "bleep")


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"mutes":[]}',
        '{"cuts":[],"mutes":[],"more":1}',
        '{"cuts":[],"mutes":{}}',
        '{"cuts":[],"mutes":[[1,2]]}',
        '{"cuts":[],"mutes":[[1.5,2,"silence"]]}',
        '{"cuts":[],"mutes":[[true,2,"silence"]]}',
        '{"cuts":[],"mutes":[[5,2,"silence"]]}',
        '{"cuts":[],"mutes":[[-5,2,"silence"]]}',
        '{"cuts":[],"mutes":[[1,2,"shout"]]}',
        '{"cuts":[],"mutes":[[1,5,"silence"],[4,9,"silence"]]}',
        '{"cuts":[],"mutes":[[4,9,"silence"],[1,2,"silence"]]}',
        '{"cuts":[[1,5],[4,9]],"mutes":[]}',
        '{"cuts":[[1,5],[5,9]],"mutes":[]}',
        '{"cuts":[[4,9],[1,2]],"mutes":[]}',
        '{"cuts":[[5,2]],"mutes":[]}',
        "no json",
    ],
)
def test_a_list_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        EditList.from_json(text)


@given(st.integers(0, DURATION))
def test_without_cuts_both_clocks_agree(ms: int) -> None:
    edits = EditList.of([Mute(100, 200)], DURATION)
    assert edits.original_ms(edits.edited_ms(ms)) == ms == edits.edited_ms(ms)


@st.composite
def some_cuts(draw: st.DrawFn) -> EditList:
    starts = draw(st.lists(st.integers(0, DURATION), max_size=6))
    cuts = [Span(start, start + draw(st.integers(1, 900))) for start in starts]
    return EditList(cuts=cut_out(cuts, DURATION))


@given(some_cuts())
def test_both_clocks_agree_on_every_moment_that_is_left(edits: EditList) -> None:
    left = [
        ms
        for ms in range(DURATION)
        if not any(cut.start_ms <= ms < cut.end_ms for cut in edits.cuts)
    ]
    assert [edits.edited_ms(ms) for ms in left] == list(range(len(left)))
    assert [edits.original_ms(ms) for ms in range(len(left))] == left
    assert edits.edited_ms(DURATION) == len(left)


@given(some_cuts())
def test_a_moment_that_was_cut_out_is_where_the_cut_is(edits: EditList) -> None:
    for cut in edits.cuts:
        here = edits.edited_ms(cut.start_ms)
        assert {edits.edited_ms(ms) for ms in range(cut.start_ms, cut.end_ms + 1)} == {here}
    assert EditList.from_json(edits.to_json()) == edits


def test_at_its_full_length_a_cut_is_silent_and_black() -> None:
    edits = EditList((Mute(100, 300, "bleep"),), (Span(200, 500),), (Cover(0, 10, 2, 4, 6, 8),))
    whole = edits.at_full_length(360, 640)
    assert whole.cuts == ()
    assert all(whole.silences(ms) for ms in range(100, 500))
    assert Cover(200, 500, 0, 0, 360, 640) in whole.covers
    assert edits.covers[0] in whole.covers
    assert edits.unheard == (Span(100, 300), Span(200, 500))


def test_it_tells_what_is_silenced() -> None:
    edits = EditList((Mute(100, 200),))
    assert [edits.silences(ms) for ms in (99, 100, 199, 200)] == [False, True, True, False]
    assert edits.mutes[0].span == Span(100, 200)


def test_covers_are_written_down_only_where_there_are_some() -> None:
    cover = Cover(0, 10, 2, 4, 6, 8)
    listed = EditList(covers=(cover,))
    assert "covers" not in NO_EDITS.to_json()
    assert listed.to_json() == '{"covers":[[0,10,2,4,6,8]],"cuts":[],"mutes":[]}'
    assert EditList.from_json(listed.to_json()) == listed


@pytest.mark.parametrize(
    "covers",
    ["[0,10,2,4,2,8]", "[0,10,2,4,6]", "[5,5,0,0,2,2]", "[0,10,2.5,4,6,8]", "[0,1,-2,0,2,2]"],
)
def test_a_cover_that_covers_nothing_is_refused(covers: str) -> None:
    with pytest.raises(ValueError):
        EditList.from_json(f'{{"covers":[{covers}],"cuts":[],"mutes":[]}}')


def test_covers_come_in_order_and_once() -> None:
    early, late = Cover(0, 10, 2, 4, 6, 8), Cover(5, 10, 2, 4, 6, 8)
    with pytest.raises(ValueError, match="order"):
        EditList(covers=(late, early))
    with pytest.raises(ValueError, match="once"):
        EditList(covers=(early, early))
