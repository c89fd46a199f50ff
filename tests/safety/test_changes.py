"""What was done between two versions, told in the clock of each."""

from wardcast.check import parse_captions
from wardcast.gate.edits import NO_EDITS, Cover, EditList, Mute, Span
from wardcast.safety.changes import between

CUES = """WEBVTT

00:00.000 --> 00:02.000
Mister Okafor came

00:02.000 --> 00:04.000
He is well
"""


def told(earlier: EditList, later: EditList) -> list[tuple[str, int, int, int, int]]:
    return [
        (c.what, c.before.start_ms, c.before.end_ms, c.now.start_ms, c.now.end_ms)
        for c in between(earlier, later)
    ]


def test_only_what_is_new_is_told() -> None:
    earlier = EditList((Mute(100, 300, "bleep"),), covers=(Cover(0, 50, 0, 0, 8, 8),))
    box = Cover(900, 1_000, 0, 0, 8, 8)
    later = EditList((Mute(100, 300, "bleep"), Mute(500, 700)), covers=(*earlier.covers, box))
    assert told(earlier, later) == [
        ("silence", 500, 700, 500, 700),
        ("cover", 900, 1_000, 900, 1_000),
    ]
    assert told(later, later) == []


def test_a_mute_that_grew_is_told_where_it_grew() -> None:
    earlier, later = EditList((Mute(200, 300),)), EditList((Mute(100, 400),))
    grown = [("silence", 100, 200, 100, 200), ("silence", 300, 400, 300, 400)]
    assert told(earlier, later) == grown


def test_a_cut_lasts_no_time_in_the_new_clip_and_moves_what_comes_after() -> None:
    later = EditList((Mute(3_000, 3_500, "bleep"),), (Span(1_000, 2_000),))
    assert told(NO_EDITS, later) == [
        ("cut", 1_000, 2_000, 1_000, 1_000),
        ("bleep", 3_000, 3_500, 2_000, 2_500),
    ]
    again = EditList(later.mutes, (Span(0, 500), Span(1_000, 2_000)))
    assert told(later, again) == [("cut", 0, 500, 0, 0)]


def test_what_lies_in_a_cut_is_not_told_twice() -> None:
    later = EditList((Mute(1_200, 1_500),), (Span(1_000, 2_000),))
    assert [each[0] for each in told(NO_EDITS, later)] == ["cut"]


def test_captions_that_read_otherwise_are_told_by_their_times() -> None:
    before, now = parse_captions(CUES), parse_captions(CUES.replace("Mister Okafor", "A man"))
    (change,) = between(NO_EDITS, NO_EDITS, (before, now))
    assert (change.what, change.now.start_ms, change.now.end_ms) == ("words", 0, 2_000)
    assert between(NO_EDITS, NO_EDITS, (before, before)) == ()
    assert between(NO_EDITS, NO_EDITS, (None, now)) == ()
