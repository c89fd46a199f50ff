"""Of whom a story tells: each person's age, sex and illness, read from the words around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardcast.check.population import (
    EVERY_AGE,
    UNKNOWN,
    Ages,
    Condition,
    How,
    Rate,
    Sex,
    conditions,
)

Span = tuple[int, int]

_TENS = {
    "twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70, "eight": 80,
    "ninet": 90,
}  # fmt: skip
_NOT_AGE = r"(?! ?(?:weeks?|months?|hours?|days?|minutes?|percent|%|mg|kg|beats|times|over)\b)"
_AGE = re.compile(
    r"(?<![\w.])(\d{1,3})[- ]?(?:years?|yrs?)?[- ]?(?:old\b|y/?o[fm]?\b|yo[fm]?\b)|"
    r"\b(?:aged?|turned|turns) (\d{1,3})\b" + _NOT_AGE + r"|"
    r"\b(?:he|she)(?:'s| is| was)(?: only| just)? (\d{1,3})\b" + _NOT_AGE
)
_DECADE = re.compile(
    r"\bin (?:his|her|their) (early |mid |mid-|late )?(20|30|40|50|60|70|80|90|twent|thirt|fort|"
    r"fift|sixt|sevent|eight|ninet)(?:s|'s|ies)\b"
)
_WORDS_OF_AGE: tuple[tuple[re.Pattern[str], Ages], ...] = (
    (re.compile(r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)[- ]?"
                r"(?:hour|day|week)s?[- ]old\b|\b(?:newborn|neonate|preemie)s?\b"), (0, 0)),
    (re.compile(r"\b(?:\d|1[01]|one|two|three|four|five|six|seven|eight|nine|ten|eleven)[- ]?"
                r"months?[- ]old\b|\b(?:infant|baby)\b"), (0, 0)),
    (re.compile(r"\b(?:1[2-9]|2\d|3[0-5])[- ]?months?[- ]old\b|\btoddler\b"), (1, 2)),
    (re.compile(r"\b(?:teenager|teenage|teen|adolescent)\b"), (13, 19)),
    (re.compile(r"\b(?:octogenarian)\b"), (80, 89)),
    (re.compile(r"\b(?:nonagenarian)\b"), (90, 99)),
    (re.compile(r"\b(?:centenarian)\b"), (100, 120)),
    (re.compile(r"\b(?:kid|child|little (?:boy|girl))\b"), (1, 12)),
)  # fmt: skip
_EXACT = 3
"""The first of the words of age that tell one year of life; the others are vaguer than a number."""

_FEMALE = re.compile(
    r"\b(?:woman|lady|female|girl|mother|mom|mum|grandmother|grandma|wife|daughter|niece|sister|"
    r"aunt|widow|bride|lass|schoolgirl|she|her|hers|herself|\d+ ?yof)\b"
)
_MALE = re.compile(
    r"\b(?:man|guy|gentleman|male|boy|father|dad|grandfather|grandpa|husband|son|nephew|brother|"
    r"uncle|widower|groom|lad|bloke|dude|schoolboy|he|his|him|himself|\d+ ?yom)\b"
)
_CHILD_FEMALE = re.compile(r"\b(?:girl|female|daughter|niece|sister|schoolgirl|lass)\b")
_CHILD_MALE = re.compile(r"\b(?:boy|male|son|nephew|brother|schoolboy|lad)\b")
_RARE = re.compile(
    r"\b(?:diagnosed with|cases? of|suffers? from|died (?:of|from)|has|had|with|was|it was) "
    r"(?:an? |acute |severe )*((?:[a-z][a-z'-]+ ){0,2}(?:disease|syndrome|arteritis|embolism|"
    r"atresia|[a-z]{4,}(?:itis|oma|osis|pathy|emia|aemia|plasia|rrhage)))\b"
)


@dataclass(frozen=True, slots=True)
class Illness:
    """What one person has. `gap` tells that the table is silent on their age or sex."""

    words: str
    rates: tuple[Rate, ...]
    how: How
    gap: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Patient:
    """One person of a story, with where each thing about them stands. Offsets into the words."""

    age: Ages | None
    sex: Sex | None
    ill: tuple[Illness, ...]
    age_at: Span | None = None
    sex_at: Span | None = None


def patients(low: str, circumstances: tuple[Span, ...] = ()) -> list[Patient]:
    """The people of whom these words tell, at least one. A second age begins a second person, and
    an illness is theirs after whose age it stands."""
    found = list(_illnesses(low))
    starts = _ages_at(low)
    if len(starts) < 2:
        return [_patient(low, 0, len(low), found, circumstances)]
    ends = [*starts[1:], len(low)]
    return [
        _patient(low, 0 if at == 0 else start, end, found, circumstances)
        for at, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _patient(
    low: str, start: int, end: int, found: list[tuple[Condition | None, re.Match[str]]],
    circumstances: tuple[Span, ...],
) -> Patient:  # fmt: skip
    words = low[start:end]
    age, age_span = _age(words)
    sex, sex_span = _sex(words, child=age is not None and age[1] < 2)
    mine = [each for each in found if start <= each[1].start() < end]
    if not mine:
        mine = [each for each in found if each[1].start() < start][-1:]
    ill = [_ill(condition, match, age, sex) for condition, match in mine]
    ill += [
        Illness(low[a:b], UNKNOWN, "unknown", False, (a, b))
        for a, b in circumstances
        if start <= a < end
    ]
    return Patient(age, sex, tuple(ill), _moved(age_span, start), _moved(sex_span, start))


def _moved(span: Span | None, by: int) -> Span | None:
    return (span[0] + by, span[1] + by) if span else None


def _ages_at(low: str) -> list[int]:
    """Where each age that differs from the one before is told."""
    told = [(match.start(), _of_number(match)) for match in _AGE.finditer(low)]
    for pattern, ages in _WORDS_OF_AGE[:_EXACT]:
        told += [(match.start(), ages) for match in pattern.finditer(low)]
    told += [(match.start(), _of_decade(match)) for match in _DECADE.finditer(low)]
    starts: list[int] = []
    last: Ages | None = None
    for at, ages in sorted(told):
        if last is None or ages[0] > last[1] or ages[1] < last[0]:
            starts.append(at)
            last = ages
    return starts


def _age(words: str) -> tuple[Ages | None, Span | None]:
    number, decade = _AGE.search(words), _DECADE.search(words)
    first = min((m for m in (number, decade) if m), key=lambda m: m.start(), default=None)
    if first is not None:
        ages = _of_number(first) if first is number else _of_decade(first)
        return ages, first.span()
    for pattern, ages in _WORDS_OF_AGE:
        match = pattern.search(words)
        if match:
            return ages, match.span()
    return None, None


def _of_number(match: re.Match[str]) -> Ages:
    years = int(next(group for group in match.groups() if group))
    return (years, years) if years < 90 else (90, EVERY_AGE[1])


def _of_decade(match: re.Match[str]) -> Ages:
    part, said = (match.group(1) or "").strip(" -"), match.group(2)
    first = int(said) if said.isdigit() else _TENS[said]
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return first + low, first + high


def _sex(words: str, *, child: bool) -> tuple[Sex | None, Span | None]:
    """Of a baby the words for a child alone tell: "she" may be its mother."""
    female = (_CHILD_FEMALE if child else _FEMALE).search(words)
    male = (_CHILD_MALE if child else _MALE).search(words)
    first = min((m for m in (female, male) if m), key=lambda m: m.start(), default=None)
    if first is None:
        return None, None
    return ("female" if first is female else "male"), first.span()


def _illnesses(low: str) -> Iterator[tuple[Condition | None, re.Match[str]]]:
    """Each condition that the words name, of the table and by its form, in the table's order."""
    taken: list[Span] = []
    for each in conditions():
        if any(letters in low for letters in each.letters):
            for match in each.words.finditer(low):
                taken.append(match.span())
                yield each, match
    for match in _RARE.finditer(low):
        start, end = match.span(1)
        if not any(a < end and start < b for a, b in taken):
            yield None, match


def _ill(
    condition: Condition | None, match: re.Match[str], age: Ages | None, sex: Sex | None
) -> Illness:
    if condition is None:
        return Illness(match.group(1), UNKNOWN, "unknown", False, match.span(1))
    gap = not condition.fits(age, sex)
    rates = UNKNOWN if gap else condition.rates
    return Illness(match.group(), rates, condition.how, gap, match.span())
