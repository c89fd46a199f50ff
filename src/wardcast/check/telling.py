"""What a text tells of one patient, read as numbers for the story's figure (`story`)."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from wardcast.check.gazetteers import towns
from wardcast.check.population import Sex, conditions
from wardcast.check.reading import Reading
from wardcast.check.span import TextSpan
from wardcast.check.story import UNKNOWN_PER_100K, Piece, StoryRisk, Told, risk

_Put = Callable[[Piece, "re.Match[str]"], None]

_AROUND = 420
"""Characters around the place where a case is first told that belong to it."""
_COUNTRY = "the United States"

_AGE = re.compile(
    r"(?<![\w.])(\d{1,3})[- ]?(?:years?|yrs?)?[- ]?(?:old\b|y/?o[fm]?\b|yo[fm]?\b)|"
    r"\baged? (\d{1,3})\b"
)
_INFANT = re.compile(r"\b(?:\d+ ?-?(?:days?|weeks?|months?)[- ]old|newborn|neonate)\b")
_DECADE = re.compile(
    r"\bin (?:his|her|their) (?:early |mid |late )?(20|30|40|50|60|70|80|twent|thirt|fort|fift|"
    r"sixt|sevent|eight)(?:s|'s|ies)\b"
)
_TENS = {
    "twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70, "eight": 80,
}  # fmt: skip
_FEMALE = re.compile(
    r"\b(?:woman|lady|female|girl|mother|mom|mum|grandmother|grandma|she|her|\d+ ?yof)\b"
)
_MALE = re.compile(
    r"\b(?:man|guy|gentleman|male|boy|father|dad|grandfather|grandpa|he|his|him|\d+ ?yom)\b"
)
_CATCHMENT = re.compile(
    r"\b(?:catchment|population|town|city|area|island|village|county)(?: area)? of "
    r"(?:about |only )?([\d,.]+) ?(k|thousand|million)?\b|\b([\d,.]+) ?(k|thousand|million)?[- ]"
    r"(?:people |person )?catchment\b"
)
_WINDOWS = (
    (re.compile(r"\b(?:today|tonight|yesterday|this (?:morning|afternoon|evening)|last night|"
                r"(?:on|last|this) (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"), 1.0),
    (re.compile(r"\b(?:this|last|past) (?:week|weekend)\b|\b(?:few|couple of) days ago\b"), 7.0),
    (re.compile(r"\b(?:this|last|past) month\b|\b(?:few|couple of|two|three) weeks ago\b"),
     365 / 12),
    (re.compile(r"\b(?:this|last|past) (?:winter|spring|summer|autumn|fall)\b"), 91.0),
    (re.compile(r"\b(?:this|last|past) year\b"), 365.0),
)  # fmt: skip
_RARE = re.compile(
    r"\b(?:diagnosed with|case of|suffers? from|ha[sd]|with) (?:an? )?"
    r"((?:[a-z][a-z'-]+ ){0,2}(?:disease|syndrome|[a-z]{4,}(?:itis|oma|osis|pathy|emia|aemia)))\b"
)
_PERSON = re.compile(
    r"\b(?:patient|woman|man|lady|guy|gentleman|boy|girl|kid|child|baby|female|male|teenager|"
    r"farmer|teacher|she|he|\d+[- ]?(?:years?|yrs?)[- ]old|\d+ ?yo|catchment|case|we had|we saw)\b"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """The figure, and where each piece of it stands in the text as written."""

    risk: StoryRisk
    pieces: dict[Piece, TextSpan]

    @property
    def somewhere(self) -> bool:
        """Whether a place is told or the author's is known: strangers need one to look."""
        return self.risk.told.place != _COUNTRY


