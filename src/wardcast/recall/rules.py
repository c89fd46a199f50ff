"""Decisions about notices and the sum that a recall must balance. Pure: times are arguments.

For every notice, and within each group of viewers:

    exposed = owed + shown only + acknowledged + unreachable

Once a recall is terminated nobody owes it: who did counts as not reached, in the same sum.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

DAY_MS = 86_400_000
HEADLINE_CHARS = 200
TEXT_CHARS = 1000

SEAL_AFTER_MS = 120_000
"""How long after its opening a cohort stays open: addresses that were handed out lose their files
within 60 s, and a transaction under way writes its exposures well within the other 60."""

LONGEST_CURVE_DAYS = 30

DOUBLE_SUBMIT_MS = 600_000
"""The same words by the same person on the same version within this time are one notice."""


NOTICES_A_DAY, NOTICES_A_WEEK = 1, 3
"""So many notices that must be seen an author sends by themselves: of one version in a day, of all
in a week. A card that everyone must see is not for advertising; a moderator may send more."""

SOURCES = (
    "doi.org", "pubmed.ncbi.nlm.nih.gov", "ncbi.nlm.nih.gov", "europepmc.org", "clinicaltrials.gov",
    "cochranelibrary.com", "who.int", "cdc.gov", "ecdc.europa.eu", "ema.europa.eu", "fda.gov",
    "nice.org.uk",
)  # fmt: skip
"""Where a link on a notice may lead."""

_LINK = re.compile(r"(?i)(?:\bhttps?://|\bwww\.)[^\s<>\"')]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LEAST_LEAK = 3


class Severity(StrEnum):
    """How much a notice changes, from the least grave on."""

    NOTE = "note"
    CORRECT = "correct"
    REPLACE = "replace"
    WITHDRAW = "withdraw"

    @property
    def is_owed(self) -> bool:
        """Whether everyone exposed must see it; a note is shown on the post alone."""
        return self is not Severity.NOTE

    @property
    def gravity(self) -> int:
        """Sorts the gravest first."""
        return -list(Severity).index(self)


class Outcome(StrEnum):
    """Where one exposed viewer stands with a notice."""

    OWED = "owed"
    SHOWN_ONLY = "shown_only"
    ACKNOWLEDGED = "acknowledged"
    UNREACHABLE = "unreachable"


class Lost(StrEnum):
    """Why somebody exposed cannot be reached any more."""

    DELETED = "deleted"
    """Their account is gone or shut out."""
    ERASED = "erased"
    """They erased what they had watched."""
    EXPIRED = "expired"
    """Their device's cookie has run out, or it was so long ago that it is no longer kept."""


class Door(StrEnum):
    """Where a version is served to who has no number."""

    FEED = "feed"
    EMBED = "embed"


class Group(StrEnum):
    """The classes that coverage is told by."""

    SIGNED_IN = "signed_in"
    GUESTS = "guests"


@dataclass(frozen=True, slots=True)
class Words:
    """What a notice says. All but a note need an apology."""

    what_right: str
    what_wrong: str
    what_now: str
    apology: str


WITHDRAWAL = Words(
    what_right="This video is no longer shown.",
    what_wrong="A permission that it relied on no longer holds.",
    what_now="Please do not pass it on, and do not describe what you saw in it.",
    apology="I am sorry, to those whom this video concerns and to you who watched it.",
)
"""What is proposed where a consent is over. It says of nobody what they did, nor what was seen;
as a privacy notice it does not even show what was wrong."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a notice cannot be sent as written: which field, and what to do about it."""

    where: str
    what: str


def passed_on(severity: Severity, *, privacy: bool) -> Severity:
    """What a notice is to the viewers of a video that holds the part. It sends to no newer version
    of that one; and it takes that one down only if it leaks, or an author could take down by it
    whoever quotes and answers them."""
    if severity is Severity.REPLACE or (severity is Severity.WITHDRAW and not privacy):
        return Severity.CORRECT
    return severity


