"""What a consent to be shown is worth, without asking anyone: whom it covers, until when, what is
wrong with one. Days are UTC's."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from wardcast.check.labels import label_of
from wardcast.check.policy import DEFAULT
from wardcast.safety.rules import CONSENT, Unfit

Covers = Literal["post", "clip"]
State = Literal["in_force", "expired", "withdrawn"]

WHO_CHARS = 200
WARN_DAYS = 14
"""So many days before a consent ends, the author of a public post is told."""

KINDS = tuple(kind for kind, rule in DEFAULT.items() if CONSENT in rule.actions)
"""The kinds of findings that somebody can consent to."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as its author attests it. `who` as they would know the person again; no `kinds`
    are all; `last_day` is the last on which it holds, None without an end; `form_sha256` (hex) is
    of the signed form, which stays with its author, and may be empty."""

    who: str
    covers: Covers
    given_on: date
    kinds: tuple[str, ...] = ()
    last_day: date | None = None
    form_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a consent decides. `asset_id` is the one clip that it covers, None for any; `ended`
    that it was withdrawn, or that the house has acted on its end."""

    kinds: frozenset[str]
    asset_id: UUID | None
    last_day: date | None
    ended: bool

    @property
    def ends_at(self) -> datetime | None:
        """The moment from which it holds no more; None without an end."""
        if self.last_day is None or self.last_day == date.max:
            return None
        return datetime.combine(self.last_day + timedelta(days=1), time(), UTC)

    def holds(self, now: datetime) -> bool:
        """Whether it answers anything at `now`."""
        return not self.ended and (self.ends_at is None or now < self.ends_at)


def given_fits(given: Given, today: date) -> Unfit | None:
    """What is wrong with a consent, or None."""
    if not given.who.strip():
        return Unfit("who_missing", "Say who consented, so that you know them again, then save.")
    if len(given.who) > WHO_CHARS:
        return Unfit(
            "who_too_long",
            f"This has {len(given.who):,} characters; at most {WHO_CHARS} fit. Shorten it, then "
            "save.",
        )
    if unknown := sorted(set(given.kinds) - set(KINDS)):
        return Unfit(
            "no_such_kind", f"Nobody can consent to “{unknown[0]}”. Choose from what is offered."
        )
    if given.given_on > today:
        return Unfit(
            "not_yet_given",
            "The day of the consent lies ahead. Enter the day it was given on.",
        )
    if given.last_day and given.last_day < today:
        return Unfit("over_already", "This consent has ended already. Ask for a new one.")
    if given.form_sha256 and not _SHA256.fullmatch(given.form_sha256):
        return Unfit("bad_hash", "The form's hash is no SHA-256 in hex. Choose the file again.")
    return None


def covers(terms: Terms, kind: str, asset_id: UUID | None, now: datetime) -> Unfit | None:
    """Why a consent does not answer a finding of this kind in this clip, or None."""
    if not terms.holds(now):
        return Unfit(
            "consent_over",
            "This consent was withdrawn or has ended. Redact what it covered, or get a new one.",
        )
    if kind not in (terms.kinds or KINDS):
        return Unfit(
            "not_covered",
            f"This consent does not cover “{label_of(kind).lower()}”. Use another, or redact it.",
        )
    if terms.asset_id is not None and terms.asset_id != asset_id:
        return Unfit(
            "another_clip",
            "This consent was given for another clip of this post. Choose another, or redact it.",
        )
    return None


def earliest_end(all_: Collection[Terms]) -> datetime | None:
    """When the first of several consents ends; None where none does."""
    return min((each.ends_at for each in all_ if each.ends_at), default=None)
