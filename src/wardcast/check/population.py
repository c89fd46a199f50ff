"""How many are of an age and sex, and how many have a condition."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from wardcast.check.data import rows

Sex = Literal["female", "male"]


@cache
def _people() -> tuple[tuple[int, int, float, float], ...]:
    return tuple((int(a), int(b), float(f), float(m)) for a, b, f, m in rows("people.tsv"))


_TOTAL = 334_915.0
"""Thousands: the population that the table is of, so that shares do not carry its rounding."""


@cache
def share(age: tuple[int, int] | None, sex: Sex | None) -> float:
    """The share of people whose age is from `age[0]` to `age[1]` (both with) and of that sex."""
    count = 0.0
    for low, high, female, male in _people():
        of_sex = {"female": female, "male": male, None: female + male}[sex]
        if age is None:
            count += of_sex
            continue
        years = min(high, age[1]) - max(low, age[0]) + 1
        if years > 0:
            count += of_sex * years / (high - low + 1)
    return count / _TOTAL


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition by the words for it. `begins` tells whether `per_100k` is counted by year."""

    words: re.Pattern[str]
    begins: bool
    per_100k: float
    ages: tuple[int, int]
    source: str


@cache
def conditions() -> tuple[Condition, ...]:
    """The table, in its order."""
    return tuple(
        Condition(re.compile(words), kind == "new", float(rate), (int(low), int(high)), source)
        for words, kind, rate, low, high, source in rows("conditions.tsv")
    )
