"""How exposures are kept once they have come to rest: bytes, a segment of about 1 kB at a time.

Two forms. A *history* segment belongs to a viewer and holds, column by column, what they were
served: 14 bytes an exposure and a bit for each second that is known to have been played. An
*audience* segment belongs to a version and holds viewers and the second in which each was first
served it: 8 bytes. An exposure may stand in several segments; whoever reads merges them, and the
order in which they are merged changes nothing.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNKNOWN, TOLD, AGAIN = range(3)
"""What is known of how a viewer left a clip: nothing; which seconds they played, and that these
are all; or that it was served to them more than once, so that no one report tells everything."""

FINISHED = 3
FULL = 1000
"""From so many bytes on a segment is left as it is, and the next one is begun."""

_MOST_BYTES = 255
_COUNT = struct.Struct("<H")
_ENTRY = struct.Struct("<IIIBB")  # version, first, last, level and known, bytes of seconds
_FIXED = np.dtype([("version", "<u4"), ("rest", "V10")])
_EACH = np.dtype([("viewer", "<u4"), ("first", "<u4")])


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one viewer and one version. Times in milliseconds since 1970; of what has
    come to rest, whole seconds. `played` holds a bit for each second, the lowest first."""

    level: int
    known: int
    first_at: int
    last_at: int
    played: bytes = b""


def merge(one: Fact, other: Fact) -> Fact:
    """Both together: the same in whatever order and however often they come."""
    known = max(one.known, other.known)
    if one.first_at // 1000 != other.first_at // 1000:
        known = AGAIN
    return Fact(
        max(one.level, other.level),
        known,
        min(one.first_at, other.first_at),
        max(one.last_at, other.last_at),
        either(one.played, other.played),
    )


def either(one: bytes, other: bytes) -> bytes:
    """The seconds that stand in one of them or in both."""
    if not one or not other or one == other:
        return one or other
    size = max(len(one), len(other))
    both = int.from_bytes(one, "little") | int.from_bytes(other, "little")
    return both.to_bytes(size, "little")


def seconds(spans: Iterable[tuple[int, int]]) -> bytes:
    """The seconds that these spans (milliseconds, the end without) touch, a bit each."""
    found = 0
    for start, end in spans:
        first, past = start // 1000, min(-(-end // 1000), _MOST_BYTES * 8)
        if end > start and past > first:
            found |= (1 << past) - (1 << first)
    return found.to_bytes((found.bit_length() + 7) // 8, "little")


def runs(played: bytes) -> tuple[tuple[int, int], ...]:
    """The stretches of seconds that a bit each stands for, from and up to."""
    bits = np.unpackbits(np.frombuffer(played, np.uint8), bitorder="little").astype(np.int8)
    turns = np.flatnonzero(np.diff(bits, prepend=0, append=0))
    return tuple(zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True))


def missed(fact: Fact, span: tuple[int, int] | None) -> bool:
    """Whether the viewer is known not to have played any second that the span touches. What is not
    known counts as played."""
    if span is None or fact.known != TOLD or fact.level == FINISHED:
        return False
    wanted = int.from_bytes(seconds([span]), "little")
    return not wanted & int.from_bytes(fact.played, "little")


def history(facts: Mapping[int, Fact]) -> bytes:
    """A history segment of these facts by version."""
    fixed = bytearray(_COUNT.pack(len(facts)))
    played = bytearray()
    for version, fact in facts.items():
        # Who has seen it to the end has played every second.
        bits = b"" if fact.level == FINISHED else fact.played[:_MOST_BYTES]
        state = fact.level | fact.known << 4
        fixed += _ENTRY.pack(version, fact.first_at // 1000, fact.last_at // 1000, state, len(bits))
        played += bits
    return bytes(fixed + played)


def facts_in(
    segments: Iterable[bytes], wanted: Mapping[int, object] | None = None
) -> dict[int, Fact]:
    """The facts in these history segments by version; of `wanted` versions alone, if given."""
    found: dict[int, Fact] = {}
    for data in segments:
        if wanted is not None and not _versions(data) & wanted.keys():
            continue
        (count,) = _COUNT.unpack_from(data)
        at = _COUNT.size + count * _ENTRY.size
        for version, first, last, state, size in _ENTRY.iter_unpack(data[_COUNT.size : at]):
            bits, at = data[at : at + size], at + size
            if wanted is not None and version not in wanted:
                continue
            fact = Fact(state & 15, state >> 4, first * 1000, last * 1000, bits)
            found[version] = merge(found[version], fact) if version in found else fact
    return found


def versions_in(segments: Iterable[bytes]) -> set[int]:
    """The versions that these history segments tell of."""
    return set().union(*(_versions(data) for data in segments))


def _versions(data: bytes) -> set[int]:
    (count,) = _COUNT.unpack_from(data)
    fixed: NDArray[Any] = np.frombuffer(data, _FIXED, count, _COUNT.size)
    return set(fixed["version"].tolist())


def audience(viewers: Mapping[int, int]) -> bytes:
    """An audience segment: viewer → the second in which they were first served the version."""
    ordered = sorted(viewers.items())
    return np.array(ordered, "<u4").tobytes()


def audience_in(segments: Iterable[bytes]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The viewers in these audience segments in order, each once, and when each was first served,
    in seconds."""
    found = np.frombuffer(b"".join(segments), _EACH)
    both = found["viewer"].astype(np.uint64) << np.uint64(32) | found["first"]
    both.sort()
    viewers = (both >> np.uint64(32)).astype(np.uint32)
    firsts = (both & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    new = np.ones(len(viewers), bool)
    new[1:] = viewers[1:] != viewers[:-1]
    return viewers[new], firsts[new]


def without(segment: bytes, gone: Iterable[int]) -> bytes:
    """An audience segment without these viewers."""
    found = np.frombuffer(segment, _EACH)
    return found[~np.isin(found["viewer"], list(gone))].tobytes()
