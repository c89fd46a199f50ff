"""From what a redaction takes to the edits with which the gate renders it."""

from typing import Final

from wardcast.check.redaction import RedactionPlan
from wardcast.check.transcript import Transcript, from_cues
from wardcast.gate.edits import Cover, EditList, Mute, Span, cut_out, merged

SHORTEST_MS: Final = 1_000
"""Cuts that leave less of a clip than this are not made."""


def with_steps(edits: EditList, steps: RedactionPlan, duration_ms: int) -> EditList:
    """The edit list with the plan's spans, boxes and cuts added. Spans are padded already in
    both."""
    added = [
        Mute(each.start_ms, each.end_ms, "bleep" if each.how == "bleep" else "silence")
        for each in steps.audio
        if each.start_ms < each.end_ms
    ]
    mutes = merged([*edits.mutes, *added], max(duration_ms, 1), pad_ms=0)
    boxes = (
        Cover(
            each.time.start_ms, each.time.end_ms,
            each.box.left, each.box.top, each.box.right, each.box.bottom,
        )
        for each in steps.covers
    )  # fmt: skip
    cuts = (Span(each.start_ms, each.end_ms) for each in steps.cuts if each.start_ms < each.end_ms)
    return EditList(
        mutes,
        cut_out([*edits.cuts, *cuts], max(duration_ms, 1)),
        tuple(sorted({*edits.covers, *boxes})),
    )


def moved(words: Transcript, edits: EditList) -> Transcript:
    """Captions, which are kept in the original's clock, in that of the edited clip; what lies in a
    cut is left out."""
    if not edits.cuts:
        return words
    times = (
        (edits.edited_ms(cue.start_ms), edits.edited_ms(cue.end_ms), cue.text) for cue in words.cues
    )
    return from_cues([cue for cue in times if cue[0] < cue[1]])


def uncut(words: Transcript, steps: RedactionPlan) -> Transcript:
    """Captions in the original's clock without those that lie in a cut of the plan."""
    return from_cues(
        [
            (cue.start_ms, cue.end_ms, cue.text)
            for cue in words.cues
            if not any(c.start_ms <= cue.start_ms and cue.end_ms <= c.end_ms for c in steps.cuts)
        ]
    )
