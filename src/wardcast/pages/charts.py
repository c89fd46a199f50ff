"""Where the parts of the proof's two pictures lie: numbers for SVG attributes, no drawing.

Widths are percentages of the picture's width, so that it fits any screen while its words keep their
size; heights are pixels.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from wardcast.recall.rules import Counts, Point

_HAS_ROOM = 8.0
"""From which width on, in percent, a part of the bar carries its number."""

HEIGHT = 160.0
"""How high the curve's field is, in pixels."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bar. `code` names its colour; `left` and `width` in percent."""

    code: str
    words: str
    count: int
    left: float
    width: float

    @property
    def has_room(self) -> bool:
        """Whether the number fits into the part."""
        return self.width >= _HAS_ROOM

    @property
    def middle(self) -> float:
        """Where the number stands, in percent."""
        return self.left + self.width / 2

    @property
    def shown(self) -> str:
        """The count as people write it."""
        return f"{self.count:,}"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; x in percent, y in pixels from the top."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The share told by day, as steps, with its axes and the goal."""

    steps: tuple[Line, ...]
    shares: tuple[Tick, ...]
    days: tuple[Tick, ...]
    goal: Tick


WORDS = (
    ("acknowledged", "have read it"),
    ("shown_only", "saw the card"),
    ("owed", "have not been back: it waits for them"),
    ("unreachable", "cannot be reached"),
)
"""The parts of the bar from left to right, in the words of the page."""

_ENDED = ("not_reached", "had not been back when the recall ended")


def words_of(*, ended: bool) -> tuple[tuple[str, str], ...]:
    """The parts of a bar; of a recall that has ended nothing waits for anybody."""
    return tuple(_ENDED if ended and each[0] == "owed" else each for each in WORDS)


def bar(counts: Counts, *, ended: bool = False) -> tuple[Part, ...]:
    """The four parts; their widths add up to 100 unless nobody was exposed."""
    parts: list[Part] = []
    left = 0
    for code, words in words_of(ended=ended):
        count = getattr(counts, code)
        whole = counts.exposed or 1
        parts.append(Part(code, words, count, 100 * left / whole, 100 * count / whole))
        left += count
    return tuple(parts)


def steps(points: Sequence[Point], goal: float) -> Curve:
    """The curve of `points` (day 0 first). What is told during a day steps up when it is over."""
    last = max(1, points[-1].day) if points else 1
    lines: list[Line] = []
    for before, after in itertools.pairwise(points):
        x1, x2 = _x(before.day, last), _x(after.day, last)
        y1, y2 = _y(before.share), _y(after.share)
        lines.append(Line(x1, y1, x2, y1))
        if y1 != y2:
            lines.append(Line(x2, y1, x2, y2))
    shares = tuple(Tick(_y(each / 4), f"{each * 25}") for each in range(5))
    return Curve(
        steps=tuple(lines),
        shares=shares,
        days=_days(last),
        goal=Tick(_y(goal), f"{round(goal * 100)} %"),
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a picture of counts; `left` and `width` in percent, `top` and `high` in
    pixels."""

    left: float
    width: float
    top: float
    high: float


_COLUMNS_HIGH = 120.0
"""How high the field of the columns is, in pixels."""
_GAP = 0.12
_LEAST_HIGH = 2.0
"""So that one viewer among thousands is seen as well."""


def columns(counts: Sequence[int]) -> tuple[Column, ...]:
    """A column a count, the highest as high as the field; none for nothing."""
    most = max(counts, default=0)
    each = 100 / max(1, len(counts))
    found = []
    for number, count in enumerate(counts):
        high = max(_LEAST_HIGH, _COLUMNS_HIGH * count / most) if count else 0.0
        found.append(
            Column(number * each, each * (1 - _GAP if each > 1 else 1), _COLUMNS_HIGH - high, high)
        )
    return tuple(found)


def _days(last: int) -> tuple[Tick, ...]:
    marked = sorted({1, round((1 + last) / 2), last}) if last > 1 else [1]
    return tuple(Tick(_x(day, last), str(day)) for day in marked)


def _x(day: int, last: int) -> float:
    return 100 * day / last


def _y(share: float) -> float:
    return HEIGHT * (1 - share)
