"""What the accounts decide without asking anyone: values and pure rules."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal
from uuid import UUID

NAME_CHARS = 80
BIO_CHARS = 500
TOWN_CHARS = 80
HANDLE_CHARS = 30
HANDLE = re.compile(r"[a-z0-9_]{3,30}")
HANDLE_TAKEN = "This handle is taken. Choose another one."
RESERVED = frozenset(
    "about account accounts admin administrator api anonymous console corrections "
    "deleted everyone feed following guest help home host inbox login logout mail media me "
    "moderator named_person none nobody notices null official operator post posts privacy "
    "rehearse root safety security settings signup staff static studio support system terms "
    "undefined user users wardcast webmaster you".split()
)
"""Handles that would be taken for the house itself or for one of its addresses."""

Lane = Literal["lesson", "patient_story", "humour", "off_duty"]
LANES: tuple[Lane, ...] = ("lesson", "patient_story", "humour", "off_duty")

SECOND_ATTESTATION = "second_attestation"
REHEARSAL = "rehearsal"
WAIVABLE = frozenset({SECOND_ATTESTATION, REHEARSAL})
"""What a host may waive by a standing consent. The check is not among it, ever."""

DEFAULT_RECALL_GOAL = 0.95
"""The share of those exposed that a correction is meant to reach."""


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must answer a rehearsal: clinicians, and people who are none."""

    colleagues: int
    lay: int


NOBODY = Quorum(0, 0)

DEFAULT_QUORUM: Mapping[str, Quorum] = MappingProxyType(
    {
        "lesson": Quorum(1, 0),
        "patient_story": Quorum(2, 1),
        "humour": Quorum(1, 2),
        "off_duty": NOBODY,
    }
)


@dataclass(frozen=True, slots=True)
class Consent:
    """A standing consent that is in force. `author` None means every author."""

    id: UUID
    lane: str
    author: UUID | None
    waives: frozenset[str]
    reason: str
    given_by: UUID | None
    given_at: datetime


@dataclass(frozen=True, slots=True)
class HostPolicy:
    """What the host has laid down. `recall_goal` is a share, 0 to 1; `town` is where the house's
    people work, unless they say otherwise themselves."""

    quorum: Mapping[str, Quorum] = field(default_factory=lambda: DEFAULT_QUORUM)
    standing: tuple[Consent, ...] = ()
    named_person: UUID | None = None
    recall_goal: float = DEFAULT_RECALL_GOAL
    name: str = "Wardcast"
    contact: str = ""
    mode: str = "open"
    town: str = ""

    def waived(self, lane: str, author_id: UUID) -> frozenset[str]:
        """What standing consents waive for this author in this lane; never the check."""
        return WAIVABLE & {
            gate
            for consent in self.standing
            if consent.lane == lane and consent.author in (None, author_id)
            for gate in consent.waives
        }

    def asked_of(self, author_id: UUID | None) -> dict[str, Quorum]:
        """By lane, how many must hear this author's videos first; nobody where that is waived."""
        return {
            lane: NOBODY if author_id and REHEARSAL in self.waived(lane, author_id) else need
            for lane, need in self.quorum.items()
        }


@dataclass(frozen=True, slots=True)
class Unfit:
    """A value that cannot be used, and the sentence that says why and what to do."""

    code: str
    because: str


def handle_fits(handle: str) -> Unfit | None:
    """What is wrong with a handle, or None."""
    if not HANDLE.fullmatch(handle):
        return Unfit(
            "bad_handle",
            f"“{handle[:40]}” cannot be a handle. Use 3 to 30 small letters, digits or "
            "underscores.",
        )
    if handle in RESERVED:
        return Unfit("reserved_handle", f"“{handle}” is kept for the house. Choose another handle.")
    return None


def name_fits(name: str) -> Unfit | None:
    """What is wrong with a name (already stripped), or None."""
    if not 1 <= len(name) <= NAME_CHARS:
        return Unfit(
            "bad_name",
            f"A name has 1 to {NAME_CHARS} characters; this one has {len(name)}. Change it, then "
            "save again.",
        )
    if not name.isprintable():
        return Unfit(
            "bad_name",
            "The name holds a character that cannot be shown. Type it again, then save.",
        )
    return None


def bio_fits(bio: str) -> Unfit | None:
    """What is wrong with a bio (already stripped), or None."""
    if len(bio) > BIO_CHARS:
        return Unfit(
            "bad_bio",
            f"A bio has at most {BIO_CHARS} characters; this one has {len(bio)}. Shorten it, then "
            "save again.",
        )
    return None


def town_fits(town: str) -> Unfit | None:
    """What is wrong with the town where somebody works (already stripped), or None.

    A town that no list knows is taken too: what is reckoned with it says so.
    """
    if len(town) > TOWN_CHARS:
        return Unfit(
            "bad_town",
            f"A town has at most {TOWN_CHARS} characters; this one has {len(town)}. Shorten it, "
            "then save again.",
        )
    if not town.isprintable():
        return Unfit(
            "bad_town",
            "The town holds a character that cannot be shown. Type it again, then save.",
        )
    return None


def consent_fits(lane: str, waives: Iterable[str], reason: str) -> Unfit | None:
    """What is wrong with a standing consent that someone is about to give, or None."""
    if lane not in LANES:
        return Unfit("no_such_lane", f"There is no lane “{lane[:40]}”. Choose {_either(LANES)}.")
    asked = set(waives)
    if not asked or asked - WAIVABLE:
        return Unfit(
            "cannot_be_waived",
            "A standing consent waives the second attestation, the rehearsal or both, and nothing "
            "else. The check is never waived.",
        )
    if not reason.strip():
        return Unfit("no_reason", "A standing consent needs its reason. Write one, then send it.")
    return None


def quorum_fits(quorum: Mapping[str, Quorum]) -> Unfit | None:
    """What is wrong with a host's numbers, or None."""
    for lane, need in quorum.items():
        if lane not in LANES:
            return Unfit(
                "no_such_lane", f"There is no lane “{lane[:40]}”. Choose {_either(LANES)}."
            )
        if not (0 <= need.colleagues <= 20 and 0 <= need.lay <= 20):
            return Unfit(
                "bad_quorum",
                f"In the lane “{lane}” each number is between 0 and 20. Change it, then save.",
            )
    return None


def roles(*, clinician: bool, moderator: bool, admin: bool, named_person: bool) -> frozenset[str]:
    """The roles of a person who is signed in."""
    held = {
        "clinician": clinician,
        "moderator": moderator,
        "admin": admin,
        "named_person": named_person,
    }
    return frozenset({"viewer", *(role for role, has in held.items() if has)})


def _either(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}"
