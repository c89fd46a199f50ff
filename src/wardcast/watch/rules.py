"""Decisions about playing: which bytes a request may have, and what a beacon says of the clip."""

import re
from dataclasses import dataclass
from typing import Literal

PIECE = 1024 * 1024
"""The most bytes one answer carries: a stalled client then holds no more than this, for no longer
than its socket buffers take (a WSGI answer that streams would hold a thread)."""

BeaconKind = Literal["frame", "two_seconds", "finished", "loop", "skipped"]

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)
_TWO_SECONDS_MS = 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes `start` to `end`, without `end`. `whole` when that is the file and none were asked."""

    start: int
    end: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class NoSuchPiece:
    """The range lies outside of the file (RFC 9110, section 14.4: answer 416 with the size)."""


@dataclass(frozen=True, slots=True)
class AskInPieces:
    """No range was asked, and the file is too large for one answer."""


def piece(header: str, size: int, most: int = PIECE) -> Piece | NoSuchPiece | AskInPieces:
    """Which part of a file of `size` bytes answers a `Range` header ("" where there is none).

    A range in another unit, of several parts or that cannot be read counts as none, as RFC 9110,
    section 14.2, allows.
    """
    found = _RANGE.fullmatch(header.strip())
    if not found or found.groups() == ("", ""):
        return Piece(0, size, whole=True) if size <= most else AskInPieces()
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), int(last) + 1 if last else size
        if last and end <= start:
            return Piece(0, size, whole=True) if size <= most else AskInPieces()
    end = min(end, size)
    if start >= end:
        return NoSuchPiece()
    return Piece(start, min(end, start + most))


def level(kind: BeaconKind, from_ms: int | None, to_ms: int | None) -> int:
    """How much a beacon says was played: 1 a frame, 2 two seconds, 3 to the end."""
    if kind in ("finished", "loop"):
        return 3
    if kind == "two_seconds":
        return 2
    played = (to_ms or 0) - (from_ms or 0)
    return 2 if kind == "skipped" and played >= _TWO_SECONDS_MS else 1


def has_seen(kind: BeaconKind) -> bool:
    """Whether the viewer has had the clip: watched for two seconds, or gone on from it."""
    return kind != "frame"