def telling(
    reading: Reading, places: Iterable[TextSpan], place: str = "", dated: Iterable[TextSpan] = ()
) -> Telling | None:
    """The story that a text tells; None where it tells of nobody. `places` and `dated` are what
    was found; `place` is the author's own town."""
    anchor = _PERSON.search(reading.low) if reading.case_starts else None
    if anchor is None:
        return None
    begin, end = max(0, anchor.start() - _AROUND), anchor.end() + _AROUND
    low = reading.low[begin:end]
    pieces: dict[Piece, TextSpan] = {}

    def put(piece: Piece, match: "re.Match[str]") -> None:
        pieces[piece] = reading.normal.source(begin + match.start(), begin + match.end())

    age, sex = _age(low, put), _sex(low, put)
    told = Told(_people(_COUNTRY), _COUNTRY, age, sex)
    told = _condition(low, told, put)
    if told.per_100k is None and age is None:
        return None
    told = _window(low, told, put)
    if told.days is None and (day := next(iter(dated), None)):
        told, pieces["window"] = replace(told, days=1.0), day
    country = told
    told = _placed(reading, low, told, places, place, put, pieces)
    return Telling(risk(told, wider=country), pieces)


def _people(place: str) -> int:
    return towns.people_in(place.removeprefix("the ")) or towns.COUNTRIES["us"]


def _age(low: str, put: _Put) -> tuple[int, int] | None:
    decade = _DECADE.search(low)
    if decade:
        put("age", decade)
        said = decade.group(1)
        first = int(said) if said.isdigit() else _TENS[said]
        return first, first + 9
    match = _AGE.search(low)
    if match:
        put("age", match)
        years = int(match.group(1) or match.group(2))
        return (years, years) if years < 90 else (90, 120)
    match = _INFANT.search(low)
    if match:
        put("age", match)
        return 0, 0
    return None


def _sex(low: str, put: _Put) -> Sex | None:
    female, male = _FEMALE.search(low), _MALE.search(low)
    first = min((m for m in (female, male) if m), key=lambda m: m.start(), default=None)
    if first is None:
        return None
    put("sex", first)
    return "female" if first is female else "male"


def _condition(low: str, told: Told, put: _Put) -> Told:
    for each in conditions():
        match = each.words.search(low)
        if match is None:
            continue
        age = told.age or (0, 120)
        if age[0] > each.ages[1] or age[1] < each.ages[0]:
            continue
        put("condition", match)
        return replace(told, condition=match.group(), per_100k=each.per_100k, begins=each.begins)
    match = _RARE.search(low)
    if match is None:
        return told
    put("condition", match)
    return replace(told, condition=match.group(1), per_100k=UNKNOWN_PER_100K, known=False)


def _window(low: str, told: Told, put: _Put) -> Told:
    for pattern, days in _WINDOWS:
        match = pattern.search(low)
        if match:
            put("window", match)
            return replace(told, days=days)
    return told


def _placed(
    reading: Reading, low: str, told: Told, places: Iterable[TextSpan], own: str,
    put: _Put, pieces: dict[Piece, TextSpan],
) -> Told:  # fmt: skip
    """The people among whom one would look: those of a catchment, of the smallest town named,
    else of the author's own town."""
    match = _CATCHMENT.search(low)
    if match:
        number = (match.group(1) or match.group(3)).strip(",.").replace(",", "")
        scale = {"k": 1e3, "thousand": 1e3, "million": 1e6}.get(match.group(2) or match.group(4), 1)
        try:
            people = int(float(number) * scale)
        except (ValueError, OverflowError):
            people = 0
        if people:
            put("place", match)
            return replace(told, people=people, place=f"a catchment of {people:,}")
    named = [(towns.people_in(_written(reading, span)), span) for span in places]
    known = [(people, span) for people, span in named if people]
    if known:
        people, span = min(known, key=lambda each: each[0])
        pieces["place"] = span
        return replace(told, people=people, place=_written(reading, span))
    people_there = towns.people_in(own) if own else None
    return replace(told, people=people_there, place=own) if people_there else told


def _written(reading: Reading, span: TextSpan) -> str:
    return reading.original[span.start : span.end]


def shown_pieces(pieces: dict[Piece, TextSpan]) -> Iterator[tuple[Piece, TextSpan]]:
    """The pieces in the order in which one would give them up."""
    for piece in ("place", "window", "age", "condition", "sex"):
        if piece in pieces:
            yield piece, pieces[piece]
