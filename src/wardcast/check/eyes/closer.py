"""Small print is looked at again, larger: in a picture that was shrunk, lines close under each
other run into one another, and the smallest are hardly there.

So a picture is first looked over for where words may be; what is large is read as it stands, and
places with small print, or with what may be some, are enlarged and read. That costs as much again
as the picture, so a place that looks the same is not looked at twice, and one where nothing was
found (much of what has edges may be small print) only every two seconds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from wardcast.check.adapters import planes, reader
from wardcast.check.adapters.planes import Colour
from wardcast.check.adapters.reader import Corners, Place, Read
from wardcast.check.place import Box

_SMALL: Final = 40
"""Letters of fewer pixels are looked at again."""
_MERGED: Final = 0.16
"""Of the picture's shorter side: what is higher, and cannot be read, is no small print that ran
together."""
_AROUND: Final = 2.5
"""How much is taken on each side, in heights of a letter."""
_MOST: Final = 3
"""So many places of a picture."""
_LARGER: Final = 2.0
_LEAST: Final = 600
"""Pixels that a word of small print covers."""
_WIDEST: Final = 800
"""Pixels across which a place is too large to be enlarged: it is read as it stands."""
_SAME: Final = 2.0
"""Mean difference of light below which a place looks the same."""
_KNOWN: Final = 16
"""So many places are remembered."""
_THERE: Final = 0.6
_EVERY_MS: Final = 2_000
_MORE: Final = 1.5

Edges = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found in a place, how it looked, and how much there was to look at."""

    edges: Edges
    shown: npt.NDArray[np.int16]
    weight: float
    at_ms: int
    lines: list[Read]


@dataclass(slots=True)
class Closer:
    """Reads the pictures of one clip, in the order of their times."""

    _looks: list[_Look] = field(default_factory=list)

    def lines(self, picture: Colour, at_ms: int, areas: Sequence[Box]) -> list[Read]:
        """The lines of words in these areas of a picture, small print read from a larger one."""
        read, small = _large(picture, areas)
        looks = [
            self._known(picture, at_ms, weight, edges) or _look(picture, at_ms, weight, edges)
            for weight, edges in _places(picture, small)[:_MOST]
        ]
        elsewhere = [each for each in self._looks if not _touches(each.edges, areas)]
        self._looks = [*elsewhere, *looks][-_KNOWN:]
        looked = [each.edges for each in looks]
        for place in small:
            may_be_line = place.may_be_word and place.high < _SMALL
            if may_be_line and not _within(place.corners, looked):
                read += [line] if (line := reader.line(picture, place)) else []
        told = [each.edges for each in looks if each.lines]
        kept = [line for line in read if not _within(line.corners, told)]
        return kept + [line for each in looks for line in each.lines]

    def _known(self, picture: Colour, at_ms: int, weight: float, edges: Edges) -> _Look | None:
        """What was found there when it looked the same, or lately where there was nothing."""
        for look in self._looks:
            if _likeness(look.edges, edges) < _THERE:
                continue
            if float(np.abs(_shown(picture, look.edges) - look.shown).mean()) < _SAME:
                return look
            lately = at_ms - look.at_ms < _EVERY_MS
            if not look.lines and lately and weight < _MORE * look.weight:
                return look
        return None


def _large(picture: Colour, areas: Sequence[Box]) -> tuple[list[Read], list[Place]]:
    """The lines that can be read as they stand, and the places that may hold small print."""
    most = _MERGED * min(picture.shape[:2])
    read: list[Read] = []
    small: list[Place] = []
    for place in (each for area in areas for each in reader.find(picture, area)):
        if place.high > most and not place.may_be_word:
            continue  # a head, or whatever else is no line: it holds two letters at most
        line = reader.line(picture, place) if place.high >= _SMALL else None
        if line is not None:
            read.append(line)
        elif place.high <= most:
            small.append(place)
    return read, small


def _places(picture: Colour, found: Sequence[Place]) -> list[tuple[float, Edges]]:
    """Where small print may stand, close places as one, with the pixels that it covers; the most
    first."""
    height, width = picture.shape[:2]
    places: list[tuple[float, Edges]] = []
    for each in found:
        left, top, right, bottom = _edges(each.corners)
        weight, by = (right - left) * (bottom - top), _AROUND * min(each.high, _SMALL)
        place = (
            max(0.0, left - by), max(0.0, top - by),
            min(float(width), right + by), min(float(height), bottom + by),
        )  # fmt: skip
        for other in [known for known in places if _meet(known[1], place)]:
            places.remove(other)
            weight, place = weight + other[0], _both(other[1], place)
        places.append((weight, place))
    return sorted((each for each in places if _is_worth(*each)), reverse=True)


def _is_worth(weight: float, edges: Edges) -> bool:
    left, top, right, bottom = edges
    return weight >= _LEAST and max(right - left, bottom - top) <= _WIDEST


def _look(picture: Colour, at_ms: int, weight: float, edges: Edges) -> _Look:
    found = list(_larger(picture, edges))
    return _Look(edges, _shown(picture, edges), weight, at_ms, found)


def _larger(picture: Colour, edges: Edges) -> Iterator[Read]:
    left, top, right, bottom = (round(edge) for edge in edges)
    cut = picture[top:bottom, left:right]
    share = min(_LARGER, reader.SIDE / max(cut.shape[:2]))
    cv2 = planes.opencv()
    large = cv2.resize(cut, None, fx=share, fy=share, interpolation=cv2.INTER_CUBIC)
    for line in reader.read(large):
        corners = tuple((left + x / share, top + y / share) for x, y in line.corners)
        yield Read(line.text, corners, line.confidence)


def _shown(picture: Colour, edges: Edges) -> npt.NDArray[np.int16]:
    left, top, right, bottom = (round(edge) for edge in edges)
    return picture[top:bottom:4, left:right:4, 1].astype(np.int16)


def _likeness(one: Edges, other: Edges) -> float:
    if not _meet(one, other):
        return 0.0
    both = _area((*map(max, one[:2], other[:2]), *map(min, one[2:], other[2:])))
    return both / (_area(one) + _area(other) - both)


def _touches(edges: Edges, areas: Sequence[Box]) -> bool:
    return any(_meet(edges, (area.left, area.top, area.right, area.bottom)) for area in areas)


def _area(edges: Sequence[float]) -> float:
    left, top, right, bottom = edges
    return (right - left) * (bottom - top)


def _within(corners: Corners, places: Sequence[Edges]) -> bool:
    return any(_inside(corners, edges) for edges in places)


def _edges(corners: Corners) -> Edges:
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _inside(corners: Corners, place: Edges) -> bool:
    left, top, right, bottom = _edges(corners)
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
