"""Captions in a picture are words, however they are written, and have their place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.gate import subtitles
from wardcast.gate.subtitles import Cue, layout

UPRIGHT = layout(1080, 1920)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def events(*cues: Cue) -> list[str]:
    lines = subtitles.script(cues, UPRIGHT).split("\n")
    return [line for line in lines if line.startswith("Dialogue: ")]


def words(text: str) -> str:
    (event,) = events(Cue(0, 1000, text))
    return re.sub(r"^\{\\fs\d+\}", "", event.split(",", 9)[9])


@given(TEXTS)
def test_no_word_becomes_a_command_or_an_event_of_its_own(text: str) -> None:
    script = subtitles.script([Cue(0, 1000, text)], UPRIGHT)
    if not text.strip():
        assert "Dialogue" not in script
        return
    assert len(re.findall("^Dialogue: ", script, re.MULTILINE)) == 1
    shown = words(text)
    bare = re.sub(r"\\[{}]|\\N|\\\u2060", "", shown)
    assert not set(bare) & set("{}\\\r\n")


@given(TEXTS)
def test_every_letter_is_there_in_its_order(text: str) -> None:
    if not text.strip():
        return
    shown = words(text).replace("\\N", "").replace("\\\u2060", "\\")
    shown = shown.replace("\\{", "{").replace("\\}", "}")
    said = "".join(subtitles._plain(text).split())
    assert "".join(shown.split()) == said


def test_lines_of_a_caption_stay_lines_and_long_words_are_broken() -> None:
    assert words("Shake it.\nThen breathe.") == "Shake it.\\NThen breathe."
    parts = words("a" * 100).split("\\N")
    assert len(parts) > 1
    assert max(map(len, parts)) <= UPRIGHT.most * 2
    assert "\\N" in words("\u6447\u4e00" * 20)  # a script without spaces


def test_a_long_caption_is_drawn_smaller() -> None:
    (short,), (long,) = events(Cue(0, 1, "Shake it.")), events(Cue(0, 1, "Shake it. " * 30))
    assert "\\fs" not in short
    assert "\\fs" in long


def test_times_are_written_to_the_hundredth() -> None:
    (event,) = events(Cue(59_994, 3_600_000, "x"))
    assert event.startswith("Dialogue: 0,0:00:59.99,1:00:00.00,Caption,")


@pytest.mark.parametrize("size", [(1080, 1920), (1080, 1080), (1920, 1080), (180, 320)])
def test_captions_stand_in_the_lower_third_and_are_large(size: tuple[int, int]) -> None:
    place = layout(*size)
    assert 0.05 * place.height < place.bottom < place.height / 3 - place.line
    assert place.line >= 0.07 * min(size)
    assert place.width > 2 * place.sides + 8 * place.line * 0.5
