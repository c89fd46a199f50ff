"""What a text tells of patients, read as numbers for the story's figure (`story`)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from wardcast.check.gazetteers import towns
from wardcast.check.people_told import Illness, Patient, Span, patients
from wardcast.check.reading import Reading
from wardcast.check.span import TextSpan
from wardcast.check.story import Piece, StoryRisk, Told, figure, risk
from wardcast.check.when import days_of, windows

_AROUND = 420
"""Characters around the place where a case is first told that belong to it."""
_STORIES = 24
"""How many stretches of a long text are read for stories at most."""
_US = "us"

_CATCHMENT = re.compile(
    r"\b(?:catchment|population|town|city|area|island|village|county)(?: area)? of "
    r"(?:about |only )?([\d,.]+) ?(k|thousand|million)?\b|\b([\d,.]+) ?(k|thousand|million)?[- ]"
    r"(?:people |person )?catchment\b"
)
_PERSON = re.compile(
    r"\b(?:patient|woman|man|lady|guy|gentleman|boy|girl|kid|child|baby|newborn|infant|toddler|"
    r"mother|father|female|male|teenager|farmer|teacher|student|she|he|"
    r"\d+[- ]?(?:years?|yrs?|months?|weeks?|days?)[- ]old|\d+ ?yo|catchment|case|"
    r"(?:we|i) (?:had|saw|delivered|lost|admitted|treated|operated))\b"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """The figure, and where each piece of it stands in the text as written."""

    risk: StoryRisk
    pieces: dict[Piece, TextSpan]

    @property
    def somewhere(self) -> bool:
        """Whether a place is told or the author's is known: strangers need one to look."""
        return self.risk.told.where != "nowhere"


@dataclass(frozen=True, slots=True)
class Found:
    """What the detectors found in the text that a figure can use, and what is known beside it.

    `place` is the author's own town, `told_at` when the story is told.
    """

    places: tuple[TextSpan, ...] = ()
    dates: tuple[TextSpan, ...] = ()
    circumstances: tuple[TextSpan, ...] = ()
    place: str = ""
    told_at: datetime | None = None


def telling(reading: Reading, found: Found) -> Telling | None:
    """The story of a text that fits the fewest people; None where it tells of nobody."""
    stories = [
        story
        for begin, end in _stretches(reading)
        for story in _stories(_Stretch(reading, begin, end), found)
    ]
    return min(stories, key=lambda each: each.risk.k, default=None)


def _stretches(reading: Reading) -> Iterator[tuple[int, int]]:
    """The parts of a text that tell of a case, apart from each other."""
    if not reading.case_starts:
        return
    last, count = -1, 0
    for match in _PERSON.finditer(reading.low):
        if match.start() <= last:
            continue
        last = match.end() + _AROUND
        yield max(0, match.start() - _AROUND), last
        count += 1
        if count == _STORIES:
            return


@dataclass(frozen=True, slots=True)
class _Stretch:
    reading: Reading
    begin: int
    end: int

    @property
    def low(self) -> str:
        return self.reading.low[self.begin : self.end]

    def written(self, span: Span) -> TextSpan:
        """Where a stretch of its words stands in the text as written."""
        return self.reading.normal.source(self.begin + span[0], self.begin + span[1])

    def within(self, spans: Iterable[TextSpan]) -> list[TextSpan]:
        """Those of `spans` that lie in it."""
        whole = self.written((0, len(self.low)))
        return [each for each in spans if each.overlaps(whole)]

    def said(self, span: TextSpan) -> str:
        """The words of a finding, as written."""
        return self.reading.original[span.start : span.end]


def _stories(stretch: _Stretch, found: Found) -> Iterator[Telling]:
    low = stretch.low
    odd = tuple(
        (at, at + len(words))
        for span in stretch.within(found.circumstances)
        if (at := low.find(words := stretch.said(span).lower())) >= 0
    )
    told_of = [each for each in patients(low, odd) if each.age is not None or each.ill]
    if not told_of:
        return
    base, shared = _placed(stretch, found)
    days, window = _when(stretch, found)
    if window is not None:
        shared["window"] = window
    base = replace(base, days=days, several=len(told_of) > 1)
    wider = _without_place(base, found)
    for patient in told_of:
        told, ill = _rarest(base, patient)
        pieces = {**shared, **_pieces(stretch, patient, ill)}
        leaving = wider and replace(
            told, people=wider.people, place=wider.place, where=wider.where, country=wider.country
        )
        yield Telling(risk(told, wider=leaving or None), pieces)


