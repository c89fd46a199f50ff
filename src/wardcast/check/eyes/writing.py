"""Lines of words followed from picture to picture, and put together where they stand together.

A line is the same as one before where it stands where that one was and says much the same. One that
is missed once is taken to be there still, if it comes back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Final

from wardcast.check.eyes.areas import meets
from wardcast.check.eyes.letters import mended
from wardcast.check.eyes.pairing import paired
from wardcast.check.place import Box, Spot, Track
from wardcast.check.seen import Line, Region, together

LOST_MS: Final = 2_500
"""A line that comes back within this time was there all along."""
_LIKE: Final = 0.6
_ALIKE: Final = 0.8
_OVER: Final = 0.3
_NEAR: Final = 6.0
"""How far a line may have moved to be known by its words alone, in its own heights."""
_WIDER: Final = 1.1
_LEAST_PX: Final = 6
_PART: Final = 0.8
"""Of a line's letters: where fewer are read, it is a part of it."""
_LINE_GAP: Final = 0.9
_WORD_GAP: Final = 2.5
"""How far lines that stand together are apart, in their own heights."""
_SIZES: Final = 1.45
_AT_ONCE: Final = 0.4


@dataclass(frozen=True, slots=True)
class Written:
    """A line as it was read in one picture; `high` is the height of its letters."""

    text: str
    box: Box
    high: int
    confidence: float


@dataclass(slots=True)
class _Followed:
    spots: list[Spot]
    high: int
    start_ms: int
    seen_ms: int
    gone_ms: int | None = None
    readings: Counter[str] = field(default_factory=Counter)
    sums: dict[str, float] = field(default_factory=dict)

    def take(self, at_ms: int, line: Written) -> None:
        text = mended(line.text)
        self._place(at_ms, line.box, len(text) / max(1, len(self.text)))
        self.seen_ms, self.gone_ms, self.high = at_ms, None, line.high
        self.readings[text] += 1
        self.sums[text] = self.sums.get(text, 0.0) + line.confidence

    def _place(self, at_ms: int, box: Box, fuller: float) -> None:
        """Where it was read stands above where it was thought to have moved to. Of a part the rest
        is still there, and what is read fuller now was there before."""
        last = self.spots[-1]
        if fuller < _PART:
            box = last.box.around(box)
        elif fuller > 1 and last.box.shared(box):
            self.spots = [_widened(spot, last.box, box) for spot in self.spots]
        if last.at_ms == at_ms:
            self.spots.pop()
        self.spots.append(Spot(at_ms, box))

    @property
    def text(self) -> str:
        """The reading that says most and surest: parts of a line are read more often than all."""
        return max(self.readings, key=lambda each: (self.sums[each] * len(each), each), default="")

    @property
    def confidence(self) -> float:
        return round(self.sums[self.text] / self.readings[self.text], 3)


