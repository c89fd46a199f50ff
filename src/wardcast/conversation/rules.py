"""What a comment may be: pure rules."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

DOUBLE_SUBMIT = timedelta(seconds=10)
"""The same words by the same person under the same post within this time are one comment."""

PER_WINDOW = 30
WINDOW_SECONDS = 300
"""A person writes at most `PER_WINDOW` comments in `WINDOW_SECONDS`."""

# They make what follows read backwards, far beyond the comment's own line (Unicode report 9).
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")


@dataclass(frozen=True, slots=True)
class Unfit:
    """A comment that cannot be taken, and the sentence that says why and what to do."""

    code: str
    because: str
    limit: int
    length: int


def clean(text: str) -> str:
    """The text as it is kept: no space around it, no control characters, plain line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lines if _shown(each)).strip()


def fits(text: str, limit: int) -> Unfit | None:
    """What is wrong with a clean comment of at most `limit` characters, or None."""
    if not any(_visible(each) for each in text):
        return Unfit(
            "comment_empty",
            "The comment has no words. Write something, then send it.",
            limit,
            len(text),
        )
    if len(text) > limit:
        return Unfit(
            "comment_too_long",
            f"The comment has {len(text):,} characters; {limit:,} fit. Shorten it by "
            f"{len(text) - limit:,}, then send it.",
            limit,
            len(text),
        )
    return None


def is_double(text: str, at: datetime, last_text: str, last_at: datetime) -> bool:
    """Whether a comment is the last one, sent once more by a second press or a retry."""
    return text == last_text and abs(at - last_at) <= DOUBLE_SUBMIT


def _shown(character: str) -> bool:
    if character in "\n\t":
        return True
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in _OVERRIDES


def _visible(character: str) -> bool:
    # Braille's blank and the Hangul fillers are letters by category, and nothing to the eye.
    return unicodedata.category(character)[0] not in "CZ" and character not in (
        "\u2800\u115f\u1160\u3164\uffa0"
    )
