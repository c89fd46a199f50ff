"""A clip without what was found in it: planned, rendered by the gate, and examined again.

What is still found in the new file, and was to go, is taken out of the original too, a few times
over. Only what holds may be kept: a file in which a chosen finding can still be found would look
clean and would not be. What nobody chose may stay, and is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, Literal

from wardcast.check.chosen import Chosen
from wardcast.check.clips import hearing, looking
from wardcast.check.clips.editing import SHORTEST_MS, moved, uncut, with_steps
from wardcast.check.clips.examining import Looked, judged
from wardcast.check.clips.gathering import Tools, container_tags
from wardcast.check.clips.opening import CannotRead, refusals
from wardcast.check.clips.remaining import Remaining, remaining
from wardcast.check.clips.writing import fill
from wardcast.check.examine import Material, Policy
from wardcast.check.policy import DEFAULT
from wardcast.check.redaction import (
    RedactionPlan,
    TextEdit,
    apply_captions,
    apply_text,
    covered,
    plan,
)
from wardcast.check.report import Report, translation_channel
from wardcast.check.span import TimeSpan, left_of
from wardcast.check.speech import Speech, SpokenWord
from wardcast.check.transcript import Transcript
from wardcast.check.voices import Voices
from wardcast.gate.edits import NO_EDITS, EditList, Span
from wardcast.gate.ladder import ladder_for
from wardcast.gate.plan import CLIP
from wardcast.gate.probe import Probe, probe
from wardcast.gate.render import render
from wardcast.gate.source import PathSource, Source
from wardcast.gate.speech import speech_sound

How = Literal["mute", "bleep"]
_ROUNDS: Final = 3
"""A box may bring to light what was not read beside it: then it is covered too."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """What was done: the findings that were taken out, the edits that it took, the captions without
    their words, the report on the file that was made, and what can still be found in it."""

    finding_ids: tuple[str, ...]
    edits: EditList
    captions: Transcript | None
    report: Report
    remaining: Remaining

    @property
    def holds(self) -> bool:
        """Whether nothing is left that was to go."""
        return not self.remaining.against


def redact(
    looked: Looked,
    chosen: Chosen,
    how: How,
    into: Path,
    tools: Tools,
    policy: Policy = DEFAULT,
) -> Redacted:
    """Writes the clip without what was chosen, and without whoever else that names, as an MP4
    into a file that is there already; then examines that file on every channel.

    Whether it may be kept is for the caller: look at `Redacted.holds`. Raises `UnknownFinding`,
    `CannotRead` and `CannotWrite`.
    """
    duration_ms = looked.probe.duration_ms
    steps = plan(
        looked.report, chosen.gone, how,
        duration_ms=duration_ms, choices=chosen.choices, spared=chosen.spared,
    )  # fmt: skip
    gone = steps.finding_ids
    edits = with_steps(NO_EDITS, steps, duration_ms)
    words = _without(looked.material, looked.report, steps, edits)
    for _ in range(_ROUNDS):
        _need_some_left(edits, duration_ms)
        _render(looked, edits, into, tools)
        report = _examined_again(looked, words, edits, into, tools, policy)
        left = remaining(looked.report, gone, report, chosen.spared)
        captions = None if words.captions is None else moved(words.captions, edits)
        done = Redacted(gone, edits, captions, report, left)
        steps = _against(left, report, how, duration_ms)
        more = with_steps(edits, steps, duration_ms)
        if more == edits:
            break
        edits, words = more, _without(words, report, steps, more)
    return done


def _against(left: Remaining, report: Report, how: How, duration_ms: int) -> RedactionPlan:
    """What it takes to take out what is left and was to go."""
    ids, spared = ({each.id for each in some} for some in (left.against, left.spared))
    return plan(report, ids, how, duration_ms=duration_ms, spared=spared)


def _need_some_left(edits: EditList, duration_ms: int) -> None:
    if edits.cuts and edits.edited_ms(duration_ms) < SHORTEST_MS:
        raise CannotRead(
            "nothing_left",
            "These cuts would leave less than a second of the clip. Mute or cover some of it "
            "instead of cutting.",
        )


def _examined_again(
    looked: Looked, words: Material, edits: EditList, into: Path, tools: Tools, policy: Policy
) -> Report:
    """The report on the file that was made, with the words that are left beside it, in the
    original's clock and pixels."""
    made = PathSource(into)
    with refusals():
        found = probe(made, tools.limits)
        speaking = hearing.spans_in_original(hearing.spoken(made, found, tools.limits), edits)
        said = _heard_again(looked, edits, made, found, speaking, tools)
        material = replace(
            words,
            tags=container_tags(found.tags),
            seen=looking.seen_made(
                made, found, looked.probe, edits, tools.limits,
                partial(tools.progress, "Looking at the picture again"),
            ),
            said=said,
            voices=_voices_left(looked.material.voices, edits, speaking),
            left_heard=_left(made, found, edits, tools) if edits.mutes else (),
        )  # fmt: skip
    return judged(material, policy)