def _rarest(base: Told, patient: Patient) -> tuple[Told, Illness | None]:
    """What is told of a patient, by the illness that leaves the fewest people."""
    alone = replace(base, age=patient.age, sex=patient.sex)
    with_each = [
        (replace(alone, condition=i.words, rates=i.rates, how=i.how, gap=i.gap), i)
        for i in patient.ill
    ]
    return min(with_each, key=lambda each: figure(each[0]), default=(alone, None))


def _pieces(stretch: _Stretch, patient: Patient, ill: Illness | None) -> dict[Piece, TextSpan]:
    spans: dict[Piece, Span | None] = {
        "age": patient.age_at, "sex": patient.sex_at, "condition": ill.span if ill else None,
    }  # fmt: skip
    return {piece: stretch.written(span) for piece, span in spans.items() if span}


def _when(stretch: _Stretch, found: Found) -> tuple[float | None, TextSpan | None]:
    """The shortest time that the words or a written date leave open."""
    told = [(days, stretch.written(m.span())) for days, m in windows(stretch.low, found.told_at)]
    told += [(days_of(stretch.said(span)), span) for span in stretch.within(found.dates)]
    return min(told, key=lambda each: (each[0], each[1].start), default=(None, None))


def _placed(stretch: _Stretch, found: Found) -> tuple[Told, dict[Piece, TextSpan]]:
    """The people among whom one would look: those of a catchment, of the smallest town named,
    else of the author's own town, else of the United States."""
    home = towns.find(found.place) if found.place else None
    match = _CATCHMENT.search(stretch.low)
    if match and (people := _number(match)):
        place = f"a catchment of {people:,}"
        country = _foreign(home)
        return Told(people, place, "told", country), {"place": stretch.written(match.span())}
    named = [(towns.find(stretch.said(span), home), span) for span in stretch.within(found.places)]
    known = [(town, span) for town, span in named if town]
    if known:
        town, span = min(known, key=lambda each: each[0].people)
        told = Told(town.people, stretch.said(span), "told", _foreign(town))
        return told, {"place": span}
    if home is not None:
        return Told(home.people, found.place, "own", _foreign(home)), {}
    return _whole(_US, own=found.place), {}


def _without_place(told: Told, found: Found) -> Told | None:
    """Where a viewer would look if the place that is told were not: in the author's own town, else
    in the whole country. None where no place is told."""
    if told.where != "told":
        return None
    home = towns.find(found.place) if found.place else None
    if home is not None:
        return Told(home.people, found.place, "own", _foreign(home))
    return _whole(_code(told.country)) if towns.people_of(_code(told.country)) else None


def _whole(code: str, own: str = "") -> Told:
    people = towns.people_of(code) or towns.COUNTRIES[_US]
    name = towns.country_named(code)
    return Told(people, name, "nowhere", "" if code == _US else name, own)


def _foreign(town: towns.Town | None) -> str:
    """The country of a town that is not in the United States, else nothing."""
    if town is None or town.country.lower() == _US:
        return ""
    return towns.country_named(town.country)


def _code(country: str) -> str:
    return towns.code_of(country) if country else _US


def _number(match: "re.Match[str]") -> int:
    said = (match.group(1) or match.group(3)).strip(",.").replace(",", "")
    scale = {"k": 1e3, "thousand": 1e3, "million": 1e6}.get(match.group(2) or match.group(4), 1)
    try:
        return int(float(said) * scale)
    except (ValueError, OverflowError):
        return 0


def shown_pieces(pieces: dict[Piece, TextSpan]) -> Iterator[tuple[Piece, TextSpan]]:
    """The pieces in the order in which one would give them up."""
    for piece in ("place", "window", "age", "condition", "sex"):
        if piece in pieces:
            yield piece, pieces[piece]
