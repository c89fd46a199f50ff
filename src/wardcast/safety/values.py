"""What the API and other rooms learn about reports, marks and attestations."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from wardcast.check import Finding, Report, Transcript
from wardcast.posts.values import VersionFacts
from wardcast.safety.terms import Covers, State

SecondState = Literal["none", "asked", "agreed", "objected"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What was decided about a finding. `holds` is whether it still answers it: not where the
    consent that it rests on is over."""

    action: str
    by: UUID | None
    at: datetime
    note: str
    consent: UUID | None = None
    holds: bool = True


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A consent to be shown, for the author of the post. It holds who gave it: never log it.

    `used` counts the findings of the post's versions that rest on it.
    """

    id: UUID
    who: str
    covers: Covers
    kinds: tuple[str, ...]
    given_on: date
    last_day: date | None
    form_sha256: str
    at: datetime
    state: State
    ended_at: datetime | None
    used: int


@dataclass(frozen=True, slots=True)
class OwnWordsView:
    """A name, or the words of a monitor, that an author called their own: never log them."""

    id: UUID
    what: str
    words: str
    at: datetime


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
    """A report with all that its page shows. It holds the words that were found: never log it.
    From `words_gone_at` on these are destroyed, and kinds, decisions, who and when are left."""

    version: VersionFacts
    report: Report
    marks: dict[str, Mark]
    captions: tuple[Captions, ...]
    attested: Attested
    consents: tuple[ConsentView, ...] = ()
    words_gone_at: datetime | None = None

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that still need an answer."""
        return tuple(
            each
            for each in (*self.report.blocking, *self.report.asking)
            if each.id not in self.marks or not self.marks[each.id].holds
        )


@dataclass(frozen=True, slots=True)
class Duty:
    """A version that somebody is asked to look at."""

    version: VersionFacts
    channels: tuple[str, ...]
    asked: UUID
    asked_at: datetime
