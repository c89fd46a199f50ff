"""Metadata in the original's container that tells where, when, by whom and with what it was
recorded.

Everything published is written anew without it (QuickTime keys, MP4 `udta`, EXIF, Matroska tags),
so these findings inform; the sealed original still holds it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContainerTag:
    """One tag of the original:

    its name, its value, and where it stands ("container", "stream 0").
    """

    name: str
    value: str
    where: str = "container"


@dataclass(frozen=True, slots=True)
class TagHit:
    """A tag that identifies, and why."""

    kind: str
    tag: ContainerTag
    confidence: float
    reason: str


_REMOVED = "It is removed from everything that is published."
_ISO6709 = re.compile(r"[+-]\d{2,6}(?:\.\d+)?[+-]\d{3,7}(?:\.\d+)?(?:[+-]\d+(?:\.\d+)?)?/?")
_KINDS = (
    (
        "location",
        re.compile(r"location|gps|xyz\b|iso6709|latitude|longitude|place"),
        0.99,
        "The original holds the place where it was recorded.",
    ),
    (
        "recorded_at",
        re.compile(
            r"creation[_ .]?(?:time|date)|\bdate\b|date_?time|modif\w*_?(?:time|date)|recorded|©day"
        ),
        0.95,
        "The original holds the moment when it was recorded.",
    ),
    (
        "device",
        re.compile(
            r"\bmake\b|model|serial|device|camera|android\.|manufacturer|software|firmware|lens|"
            r"identifier|uuid|\bumid\b"
        ),
        0.9,
        "The original names the device that recorded it.",
    ),
    (
        "description",
        re.compile(
            r"artist|author|title|comment|description|owner|copyright|album|keywords?|performer|"
            r"synopsis|encoded_by|©nam|©cmt"
        ),
        0.85,
        "The original holds words that someone or some program wrote into it.",
    ),
)
_EMPTY = re.compile(
    r"(?:0{4}-00-00|1904-01-01|1970-01-01|und|n/?a|unknown|none)?\W*(?:t?00:00:00.*)?\Z",
    re.IGNORECASE,
)


def find(tags: tuple[ContainerTag, ...]) -> Iterator[TagHit]:
    """The tags that identify, each once."""
    for tag in tags:
        value = tag.value.strip()
        if _EMPTY.match(value):
            continue
        name = tag.name.lower()
        if _ISO6709.fullmatch(value):
            yield TagHit("location", tag, 0.99, f"{_KINDS[0][3]} {_REMOVED}")
            continue
        for kind, pattern, sure, reason in _KINDS:
            if pattern.search(name) and not _plain(name, value):
                yield TagHit(kind, tag, sure, f"{reason} {_REMOVED}")
                break


def _plain(name: str, value: str) -> bool:
    """A tag that every file has and that tells nothing: the name of the muxer."""
    return name in {"encoder", "software"} and value.lower().startswith(
        ("lavf", "lavc", "chrome", "ffmpeg")
    )
