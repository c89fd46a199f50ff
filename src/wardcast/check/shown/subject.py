"""What a report is about, as the forms of it need to know."""

from dataclasses import dataclass, field

from wardcast.check.finding import LEAVE_OUT, Finding


@dataclass(frozen=True, slots=True)
class Subject:
    """A text or a clip: its name as it was given, and the texts of its channels; `duration_ms` is
    None for a text alone. `begins` tells of a channel where its lines begin in the text, and when
    they are said; `sha256` is the hash of a clip's bytes."""

    name: str
    texts: dict[str, str]
    duration_ms: int | None = None
    begins: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    sha256: str = ""

    def place_of(self, finding: Finding) -> tuple[int, int]:
        """Line and column of a finding in its channel's text, both from 1."""
        start = finding.span.start if finding.span else 0
        before = self.texts.get(finding.channel, "")[:start]
        return before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1


def clock(ms: int) -> str:
    """A time as people read it: `1:02.5`."""
    tenths = ms // 100
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"


def advice(finding: Finding) -> str:
    """What one could say instead, as a sentence; empty where there is nothing to say."""
    if not finding.suggestion:
        return ""
    if finding.suggestion == LEAVE_OUT:
        return "Leave it out."
    return f"Say instead: {finding.suggestion}"


def message(finding: Finding) -> str:
    """Why it was found, and what one could say instead."""
    return f"{finding.reason} {advice(finding)}".strip()
