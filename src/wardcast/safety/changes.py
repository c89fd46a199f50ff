"""What differs between a version and the one before it, moment by moment: values in, values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from wardcast.check import Transcript
from wardcast.check.span import TimeSpan, merged
from wardcast.gate.edits import Cover, EditList, Mute, Span

What = Literal["bleep", "silence", "cover", "cut", "words"]
_ORDER: tuple[What, ...] = ("cut", "bleep", "silence", "cover", "words")


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch that was changed: in the clock of the clip before, and in that of the clip now,
    where a cut lasts no time."""

    what: What
    before: TimeSpan
    now: TimeSpan


def between(
    earlier: EditList,
    later: EditList,
    captions: tuple[Transcript | None, Transcript | None] = (None, None),
) -> tuple[Change, ...]:
    """What was done to the clip, in the order of its time. `captions` are those of the spoken
    track, before and now, in the original's clock."""
    found: dict[What, tuple[TimeSpan, ...]] = {
        "cut": _without([_span(cut) for cut in later.cuts], [_span(cut) for cut in earlier.cuts]),
        "bleep": _sound(earlier, later, "bleep"),
        "silence": _sound(earlier, later, "silence"),
        "cover": merged(_span(box) for box in later.covers if box not in set(earlier.covers)),
        "words": _words(*captions),
    }
    gone = found["cut"]
    changes = [
        Change(what, _moved(span, earlier), _moved(span, later))
        for what in _ORDER
        for span in found[what]
        if what == "cut" or not any(_holds(cut, span) for cut in gone)
    ]
    return tuple(sorted(changes, key=lambda each: (each.before.start_ms, _ORDER.index(each.what))))


def _sound(earlier: EditList, later: EditList, how: str) -> tuple[TimeSpan, ...]:
    now = [_span(mute) for mute in later.mutes if mute.how == how]
    return _without(now, [_span(mute) for mute in earlier.mutes if mute.how == how])


def _words(before: Transcript | None, now: Transcript | None) -> tuple[TimeSpan, ...]:
    """When other words are shown than before; cues keep their times."""
    if before is None or now is None:
        return ()
    shown = {(cue.start_ms, cue.end_ms, cue.text) for cue in now.cues}
    return merged(
        TimeSpan(cue.start_ms, cue.end_ms)
        for cue in before.cues
        if (cue.start_ms, cue.end_ms, cue.text) not in shown
    )


def _without(spans: Iterable[TimeSpan], taken: Sequence[TimeSpan]) -> tuple[TimeSpan, ...]:
    """What of the spans lies in none of those that are taken."""
    left: list[TimeSpan] = []
    for span in spans:
        start_ms = span.start_ms
        for other in sorted(taken):
            if other.end_ms <= start_ms or other.start_ms >= span.end_ms:
                continue
            if other.start_ms > start_ms:
                left.append(TimeSpan(start_ms, other.start_ms))
            start_ms = max(start_ms, other.end_ms)
        if start_ms < span.end_ms:
            left.append(TimeSpan(start_ms, span.end_ms))
    return tuple(left)


def _holds(cut: TimeSpan, span: TimeSpan) -> bool:
    return cut.start_ms <= span.start_ms and span.end_ms <= cut.end_ms


def _span(edit: Mute | Cover | Span) -> TimeSpan:
    return TimeSpan(edit.start_ms, edit.end_ms)


def _moved(span: TimeSpan, edits: EditList) -> TimeSpan:
    return TimeSpan(edits.edited_ms(span.start_ms), edits.edited_ms(span.end_ms))
