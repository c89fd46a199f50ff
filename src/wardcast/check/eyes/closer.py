"""Small print that may be a form is looked at again, larger: lines close under each other run into
one another where letters are small.
"""

import math
from collections.abc import Sequence
from typing import Final

from wardcast.check.adapters import planes, reader
from wardcast.check.adapters.planes import Colour
from wardcast.check.adapters.reader import Read
from wardcast.check.eyes.letters import FORM_WORDS, mended

_SMALL: Final = 40
"""Letters of fewer pixels are looked at again."""
_AROUND: Final = 2.5
"""How much is taken on each side, in heights of a letter."""
_SIDE: Final = 960
_MOST: Final = 2
"""So many places of a picture."""
_LARGER: Final = 3.0
_DIGITS: Final = 3

Edges = tuple[float, float, float, float]


def lines(picture: Colour) -> list[Read]:
    """The lines of words in a picture, small print that may matter read twice."""
    found = reader.read(picture)
    for place in _places(picture, found)[:_MOST]:
        again = _larger(picture, place)
        if sum(len(line.text) for line in again) > 0:
            found = [line for line in found if not _inside(line, place)] + again
    return found


def _places(picture: Colour, found: Sequence[Read]) -> list[Edges]:
    """Where small print stands that has digits or a form's words, close places as one, the fullest
    first."""
    height, width = picture.shape[:2]
    places: list[tuple[int, Edges]] = []
    for line in found:
        high = _high(line)
        if high >= _SMALL:
            continue
        left, top, right, bottom = _edges(line)
        by = _AROUND * high
        place = (
            max(0.0, left - by), max(0.0, top - by),
            min(float(width), right + by), min(float(height), bottom + by),
        )  # fmt: skip
        weight = len(line.text) if _matters(line) else 0
        for other in [each for each in places if _meet(each[1], place)]:
            places.remove(other)
            weight, place = weight + other[0], _both(other[1], place)
        places.append((weight, place))
    return [place for weight, place in sorted(places, reverse=True) if weight]


def _matters(line: Read) -> bool:
    text = mended(line.text)
    words = text.lower().replace(":", " ").replace(".", " ").split()
    return sum(letter.isdigit() for letter in text) >= _DIGITS or not FORM_WORDS.isdisjoint(words)


def _larger(picture: Colour, place: Edges) -> list[Read]:
    left, top, right, bottom = (round(edge) for edge in place)
    cut = picture[top:bottom, left:right]
    share = min(_LARGER, _SIDE / max(cut.shape[:2]))
    if share <= 1 or min(cut.shape[:2]) < 2:
        return []
    cv2 = planes.opencv()
    large = cv2.resize(cut, None, fx=share, fy=share, interpolation=cv2.INTER_CUBIC)
    return [
        Read(
            line.text,
            tuple((left + x / share, top + y / share) for x, y in line.corners),
            line.confidence,
        )
        for line in reader.read(large)
    ]


def _high(line: Read) -> float:
    first, second, _, last = line.corners
    return min(math.dist(first, second), math.dist(first, last))


def _edges(line: Read) -> Edges:
    xs, ys = zip(*line.corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _inside(line: Read, place: Edges) -> bool:
    left, top, right, bottom = _edges(line)
    x, y = (left + right) / 2, (top + bottom) / 2
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def _meet(one: Edges, other: Edges) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > 0 and min(one[3], other[3]) - max(one[1], other[1]) > 0


def _both(one: Edges, other: Edges) -> Edges:
    return (
        min(one[0], other[0]), min(one[1], other[1]),
        max(one[2], other[2]), max(one[3], other[3]),
    )  # fmt: skip
