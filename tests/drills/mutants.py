"""Real clips, damaged in their structure: each from a seed and a number, so that it can be made
again."""

import random
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

from drills.boxes import SEEDS

_KINDS = re.compile(
    rb"ftyp|moov|mvhd|trak|tkhd|edts|elst|mdia|mdhd|hdlr|minf|stbl|stsd|stts|ctts|stsc|stsz|stco"
    rb"|avc1|avcC|hvc1|hvcC|mp4a|esds|mdat|moof|mfhd|traf|tfhd|tfdt|trun|udta|meta|sidx|free"
)
_NAMES = re.compile(
    rb"\x1a\x45\xdf\xa3|\x18\x53\x80\x67|\x15\x49\xa9\x66|\x16\x54\xae\x6b|\x1f\x43\xb6\x75"
    rb"|\xae|\xe0|\xe1|\xa3|\x63\xa2|\x44\x89|\x2a\xd7\xb1|\xec|\x12\x54\xc3\x67"
)
_NUMBERS = (0, 1, 7, 8, 9, 15, 16, 255, 4096, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF)


@dataclass(frozen=True)
class Mutant:
    """A damaged file, and what was done to which."""

    label: str
    data: bytes


def mutant(seed: int, number: int) -> Mutant:
    """The `number`-th mutant of this seed."""
    chance = random.Random(f"{seed}/{number}")
    name = chance.choice(sorted(SEEDS))
    data = bytearray(SEEDS[name]())
    done = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        way = chance.choice(_WAYS)
        done.append(way.__name__)
        data = way(chance, data)
        if not data:
            break
    return Mutant(f"mutant {number}: {name}, {' + '.join(done)}", bytes(data))


def bit_flips(chance: random.Random, data: bytearray) -> bytearray:
    """Up to sixty bits, anywhere or among the index."""
    lowest = chance.choice((0, 0, len(data) * 3 // 4))
    for _ in range(chance.choice((1, 3, 12, 60))):
        at = chance.randrange(lowest, max(lowest + 1, len(data)))
        if at < len(data):
            data[at] ^= 1 << chance.randrange(8)
    return data


def truncation(chance: random.Random, data: bytearray) -> bytearray:
    """The end is missing, or some of the middle."""
    start = chance.randrange(len(data))
    end = len(data) if chance.random() < 0.6 else chance.randrange(start, len(data))
    del data[start:end]
    return data


def lying_sizes(chance: random.Random, data: bytearray) -> bytearray:
    """A few boxes or elements say that they are longer or shorter than they are."""
    boxed = [match.start() - 4 for match in _KINDS.finditer(data) if match.start() >= 4]
    if data[:4] == b"\x1aE\xdf\xa3" or not boxed:
        return _lying_elements(chance, data)
    for at in chance.sample(boxed, min(len(boxed), chance.choice((1, 1, 2, 5)))):
        (size,) = struct.unpack_from(">I", data, at)
        lie = chance.choice((*_NUMBERS, size * 2, size // 2, size + 8, max(0, size - 8), size + 1))
        struct.pack_into(">I", data, at, lie & 0xFFFFFFFF)
    return data


def _lying_elements(chance: random.Random, data: bytearray) -> bytearray:
    named = [match.end() for match in _NAMES.finditer(data) if match.end() < len(data)]
    for at in chance.sample(named, min(len(named), chance.choice((1, 1, 2, 5)))):
        width = 9 - data[at].bit_length() if data[at] else 1
        lie = bytearray(chance.randbytes(width))
        lie[0] = (1 << 8 - width) | (lie[0] & ((1 << 8 - width) - 1))
        if chance.random() < 0.2:
            lie[1:] = b"\xff" * (width - 1)
        data[at : at + width] = lie
    return data


def lying_numbers(chance: random.Random, data: bytearray) -> bytearray:
    """Fields of the index hold numbers at the edges."""
    found = [match.end() for match in _KINDS.finditer(data)]
    for _ in range(chance.choice((1, 2, 6))):
        start = chance.choice(found) if found else chance.randrange(len(data))
        at = start + 4 * chance.randrange(12)
        if at + 4 <= len(data):
            struct.pack_into(">I", data, at, chance.choice(_NUMBERS))
    return data


def spliced(chance: random.Random, data: bytearray) -> bytearray:
    """The beginning of one file and the end of another, or one in the midst of the other."""
    other = SEEDS[chance.choice(sorted(SEEDS))]()
    at, cut = chance.randrange(len(data)), chance.randrange(len(other))
    if chance.random() < 0.5:
        return data[:at] + other[cut:]
    end = min(len(other), cut + chance.randrange(1, 4_000))
    return data[:at] + other[cut:end] + data[at:]


def nested(chance: random.Random, data: bytearray) -> bytearray:
    """A box lies in itself, or is there again and again."""
    found = [match.start() - 4 for match in _KINDS.finditer(data) if match.start() >= 4]
    if not found:
        return repeated(chance, data)
    at = chance.choice(found)
    (size,) = struct.unpack_from(">I", data, at)
    piece = bytes(data[at : at + max(8, min(size, 20_000))])
    if chance.random() < 0.5:
        for _ in range(chance.choice((1, 3, 30))):
            piece = struct.pack(">I", len(piece) + 8) + piece[4:8] + piece
        return data[:at] + piece + data[at + size :]
    return data[:at] + piece * chance.choice((2, 9, 40)) + data[at:]


def repeated(chance: random.Random, data: bytearray) -> bytearray:
    """A stretch is there twice and more, or is all the same byte."""
    at = chance.randrange(len(data))
    length = chance.randrange(1, 2_000)
    if chance.random() < 0.4:
        data[at : at + length] = bytes([chance.choice((0, 255))]) * length
        return data
    return data[:at] + data[at : at + length] * chance.choice((2, 5)) + data[at + length :]


_WAYS: tuple[Callable[[random.Random, bytearray], bytearray], ...] = (
    bit_flips, truncation, lying_sizes, lying_numbers, spliced, nested, repeated,
)  # fmt: skip
