"""Speech counts as checked where its words are known; other voiced moments are asked about."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from check.adapters.voices import speech as say
from wardcast.check.accounting import account
from wardcast.check.adapters import aligner
from wardcast.check.adapters.voice import voiced
from wardcast.check.examine import Material, examine
from wardcast.check.report import ChannelState
from wardcast.check.span import TextSpan, TimeSpan
from wardcast.check.speech import How, Speech, SpokenWord

SCRIPT = "Yesterday I met a man. He asked about his inhaler and I told him to keep it near."
NAMED = (
    "Yesterday I met a man called Bernard Whitfield. "
    "He asked about his inhaler and I told him to keep it near."
)
LESSON = (
    "Wash your hands for twenty seconds with soap, between your fingers too. "
    "It prevents most infections in hospitals."
)


def laid(sound: str, script: str) -> Speech:
    pcm = say(sound)
    found = aligner.align(pcm, script)
    assert found is not None
    return replace(found, voiced=voiced(pcm))


def speech_of(material: Material) -> ChannelState:
    return next(each for each in examine(material).channels if each.name == "speech")


@pytest.mark.slow
def test_speech_is_checked_where_the_script_is_what_is_said() -> None:
    said = laid(LESSON, LESSON)
    assert account(said).share > 0.95
    material = Material(script=LESSON, said=said)
    assert speech_of(material).state == "checked"
    assert "unheard" not in {each.kind for each in examine(material).findings}


@pytest.mark.slow
def test_a_name_that_the_script_leaves_out_must_be_listened_to() -> None:
    whole = laid(NAMED, NAMED)
    name = whole.time_of(TextSpan(NAMED.index("Bernard"), NAMED.index(".")))
    assert name is not None
    said = laid(NAMED, SCRIPT)
    report = examine(Material(script=SCRIPT, said=said))
    found = [each.time for each in report.findings if each.kind == "unheard" and each.time]
    assert any(each.start_ms <= name.start_ms and name.end_ms <= each.end_ms for each in found)
    (state,) = (each for each in report.channels if each.name == "speech")
    assert state.state == "not_checked"
    assert "90 %" in state.reason


@pytest.mark.slow
def test_what_is_muted_need_not_be_listened_to() -> None:
    said = laid(NAMED, SCRIPT)
    muted = account(said).moments
    material = Material(script=SCRIPT, said=said, muted=muted)
    assert speech_of(material).state == "checked"
    assert "unheard" not in {each.kind for each in examine(material).findings}


@pytest.mark.slow
def test_a_name_in_the_script_is_found_at_the_time_at_which_it_is_said() -> None:
    script = "\n Then my patient Bernard Whitfield came in with chest pain."
    said = laid(script.strip(), script)
    (found,) = (e for e in examine(Material(script=script, said=said)).findings if e.time)
    assert (found.channel, found.kind, found.text) == ("script", "name", "Bernard Whitfield")
    words = [word for word in said.words if word.text.strip(" .\n") in ("Bernard", "Whitfield")]
    assert found.time == TimeSpan(words[0].start_ms, words[-1].end_ms)


def test_a_pause_of_nothing_at_all_holds_no_word_but_what_is_heard_beside_it_may() -> None:
    said = words("aligned", ("Hello", 0, 1_000, 0.9), ("there", 1_400, 2_000, 0.9), until=2_000)
    assert account(said).moments == (TimeSpan(750, 1_650),)
    silent = replace(said, quiet=(TimeSpan(1_000, 1_380),))
    assert account(silent).moments == ()
    assert account(silent).share == 1
    murmur = replace(said, quiet=(TimeSpan(1_200, 1_400),))
    assert account(murmur).moments == (TimeSpan(750, 1_450),)


def test_silence_has_no_voice() -> None:
    assert voiced(b"") == ()
    assert voiced(bytes(64_000)) == ()


def words(how: How, *rows: tuple[str, int, int, float | None], until: int = 10_000) -> Speech:
    spoken = tuple(SpokenWord(f" {text}", *rest) for text, *rest in rows)
    return Speech(spoken, "en", how, "test", voiced=(TimeSpan(0, until),))


def test_a_recogniser_that_heard_it_makes_speech_checked_and_names_are_found_in_it() -> None:
    said = words(
        "recognised",
        ("My", 0, 200, 0.9), ("patient", 200, 600, 0.9), ("Harold", 600, 1_000, 0.2),
        ("Okafor", 1_000, 1_500, 0.2), ("came", 1_500, 1_700, 0.9), ("in.", 1_700, 1_900, 0.9),
        until=1_900,
    )  # fmt: skip
    report = examine(Material(said=said))
    assert speech_of(Material(said=said)).state == "checked"
    (name,) = (each for each in report.findings if each.kind == "name")
    assert (name.channel, name.text) == ("speech", "Harold Okafor")
    assert name.time == TimeSpan(600, 1_500)
    muted = examine(Material(said=said, muted=(TimeSpan(580, 1_520),)))
    assert not [each for each in muted.findings if each.kind == "name"]


def test_what_a_recogniser_passed_over_must_be_listened_to() -> None:
    said = words("recognised", ("Hello", 0, 500, 0.9), ("there", 4_000, 4_400, 0.9), until=4_400)
    (found,) = (each for each in examine(Material(said=said)).findings if each.kind == "unheard")
    assert found.time == TimeSpan(250, 4_250)
    assert found.text == "0:00.2–0:04.2"


@pytest.mark.parametrize(
    ("material", "because"),
    [
        (Material(), "no recogniser"),
        (Material(script="Keep it near you."), "could not be found"),
        (Material(script="Hay que saber de los síntomas en la casa y de los signos"), "Spanish"),
        (Material(said=replace(words("recognised"), language="de")), "German"),
    ],
)
def test_where_speech_was_not_heard_it_is_said_why(material: Material, because: str) -> None:
    found = speech_of(material)
    assert found.state == "not_checked"
    assert because in found.reason
    assert found.remedy


SPANS = st.lists(
    st.tuples(st.integers(0, 5_000), st.integers(1, 900)).map(lambda s: (s[0], s[0] + s[1])),
    max_size=12,
)


@given(voice=SPANS, said=SPANS, muted=SPANS, how=st.sampled_from(["aligned", "recognised"]))
def test_what_is_not_accounted_for_is_voiced_unmuted_and_without_a_word(
    voice: list[tuple[int, int]],
    said: list[tuple[int, int]],
    muted: list[tuple[int, int]],
    how: How,
) -> None:
    from wardcast.check.span import merged

    voices = merged(TimeSpan(*each) for each in voice)
    spoken = tuple(SpokenWord(" a", start, end, 0.9) for start, end in said)
    hidden = [TimeSpan(*each) for each in muted]
    found = account(Speech(spoken, "en", how, "test", voiced=voices), without=hidden)
    assert 0 <= found.share <= 1
    assert (found.share == 1) == (not found.moments)
    bare = {
        ms
        for each in voices
        for ms in range(each.start_ms, each.end_ms)
        if not any(start <= ms < end for start, end in (*said, *muted))
    }
    for moment in found.moments:
        assert any(ms in bare for ms in range(moment.start_ms, moment.end_ms))
    listed = {ms for each in found.moments for ms in range(each.start_ms, each.end_ms)}
    for start, end in _runs(sorted(bare - listed)):
        assert end - start < 600


def _runs(values: list[int]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for value in values:
        if out and out[-1][1] == value:
            out[-1] = (out[-1][0], value + 1)
        else:
            out.append((value, value + 1))
    return out
