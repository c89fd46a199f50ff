"""Faces followed from picture to picture: one track for each, without gaps.

A face that turns away or is hidden for up to a second is taken to be where it was going; a cut ends
every track. What is faint counts as a face only where a track goes on; what is clear begins one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from wardcast.check.adapters.faces import Face
from wardcast.check.adapters.planes import Grey, shrunk
from wardcast.check.eyes.pairing import paired
from wardcast.check.place import Box, Spot, Track, boxed

FAINT: Final = 0.25
CLEAR: Final = 0.5
_CERTAIN: Final = 0.65
"""One picture is enough to believe in a face that is this sure."""
GAP_MS: Final = 1_000
TAIL_MS: Final = 1_000
"""So long a face is looked for, before it was first found and after it was last found."""
_WIDER: Final = 1.3
_REACH: Final = 1.2
"""How far a face may have moved since it was last found, in its own size."""
_CUT: Final = 28.0
_TINY: Final = 32


@dataclass(slots=True)
class _Person:
    spots: list[Spot]
    best: float
    found: int
    begin_ms: int
    end_ms: int | None = None

    @property
    def last(self) -> Spot:
        return self.spots[-1]

    @property
    def is_believed(self) -> bool:
        return self.best >= _CERTAIN or (self.best >= CLEAR and self.found >= 2)


class People:
    """Takes the faces of each picture, in the order of their times."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._open: list[_Person] = []
        self._done: list[_Person] = []
        self._scene_ms = 0

    def cut(self, at_ms: int) -> None:
        """Another scene begins at this time."""
        for person in self._open:
            person.end_ms = at_ms
        self._done += self._open
        self._open, self._scene_ms = [], at_ms

    def take(self, at_ms: int, faces: Sequence[Face]) -> None:
        """The faces that are seen at this time."""
        places = [
            (boxed(f.left, f.top, f.right, f.bottom, self._size), f.confidence) for f in faces
        ]
        known = dict(_matched(self._open, [box for box, _ in places], at_ms))
        for n, (box, sure) in enumerate(places):
            if n in known:
                person = self._open[known[n]]
                person.spots.append(Spot(at_ms, box))
                person.best = max(person.best, sure)
                person.found += 1
            elif sure >= CLEAR:
                begin = max(self._scene_ms, at_ms - TAIL_MS)
                self._open.append(_Person([Spot(at_ms, box)], sure, 1, begin))
        for person in [each for each in self._open if at_ms - each.last.at_ms >= GAP_MS]:
            self._open.remove(person)
            self._done.append(person)

    def tracks(self, end_ms: int) -> tuple[Track, ...]:
        """Every face that is believed in, in the order of when it came."""
        people = [each for each in (*self._done, *self._open) if each.is_believed]
        return tuple(sorted((self._track(each, end_ms) for each in people), key=_order))

    def _track(self, person: _Person, end_ms: int) -> Track:
        last_ms = person.last.at_ms
        until = min(last_ms + TAIL_MS, end_ms if person.end_ms is None else person.end_ms)
        spots = [Spot(s.at_ms, s.box.grown(_WIDER, self._size)) for s in person.spots]
        if person.begin_ms < spots[0].at_ms:
            spots.insert(0, Spot(person.begin_ms, spots[0].box))
        return Track(tuple(spots), max(until, last_ms + 1))


def _order(track: Track) -> tuple[int, int, int, int]:
    box = track.spots[0].box
    return track.time.start_ms, box.left, box.top, track.until_ms


def _matched(
    people: Sequence[_Person], boxes: Sequence[Box], at_ms: int
) -> Iterator[tuple[int, int]]:
    """Pairs of a box and the person whose it is, the nearest first."""
    return paired(
        (far, n, m)
        for m, person in enumerate(people)
        for n, box in enumerate(boxes)
        if (far := _distance(_expected(person, at_ms), box)) < _REACH
    )


def _expected(person: _Person, at_ms: int) -> Box:
    """Where a face would be if it went on as it did, for at most as long as was seen of it."""
    if len(person.spots) < 2:
        return person.last.box
    before, last = person.spots[-2], person.last
    share = min(1.5, (at_ms - last.at_ms) / (last.at_ms - before.at_ms))
    across = round((last.box.left - before.box.left) * share)
    down = round((last.box.top - before.box.top) * share)
    left, top = max(0, last.box.left + across), max(0, last.box.top + down)
    return Box(left, top, left + last.box.width, top + last.box.height)


def _distance(one: Box, other: Box) -> float:
    """How far their middles are apart and how unlike their sizes, in the size of a face."""
    size = max(1.0, (one.width + one.height + other.width + other.height) / 4)
    across = (one.left + one.right - other.left - other.right) / 2
    down = (one.top + one.bottom - other.top - other.bottom) / 2
    unlike = abs(one.height - other.height) / max(one.height, other.height)
    return float((across**2 + down**2) ** 0.5 / size + unlike)


class Scenes:
    """Tells when another scene begins, by the light of small tiles."""

    def __init__(self) -> None:
        self._before: npt.NDArray[np.int16] | None = None

    def cut(self, small: Grey) -> bool:
        """Whether this picture is of another scene than the one before; call it once for each."""
        tiny = shrunk(small, _TINY).astype(np.int16)
        before, self._before = self._before, tiny
        return before is not None and float(np.abs(tiny - before).mean()) > _CUT
