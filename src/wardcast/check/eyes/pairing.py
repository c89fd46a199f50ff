"""Who is who from one picture to the next: the best pairs first, each one once."""

from collections.abc import Iterable, Iterator


def paired(weighed: Iterable[tuple[float, int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of one number and another, of (weight, one, another) those of the least weight first;
    neither side's number comes twice."""
    left: set[int] = set()
    right: set[int] = set()
    for _, one, another in sorted(weighed):
        if one not in left and another not in right:
            left.add(one)
            right.add(another)
            yield one, another
