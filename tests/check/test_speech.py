"""Captions of what is said: short enough to read, cut where one pauses, nothing lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wardcast.check.span import TimeSpan
from wardcast.check.speech import (
    LINE_CHARS,
    LINES,
    LONGEST_MS,
    SHORTEST_MS,
    Speech,
    SpokenWord,
    captions_of,
)


def said(*words: tuple[str, int, int]) -> Speech:
    spoken = tuple(SpokenWord(f" {text}", start, end, 0.9) for text, start, end in words)
    return Speech(spoken, "en", "recognised", "test")


WORDS = st.lists(
    st.tuples(
        st.text("abcdefghij", min_size=1, max_size=14),
        st.sampled_from(["", "", "", ",", ".", "?"]),
        st.integers(60, 900),
        st.sampled_from([0, 0, 40, 300, 1500]),
    ),
    min_size=1,
    max_size=60,
)


def spoken(rows: list[tuple[str, str, int, int]]) -> Speech:
    at, words = 0, []
    for text, mark, length, gap in rows:
        words.append((text + mark, at + gap, at + gap + length))
        at += gap + length
    return said(*words)


@given(WORDS)
def test_captions_hold_every_word_in_order_and_can_be_read(
    rows: list[tuple[str, str, int, int]],
) -> None:
    speech = spoken(rows)
    captions = captions_of(speech, duration_ms=speech.words[-1].end_ms + 5_000)
    assert captions.text.split() == speech.text.split()
    for cue in captions.cues:
        lines = cue.text.split("\n")
        assert len(lines) <= LINES
        assert all(0 < len(line) <= LINE_CHARS for line in lines)
        assert 0 < cue.end_ms - cue.start_ms <= LONGEST_MS
    for one, other in pairwise(captions.cues):
        assert one.end_ms <= other.start_ms
    assert captions.cues[-1].end_ms - captions.cues[-1].start_ms >= SHORTEST_MS


@given(WORDS, st.integers(0, 10_000), st.integers(1, 3_000))
def test_what_is_muted_is_in_no_caption(
    rows: list[tuple[str, str, int, int]], start: int, length: int
) -> None:
    speech = spoken(rows)
    muted = TimeSpan(start, start + length)
    captions = captions_of(speech, duration_ms=60_000, without=[muted])
    heard = [
        word.text.strip()
        for word in speech.words
        if word.end_ms <= muted.start_ms or muted.end_ms <= word.start_ms
    ]
    assert captions.text.split() == heard


def test_captions_end_with_the_sentence_and_at_a_pause() -> None:
    speech = said(
        ("Keep", 0, 400), ("it", 400, 700), ("near.", 700, 1300), ("It", 1350, 1500),
        ("helps", 1500, 2400), ("you", 3400, 3700), ("breathe.", 3700, 4600),
    )  # fmt: skip
    captions = captions_of(speech, duration_ms=9_000)
    assert [(c.start_ms, c.end_ms, c.text) for c in captions.cues] == [
        (0, 1300, "Keep it near."),
        (1350, 2400, "It helps"),
        (3400, 4600, "you breathe."),
    ]


def test_speech_that_is_kept_comes_back_as_it_was() -> None:
    speech = Speech(
        (SpokenWord(" Okafor", 0, 400, 0.4), SpokenWord(" 🙂", 400, 400, None)),
        "en", "aligned", "pocketsphinx en-us", ("Okafor",), ("🙂",),
    )  # fmt: skip
    assert Speech.from_json(speech.to_json()) == speech
