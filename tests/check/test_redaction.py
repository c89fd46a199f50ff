"""What is redacted is gone, everywhere, and the check does not find it again."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardcast.check import Material, Report, Severity, examine, examine_text, parse_captions
from wardcast.check.finding import Finding
from wardcast.check.redaction import (
    GAP_MS,
    PAD_MS,
    TextEdit,
    UnknownFinding,
    apply_captions,
    apply_text,
    covered,
    plan,
)
from wardcast.check.span import TextSpan, TimeSpan, merged

CAPTIONS = """WEBVTT

00:00.000 --> 00:03.000
So my patient Harold Okafor came in

00:03.000 --> 00:05.000
and Harold was in room 412 <b>&</b> alone

00:08.000 --> 00:09.000
Okafor went home
"""
NAMES = st.sampled_from(
    [
        "Harold Okafor",
        "Nadia",
        "Suzanne Marsh",
        "mrs quintero",
        "Vivaan Patel",
        "Citlali",
        "grace okoro",
    ]
)
SENTENCES = st.sampled_from(
    [
        "So I had a patient today, {n}, came in with chest pain.",
        "let me tell you about a lady named {n} she's ninety seven and still drives",
        "My patient {n} gave birth in the parking lot of Oak Street Health Centre last winter.",
        "This is the chart for {n}, date of birth 3/4/1961, in room 412.",
        "Medical record number 5551234, {n}, allergic to penicillin.",
        "Her husband {n} held her hand on March 9, 2019.",
        "you can write to the family at jo dot marsh at example dot com or call 402-555-8387",
        "Goodbye {n}, you fought so hard, rest in peace.",
        "She lives at 982 Maple Lane in Scranton and {n} found her.",
        "Parkinson's disease starts with a tremor.",
    ]
)


def grave(report: Report) -> list[Finding]:
    return [f for f in report.findings if f.severity is not Severity.INFO]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SENTENCES, NAMES), min_size=1, max_size=4))
def test_what_is_redacted_is_not_found_again(parts: list[tuple[str, str]]) -> None:
    text = " ".join(sentence.format(n=name) for sentence, name in parts)
    before = examine_text(text, channel="script")
    edits = plan(before, [f.id for f in grave(before)], "replace").edits
    after = examine_text(apply_text(text, edits), channel="script")
    assert grave(after) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(SENTENCES, NAMES), min_size=1, max_size=4),
    st.sampled_from(["mute", "bleep"]),
)
def test_bleeped_captions_stay_captions_and_hold_nothing_more(
    parts: list[tuple[str, str]], how: str
) -> None:
    cues = "\n\n".join(
        f"00:{i:02}.000 --> 00:{i + 1:02}.000\n{s.format(n=n)}" for i, (s, n) in enumerate(parts)
    )
    captions = parse_captions("WEBVTT\n\n" + cues)
    before = examine(Material(captions=captions))
    planned = plan(before, [f.id for f in grave(before)], "mute" if how == "mute" else "bleep")
    out = apply_captions(captions, planned.edits_for("captions")).to_webvtt()
    again = parse_captions(out)
    assert [(c.start_ms, c.end_ms) for c in again.cues] == [
        (c.start_ms, c.end_ms) for c in captions.cues
    ]
    assert grave(examine(Material(captions=again))) == []
    for finding in grave(before):
        assert finding.time is not None
        assert covered(planned.audio, finding.time)


def test_redacting_a_name_once_redacts_it_everywhere() -> None:
    material = Material(
        title="What Okafor taught me",
        caption="Harold is fine now",
        captions=parse_captions(CAPTIONS),
        duration_ms=9000,
    )
    report = examine(material)
    chosen = next(f for f in report.findings if f.text == "Harold Okafor")
    planned = plan(report, [chosen.id], "replace", duration_ms=9000)
    assert apply_text(material.title, planned.edits_for("title")) == "What my patient taught me"
    assert apply_text(material.caption, planned.edits_for("caption")) == "My patient is fine now"
    assert material.captions is not None
    redacted = apply_captions(material.captions, planned.edits_for("captions"))
    assert "Harold" not in redacted.text
    assert "Okafor" not in redacted.text
    assert "room 412" in redacted.text
    assert "&amp; alone" in redacted.to_webvtt()


def test_sound_is_covered_a_little_more_widely_and_never_past_the_end() -> None:
    report = examine(Material(captions=parse_captions(CAPTIONS), duration_ms=9000))
    planned = plan(report, [f.id for f in grave(report)], "bleep", duration_ms=9000)
    for finding in grave(report):
        assert finding.time is not None
        wide = TimeSpan(
            max(0, finding.time.start_ms - PAD_MS), min(9000, finding.time.end_ms + PAD_MS)
        )
        assert covered(planned.audio, wide)
    assert all(a.end_ms <= 9000 and a.how == "bleep" for a in planned.audio)


def test_a_name_left_out_leaves_no_double_space() -> None:
    text = "Her husband Vincent held her hand."
    report = examine_text(text)
    edits = plan(report, [f.id for f in report.findings], "replace").edits
    assert apply_text(text, edits) == "Her husband held her hand."


def test_a_finding_that_is_not_in_the_report_is_refused() -> None:
    with pytest.raises(UnknownFinding, match="Examine the version again"):
        plan(examine_text("Nothing here."), ["nope"], "mute")


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        apply_text("abcdef", [TextEdit("title", 0, 3, "x"), TextEdit("title", 2, 4, "y")])


SPANS = st.lists(
    st.tuples(st.integers(0, 3000), st.integers(0, 500)).map(lambda p: TimeSpan(p[0], sum(p)))
)


@given(SPANS)
def test_merging_spans_keeps_every_millisecond_and_adds_none(spans: list[TimeSpan]) -> None:
    def cover(some: tuple[TimeSpan, ...] | list[TimeSpan]) -> set[int]:
        return {ms for s in some for ms in range(s.start_ms, s.end_ms)}

    assert cover(merged(spans)) == cover(spans)


@given(SPANS)
def test_merged_spans_leave_no_gap_too_short_to_hear(spans: list[TimeSpan]) -> None:
    out = merged(spans, GAP_MS)
    assert all(b.start_ms - a.end_ms >= GAP_MS for a, b in pairwise(out))


def test_a_span_runs_forward() -> None:
    with pytest.raises(ValueError, match="runs forward"):
        TextSpan(3, 2)
    with pytest.raises(ValueError, match="runs forward"):
        TimeSpan(-1, 2)


SPOKEN = """WEBVTT

