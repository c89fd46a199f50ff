"""What this room decides without asking anyone: sizes and names."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from wardcast.gate.errors import GateBroken, GateError
from wardcast.gate.ladder import AV1
from wardcast.gate.playlists import AV1_MASTER

NAME_CHARS = 120
AT_ONCE = frozenset({"took_too_long", "too_much_memory", "too_much_output"})
"""Limits that several rungs together can be past although each by itself is not."""
_IN_AV1 = re.compile(rf"[0-9]*{AV1}[._]")
T = TypeVar("T")
PIECE = 1 << 20
"""The most bytes that one answer holds, so that no stalled client keeps a thread."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """What cannot be taken, and the sentence that says why and what to do."""

    status: int
    code: str
    because: str


def size_fits(declared: int | None, most: int) -> Unfit | None:
    """What is wrong with the size that an upload declares, in bytes, or None."""
    if declared is None:
        return Unfit(
            411,
            "length_required",
            "The upload did not say how large the file is, so it was not begun. Choose the file "
            "again, then send it.",
        )
    if declared <= 0:
        return Unfit(422, "empty_file", "This file is empty. Choose a video as MP4, MOV or WebM.")
    if declared > most:
        return Unfit(
            413,
            "too_large",
            f"This file is {declared / 1e6:,.0f} MB; at most {most / 1e6:,.0f} MB are taken. "
            "Share a shorter clip, or export it with a lower resolution.",
        )
    return None


def may_begin(
    open_count: int, open_bytes: int, declared: int, *, most_open: int, most_bytes: int
) -> Unfit | None:
    """What keeps somebody with so many uploads unfinished (bytes as declared) from another, or
    None."""
    if open_count >= most_open:
        return Unfit(
            429,
            "too_many_uploads",
            f"You have {open_count} uploads that are not finished, and at most {most_open} may be. "
            "Go on with one of them, or discard it.",
        )
    if open_bytes + declared > most_bytes:
        return Unfit(
            413,
            "uploads_too_large",
            f"Your unfinished uploads would be {(open_bytes + declared) / 1e6:,.0f} MB together; "
            f"at most {most_bytes / 1e6:,.0f} MB are taken. Go on with one of them, or discard it.",
        )
    return None


def display_name(name: str) -> str:
    """A file's name as it may be shown: no folders, nothing invisible, not too long.

    It is never used to name a file.
    """
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(
        letter if unicodedata.category(letter)[0] not in "CZ" or letter == " " else " "
        for letter in last
    )
    words = " ".join(seen.split())
    if len(words) > NAME_CHARS:
        stem, dot, ending = words.rpartition(".")
        ending = dot + ending if stem and len(ending) <= 5 else ""
        words = words[: NAME_CHARS - len(ending) - 1].rstrip() + "…" + ending
    return words or "clip"


def may_succeed_apart(error: GateError) -> bool:
    """Whether rungs that failed together so may be made one by one."""
    return isinstance(error, GateBroken) or error.code in AT_ONCE


def is_av1(name: str) -> bool:
    """Whether a render's file is one of its sizes in AV1, or their playlist."""
    return _IN_AV1.match(name) is not None


def published(files: Mapping[str, T]) -> dict[str, T]:
    """What of a render's files goes public: those in AV1 once all of its sizes are there."""
    whole = AV1_MASTER in files
    return {name: file for name, file in files.items() if whole or not is_av1(name)}
