"""How long a time a story leaves open, read from its words and from when it is told."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

YEAR_DAYS = 365.0
MONTH_DAYS = YEAR_DAYS / 12

Elapsed = Callable[[datetime], float]

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_FEW = r"(?:a couple(?: of)?|couple of|a few|few|some|several)"


def _of_week(at: datetime) -> float:
    return at.weekday() + 1.0


def _of_month(at: datetime) -> float:
    return float(at.day)


def _of_year(at: datetime) -> float:
    return float(at.timetuple().tm_yday)


_WINDOWS: tuple[tuple[re.Pattern[str], float, Elapsed | None], ...] = (
    (re.compile(
        r"\b(?:today|tonight|yesterday|this (?:morning|afternoon|evening)|last night|"
        r"(?:on |last |this |this past )(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
        r"(?:one|two|three|four|five|six|an?|\d+) (?:days?|nights?) ago|\w+ hours? ago|"
        r"(?:on|over|at) (?:christmas|thanksgiving|halloween|easter sunday|boxing day)|"
        r"christmas (?:eve|day|morning|night)|new year's (?:eve|day))\b"), 1.0, None),
    (re.compile(r"\b(?:this|last|over the|past) weekend\b"), 2.0, None),
    (re.compile(rf"\b(?:{_FEW} (?:days|nights) ago|the other (?:day|night))\b"), 3.0, None),
    (re.compile(r"\bthis week\b"), 7.0, _of_week),
    (re.compile(r"\b(?:(?:last|past) week|(?:a|one|two|three|four|\d) weeks? ago)\b"), 7.0, None),
    (re.compile(rf"\b{_FEW} weeks ago\b"), 21.0, None),
    (re.compile(r"\bthis month\b"), MONTH_DAYS, _of_month),
    (re.compile(
        rf"\b(?:(?:last|past) month|(?:in|since|last|this|back in|early|late|mid) {_MONTH}"
        r"(?! \d{1,2}\b)|(?:a|one|two|three|six|\d) months? ago)\b"), MONTH_DAYS, None),
    (re.compile(
        rf"\b(?:(?:this|last|past) (?:winter|spring|summer|autumn|fall)|{_FEW} months ago)\b"),
     91.0, None),
    (re.compile(r"\bthis year\b"), YEAR_DAYS, _of_year),
    (re.compile(
        r"\b(?:(?:last|past) year|(?:back )?in (?:19|20)\d\d|"
        r"(?:a|one|two|three|\d+) years? ago)\b"),
     YEAR_DAYS, None),
    (re.compile(r"\b(?:years ago|decades ago|in my career|over the years|once upon)\b"),
     10 * YEAR_DAYS, None),
)  # fmt: skip
_DAY_OF_MONTH = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


def windows(low: str, told_at: datetime | None) -> Iterator[tuple[float, re.Match[str]]]:
    """The days that each word for a time leaves open. "This month" told on the third leaves three:
    so does the time of telling narrow it, where it is known."""
    for pattern, days, elapsed in _WINDOWS:
        for match in pattern.finditer(low):
            yield (elapsed(told_at) if elapsed and told_at else days), match


def days_of(date: str) -> float:
    """The days that a written date leaves open: one where it names a day, else a month."""
    return 1.0 if _DAY_OF_MONTH.search(date) else MONTH_DAYS
