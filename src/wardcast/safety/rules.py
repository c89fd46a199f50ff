"""What this room decides without asking anyone: what a mark needs, what is left, what is stated."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from wardcast.check.labels import listed
from wardcast.check.policy import DEFAULT
from wardcast.check.policy import MINE as MINE
from wardcast.check.policy import STAGED as STAGED

NOTE_CHARS = 500

REDACTED = "redacted"
NOT_A_PATIENT = "not_a_patient"
CONSENT = "consent"
ACCEPTED = "accepted"
MARKS = (NOT_A_PATIENT, CONSENT, ACCEPTED, MINE, STAGED)
"""What an author can say about a finding. `redacted` is said by redacting it."""

IN_MANY_MOUTHS = frozenset({"relative_date", "season"})
"""The kinds of findings whose words give nobody away when they are said elsewhere."""

OF_ONES_OWN = frozenset(kind for kind, rule in DEFAULT.items() if MINE in rule.actions)
"""The kinds of findings that can be of the author: their face, the monitor at their own finger,
their name."""
NAMES = frozenset({"name", "staff", "handle"})
"""Of these, what is remembered for the author's later clips as their own."""

PLAYED = frozenset(kind for kind, rule in DEFAULT.items() if STAGED in rule.actions)
"""The kinds of findings that can be of a scene: an actor's face, a mannequin's wristband."""

BLOCK, ASK, INFO = "block", "ask", "info"

LAPSED = "The consent that answered this was withdrawn or has ended."


@dataclass(frozen=True, slots=True)
class Found:
    """A finding without its words."""

    id: str
    kind: str
    severity: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a mark cannot be set, and what to do."""

    code: str
    because: str


def mark_fits(found: Found, action: str, note: str) -> Unfit | None:
    """What is wrong with a mark, or None.

    What identifies a patient directly (BLOCK) can be redacted, or shown with a note to be no
    patient's, or to be shown with consent; what the check merely asks about (ASK) can be accepted.
    The author's own face or monitor needs no note, nor does what rests on a consent. A name that
    blocks does: it is remembered. A staged scene always does.
    """
    if action not in MARKS:
        return Unfit(
            "no_such_mark",
            "A finding can be marked as no patient's, as shown with consent, as one's own, as "
            "staged or as accepted. To redact it, choose it and redact.",
        )
    if len(note) > NOTE_CHARS:
        return Unfit(
            "note_too_long",
            f"The note has {len(note):,} characters; at most {NOTE_CHARS} fit. Shorten it, then "
            "save again.",
        )
    if action == MINE and found.kind not in OF_ONES_OWN:
        return Unfit(
            "not_ones_own",
            "Only a face, a voice, a name, or a form or monitor in the picture can be marked as "
            "one's own. Redact this, or say why it is no patient's.",
        )
    if action == STAGED:
        return _staged_fits(found, note)
    own_thing = action == MINE and found.kind not in NAMES
    if found.severity != BLOCK or own_thing or action == CONSENT:
        return None
    if action == ACCEPTED:
        return Unfit(
            "must_be_redacted",
            "This could identify a patient, so it cannot be accepted as it is. Redact it, or say "
            "why it is no patient's, or that the patient consents.",
        )
    if not note.strip():
        return Unfit(
            "note_missing",
            "Say in a few words whose this is, and why it is no patient's.",
        )
    return None


def _staged_fits(found: Found, note: str) -> Unfit | None:
    if found.kind not in PLAYED:
        return Unfit(
            "not_staged",
            "Only what is seen or told of somebody can be a staged scene. This would be real "
            "whoever plays: redact it.",
        )
    if not note.strip():
        return Unfit("note_missing", "Say in a few words who or what plays the patient.")
    return None


def open_findings(found: Iterable[Found], marked: Collection[str]) -> tuple[Found, ...]:
    """The findings that still need an answer: those that block or ask and carry no mark."""
    return tuple(each for each in found if each.severity in (BLOCK, ASK) and each.id not in marked)


def statement(channels: Iterable[str]) -> str:
    """What somebody states who looked at what no recogniser could."""
    return (
        f"I have watched and listened to all of it myself, with a view to {listed(channels)}, "
        "and nothing in it identifies a patient."
    )
