"""Two clocks: the original's, in which spans are kept, and an edited clip's, in which it plays.

They differ by what was cut out. Cuts are spans of the original, in order and apart; spans are half
open and in milliseconds.
"""

from collections.abc import Iterable, Sequence

from wardcast.gate.edits import Span

Pair = tuple[int, int]


def in_original(span: Pair, cuts: Sequence[Span]) -> tuple[Pair, ...]:
    """Which parts of the original a part of the edited clip shows: one, and one more for each cut
    that lies inside."""
    found = []
    gone, since = 0, 0
    start, end = span
    for until, after in (*((cut.start_ms, cut.end_ms) for cut in cuts), (None, 0)):
        # What is kept from `since` to `until` of the original plays `gone` earlier.
        first = max(start + gone, since)
        last = end + gone if until is None else min(end + gone, until)
        if first < last:
            found.append((first, last))
        if until is not None:
            gone, since = gone + after - until, after
    return tuple(found)


def in_edited(span: Pair, cuts: Sequence[Span]) -> Pair | None:
    """Where a part of the original lies in the edited clip; None where all of it was cut out."""
    start, end = (at - _gone_before(at, cuts) for at in span)
    return (start, end) if start < end else None


def _gone_before(at_ms: int, cuts: Iterable[Span]) -> int:
    return sum(min(at_ms, cut.end_ms) - cut.start_ms for cut in cuts if cut.start_ms < at_ms)