class Writing:
    """Takes the lines of each picture that was read, and where a line was moved to in between."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._open: list[_Followed] = []
        self._done: list[_Followed] = []

    def take(
        self, at_ms: int, since_ms: int, lines: Sequence[Written], areas: Sequence[Box]
    ) -> None:
        """The lines in these areas of the picture at this time; what stands elsewhere is there
        still. What is new may have come after `since_ms`."""
        left = list(lines)
        for followed, line in list(_matched(self._open, lines)):
            followed.take(at_ms, line)
            left.remove(line)
        for followed in list(self._open):
            if followed.seen_ms == at_ms:
                continue
            if followed.gone_ms is None and not meets(areas, followed.spots[-1].box):
                followed.seen_ms = at_ms
                continue
            if followed.gone_ms is None:
                followed.gone_ms = at_ms
            if at_ms - followed.seen_ms > LOST_MS:
                self._end(followed)
        for line in left:
            followed = _Followed([Spot(at_ms, line.box)], line.high, since_ms, at_ms)
            followed.take(at_ms, line)
            self._open.append(followed)

    def standing(self) -> Iterator[Box]:
        """Where the lines are that were there in the last picture."""
        for followed in self._open:
            if followed.gone_ms is None:
                yield followed.spots[-1].box

    def move(self, at_ms: int, boxes: Sequence[Box]) -> None:
        """Where those are now, in the same order."""
        standing = [each for each in self._open if each.gone_ms is None]
        for followed, box in zip(standing, boxes, strict=True):
            if followed.spots[-1].at_ms < at_ms:
                followed.spots.append(Spot(at_ms, box))

    def regions(self, end_ms: int) -> tuple[Region, ...]:
        """All that was written, in the order of when it came and where it stands."""
        for followed in list(self._open):
            self._end(followed)
        groups = _groups([self._line(each, end_ms) for each in self._done])
        regions = [_region(group) for group in groups]
        return tuple(sorted(regions, key=_order))

    def _end(self, followed: _Followed) -> None:
        self._open.remove(followed)
        self._done.append(followed)

    def _line(self, followed: _Followed, end_ms: int) -> Line:
        until = followed.gone_ms if followed.gone_ms is not None else end_ms
        spots = [
            Spot(each.at_ms, each.box.grown(_WIDER, self._size, _LEAST_PX))
            for each in followed.spots
            if each.at_ms < until
        ]
        first = Spot(min(followed.start_ms, spots[0].at_ms), spots[0].box)
        if first.at_ms < spots[0].at_ms:
            spots.insert(0, first)
        track = Track(tuple(thinned(spots)), max(until, spots[-1].at_ms + 1))
        return Line(followed.text, track, followed.confidence, followed.high)


def thinned(spots: Sequence[Spot]) -> Iterator[Spot]:
    """The spots without those between two in the same place."""
    for number, spot in enumerate(spots):
        inner = 0 < number < len(spots) - 1
        if not inner or not spots[number - 1].box == spot.box == spots[number + 1].box:
            yield spot


def _widened(spot: Spot, part: Box, whole: Box) -> Spot:
    """An earlier place of a line, by as much wider as the whole is than what was taken for it."""
    box = spot.box
    return Spot(
        spot.at_ms,
        Box(
            max(0, box.left - max(0, part.left - whole.left)),
            max(0, box.top - max(0, part.top - whole.top)),
            box.right + max(0, whole.right - part.right),
            box.bottom + max(0, whole.bottom - part.bottom),
        ),
    )


def _matched(
    known: Sequence[_Followed], lines: Sequence[Written]
) -> Iterator[tuple[_Followed, Written]]:
    """Pairs of a followed line and what it has become, the likeliest first."""
    scored = (
        (-score, n, m)
        for n, followed in enumerate(known)
        for m, line in enumerate(lines)
        if (score := _score(followed, line)) > 0
    )
    return ((known[n], lines[m]) for n, m in paired(scored))


def _score(followed: _Followed, line: Written) -> float:
    box = followed.spots[-1].box
    over = box.shared(line.box) / min(box.area, line.box.area)
    like = SequenceMatcher(None, followed.text.lower(), mended(line.text).lower()).ratio()
    if over > _OVER and like > _LIKE:
        return like + over
    near = _distance(box, line.box) < _NEAR * max(followed.high, line.high)
    return like if like > _ALIKE and near else 0.0


def _distance(one: Box, other: Box) -> float:
    across = (one.left + one.right - other.left - other.right) / 2
    down = (one.top + one.bottom - other.top - other.bottom) / 2
    return float((across**2 + down**2) ** 0.5)


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that are seen at the same time and close to each other."""
    leader = list(range(len(lines)))

    def lead(of: int) -> int:
        while leader[of] != of:
            of = leader[of]
        return of

    for n in range(len(lines)):
        for m in range(n + 1, len(lines)):
            if _stand_together(lines[n], lines[m]):
                first, second = sorted((lead(n), lead(m)))
                leader[second] = first
    groups: dict[int, list[Line]] = {}
    for n, line in enumerate(lines):
        groups.setdefault(lead(n), []).append(line)
    return list(groups.values())


def _stand_together(one: Line, other: Line) -> bool:
    """Whether two lines are of one size, close to each other and mostly seen at the same time."""
    low, high = sorted((one.high, other.high))
    first = max(one.track.time.start_ms, other.track.time.start_ms)
    last = min(one.track.until_ms, other.track.until_ms)
    shorter = min(_length(one.track), _length(other.track))
    here, there = one.track.at(first), other.track.at(first)
    if high > _SIZES * low or last - first < _AT_ONCE * shorter or here is None or there is None:
        return False
    across = max(here.left, there.left) - min(here.right, there.right)
    down = max(here.top, there.top) - min(here.bottom, there.bottom)
    return (across < 0 and down < _LINE_GAP * low) or (down < 0 and across < _WORD_GAP * low)


def _length(track: Track) -> int:
    return track.until_ms - track.time.start_ms


def _region(lines: Iterable[Line]) -> Region:
    ordered = sorted(lines, key=lambda line: (*_place(line.track), line.text))
    rows: list[list[Line]] = []
    for line in ordered:
        if rows and _same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    placed = tuple(
        replace(line, row=number)
        for number, row in enumerate(rows)
        for line in sorted(row, key=lambda line: line.track.spots[0].box.left)
    )
    tracks = [line.track for line in placed]
    return Region(placed, tracks[0] if len(tracks) == 1 else together(tracks))


def _same_row(one: Line, other: Line) -> bool:
    """Whether two lines stand beside each other at the same time."""
    here, there = one.track.spots[0].box, other.track.spots[0].box
    apart = abs(here.top + here.bottom - there.top - there.bottom) / 2
    at_once = one.track.time.start_ms == other.track.time.start_ms
    return at_once and apart < min(one.high, other.high) / 2


def _place(track: Track) -> tuple[int, int, int]:
    box = track.spots[0].box
    return track.time.start_ms, box.top, box.left


def _order(region: Region) -> tuple[int, int, int, str]:
    return (*_place(region.whole), region.text)
