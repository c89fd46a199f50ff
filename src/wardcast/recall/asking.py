"""The effectiveness check of a recall: one question, later, to some who have read the notice.

After 21 CFR 7.42(b)(3), which has a recalling firm verify that those told have taken the message in
and acted. Pure: what is drawn depends on the log's root and on pseudonyms alone, so that neither
the author nor the house chooses whom to ask, and anyone who holds the proof can draw again.
"""

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from wardcast.recall.rules import HEADLINE_CHARS, Severity, Wrong

HOUR_MS = 3_600_000
AFTER_MS = 8 * HOUR_MS
"""So long after they read the notice nobody is asked: what is remembered at once says little."""
WITHIN_MS = 30 * 24 * HOUR_MS
"""Who was not back for so long after reading it is not asked any more."""
ENOUGH = 10
"""Of fewer answers nothing is said but that they are too few."""

MOST_WRONG = 2
_BITS = 62
_Z = 1.959963984540054
"""The normal distribution's 97.5th percentile: 95 % lie between the two bounds."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is right, and one or two statements that are not."""

    right: str
    wrong: tuple[str, ...]

    @property
    def statements(self) -> tuple[str, ...]:
        """All that one may choose from, the right one first."""
        return (self.right, *self.wrong)


def may_ask(severity: Severity, *, privacy: bool) -> bool:
    """Whether anybody is asked about such a notice. What was withdrawn, or leaked, a question would
    say again; a note is read by nobody in particular."""
    return severity in (Severity.CORRECT, Severity.REPLACE) and not privacy


def check(question: Question, severity: Severity, *, privacy: bool) -> Wrong | None:
    """What must be mended before a question can be asked, or None."""
    if not may_ask(severity, privacy=privacy):
        return Wrong(
            "question",
            "Leave the question out: of a note, a withdrawal or somebody's privacy nobody is asked "
            "anything.",
        )
    if not 1 <= len(question.wrong) <= MOST_WRONG:
        return Wrong("question", "Give one or two wrong statements to choose from.")
    for each in question.statements:
        if not each.strip():
            return Wrong("question", "Write the right statement and at least one wrong one.")
        if len(each) > HEADLINE_CHARS:
            return Wrong("question", f"Keep each statement within {HEADLINE_CHARS} characters.")
        if any(unicodedata.category(letter) == "Cc" for letter in each):
            return Wrong("question", "Keep each statement on one line.")
    if len({" ".join(each.casefold().split()) for each in question.statements}) < len(
        question.statements
    ):
        return Wrong("question", "Let the statements differ: only one of them is right.")
    return None


def ticket(root: str, pseudonym: bytes) -> int:
    """The number that one viewer draws for one notice: by the root of its log when its cohort was
    sealed (hex) and by who they are in that cohort, which nobody outside can tell."""
    drawn = sha256(bytes.fromhex(root) + pseudonym).digest()
    return int.from_bytes(drawn[:8], "big") >> (64 - _BITS)


def bar(tickets: Iterable[int], share: float, most: int) -> int:
    """Whoever draws less is asked: about this share of all, `most` at most."""
    found = min(1 << _BITS, round(max(0.0, share) * (1 << _BITS)))
    drawn = sorted(each for each in tickets if each < found)
    return drawn[most] if len(drawn) > most else found


def order(count: int, pseudonym: bytes) -> tuple[int, ...]:
    """In which order one viewer sees so many statements: always in the same, others in another."""
    return tuple(
        sorted(range(count), key=lambda each: sha256(b"order" + bytes([each]) + pseudonym).digest())
    )


@dataclass(frozen=True, slots=True)
class Arrived:
    """How many were asked, how many of them answered, and how many of those rightly."""

    asked: int
    answered: int
    right: int

    @property
    def enough(self) -> bool:
        """Whether there are answers enough to say anything of them."""
        return self.answered >= ENOUGH

    @property
    def bounds(self) -> tuple[float, float]:
        """Between which shares the true one lies, in 95 of 100 such checks."""
        return wilson(self.right, self.answered)


def wilson(right: int, of: int) -> tuple[float, float]:
    """The bounds of a share with 95 % confidence, after E. B. Wilson (J. Am. Stat. Assoc. 1927;
    22:209-212): they hold for few answers, and for none or all of them right, too."""
    if not of:
        return 0.0, 1.0
    share, squared = right / of, _Z * _Z
    middle = share + squared / (2 * of)
    spread = _Z * math.sqrt(share * (1 - share) / of + squared / (4 * of * of))
    scale = 1 + squared / of
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
