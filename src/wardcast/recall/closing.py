"""When a recall may be terminated, and why. Pure: times are arguments."""

from dataclasses import dataclass
from enum import StrEnum

from wardcast.recall.rules import DAY_MS, Counts, Severity

LEAST_OPEN_DAYS = 4
"""No recall is terminated before: mails to those who were away leave after three days."""


class Because(StrEnum):
    """Why a recall may be terminated."""

    GOAL = "goal_reached"
    QUIET = "no_further_reach"


@dataclass(frozen=True, slots=True)
class MayEnd:
    """A recall has done what it could."""

    because: Because
    words: str


@dataclass(frozen=True, slots=True)
class NotYet:
    """A recall goes on."""

    because: str


def may_end(
    counts: Counts,
    *,
    goal: float,
    quiet_days: int,
    opened_at: int,
    sealed: bool,
    told_last: int | None,
    now: int,
) -> MayEnd | NotYet:
    """Whether a recall may be terminated, after 21 CFR 7.55: once all reasonable efforts were made.

    Its cohort is sealed and not empty; knocks and mails have had their time (`LEAST_OPEN_DAYS`);
    and the goal's share of those who can be reached was shown it, or nobody new was for
    `quiet_days`. Times in milliseconds since 1970.
    """
    if not sealed:
        return NotYet("Who watched it is still being counted: that closes two minutes after it.")
    if not counts.exposed:
        return NotYet("Nobody had watched it, so nobody is owed anything.")
    if now - opened_at < LEAST_OPEN_DAYS * DAY_MS:
        return NotYet(
            f"It is open for less than {LEAST_OPEN_DAYS} days: who was away is still being told."
        )
    if reaches(counts.told, counts.reachable, goal):
        return MayEnd(
            Because.GOAL,
            f"It was shown to {counts.told:,} of the {counts.reachable:,} who can be reached; the "
            f"goal is {goal:.0%}.",
        )
    quiet = (now - max(opened_at, told_last or 0)) // DAY_MS
    if quiet >= quiet_days:
        return MayEnd(
            Because.QUIET,
            f"Nobody new was shown it for {quiet:,} days. It was shown to {counts.told:,} of the "
            f"{counts.reachable:,} who can be reached.",
        )
    return NotYet(
        f"It was shown to {counts.told:,} of the {counts.reachable:,} who can be reached; the goal "
        f"is {goal:.0%}. It may also be ended once nobody new was shown it for {quiet_days} days."
    )


def reaches(told: int, reachable: int, goal: float) -> bool:
    """Whether so many are the goal's share of those who can be reached; of nobody it is."""
    return told + 1e-9 >= goal * reachable


def ends_itself(severity: Severity, *, privacy: bool) -> bool:
    """Whether the house may terminate such a recall by its own rule. What was withdrawn, or leaked,
    a person decides."""
    return severity is not Severity.WITHDRAW and not privacy
