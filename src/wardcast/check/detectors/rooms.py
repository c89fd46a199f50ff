"""Rooms, beds, bays and wards by number."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_NUMBER = r"(?:(?:number )?[a-z]?-?\d{1,4}(?:-\d{1,3})?(?:[ -]?[a-d](?![\w']))?)"
_ROOM = re.compile(
    rf"\b(?:\d{{1,2}}(?:[nsw]|e(?!-0))-\d{{1,3}}[a-d]?(?= |[,.;:)?]|$)|"
    rf"(?:\d{{1,2}} ?(?:north|south|east|west|[nsew]),? )?(?:(?:er|ed|icu|nicu|picu|sicu|ccu|a&e|"
    rf"exam|trauma|resus|recovery|triage|isolation|"
    rf"hall(?:way)?|corridor|labou?r|delivery|birthing|side|treatment|procedure|dialysis|chemo|"
    rf"infusion|fast ?track) )?"
    rf"(?:room|(?<!level \d )trauma|bed|bay|ward|cubicle|theatre|theater|resus|pod|suite|chair|"
    rf"cot|crib|isolette|incubator|gurney|stretcher|bassinet|operating room|isolation|cabin) "
    rf"{_NUMBER}(?: \d{{2}}\b)?(?:,? (?:window|door)\b(?: side)?)?(?:,? (?:bed|bay|room|window|"
    rf"door) (?:{_NUMBER}|[a-d]\b))?|(?:or|"
    rf"ot) \d{{1,2}}(?= (?:today|this|right|at|yesterday))|"
    rf"(?:[a-z]{{0,5}}icu|ccu|hdu|pacu|mother-baby|hall(?:way)?)[ -]"
    rf"\d{{1,3}}[a-d]?(?= |[,.;:)]|$)|"
    rf"(?:rm|bd)\.? ?\d{{1,4}}[a-d]?(?:-\d{{1,3}}[a-d]?)?|(?:hall(?:way)? )?(?:bed|bay|ward|"
    rf"pod) [a-d](?:,? (?:bed|bay|spot|space|slot) "
    rf"{_NUMBER})?(?=[ ,.]|$)(?! (?:day|bit|lot|few|"
    rf"nurse|good|patient)))(?![\w/]|\.\d| ?(?:%|percent|degrees|mg|hours?|days?|weeks?|months?|"
    rf"minutes?|mins?|nights?|times?|seconds?|inches|feet|beats|people|"
    rf"patients|beds?\b))"
)

_TYPED = re.compile(r"(?<![\w/.-])(?!0)(?:\d{3}[a-d](?=[,.;:)]|$)|\d{3,4}-[a-d](?![\w-]))")
"""A room and a bed as they are typed among other things: "tubing off again, 312-A, tell them"."""

_SIDE_ROOM = re.compile(r"(?<![\w/-])((?:sr|s/r ?)\d{1,2}|cub(?:icle)? ?\d{1,2})(?![\w/%-]|\.\d)")
_WHERE = re.compile(
    r"(?<=\bin )(?<!\b1 in )((?!(?:1[5-9]|20)\d\d)\d{3,4}[a-d]?|\d{1,2}-\d{3})(?=[ ,.;!?]|$)"
    r"(?! ?(?:%|percent|minutes|hours|days|weeks|months|years|seconds|"
    r"people|patients|steps|words|of\b|milli|mg|ml|kg|cc|mcg|hrs?|h\b|bc|calories|g\b|\d))"
)
"""A number alone, after a name or another room: "miss ernestine in 206"."""

_REASON = "A room number tells the whole ward who it was."
_IN = re.compile(
    r"\b(?:the|my|our|this|that) (?:patient|pt|lady|gentleman|guy|man|woman|kid|girl|boy|baby|lad|"
    r"fellow) (?:over )?in ((?!(?:19|20)\d\d)\d{2,4}[a-d]?)(?=[ ,.;!?]|$)(?! ?(?:%|percent|minutes|"
    r"hours|days|weeks|months|years|seconds|people|patients|steps|words|of\b|milli|\d))"
)
"""A number alone: "the patient in 412, window side"."""


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Every numbered room or bed."""
    for match in _ROOM.finditer(reading.low):
        yield Hit("room", match.start(), match.end(), 0.92, _REASON, "a room on the ward")
    for match in _TYPED.finditer(reading.low):
        if reading.beside_case(*match.span()):
            yield Hit("room", *match.span(), 0.6, _REASON, "a room on the ward")
    for match in _SIDE_ROOM.finditer(reading.low):
        yield Hit("room", *match.span(1), 0.7, _REASON, "a room on the ward")
    for match in _WHERE.finditer(reading.low):
        if reading.beside_name(*match.span(1)) or _ROOM.search(reading.low[: match.start()][-80:]):
            yield Hit("room", *match.span(1), 0.65, _REASON, "on the ward")
    for match in _IN.finditer(reading.low):
        yield Hit("room", *match.span(1), 0.75, _REASON, "on the ward")
