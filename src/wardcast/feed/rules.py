"""Which clip comes next, and why. Pure: the moment is an argument.

Candidates come filtered (open, not blocked, not seen); here they are weighed, ordered and given the
reason that weighed most, which is what the viewer is told.
"""

import base64
import binascii
import math
import struct
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

DAY_MS = 86_400_000

SESSION = 60
"""How many clips a session of "For you" has: then it ends, and the viewer decides."""

IN_A_ROW = 2
"""How many clips of one author may follow each other while another author has one."""

NEW_DAYS = 7
MANY_LIKES = 5

_FOLLOWED = 1.0
_FRESH = 0.9
_LIKED = 0.8
_UNSEEN = 0.05
_FADE_DAYS = 7.0
_FULL_LIKES = 10.0  # log2 of the likes that weigh fully: about a thousand

Code = Literal["follow", "fresh", "liked", "unseen", "asked"]


@dataclass(frozen=True, slots=True)
class Clip:
    """A candidate as it is weighed. `published_at` in milliseconds since 1970; `author` is the key
    of whose it is, in whatever form the database gives it."""

    post_number: int
    author: Hashable
    published_at: int
    likes: int


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the viewer: whom they follow, and whose clips they had just before."""

    followed: Collection[Hashable] = frozenset()
    last_authors: Sequence[Hashable] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A clip in its place, with the reason in a word (`TEXTS` has the sentence)."""

    clip: Clip
    reason: Code


TEXTS: dict[Code, str] = {
    "follow": "You follow {author}",
    "fresh": "New this week",
    "liked": "Liked by many",
    "unseen": "You have not seen this yet",
    "asked": "You opened this video",
}


def score(likes: int, published_at: int) -> float:
    """Orders by likes and age at once: each doubling of likes is worth two days of being newer."""
    return math.log2(1 + likes) * 2.0 + published_at / DAY_MS


def weigh(clip: Clip, context: Context, now: int) -> dict[Code, float]:
    """What speaks for a clip, by reason. A reason weighs nothing where it would not be true."""
    age_days = max(0.0, (now - clip.published_at) / DAY_MS)
    fresh = _FRESH * math.exp(-age_days / _FADE_DAYS) if age_days < NEW_DAYS else 0.0
    liked = min(math.log2(1 + clip.likes) / _FULL_LIKES, 1.0) if clip.likes >= MANY_LIKES else 0.0
    return {
        "follow": _FOLLOWED if clip.author in context.followed else 0.0,
        "fresh": fresh,
        "liked": _LIKED * liked,
        "unseen": _UNSEEN,
    }


def rank(clips: Iterable[Clip], context: Context, now: int) -> list[Ranked]:
    """The clips, each once, best first, spread over authors (`spread`)."""
    weighed: list[tuple[float, int, Ranked]] = []
    for clip in {each.post_number: each for each in clips}.values():
        reasons = weigh(clip, context, now)
        reason = max(reasons, key=lambda code: reasons[code])
        weighed.append((-sum(reasons.values()), -clip.post_number, Ranked(clip, reason)))
    weighed.sort(key=lambda each: each[:2])
    return spread([ranked for _, _, ranked in weighed], context.last_authors)


def spread(ranked: Sequence[Ranked], before: Sequence[Hashable] = ()) -> list[Ranked]:
    """The same clips in nearly the same order, with no more than two in a row by one author, as
    long as anybody else has one left."""
    waiting = list(ranked)
    row = list(before)
    found: list[Ranked] = []
    while waiting:
        tired = _tired(row)
        at = next((i for i, each in enumerate(waiting) if each.clip.author != tired), 0)
        chosen = waiting.pop(at)
        found.append(chosen)
        row.append(chosen.clip.author)
    return found


def _tired(row: Sequence[Hashable]) -> Hashable | None:
    last = row[-IN_A_ROW:]
    return last[0] if len(last) == IN_A_ROW and len(set(last)) == 1 else None


def pack(numbers: Sequence[int]) -> str:
    """A cursor: the post numbers that this session has had, so that no page repeats another's."""
    return base64.urlsafe_b64encode(struct.pack(f">{len(numbers)}I", *numbers)).decode().rstrip("=")


def unpack(cursor: str) -> list[int] | None:
    """The post numbers of a cursor, or None if it is none."""
    try:
        data = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if not data or len(data) % 4 or len(data) // 4 > SESSION:
        return None
    return [value & 0x7FFFFFFF for (value,) in struct.iter_unpack(">I", data)]