def check(severity: Severity, words: Words, span: tuple[int, int] | None) -> Wrong | None:
    """What must be mended before this notice can be opened, or None."""
    if not words.what_right.strip():
        return Wrong("what_right", "Say what is right: it is the first thing people read.")
    if len(words.what_right) > HEADLINE_CHARS:
        return Wrong("what_right", f"Keep what is right within {HEADLINE_CHARS} characters.")
    for name in ("what_wrong", "what_now", "apology"):
        if len(getattr(words, name)) > TEXT_CHARS:
            return Wrong(name, f"Keep this within {TEXT_CHARS} characters.")
    for name in ("what_right", "what_wrong", "what_now", "apology"):
        if any(unicodedata.category(each) == "Cc" for each in _one_line(getattr(words, name))):
            return Wrong(name, "Take out the control characters: they cannot be shown.")
    for name in ("what_right", "what_wrong", "what_now", "apology"):
        if link := _stray_link(getattr(words, name)):
            return Wrong(
                name,
                f"Take out “{link}”: everyone must see this, so it holds text and sources only. "
                "A source is a link to a paper or an authority, such as doi.org or who.int.",
            )
    if severity.is_owed and not words.what_wrong.strip():
        return Wrong("what_wrong", "Say what was wrong, so that people know what to unlearn.")
    if severity.is_owed and not words.apology.strip():
        return Wrong("apology", "Add an apology: only a note goes without one.")
    if span and not 0 <= span[0] < span[1]:
        return Wrong("span", "Let the span end after it begins.")
    return None


def too_many(of_version: Collection[int], of_all: Collection[int], now: int) -> str | None:
    """Why an author may not send another notice that must be seen, or None. When they sent others,
    of this version and of all theirs, in milliseconds since 1970."""
    if sum(now - at < DAY_MS for at in of_version) >= NOTICES_A_DAY:
        return (
            "You have sent a notice on this version within the last day, and everyone who watched "
            "it must see each. Ask a moderator to send another, or correct the one that you sent."
        )
    if sum(now - at < 7 * DAY_MS for at in of_all) >= NOTICES_A_WEEK:
        return (
            f"You have sent {NOTICES_A_WEEK} notices within a week, which people had to read "
            "before their next video. Ask a moderator to send another."
        )
    return None


def restates(words: Words, leaked: Iterable[str]) -> Wrong | None:
    """Whether a text says again what must not be said: words that were found in the video."""
    sought = [
        each for each in {_plain(each) for each in leaked} if len(each.strip()) >= _LEAST_LEAK
    ]
    for name in ("what_right", "what_wrong", "what_now", "apology"):
        text = f" {_plain(getattr(words, name))} "
        for each in sorted(sought, key=len, reverse=True):
            if f" {each} " in text:
                return Wrong(
                    name,
                    f"Leave out “{each}”: the check found it in the video, and a notice that says "
                    "it again tells everyone.",
                )
    return None


def _plain(text: str) -> str:
    """Words alone, in small letters, a space between each: so that neither a comma nor an accent
    written in two parts hides one."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", folded))


def _stray_link(text: str) -> str | None:
    for found in _LINK.finditer(text):
        link = found.group().rstrip(".,;:")
        host = re.sub(r"(?i)^(https?://)?(www\.)?", "", link).split("/")[0].split(":")[0].lower()
        if not any(host == each or host.endswith(f".{each}") for each in SOURCES):
            return link
    return None


def _one_line(text: str) -> str:
    return text.translate({ord(each): " " for each in "\r\n\t"})


@dataclass(frozen=True, slots=True)
class Told:
    """One viewer's receipt, in milliseconds since 1970."""

    viewer: int
    shown_at: int
    acknowledged_at: int | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """Some of the exposed whose exposures are gone, as they stood then."""

    group: Group
    outcome: Outcome
    told_at: int | None = None
    why: Lost = Lost.ERASED
    count: int = 1


@dataclass(frozen=True, slots=True)
class Counts:
    """How many exposed viewers stand where. `exposed` is the sum of the others. `not_reached`: who
    owed it when the recall was terminated."""

    owed: int = 0
    shown_only: int = 0
    acknowledged: int = 0
    unreachable: int = 0
    not_reached: int = 0

    @property
    def exposed(self) -> int:
        """Everyone who was served the version, each counted once."""
        waiting = self.owed + self.not_reached
        return waiting + self.shown_only + self.acknowledged + self.unreachable

    @property
    def reachable(self) -> int:
        """Those to whom something could be shown."""
        return self.exposed - self.unreachable

    @property
    def told(self) -> int:
        """Those who know: the card was shown to them, read or not."""
        return self.shown_only + self.acknowledged

    def plus(self, outcome: Outcome, count: int = 1) -> Self:
        """The same counts with more of one outcome."""
        name = outcome.value
        return replace(self, **{name: getattr(self, name) + count})

    def ended(self) -> Self:
        """The same counts once nobody owes it any more."""
        return replace(self, owed=0, not_reached=self.not_reached + self.owed)


