"""How many are of an age and sex, and how many have a condition: `data/people.tsv` and
`data/conditions.tsv`, each with its source."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Literal

from wardcast.check.data import rows

Sex = Literal["female", "male"]
Ages = tuple[int, int]
"""From an age to an age, both with."""

OLDEST = 120
EVERY_AGE: Ages = (0, OLDEST)

UNKNOWN_PER_100K = 1.0
"""What a condition of which no table tells how common it is is taken to be: one in 100,000."""
_NO_SOURCE = "no source found"


@cache
def _sums() -> tuple[list[int], list[int]]:
    """Women and men younger than each age; the last of the list is all of them."""
    table = [(int(female), int(male)) for _, female, male in rows("people.tsv")]
    women, men = zip(*table, strict=True)
    return [0, *accumulate(women)], [0, *accumulate(men)]


@cache
def share(ages: Ages | None, sex: Sex | None) -> float:
    """The share of people who are of these ages and of that sex; None leaves it open."""
    women, men = _sums()
    low, high = ages or EVERY_AGE
    last = len(women) - 1
    low, high = min(low, last), min(high + 1, last)
    count = 0
    if sex != "male":
        count += women[high] - women[low]
    if sex != "female":
        count += men[high] - men[low]
    return max(0, count) / (women[last] + men[last])


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of 100,000 people of a sex, or of either, and of these ages have a condition.

    `begins` tells whether that is counted by year, an illness that starts, or at any time, one
    that is lived with.
    """

    per_100k: float
    begins: bool = True
    sex: Sex | None = None
    ages: Ages = EVERY_AGE

    def among(self, ages: Ages | None, sex: Sex | None) -> float:
        """The share of all people who are of these ages and that sex and have it."""
        if None not in (sex, self.sex) and sex != self.sex:
            return 0.0
        low, high = ages or EVERY_AGE
        low, high = max(low, self.ages[0]), min(high, self.ages[1])
        if high < low:
            return 0.0
        return share((low, high), sex or self.sex) * self.per_100k / 100_000


UNKNOWN = (Rate(UNKNOWN_PER_100K),)

How = Literal["sourced", "estimated", "unknown"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition by the words for it. `how` tells where its rates come from; a text without any of
    `letters` cannot name it."""

    words: re.Pattern[str]
    letters: tuple[str, ...]
    rates: tuple[Rate, ...]
    how: How

    def fits(self, ages: Ages | None, sex: Sex | None) -> bool:
        """Whether the table tells how common it is among these people."""
        return any(each.among(ages, sex) > 0 for each in self.rates)


@cache
def conditions() -> tuple[Condition, ...]:
    """The table, in its order. A line without words carries on the condition above it."""
    found: list[tuple[str, list[Rate], How]] = []
    for words, kind, rate, sex, low, high, source in rows("conditions.tsv"):
        per_100k = UNKNOWN_PER_100K if rate == "?" else float(rate)
        of: Sex | None = "female" if sex == "female" else "male" if sex == "male" else None
        one = Rate(per_100k, kind == "new", of, (int(low), int(high)))
        if words:
            how: How = "sourced" if source != _NO_SOURCE else "estimated"
            found.append((words, [one], "unknown" if rate == "?" else how))
        else:
            found[-1][1].append(one)
    return tuple(
        Condition(re.compile(words), tuple(map(_letters, _either(words))), tuple(of), how)
        for words, of, how in found
    )


def _either(pattern: str) -> list[str]:
    """The alternatives of a pattern, each without what stands in brackets."""
    found, depth = [""], 0
    for char in pattern:
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            found.append("")
        elif depth == 0:
            found[-1] += char
        elif char in "([":
            found[-1] += " "
    return found


def _letters(alternative: str) -> str:
    """The longest run of letters that every text has that this alternative matches.

    Looking for letters is so much faster than for a pattern that most texts, which name no
    condition, cost nearly nothing.
    """
    plain = re.sub(r"\\\w|\w[?*]", " ", alternative)
    return max(re.findall(r"[a-z]+", plain), key=len, default="")
