"""Who was served a version, when and how far: what a house asks when something has leaked.

Times are those of the ledger, whole seconds once a row has come to rest. Whoever erased their
history since, or whose time of keeping is over, is not in it any more.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wardcast.accounts import queries as accounts
from wardcast.recall import ledger, packing
from wardcast.recall.ledger import moment
from wardcast.recall.packing import Fact
from wardcast.recall.rules import Group

HOW_FAR: Final = ("served", "first_picture", "two_seconds", "to_the_end")
"""What is known to have been played, by the ledger's levels."""
_AT_ONCE: Final = 1000
_MOST_BARS: Final = 48
_WIDTHS: Final = tuple(
    timedelta(minutes=each) for each in (1, 5, 15, 60, 180, 720, 1440, 10_080, 43_200)
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one person or guest's device was served. `number` is the one it counts as; `seconds`
    are those known to have been played, None where none are known."""

    number: int
    group: Group
    first_at: datetime
    last_at: datetime
    how_far: str
    seconds: int | None
    played: bytes


@dataclass(frozen=True, slots=True)
class Bar:
    """How many were served it first in a stretch of time that begins then."""

    start: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Reach:
    """All that were served a version, in numbers. `width` is the length of each bar's time;
    `by_second`: how many are known to have played each second of the clip, of the `known` of whom
    any second is known."""

    by_group: dict[Group, int]
    how_far: dict[str, int]
    first_at: datetime | None
    last_at: datetime | None
    bars: tuple[Bar, ...]
    width: timedelta
    by_second: tuple[int, ...]
    known: int

    @property
    def people(self) -> int:
        """People and guests' devices, each once."""
        return sum(self.by_group.values())


def reach(version_serial: int) -> Reach:
    """How far a version has reached until now."""
    groups, levels = Counter[Group](), Counter[str]()
    firsts: list[int] = []
    last: datetime | None = None
    seconds = np.zeros(0, np.int64)
    known = 0
    rows = seen(version_serial)
    while some := list(islice(rows, _AT_ONCE)):
        groups.update(each.group for each in some)
        levels.update(each.how_far for each in some)
        firsts += [int(each.first_at.timestamp()) for each in some]
        last = max([each.last_at for each in some] + ([last] if last else []))
        known += sum(each.seconds is not None for each in some)
        seconds = _added(seconds, [each.played for each in some])
    bars, width = _bars(firsts)
    return Reach(
        {group: groups[group] for group in Group},
        {name: levels[name] for name in HOW_FAR},
        moment(min(firsts) * 1000) if firsts else None,
        last,
        bars,
        width,
        tuple(np.trim_zeros(seconds, "b").tolist()),
        known,
    )


def seen(version_serial: int) -> Iterator[Seen]:
    """Everybody who was served a version, a person with their devices once, in the order of the
    numbers they count as."""
    numbers, _ = ledger.viewers(version_serial)
    people: dict[int, list[int]] = {}
    for number, root in accounts.roots(numbers).items():
        people.setdefault(root, []).append(number)
    signed_in = accounts.account_numbers(people)
    left = iter(sorted(people))
    while some := list(islice(left, _AT_ONCE)):
        facts = ledger.facts([number for root in some for number in people[root]], version_serial)
        for root in some:
            own = [facts[number] for number in people[root] if number in facts]
            if own:
                yield _seen(root, Group.SIGNED_IN if root in signed_in else Group.GUESTS, own)


def _seen(root: int, group: Group, facts: Sequence[Fact]) -> Seen:
    whole = facts[0]
    for fact in facts[1:]:
        whole = packing.merge(whole, fact)
    return Seen(
        root,
        group,
        moment(whole.first_at),
        moment(whole.last_at),
        HOW_FAR[whole.level],
        int.from_bytes(whole.played, "little").bit_count() if whole.played else None,
        whole.played,
    )


def _added(sums: NDArray[np.int64], played: Sequence[bytes]) -> NDArray[np.int64]:
    """The sums with a count more for each second that stands in these bits."""
    size = max((len(each) for each in played), default=0)
    if not size:
        return sums
    bits = np.frombuffer(b"".join(each.ljust(size, b"\0") for each in played), np.uint8)
    found = np.unpackbits(bits.reshape(-1, size), axis=1, bitorder="little").sum(0, np.int64)
    both = np.zeros(max(len(sums), len(found)), np.int64)
    both[: len(sums)] += sums
    both[: len(found)] += found
    return both


def _bars(firsts: Sequence[int]) -> tuple[tuple[Bar, ...], timedelta]:
    """The moments (seconds since 1970) in bars of one width, the narrowest of which there are not
    too many."""
    if not firsts:
        return (), _WIDTHS[0]
    start, end = min(firsts), max(firsts)
    width = next(
        (each for each in _WIDTHS if (end - start) / each.total_seconds() < _MOST_BARS - 1),
        _WIDTHS[-1],
    )
    each_s = int(width.total_seconds())
    counts = Counter(first // each_s for first in firsts)
    steps = range(start // each_s, end // each_s + 1)
    return tuple(Bar(moment(step * each_s * 1000), counts[step]) for step in steps), width