@dataclass(frozen=True, slots=True)
class Point:
    """The share of the exposed who had been told when `day` days had passed."""

    day: int
    share: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a notice has reached: the whole, the groups that add up to it, the way there, why the
    unreachable are, and when somebody was last told (milliseconds since 1970)."""

    whole: Counts
    by_group: Mapping[Group, Counts]
    curve: tuple[Point, ...]
    lost: Mapping[Lost, int]
    told_last: int | None = None

    def ended(self) -> Self:
        """The same once nobody owes it any more."""
        groups = {group: counts.ended() for group, counts in self.by_group.items()}
        return replace(self, whole=self.whole.ended(), by_group=groups)


@dataclass(slots=True)
class _One:
    """What is known of one person or device, over all their numbers."""

    numbers: set[int] = field(default_factory=set)
    shown_at: int | None = None
    acknowledged_at: int | None = None


def gather(
    exposed: Collection[int], told: Iterable[Told], roots: Mapping[int, int]
) -> dict[int, _One]:
    """The exposed, each person or device once: a device that was linked to an account counts as
    the account (`roots`). A receipt of somebody who was not exposed counts for nothing."""
    ones: dict[int, _One] = {}
    for viewer in exposed:
        ones.setdefault(roots.get(viewer, viewer), _One()).numbers.add(viewer)
    for receipt in told:
        one = ones.get(roots.get(receipt.viewer, receipt.viewer))
        if one is None:
            continue
        one.shown_at = _earlier(one.shown_at, receipt.shown_at)
        one.acknowledged_at = _earlier(one.acknowledged_at, receipt.acknowledged_at)
    return ones


def outcome_of(one: _One, *, reachable: bool) -> Outcome:
    """Where one viewer stands: read, else shown, else unreachable, else owed. Who read it and left
    afterwards has read it."""
    if one.acknowledged_at is not None:
        return Outcome.ACKNOWLEDGED
    if one.shown_at is not None:
        return Outcome.SHOWN_ONLY
    return Outcome.OWED if reachable else Outcome.UNREACHABLE


def coverage(
    *,
    exposed: Collection[int],
    told: Iterable[Told],
    roots: Mapping[int, int],
    unreachable: Collection[int],
    accounts: Collection[int],
    departed: Iterable[Gone] = (),
    opened_at: int,
    now: int,
) -> Coverage:
    """The sum of a notice. `exposed`: every viewer number of the cohort; `roots`: a linked device's
    number → its account's; `unreachable`: numbers whose person or device is gone for good;
    `accounts`: the numbers that are accounts. Times in milliseconds since 1970."""
    lost = set(unreachable)
    signed_in = set(accounts)
    groups = {each: Counts() for each in Group}
    why = dict.fromkeys(Lost, 0)
    when: list[int] = []
    for root, one in gather(exposed, told, roots).items():
        outcome = outcome_of(one, reachable=root not in lost)
        group = Group.SIGNED_IN if root in signed_in else Group.GUESTS
        groups[group] = groups[group].plus(outcome)
        if outcome is Outcome.UNREACHABLE:
            why[Lost.DELETED if group is Group.SIGNED_IN else Lost.EXPIRED] += 1
        if one.shown_at is not None:
            when.append(one.shown_at)
    for gone in departed:
        groups[gone.group] = groups[gone.group].plus(gone.outcome, gone.count)
        if gone.outcome is Outcome.UNREACHABLE:
            why[gone.why] += gone.count
        if gone.told_at is not None:
            when += [gone.told_at] * gone.count
    whole = Counts()
    for counts in groups.values():
        for outcome in Outcome:
            whole = whole.plus(outcome, getattr(counts, outcome.value))
    steps = curve(whole.exposed, when, opened_at=opened_at, now=now)
    return Coverage(whole, groups, steps, why, max(when, default=None))


def is_over(*, opened_at: int, kept_since: int) -> bool:
    """Whether a notice is so old that it keeps no exposures from being erased."""
    return opened_at < kept_since


def curve(exposed: int, told_at: Iterable[int], *, opened_at: int, now: int) -> tuple[Point, ...]:
    """The share told when each day had passed, from day 0 to the present one; the last point is the
    present. It never falls and never passes 1."""
    elapsed = max(0, now - opened_at)
    days = min(-(-elapsed // DAY_MS), LONGEST_CURVE_DAYS)
    times = sorted(told_at)
    points = [Point(0, 0.0)]
    reached = 0
    for day in range(1, days + 1):
        until = now if day == days else opened_at + day * DAY_MS
        while reached < len(times) and times[reached] <= until:
            reached += 1
        points.append(Point(day, reached / exposed if exposed else 0.0))
    return tuple(points)


def _earlier(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)
