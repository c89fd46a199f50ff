"""Rooms, beds, bays and wards by number."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_NUMBER = r"(?:(?:number )?[a-z]?-?\d{1,4}(?:[ -]?[a-d](?![\w']))?)"
_ROOM = re.compile(
    rf"\b(?:(?:room|bed|bay|ward|cubicle|theatre|theater|trauma bay|resus bay|resus|pod|suite|"
    rf"operating room|icu bed|er bed) "
    rf"{_NUMBER}(?: \d{{2}}\b)?(?:,? (?:bed|bay|room|window|door) (?:{_NUMBER}|[a-d]\b))?|(?:or|"
    rf"ot) \d{{1,2}}(?= (?:today|this|right|at|yesterday))|"
    rf"(?:rm|bd)\.? ?\d{{1,4}}[a-d]?|(?:bed|bay|ward) [a-d](?=[ ,.]|$)(?! (?:day|bit|lot|few|"
    rf"nurse|good|patient)))(?![\w/]|\.\d| ?(?:%|percent|degrees|mg|hours?|days?|people|"
    rf"patients|beds?\b))"
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Every numbered room or bed."""
    for match in _ROOM.finditer(reading.low):
        reason = "A room number tells the whole ward who it was."
        yield Hit("room", match.start(), match.end(), 0.92, reason, "a room on the ward")