def _voices_left(
    voices: Voices | None, edits: EditList, speaking: tuple[TimeSpan, ...]
) -> Voices | None:
    """The turns keep their times, without what is gone now; where somebody speaks is found
    anew."""
    if voices is None:
        return None
    muted = [TimeSpan(each.start_ms, each.end_ms) for each in edits.unheard]
    return replace(voices, voiced=speaking, others=left_of(voices.others, muted))


def _left(made: Source, found: Probe, edits: EditList, tools: Tools) -> tuple[TimeSpan, ...]:
    return hearing.left_under(speech_sound(made, found, tools.limits), edits)


def _render(looked: Looked, edits: EditList, into: Path, tools: Tools) -> None:
    """The edited clip, at most 1080 by its short side and as loud as it was."""

    def sink(name: str, data: BinaryIO) -> None:
        if name == CLIP:
            fill(into, data)

    with refusals():
        render(
            looked.source,
            looked.probe,
            edits,
            ladder_for(looked.probe.short_side).rungs[-1:],
            sink=sink,
            poster=False,
            limits=tools.limits,
            progress=lambda share: tools.progress("Rendering", share),
        )


def _without(material: Material, report: Report, steps: RedactionPlan, edits: EditList) -> Material:
    """The words beside the clip as they are once the plan is carried out, `edits` and all."""
    captions = material.captions
    if captions is not None:
        captions = uncut(apply_captions(captions, steps.edits_for("captions")), steps)
    translations = (
        (tag, uncut(apply_captions(each, steps.edits_for(translation_channel(tag))), steps))
        for tag, each in material.translations
    )
    return replace(
        material,
        title=apply_text(material.title, steps.edits_for("title")),
        caption=apply_text(material.caption, steps.edits_for("caption")),
        script=_script(material, report, steps, edits),
        captions=captions,
        translations=tuple(translations),
    )


def _script(material: Material, report: Report, steps: RedactionPlan, edits: EditList) -> str:
    """What is still said. Where it was found in the sound its words leave it with their sound, so
    that each one that stays keeps its time."""
    said = material.said
    if said is not None and said.how == "aligned":
        return _audible(said, edits).text
    return apply_text(material.script, _silenced(material, report, steps))


def _audible(said: Speech, edits: EditList) -> Speech:
    words = tuple(each for each in said.words if not _within(each, edits.unheard))
    return replace(said, words=words)


def _silenced(material: Material, report: Report, steps: RedactionPlan) -> list[TextEdit]:
    """The script says what is heard: words leave it where their sound has gone, and stay, to be
    found again, where nobody knows when they are said."""
    gone = {
        (each.span.start, each.span.end)
        for each in report.findings
        if each.channel == "script"
        and each.span is not None
        and (not material.has_audio or (each.time and _goes(each.time, steps)))
    }
    edits = steps.edits_for("script")
    return [replace(e, replacement="") for e in edits if (e.start, e.end) in gone]


def _goes(time: TimeSpan, steps: RedactionPlan) -> bool:
    return covered(steps.audio, time) or any(
        cut.start_ms <= time.start_ms and time.end_ms <= cut.end_ms for cut in steps.cuts
    )


def _heard_again(
    looked: Looked,
    edits: EditList,
    made: Source,
    found: Probe,
    speaking: tuple[TimeSpan, ...],
    tools: Tools,
) -> Speech | None:
    """What is said in the new file, in the original's clock. A recogniser hears it anew; of a
    script the words keep the times at which they were found, and where somebody speaks is found
    anew: a voice in what should be silent is then a moment that no word accounts for."""
    said = looked.material.said
    if said is None or found.audio_index is None:
        return None
    tools.progress("Listening again", 0.0)
    if said.how == "recognised":
        new = hearing.recognised(made, found, tools.recogniser, tools.limits)
        heard = hearing.in_original(new, edits)
    else:
        heard = replace(_audible(said, edits), voiced=speaking)
    tools.progress("Listening again", 1.0)
    return heard


def _within(word: SpokenWord, spans: Iterable[Span]) -> bool:
    return any(s.start_ms <= word.start_ms and word.end_ms <= s.end_ms for s in spans)
