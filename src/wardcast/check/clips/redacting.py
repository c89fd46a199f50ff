"""A clip without what was found in it: planned, rendered by the gate, and examined again.

What is still found in the new file, and was to go, is taken out of the original too, a few times
over. Only what holds may be kept: a file in which a chosen finding can still be found would look
clean and would not be. What nobody chose may stay, and is named.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final, Literal

from wardcast.check.clips import hearing
from wardcast.check.clips.editing import with_steps
from wardcast.check.clips.examining import Looked, judged
from wardcast.check.clips.gathering import Tools, shown
from wardcast.check.clips.opening import refusals
from wardcast.check.clips.remaining import Remaining, remaining
from wardcast.check.clips.writing import fill
from wardcast.check.examine import Material, Policy
from wardcast.check.place import Cover, boxed, evened
from wardcast.check.policy import DEFAULT
from wardcast.check.redaction import (
    RedactionPlan,
    TextEdit,
    apply_captions,
    apply_text,
    covered,
    plan,
)
from wardcast.check.report import Report
from wardcast.check.span import TimeSpan
from wardcast.check.speech import Speech
from wardcast.check.transcript import Transcript
from wardcast.gate.edits import NO_EDITS, EditList
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
    chosen: Collection[str],
    how: How,
    into: Path,
    tools: Tools,
    policy: Policy = DEFAULT,
) -> Redacted:
    """Writes the clip without the chosen findings, and without whoever else they name, as an MP4
    into a file that is there already; then examines that file on every channel.

    Whether it may be kept is for the caller: look at `Redacted.holds`. Raises `UnknownFinding`,
    `CannotRead` and `CannotWrite`.
    """
    duration_ms = looked.probe.duration_ms
    size = (looked.probe.width, looked.probe.height)
    steps = plan(looked.report, chosen, how, duration_ms=duration_ms)
    gone = steps.finding_ids
    edits = with_steps(NO_EDITS, steps, duration_ms)
    words = _without(looked.material, looked.report, steps)
    for _ in range(_ROUNDS):
        _render(looked, edits, into, tools)
        report = _examined_again(looked, words, edits, into, tools, policy)
        done = Redacted(gone, edits, words.captions, report, remaining(looked.report, gone, report))
        against = {each.id for each in done.remaining.against}
        steps = _in_original(plan(report, against, how, duration_ms=duration_ms), report, size)
        more = with_steps(edits, steps, duration_ms)
        if more == edits:
            break
        edits, words = more, _without(words, report, steps)
    return done


def _examined_again(
    looked: Looked, words: Material, edits: EditList, into: Path, tools: Tools, policy: Policy
) -> Report:
    """The report on the file that was made, with the words that are left beside it."""
    made = PathSource(into)
    with refusals():
        found = probe(made, tools.limits)
        material = shown(made, found, words, tools)
        said = _heard_again(looked, edits, made, found, tools)
        left = _left(made, found, edits, tools) if edits.mutes else ()
    return judged(replace(material, said=said, left_heard=left), policy)


def _left(made: Source, found: Probe, edits: EditList, tools: Tools) -> tuple[TimeSpan, ...]:
    return hearing.left_under(speech_sound(made, found, tools.limits), edits)


def _in_original(steps: RedactionPlan, report: Report, size: tuple[int, int]) -> RedactionPlan:
    """A plan for the new file, its boxes as they lie in the original, which may be larger."""
    if report.picture is None or report.picture == size:
        return steps
    across, down = size[0] / report.picture[0], size[1] / report.picture[1]
    covers = (
        Cover(
            each.time,
            evened(
                boxed(
                    each.box.left * across,
                    each.box.top * down,
                    each.box.right * across,
                    each.box.bottom * down,
                    size,
                ),
                size,
            ),
        )
        for each in steps.covers
    )
    return replace(steps, covers=tuple(covers))


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


def _without(material: Material, report: Report, steps: RedactionPlan) -> Material:
    """The words beside the clip as they are once the plan is carried out."""
    captions = material.captions
    if captions is not None:
        captions = apply_captions(captions, steps.edits_for("captions"))
    return replace(
        material,
        title=apply_text(material.title, steps.edits_for("title")),
        caption=apply_text(material.caption, steps.edits_for("caption")),
        script=apply_text(material.script, _silenced(material, report, steps)),
        captions=captions,
    )


def _silenced(material: Material, report: Report, steps: RedactionPlan) -> list[TextEdit]:
    """The script says what is heard: words leave it where their sound has gone, and stay, to be
    found again, where nobody knows when they are said."""
    gone = {
        (each.span.start, each.span.end)
        for each in report.findings
        if each.channel == "script"
        and each.span is not None
        and (not material.has_audio or (each.time and covered(steps.audio, each.time)))
    }
    edits = steps.edits_for("script")
    return [replace(e, replacement="") for e in edits if (e.start, e.end) in gone]


def _heard_again(
    looked: Looked, edits: EditList, made: Source, found: Probe, tools: Tools
) -> Speech | None:
    """What is said in the new file. A recogniser hears it anew; of a script the words keep the
    times at which they were found, and where somebody speaks is found anew: a voice in what should
    be silent is then a moment that no word accounts for."""
    said = looked.material.said
    if said is None or found.audio_index is None:
        return None
    tools.progress("Listening again", 0.0)
    if said.how == "recognised":
        heard = hearing.recognised(made, found, tools.recogniser, tools.limits)
    else:
        muted = [TimeSpan(each.start_ms, each.end_ms) for each in edits.mutes]
        words = tuple(w for w in said.words if not _within(w.start_ms, w.end_ms, muted))
        heard = replace(said, words=words, voiced=hearing.voices(made, found, tools.limits))
    tools.progress("Listening again", 1.0)
    return heard


def _within(start_ms: int, end_ms: int, spans: list[TimeSpan]) -> bool:
    return any(each.start_ms <= start_ms and end_ms <= each.end_ms for each in spans)
