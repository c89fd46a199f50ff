"""Captions come in as one text with times, and go out holding nothing that was not examined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.check.span import TextSpan
from wardcast.check.transcript import (
    NotCaptions,
    fault_in,
    from_cues,
    lines_of,
    parse_captions,
    plain,
)

VTT = """WEBVTT Harold's chart

NOTE filmed in room 412

STYLE
::cue { color: red }

harold-1
00:01.000 --> 00:03.500 align:start
<v Ana Reyes>She said <i>hello</i> &amp; left</v>
<00:00:02.000>then came back

01:00:00.000 --> 01:00:02.000
Bye
"""
LINE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
CUES = st.lists(
    st.tuples(
        st.integers(0, 10**7), st.integers(0, 5000), st.lists(LINE, min_size=1).map(" ".join)
    ),
    max_size=6,
).map(lambda rows: sorted((a, a + d, t) for a, d, t in rows))


def test_captions_become_one_text_with_times() -> None:
    transcript = parse_captions(VTT)
    assert transcript.text == "Ana Reyes: She said hello & left\nthen came back\nBye"
    assert [(c.start_ms, c.end_ms) for c in transcript.cues] == [(1000, 3500), (3600000, 3602000)]


def test_what_goes_out_holds_the_words_and_times_and_nothing_else() -> None:
    out = parse_captions(VTT).to_webvtt()
    assert "Harold" not in out
    assert "412" not in out
    assert "hello &amp; left" in out
    assert parse_captions(out) == parse_captions(VTT)


def test_srt_is_read_too() -> None:
    transcript = parse_captions("1\r\n00:00:01,500 --> 00:00:02,000\r\nHello there\r\n")
    assert [(c.start_ms, c.end_ms, c.text) for c in transcript.cues] == [
        (1500, 2000, "Hello there")
    ]


MESSY = (
    "\ufeff1\r\n00:00:01,500 --> 00:00:03,000 X1:40 X2:600\r\n"
    "{\\an8}<font color=red>Hello</font> there\r\n\r\n"
    "2\r\n00:00:02,000 --> 00:00:04,000\r\nand you\r\n"
)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_marks_styles_and_overlaps_of_a_foreign_file_do_no_harm(newline: str) -> None:
    transcript = parse_captions(MESSY.replace("\r\n", newline))
    assert [(c.start_ms, c.end_ms, c.text) for c in transcript.cues] == [
        (1500, 3000, "Hello there"),
        (2000, 4000, "and you"),
    ]


def test_what_is_written_as_srt_is_numbered_and_has_commas() -> None:
    transcript = from_cues([(0, 1500, "One --> two"), (61_000, 62_005, "three\nlines & more")])
    assert transcript.to_srt() == (
        "1\n00:00:00,000 --> 00:00:01,500\nOne → two\n\n"
        "2\n00:01:01,000 --> 00:01:02,005\nthree\nlines & more\n"
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("00:61.000 --> 01:02.000", "no clock shows"),
        ("00:75:00,000 --> 00:76:00,000", "no clock shows"),
        ("00:03.000 --> 00:01.000", "ends before it begins"),
        ("00:03.000 --> 00:03.000", "ends before it begins"),
        ("one --> two", "from when to when"),
        ("00:01 --> 00:02", "from when to when"),
    ],
)
def test_a_time_that_cannot_be_is_told_with_its_line(line: str, says: str) -> None:
    fault = fault_in(f"WEBVTT\n\n00:00.000 --> 00:01.000\nfine\n\n{line}\nx\n")
    assert fault is not None
    assert fault.line == 6
    assert says in fault.because
    assert "Line 6" in fault.because


def test_a_file_that_is_no_captions_says_what_to_do() -> None:
    with pytest.raises(NotCaptions, match=r"\.vtt or \.srt"):
        parse_captions("Dear diary, today was long.")


def test_a_plain_script_has_words_without_times() -> None:
    words = list(plain("two words").words())
    assert [(w.text, w.span.start, w.time) for w in words] == [("two", 0, None), ("words", 4, None)]


@given(CUES)
def test_captions_written_and_read_again_are_the_same(cues: list[tuple[int, int, str]]) -> None:
    transcript = from_cues(cues)
    assert parse_captions(transcript.to_webvtt()) == transcript


@given(CUES)
def test_captions_written_as_srt_and_read_again_keep_their_times(
    cues: list[tuple[int, int, str]],
) -> None:
    transcript = from_cues([(start, max(end, start + 1), text) for start, end, text in cues])
    assert fault_in(transcript.to_srt()) is None
    assert len(lines_of(transcript.to_srt())) >= 3 * len(cues)
    times = [(cue.start_ms, cue.end_ms) for cue in transcript.cues]
    arrows = [line for line in lines_of(transcript.to_srt()) if " --> " in line]
    assert len(arrows) == len(times)


@given(CUES.filter(bool), st.data())
def test_a_translations_words_are_said_at_some_time_in_their_cue(
    cues: list[tuple[int, int, str]], data: st.DataObject
) -> None:
    transcript = from_cues(cues)
    cue = data.draw(st.sampled_from(transcript.cues))
    start = data.draw(st.integers(0, len(cue.text) - 1))
    time = transcript.whole_time_of(TextSpan(cue.offset + start, cue.offset + start + 1))
    assert time is not None
    assert (time.start_ms, time.end_ms) == (cue.start_ms, cue.end_ms)


@given(CUES.filter(bool), st.data())
def test_a_words_time_lies_inside_its_cue(
    cues: list[tuple[int, int, str]], data: st.DataObject
) -> None:
    transcript = from_cues(cues)
    cue = data.draw(st.sampled_from(transcript.cues))
    start = data.draw(st.integers(0, len(cue.text) - 1))
    end = data.draw(st.integers(start + 1, len(cue.text)))
    time = transcript.time_of(TextSpan(cue.offset + start, cue.offset + end))
    assert time is not None
    assert cue.start_ms <= time.start_ms <= time.end_ms <= cue.end_ms
