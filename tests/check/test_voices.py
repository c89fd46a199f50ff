"""Turns of other voices are found and asked about; whose the main one is, is asked once."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from check.adapters.voices import speech as say
from wardcast.check import turns
from wardcast.check.adapters.voice import voiced
from wardcast.check.clips.hearing import voices_in
from wardcast.check.examine import Material, examine
from wardcast.check.finding import Finding
from wardcast.check.report import ChannelState
from wardcast.check.span import TimeSpan, left_of, long_ms
from wardcast.check.voices import Voices

LESSON = (
    "Wash your hands for twenty seconds with soap, between your fingers and under your nails too. "
    "It prevents most infections in hospitals, and it costs nothing. Dry them well, since wet "
    "hands carry more. If your skin cracks, use a cream at night."
)
ANSWER = "I have had this cough since last winter and nothing helps me."
ALL_OF_IT = TimeSpan(0, 60_000)


def asked(material: Material) -> list[Finding]:
    return [each for each in examine(material).findings if each.channel == "voices"]


def state_of(material: Material) -> ChannelState:
    return next(each for each in examine(material).channels if each.name == "voices")


def heard(pcm: bytes) -> Voices:
    return voices_in(pcm, voiced(pcm))


@pytest.mark.slow
@pytest.mark.parametrize(("author", "patient"), [("slt", "rms"), ("awb", "slt")])
def test_a_turn_of_another_voice_is_found_where_it_is(author: str, patient: str) -> None:
    first, other, rest = say(LESSON, author), say(ANSWER, patient), say(LESSON, author)
    found = heard(first + other + rest)
    begin, end = len(first) // 32, (len(first) + len(other)) // 32
    assert found.told
    assert found.others
    turn = TimeSpan(found.others[0].start_ms, found.others[-1].end_ms)
    assert begin - 1_500 < turn.start_ms < begin + 400
    assert end - 400 < turn.end_ms < end + 1_500


@pytest.mark.slow
@pytest.mark.parametrize("author", ["slt", "rms"])
def test_who_speaks_alone_is_asked_about_once(author: str) -> None:
    material = Material(voices=heard(say(LESSON, author)))
    (who,) = asked(material)
    assert (who.kind, who.severity.value) == ("speaker", "ask")
    assert "throughout" in who.reason
    assert "mute" not in who.actions
    assert asked(replace(material, own_voice=True)) == []


def test_with_little_speech_the_author_is_asked_to_listen_to_all_of_it() -> None:
    told = turns.told_apart((TimeSpan(0, 2_000),), np.zeros((0, 256), np.float32))
    assert told == Voices((TimeSpan(0, 2_000),), told=False)
    (who,) = asked(Material(voices=told))
    assert "Too little" in who.reason


def test_where_nobody_speaks_nobody_is_asked_about() -> None:
    silent = Material(voices=Voices())
    assert asked(silent) == []
    assert state_of(silent).state == "checked"


def test_where_nothing_tells_voices_apart_they_are_not_checked() -> None:
    assert state_of(Material(voices=None)).state == "not_checked"
    assert asked(Material(voices=None)) == []
    assert state_of(Material(has_audio=False)).state == "absent"


def test_a_turn_that_is_muted_is_not_asked_about_and_one_that_is_half_muted_is() -> None:
    voices = Voices((TimeSpan(0, 20_000),), (TimeSpan(4_000, 6_000), TimeSpan(9_000, 9_200)))
    kinds = [each.kind for each in asked(Material(voices=voices))]
    assert kinds == ["speaker", "voice"], "a fifth of a second tells nobody whose it is"
    half = asked(Material(voices=voices, muted=(TimeSpan(4_000, 5_000),)))
    assert [each.time for each in half if each.kind == "voice"] == [TimeSpan(4_000, 6_000)]
    gone = asked(Material(voices=voices, muted=(TimeSpan(3_880, 6_120),)))
    assert [each.kind for each in gone] == ["speaker"]
    assert asked(Material(voices=voices, muted=(ALL_OF_IT,))) == []


def test_a_voice_that_answers_often_is_found_each_time() -> None:
    dice = np.random.default_rng(1)
    one, other = dice.standard_normal((2, 256))
    whose = np.arange(100) // 10 % 4 == 3  # every fourth stretch of three seconds
    rows = np.where(whose[:, None], other, one) + dice.standard_normal((100, 256)) * 0.3
    prints = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    row = (TimeSpan(0, 99 * turns.EVERY_MS + turns.WINDOW_MS),)
    assert len(turns.windows(row)) == 100
    found = turns.told_apart(row, prints).others
    assert [round(each.start_ms / 1_000) for each in found] == [9, 21]


@given(
    st.lists(st.integers(1, 4_000), min_size=1, max_size=12),
    st.integers(0, 2**32 - 1),
)
def test_turns_lie_in_order_and_in_what_is_spoken(pieces: list[int], seed: int) -> None:
    at, spoken = 0, []
    for piece in pieces:
        spoken.append(TimeSpan(at, at + piece))
        at += piece + 700
    count = len(turns.windows(spoken))
    rows = np.random.default_rng(seed).random((count, 256)).astype(np.float32)
    prints = rows / np.linalg.norm(rows, axis=1, keepdims=True) if count else rows
    found = turns.told_apart(spoken, prints)
    assert found == turns.told_apart(spoken, prints)
    assert list(found.others) == sorted(found.others)
    assert all(long_ms(left_of([each], spoken)) < 1_500 * len(pieces) for each in found.others)
    assert all(each.end_ms <= spoken[-1].end_ms for each in found.others)
    assert bool(count) or not found.told
