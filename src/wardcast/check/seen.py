"""What is to be seen in a clip: words in the picture, and faces. As sensitive as the clip."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from wardcast.check.place import Spot, Track, union
from wardcast.check.report import ChannelState
from wardcast.check.span import TextSpan, TimeSpan

_APART = "\n\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words in the picture, and where it stands.

    `confidence` is the reader's own, 0 to 1; `high` the height of its letters in pixels; lines of
    the same `row` of a region stand side by side.
    """

    text: str
    track: Track
    confidence: float
    high: int
    row: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """Lines that stand together: a wristband, a board, a caption. `whole` is where all of it is."""

    lines: tuple[Line, ...]
    whole: Track

    @property
    def text(self) -> str:
        """Its lines, row under row."""
        text, row = "", 0
        for line in self.lines:
            text += ("" if not text else " " if line.row == row else "\n") + line.text
            row = line.row
        return text


@dataclass(frozen=True, slots=True)
class Seen:
    """All that was seen. `width` and `height` are the upright original's, in pixels; `states` say
    for the channels "screen" and "faces" whether anybody looked."""

    width: int
    height: int
    regions: tuple[Region, ...]
    faces: tuple[Track, ...]
    states: tuple[ChannelState, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lengths = (len(region.text) + len(_APART) for region in self.regions)
        object.__setattr__(self, "_starts", tuple(accumulate(lengths, initial=0)))

    @property
    def text(self) -> str:
        """Every region's words as one text."""
        return _APART.join(region.text for region in self.regions)

    def state(self, channel: str) -> ChannelState:
        """Whether anybody looked, by the channel's name."""
        return next(each for each in self.states if each.name == channel)

    def span_of(self, number: int) -> TextSpan:
        """Where a region's words are in `text`."""
        start = self._starts[number]
        return TextSpan(start, start + len(self.regions[number].text))

    def track_of(self, span: TextSpan) -> Track | None:
        """Where these characters of `text` are seen: the lines that they are in; None for none."""
        found = list(self._lines(span))
        if not found:
            return None
        first = found[0].track
        if len(found) == 1:
            return first
        region = self.regions[self._region(span)]
        if len(found) == len(region.lines):
            return region.whole
        return together([line.track for line in found])

    def time_of(self, span: TextSpan) -> TimeSpan | None:
        """When these characters of `text` are seen."""
        track = self.track_of(span)
        return track.time if track else None

    def _region(self, span: TextSpan) -> int:
        return min(max(0, bisect_right(self._starts, span.start) - 1), len(self.regions) - 1)

    def _lines(self, span: TextSpan) -> Iterator[Line]:
        if not self.regions:
            return
        number = self._region(span)
        at = self._starts[number]
        for line in self.regions[number].lines:
            if at < span.end and span.start < at + len(line.text):
                yield line
            at += len(line.text) + 1


def together(tracks: list[Track]) -> Track:
    """One track that holds all of them whenever one is seen; while none is, it waits between."""
    times = sorted({spot.at_ms for track in tracks for spot in track.spots})
    ends = max(track.until_ms for track in tracks)
    spots: list[Spot] = []
    for at_ms in times:
        boxes = [box for track in tracks if (box := track.at(at_ms)) is not None]
        spots.append(Spot(at_ms, union(boxes)))
    return Track(tuple(spots), ends)
