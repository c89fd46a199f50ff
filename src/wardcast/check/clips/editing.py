"""From what a redaction takes to the edits with which the gate renders it."""

from wardcast.check.redaction import RedactionPlan
from wardcast.gate.edits import Cover, EditList, Mute, Span, cut_out, merged


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
