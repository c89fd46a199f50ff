"""A story's figure among the findings: on the piece whose change helps most, and nowhere twice."""

from dataclasses import replace

from wardcast.check.finding import Finding, Severity, finding_id
from wardcast.check.policy import Rule
from wardcast.check.span import TextSpan
from wardcast.check.story import Piece
from wardcast.check.telling import Telling, shown_pieces

KIND = "story"
_SAY: dict[Piece, str] = {
    "place": "our area", "window": "a while ago", "age": "an adult",
    "condition": "a serious illness", "sex": "someone",
}  # fmt: skip
_CONTEXT = 48
_HEAVIEST = (Severity.BLOCK, Severity.ASK, Severity.INFO)


def with_story(
    findings: list[Finding], told: Telling, text: str, channel: str, rule: Rule
) -> list[Finding]:
    """The findings with the story's sentence added where a piece of it is one already, which then
    weighs as much as the story; else with one more finding. As they are where the story fits many
    people."""
    risk = told.risk
    severity = {"red": rule.beside, "amber": rule.apart, "green": None}[risk.level]
    if severity is None or not told.somewhere:
        return findings
    said = f"{risk.sentence} {risk.best.sentence}" if risk.best else risk.sentence
    pieces = dict(shown_pieces(told.pieces))
    order = [risk.best.piece] if risk.best else []
    order += [piece for piece in pieces if piece not in order]
    spans = [pieces[piece] for piece in order if piece in pieces]
    for at, finding in enumerate(findings):
        if finding.span and any(finding.span.overlaps(span) for span in spans):
            weight = min(finding.severity, severity, key=_HEAVIEST.index)
            told_there = replace(finding, reason=f"{finding.reason} {said}", severity=weight)
            return [*findings[:at], told_there, *findings[at + 1 :]]
    piece = next((p for p in order if p in pieces), None)
    if piece is None:
        return findings
    span = pieces[piece]
    made = _finding(text, channel, span, said, _SAY[piece], severity, rule.actions)
    return sorted([*findings, made], key=lambda f: f.span or TextSpan(0, 0))


def _finding(
    text: str, channel: str, span: TextSpan, said: str, instead: str, severity: Severity,
    actions: tuple[str, ...],
) -> Finding:  # fmt: skip
    value = text[span.start : span.end]
    return Finding(
        id=finding_id(channel, KIND, span, value),
        kind=KIND,
        channel=channel,
        span=span,
        time=None,
        severity=severity,
        confidence=0.6,
        text=value,
        before=text[max(0, span.start - _CONTEXT) : span.start],
        after=text[span.end : span.end + _CONTEXT],
        reason=said,
        suggestion=instead,
        actions=actions,
    )
