"""What the check says about one version: the findings, and which channels it could look at."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Literal

from wardcast.check.finding import Finding, Severity, finding_from_dict, finding_to_dict
from wardcast.check.story import StoryRisk, risk_from_dict, risk_to_dict

State = Literal["checked", "not_checked", "absent"]
Verdict = Literal["clean", "findings", "not_checked", "unreadable"]

CHANNELS = (
    "title", "caption", "captions", "script", "speech", "screen", "faces", "voices", "metadata",
)  # fmt: skip

"""`captions` are those of what is spoken; a track in another language has a channel of its own."""
_TRANSLATION = "captions."


def translation_channel(language: str) -> str:
    """The channel of a caption track that is not of what is spoken: `captions.de`."""
    return f"{_TRANSLATION}{language}"


def translated_into(channel: str) -> str | None:
    """The language of such a channel; None for all others."""
    return channel.removeprefix(_TRANSLATION) if channel.startswith(_TRANSLATION) else None


def is_captions(channel: str) -> bool:
    """Whether a channel holds caption cues."""
    return channel == "captions" or translated_into(channel) is not None


@dataclass(frozen=True, slots=True)
class ChannelState:
    """Whether one channel was looked at. `reason` says why not, `remedy` what would change that."""

    name: str
    state: State
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file could not be looked at: a stable code, and a sentence that says what to do."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """Every finding and the state of every channel. `picture` is the upright original's width and
    height in pixels, in which findings are placed; None where nobody looked at it."""

    findings: tuple[Finding, ...]
    channels: tuple[ChannelState, ...]
    picture: tuple[int, int] | None = None
    story: StoryRisk | None = None
    """How many people the story can be about; None where it tells of nobody."""
    unreadable: Unreadable | None = None
    """Why nothing of it could be looked at; None where something was."""

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that identify a patient directly."""
        return tuple(f for f in self.findings if f.severity is Severity.BLOCK)

    @property
    def asking(self) -> tuple[Finding, ...]:
        """The findings that need an answer from the author."""
        return tuple(f for f in self.findings if f.severity is Severity.ASK)

    @property
    def not_checked(self) -> tuple[ChannelState, ...]:
        """The channels that nothing examined."""
        return tuple(c for c in self.channels if c.state == "not_checked")

    @property
    def verdict(self) -> Verdict:
        """ "unreadable" where nothing could be looked at; "findings" while one blocks or asks;

        else "not_checked" while a channel was not examined; else "clean".
        """
        if self.unreadable is not None:
            return "unreadable"
        if self.blocking or self.asking:
            return "findings"
        return "not_checked" if self.not_checked else "clean"

    @property
    def summary(self) -> dict[str, int]:
        """Counts by severity and of channels not checked: safe to log, holds no words."""
        by = Counter(f.severity.value for f in self.findings)
        counts = {s.value: by[s.value] for s in Severity}
        return counts | {"not_checked": len(self.not_checked)}

    def to_json(self) -> str:
        """The report as JSON text."""
        channels = [
            {"name": c.name, "state": c.state, "reason": c.reason, "remedy": c.remedy}
            for c in self.channels
        ]
        findings = [finding_to_dict(f) for f in self.findings]
        story = risk_to_dict(self.story) if self.story is not None else None
        body = {
            "findings": findings,
            "channels": channels,
            "picture": self.picture,
            "story": story,
        }
        if self.unreadable is not None:
            body["unreadable"] = asdict(self.unreadable)
        return json.dumps(body, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Report":
        """The report that `to_json` wrote."""
        data = json.loads(text)
        return cls(
            findings=tuple(finding_from_dict(f) for f in data["findings"]),
            channels=tuple(ChannelState(**c) for c in data["channels"]),
            picture=tuple(data["picture"]) if data.get("picture") else None,
            story=risk_from_dict(data["story"]) if data.get("story") else None,
            unreadable=Unreadable(**data["unreadable"]) if data.get("unreadable") else None,
        )


def unreadable(code: str, detail: str) -> Report:
    """The report on a file that could not be looked at: no channel of it was checked."""
    states = tuple(ChannelState(name, "not_checked", detail) for name in CHANNELS)
    return Report((), states, unreadable=Unreadable(code, detail))