00:00.000 --> 00:02.000
My patient Harold Okafor came in

00:02.000 --> 00:05.000
and was well the next day
"""
GERMAN = """WEBVTT

00:00.000 --> 00:02.000
Mein Patient Harold Okafor kam

00:02.000 --> 00:05.000
und am Tag danach war Okafor gesund
"""


def test_a_name_is_taken_out_of_every_language() -> None:
    german = parse_captions(GERMAN)
    material = Material(captions=parse_captions(SPOKEN), translations=(("de", german),))
    report = examine(material)
    chosen = next(f for f in report.findings if f.channel == "captions")
    planned = plan(report, [chosen.id], "bleep", duration_ms=5000)
    redacted = apply_captions(german, planned.edits_for("captions.de"))
    assert redacted.text.count("[removed]") == 2
    assert "Okafor" not in redacted.text


def test_a_translation_covers_its_whole_cue_where_the_spoken_words_do_not_tell_better() -> None:
    captions, german = parse_captions(SPOKEN), parse_captions(GERMAN)
    report = examine(Material(captions=captions, translations=(("de", german),)))
    chosen = next(f for f in report.findings if f.channel == "captions")
    planned = plan(report, [chosen.id], "bleep", duration_ms=5000)
    assert chosen.time is not None
    first, second = planned.audio
    assert (first.start_ms, first.end_ms) == (
        max(0, chosen.time.start_ms - PAD_MS),
        min(chosen.time.end_ms + PAD_MS, 5000),
    )
    assert (second.start_ms, second.end_ms) == (2000 - PAD_MS, 5000)


def test_without_spoken_captions_a_translation_covers_its_cues() -> None:
    report = examine(Material(translations=(("de", parse_captions(GERMAN)),)))
    names = [f for f in report.findings if f.kind == "name"]
    planned = plan(report, [f.id for f in names], "mute", duration_ms=5000)
    assert covered(planned.audio, TimeSpan(0, 5000))
