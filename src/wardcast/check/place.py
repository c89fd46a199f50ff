"""Where something is seen: boxes in a picture's pixels, and tracks of them over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wardcast.check.span import TimeSpan


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """Pixels of the upright original: from the left upper corner up to, and without, the right
    lower one."""

    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        if not (0 <= self.left < self.right and 0 <= self.top < self.bottom):
            raise ValueError(
                "A box runs from its left upper corner to the right and down, from 0; got "
                f"{self.left}, {self.top} to {self.right}, {self.bottom}."
            )

    @property
    def width(self) -> int:
        """In pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top

    @property
    def area(self) -> int:
        """In pixels."""
        return self.width * self.height

    def shared(self, other: "Box") -> int:
        """How many pixels lie in both."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0, wide) * max(0, high)

    def likeness(self, other: "Box") -> float:
        """What they share of what they cover together: 0 apart, 1 the same."""
        both = self.shared(other)
        return both / (self.area + other.area - both)

    def around(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def grown(self, by: float, size: tuple[int, int], least: int = 0) -> "Box":
        """`by` times as large about its middle, by at least `least` pixels on each side, kept
        within a picture of this width and height."""
        wide = max(least, round(self.width * (by - 1) / 2))
        high = max(least, round(self.height * (by - 1) / 2))
        return boxed(self.left - wide, self.top - high, self.right + wide, self.bottom + high, size)


def boxed(left: float, top: float, right: float, bottom: float, size: tuple[int, int]) -> Box:
    """The box that holds these edges, within a picture of this width and height; at least a pixel,
    also where they lie outside."""
    width, height = size
    x = min(max(0, int(left // 1)), width - 1)
    y = min(max(0, int(top // 1)), height - 1)
    return Box(x, y, max(x + 1, min(width, int(-(-right // 1)))),
               max(y + 1, min(height, int(-(-bottom // 1)))))  # fmt: skip


def between(before: Box, after: Box, share: float) -> Box:
    """The box on the way from one to the other; 0 is the first, 1 the second."""
    edges = (round(a + (b - a) * share) for a, b in zip(_edges(before), _edges(after), strict=True))
    left, top, right, bottom = edges
    return Box(left, top, max(left + 1, right), max(top + 1, bottom))


def _edges(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of them; there is at least one."""
    found = iter(boxes)
    whole = next(found)
    for box in found:
        whole = whole.around(box)
    return whole


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A box from a time until the next spot of its track."""

    at_ms: int
    box: Box


@dataclass(frozen=True, slots=True)
class Track:
    """Where one thing is seen, from its first spot to `until_ms`, in the original's clock.

    Between two spots it moves straight from one to the other.
    """

    spots: tuple[Spot, ...]
    until_ms: int

    def __post_init__(self) -> None:
        times = [spot.at_ms for spot in self.spots]
        if not times or times != sorted(set(times)) or self.until_ms <= times[-1]:
            raise ValueError("A track has spots in the order of their times, and ends after them.")

    @property
    def time(self) -> TimeSpan:
        """When it is seen."""
        return TimeSpan(self.spots[0].at_ms, self.until_ms)

    @property
    def whole(self) -> Box:
        """The box that holds it all the time."""
        return union(spot.box for spot in self.spots)

    def at(self, at_ms: int) -> Box | None:
        """Where it is at a time; None before and after."""
        if not self.spots[0].at_ms <= at_ms < self.until_ms:
            return None
        later = next((n for n, spot in enumerate(self.spots) if spot.at_ms > at_ms), None)
        if later is None:
            return self.spots[-1].box
        before, after = self.spots[later - 1], self.spots[later]
        share = (at_ms - before.at_ms) / (after.at_ms - before.at_ms)
        return between(before.box, after.box, share)


@dataclass(frozen=True, slots=True, order=True)
class Cover:
    """A box that is covered over a time, in the original's clock."""

    time: TimeSpan
    box: Box


def track_to_dict(track: Track) -> dict[str, Any]:
    """The track as plain JSON values."""
    spots = [[spot.at_ms, *_edges(spot.box)] for spot in track.spots]
    return {"spots": spots, "until_ms": track.until_ms}


def track_from_dict(data: dict[str, Any]) -> Track:
    """The track that `track_to_dict` wrote."""
    spots = tuple(Spot(at_ms, Box(*edges)) for at_ms, *edges in data["spots"])
    return Track(spots, data["until_ms"])


_WIDER = 1.5


def covers(track: Track, size: tuple[int, int]) -> tuple[Cover, ...]:
    """Boxes that hold the track all the time: even edges, few of them.

    Each holds where the track is at its start, at its end and between; one lasts for as long as it
    is not much larger than what it hides.
    """
    out: list[Cover] = []
    for start, end, box in _steps(track):
        last = out[-1] if out else None
        if last is not None:
            both = last.box.around(box)
            if both.area <= _WIDER * min(last.box.area, box.area):
                out[-1] = Cover(TimeSpan(last.time.start_ms, end), both)
                continue
        out.append(Cover(TimeSpan(start, end), box))
    return tuple(Cover(each.time, evened(each.box, size)) for each in out)


def _steps(track: Track) -> Iterable[tuple[int, int, Box]]:
    for spot, following in zip(track.spots, track.spots[1:], strict=False):
        yield spot.at_ms, following.at_ms, spot.box.around(following.box)
    last: Sequence[Spot] = track.spots
    yield last[-1].at_ms, track.until_ms, last[-1].box


def evened(box: Box, size: tuple[int, int]) -> Box:
    """The box with its edges moved outward to even pixels, within the picture."""
    width, height = size
    return Box(
        box.left // 2 * 2,
        box.top // 2 * 2,
        min(width, -(-box.right // 2) * 2),
        min(height, -(-box.bottom // 2) * 2),
    )
