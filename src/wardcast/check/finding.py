"""One thing the check found: what, where, why, how sure, and what can be done about it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wardcast.check.place import Track, track_from_dict, track_to_dict
from wardcast.check.span import TextSpan, TimeSpan

LEAVE_OUT = "(leave it out)"
"""A suggestion that means: say nothing in its place."""


class Severity(StrEnum):
    """How much a finding weighs.

    BLOCK identifies a patient directly; ASK needs the author's answer; INFO is told and nothing
    more.
    """

    BLOCK = "block"
    ASK = "ask"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """A possible identifier. Findings are themselves sensitive: seal them, let them expire, never
    log them.

    `text` is what was found, `before` and `after` the words around it, `reason` a sentence one
    would say aloud, `suggestion` a rewording one could say in its place, `actions` what the
    author may do. `track` is where in the picture it is seen, None for what is not.
    """

    id: str
    kind: str
    channel: str
    span: TextSpan | None
    time: TimeSpan | None
    severity: Severity
    confidence: float
    text: str
    before: str
    after: str
    reason: str
    suggestion: str
    actions: tuple[str, ...]
    track: Track | None = None


def finding_id(channel: str, kind: str, span: TextSpan | None, value: str) -> str:
    """A stable id: the same finding in the same place has the same id in every run."""
    where = f"{span.start}-{span.end}" if span else "-"
    digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
    return hashlib.sha256(f"{channel}|{kind}|{where}|{digest}".encode()).hexdigest()[:20]


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    """The finding as plain JSON values."""
    return {
        "id": finding.id,
        "kind": finding.kind,
        "channel": finding.channel,
        "span": [finding.span.start, finding.span.end] if finding.span else None,
        "time": [finding.time.start_ms, finding.time.end_ms] if finding.time else None,
        "severity": finding.severity.value,
        "confidence": finding.confidence,
        "text": finding.text,
        "before": finding.before,
        "after": finding.after,
        "reason": finding.reason,
        "suggestion": finding.suggestion,
        "actions": list(finding.actions),
        "track": track_to_dict(finding.track) if finding.track else None,
    }


def finding_from_dict(data: dict[str, Any]) -> Finding:
    """The finding that `finding_to_dict` wrote."""
    span, time, track = data["span"], data["time"], data.get("track")
    return Finding(
        id=data["id"],
        kind=data["kind"],
        channel=data["channel"],
        span=TextSpan(*span) if span is not None else None,
        time=TimeSpan(*time) if time is not None else None,
        severity=Severity(data["severity"]),
        confidence=float(data["confidence"]),
        text=data["text"],
        before=data["before"],
        after=data["after"],
        reason=data["reason"],
        suggestion=data["suggestion"],
        actions=tuple(data["actions"]),
        track=track_from_dict(track) if track is not None else None,
    )
