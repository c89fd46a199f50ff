"""The findings in the picture: forms that are better covered whole, and faces.

Words in the picture are read by the detectors like any other text; here is what only a picture has.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from wardcast.check.eyes.forms import Form, form_in
from wardcast.check.finding import Finding, Severity, finding_id
from wardcast.check.lexicon import EMPTY, Lexicon
from wardcast.check.place import Track
from wardcast.check.policy import COVER, MINE, STAGED, Rule
from wardcast.check.report import ChannelState, Report
from wardcast.check.seen import Seen

SCREEN: Final = "screen"
FACES: Final = "faces"
FORM: Final = "form"
FACE: Final = "face"
_SHOWN: Final = 160
_UNSEEN: Final = (
    "Nobody has looked at the picture, so neither words in it nor faces would be noticed."
)
_LOOK: Final = "Have a second clinician look at it."


def findings(
    seen: Seen | None, policy: Mapping[str, Rule], lexicon: Lexicon = EMPTY
) -> Iterator[Finding]:
    """The forms and the faces of a clip, in the order of their times; without the author's own
    monitors."""
    if seen is None:
        return
    yield from _forms(seen, policy[FORM], lexicon)
    yield from _faces(seen, policy[FACE])


def placed(finding: Finding, seen: Seen | None) -> Finding:
    """A finding in words of the picture with where they stand, which can be covered; others as they
    are."""
    if seen is None or finding.channel != SCREEN or finding.span is None:
        return finding
    own = (each for each in finding.actions if each in (MINE, STAGED))
    return replace(finding, track=seen.track_of(finding.span), actions=(*COVER, *own))


def words_in(report: Report, form_id: str) -> tuple[str, ...]:
    """The ids of what was found in words that stand in a form: whose it is, they are."""
    form = next((each for each in report.findings if each.id == form_id), None)
    if form is None or form.kind != FORM or form.span is None:
        return ()
    start, end = form.span.start, form.span.end
    return tuple(
        each.id
        for each in report.findings
        if each.channel == SCREEN
        and each.id != form_id
        and each.span is not None
        and start <= each.span.start
        and each.span.end <= end
    )


def state(seen: Seen | None, channel: str) -> ChannelState:
    """Whether somebody looked for words in the picture, or for faces."""
    if seen is None:
        return ChannelState(channel, "not_checked", _UNSEEN, _LOOK)
    return seen.state(channel)


def _forms(seen: Seen, rule: Rule, lexicon: Lexicon) -> Iterator[Finding]:
    for number, region in enumerate(seen.regions):
        form = form_in(region.text)
        severity = rule.beside if form.is_sure else rule.apart
        own = not form.number and lexicon.shows(region.text)
        if not form.is_one or own or severity is None:
            continue
        span = seen.span_of(number)
        yield Finding(
            id=finding_id(SCREEN, FORM, span, region.text),
            kind=FORM,
            channel=SCREEN,
            span=span,
            time=region.whole.time,
            severity=severity,
            confidence=0.9 if form.is_sure else 0.6,
            text=_short(region.text),
            before="",
            after="",
            reason=_why(form),
            suggestion="",
            actions=rule.actions,
            track=region.whole,
        )


def _why(form: Form) -> str:
    if form.is_sure:
        return (
            "This looks like a patient's wristband, board, monitor or label: cover all of it, "
            "not single words."
        )
    if form.is_monitor and not form.number:
        return (
            "This looks like a monitor. Whose values are these? Keep your own, cover a patient's."
        )
    return "A long number in the picture may be a record's: cover all that stands around it."


def _short(text: str) -> str:
    one = text.replace("\n", " · ")
    return one if len(one) <= _SHOWN else f"{one[: _SHOWN - 1]}…"


def _faces(seen: Seen, rule: Rule) -> Iterator[Finding]:
    severity = rule.apart
    if severity is None:
        return
    for number, track in enumerate(seen.faces, start=1):
        yield _face(number, track, severity, rule)


def _face(number: int, track: Track, severity: Severity, rule: Rule) -> Finding:
    box = track.spots[0].box
    place = f"{track.time.start_ms}-{track.until_ms}@{box.left},{box.top},{box.right},{box.bottom}"
    return Finding(
        id=finding_id(FACES, FACE, None, place),
        kind=FACE,
        channel=FACES,
        span=None,
        time=track.time,
        severity=severity,
        confidence=0.9,
        text=f"Face {number}",
        before="",
        after="",
        reason="Whose face is this? Keep your own, or one that consents; cover all others.",
        suggestion="",
        actions=rule.actions,
        track=track,
    )
