"""What the API and other rooms learn about reports, marks and attestations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from wardcast.check import Finding, Report, Transcript
from wardcast.posts.values import VersionFacts

SecondState = Literal["none", "asked", "agreed", "objected"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What was decided about a finding."""

    action: str
    by: UUID | None
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Second:
    """The second attestation: asked of whom, and what they say."""

    state: SecondState
    person: UUID | None


@dataclass(frozen=True, slots=True)
class Attested:
    """Which channels need people's eyes and ears, and who has stated what."""

    needed: bool
    channels: tuple[str, ...]
    author: bool
    second: Second


@dataclass(frozen=True, slots=True)
class Captions:
    """A caption track and the channel as which it is checked."""

    channel: str
    language: str
    transcript: Transcript

    @property
    def spoken(self) -> bool:
        """Whether its words are those that are said."""
        return self.channel == "captions"


@dataclass(frozen=True, slots=True)
class Checked:
    """A report with all that its page shows. It holds the words that were found: never log it."""

    version: VersionFacts
    report: Report
    marks: dict[str, Mark]
    captions: tuple[Captions, ...]
    attested: Attested

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that still need an answer."""
        return tuple(
            each
            for each in (*self.report.blocking, *self.report.asking)
            if each.id not in self.marks
        )


@dataclass(frozen=True, slots=True)
class Duty:
    """A version that somebody is asked to look at."""

    version: VersionFacts
    channels: tuple[str, ...]
    asked: UUID
    asked_at: datetime
