"""Where something stands: in a text, by characters, and in a recording, by milliseconds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """Characters `start` up to, and without, `end` of the text that was handed in."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"A text span runs forward from 0; got {self.start} to {self.end}.")

    def overlaps(self, other: "TextSpan") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class TimeSpan:
    """Milliseconds `start_ms` up to `end_ms` of the original recording's clock."""

    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_ms <= self.end_ms:
            raise ValueError(
                f"A time span runs forward from 0; got {self.start_ms} to {self.end_ms} ms."
            )

    @property
    def long_ms(self) -> int:
        """How long it is."""
        return self.end_ms - self.start_ms


def widened(span: TimeSpan, by_ms: int, duration_ms: int | None = None) -> TimeSpan:
    """`span` with `by_ms` added on both sides, kept inside the recording."""
    end = span.end_ms + by_ms
    if duration_ms is not None:
        end = max(span.end_ms, min(end, duration_ms))
    return TimeSpan(max(0, span.start_ms - by_ms), end)


def merged(spans: Iterable[TimeSpan], gap_ms: int = 0) -> tuple[TimeSpan, ...]:
    """The spans in order, those that touch or lie less than `gap_ms` apart made one."""
    out: list[TimeSpan] = []
    for span in sorted(spans):
        if out and (span.start_ms <= out[-1].end_ms or span.start_ms - out[-1].end_ms < gap_ms):
            out[-1] = TimeSpan(out[-1].start_ms, max(out[-1].end_ms, span.end_ms))
        else:
            out.append(span)
    return tuple(out)


def left_of(spans: Iterable[TimeSpan], taken: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    """What is left of the spans once others are taken out of them."""
    cuts = sorted(taken)
    return tuple(left for span in spans for left in _pieces(span, cuts))


def _pieces(span: TimeSpan, cuts: list[TimeSpan]) -> Iterator[TimeSpan]:
    start_ms = span.start_ms
    for cut in cuts:
        if cut.end_ms <= start_ms or cut.start_ms >= span.end_ms:
            continue
        if cut.start_ms > start_ms:
            yield TimeSpan(start_ms, cut.start_ms)
        start_ms = max(start_ms, cut.end_ms)
    if start_ms < span.end_ms:
        yield TimeSpan(start_ms, span.end_ms)


def long_ms(spans: Iterable[TimeSpan]) -> int:
    """How long they are together."""
    return sum(each.long_ms for each in spans)


def when(span: TimeSpan) -> str:
    """A span of time as people read it: 0:01.2–0:03.0."""
    return f"{_clock(span.start_ms)}–{_clock(span.end_ms)}"


def _clock(ms: int) -> str:
    return f"{ms // 60_000}:{ms / 1000 % 60:04.1f}"
