"""Where it happened, beside a case, by how such names are made: roads, quarters, estates, bays."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import ABBREVIATIONS, medical
from wardcast.check.gazetteers.words import STOP, zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_NUMBERED = re.compile(
    r"\b(?:on|off|along|down|near|by|from|at|of) "
    r"((?:route|rte|highway|hwy|interstate|motorway|i-) ?\d{1,3}|exit \d{1,3})"
    r"(?![\w%/-]|\.\d| ?(?:mg|days?|hours?|patients|people|of\b|or route|po\b|iv\b))"
)
"""A road by its number: "the crash on Route 9"."""
_ROAD = re.compile(
    r"\b(?:on|off|in|at|from|near|along|behind|down|corner of|up|and) "
    r"((?!(?:the|a|this|that|my|our|his|her|their|your|memory|same|main|back|right|next|every|"
    r"each|long|whole|rough|bumpy|dirt|busy|open|other|one|any|no)\b)(?:[^\W\d_][\w']+ ){1,2}"
    r"(?:street|road|lane|avenue|boulevard|crescent|mews|drive(?= and|[,.;]|$)))\b"
)
"""A road without a number: "slept behind the library on Cobb Street"."""
_ESTATE = re.compile(
    r"\b(?:from|in|on|at) the ([^\W\d_]{3,} (?:(?:street|avenue|road|lane|park|hill) )?"
    r"(?:projects|flats|estate|apartments|towers))\b"
)
_SIDE = re.compile(
    r"\b(?:from|lives in|living in|out in|over in|out by|near) (?:like )?"
    r"((?:north|south|east|west|upper|lower|fort|port|mount|lake|glen) [^\W\d_]{4,})"
    r"(?= (?!(?:coast|side|wing|end|korea|africa|america|asia|europe|carolina|dakota|virginia)\b)|"
    r"[,.;?!]|$)"
)
"""A place that no list holds, by how such names begin: "from east garrison"."""
_COURT = re.compile(r"\b(?:on|off) ([^\W\d_]{4,} (?:court|circle|terrace|row))\b")
"""A road that only a rare word makes one: "this little house on juniper court"."""
_FAR = re.compile(
    r"\b(?:in|from|near|outside|at|by|to|around) ([^\W\d_]{4,} (?:falls|crossing|flats|heights|"
    r"springs|creek|junction|hollow|ridge|beach|bay|valley|grove|mills|landing)|"
    r"(?:port|fort|mount|lake|glen) [^\W\d_]{4,})\b"
)
"""A place as it is said, of a rare word: "a gas station in wilmot falls"."""
_BEGINS = re.compile(
    r"\b(?:in|from|near|at|to|outside|by) ((?:little|great|upper|lower|north|south|east|west|old|"
    r"dry|cold|big|long|high|port|fort|mount|lake|saint|st) [^\W\d_]{3,})\b"
)
"""A place with capitals, by how its name begins: "her sister's in Little Marrow"."""
_AREA = re.compile(
    r"\b(?:the|in|from|around) ((?!(?:the|whole|same|this|that|local|burn|pain|waiting|bed)\b)"
    r"[^\W\d_]{3,}) (?:area|neighbou?rhood|district|suburbs?)\b"
)
_GROUND = re.compile(
    r"\b(?:in|from|near|outside|at|by|of|to|around) ((?:[^\W\d_][\w']+ ){1,2}"
    r"(?:side|bay|green|heath|hills?|crossing|bridge|heights|beach|springs|falls|creek|"
    r"valley|grove|park|town|village|point|cross|end|common|junction|island|corner))\b"
)
"""A place by how its name ends: "a kitchen in Tiger Bay"."""

_ANY_LETTERS = (_NUMBERED, _ROAD, _ESTATE, _SIDE, _COURT, _FAR)
_BODY = listed(
    """
    lobe lobes leg legs limb limbs extremity extremities side toe finger arm arms abdomen back
    airway quadrant respiratory age point triage groin diaper sacral end chest tract gi lip eyelid
    outer trigger erb mcburney dead old left right blind far flip dark perineal genital
    pubic
    """
)
"""Where on somebody, and what else has such a form."""
_CAPITALS = (_AREA, _GROUND, _BEGINS)
_RARE = 3.4
"""One word of a name that is said, not written, is rarer than this."""
_COMMON = 4.4
"""A word so common names no place where it has no capital."""


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Roads, quarters and the like beside a case."""
    reason = "A place, beside a case, leaves few people it can be."
    for pattern in (*_ANY_LETTERS, *_CAPITALS):
        for match in pattern.finditer(reading.low):
            start, end = match.span(1)
            named = _written(reading, match) if pattern in _CAPITALS else _said(reading, match)
            if named and reading.beside_case(start, end) and not lexicon.holds(match[1]):
                yield Hit("place", start, end, 0.7, reason, "our area", True)


def _written(reading: Reading, match: re.Match[str]) -> bool:
    """Whether all words have the capitals of a name."""
    first = reading.token_at(match.start(1))
    words = reading.tokens[first : first + len(match[1].split())]
    body = any(t.low in _BODY or medical(t.low) for t in words)
    if body and not (match.re is _GROUND and words[-1].low == "side" and words[0].low not in _BODY):
        return False
    begins = match.re is _BEGINS or words[0].low not in STOP
    return begins and all(t.cased and t.cap for t in words)


def _said(reading: Reading, match: re.Match[str]) -> bool:
    """Whether the words are a name by their form, if need be without capitals."""
    first = reading.token_at(match.start(1))
    words = reading.tokens[first : first + len(match[1].split())]
    if words[0].low in STOP or any(t.low in ABBREVIATIONS for t in words):
        return False
    if match.re is not _ROAD and any(medical(t.low) for t in words):
        return False
    if match.re is _NUMBERED or (words[-1].cased and words[-1].cap):
        return True
    if reading.capitals:
        return False
    if match.re in (_COURT, _FAR):
        return min(zipf(t.low) for t in words) < _RARE
    return match.re is _ROAD or zipf(words[-1].low) < _COMMON or len(words) > 2
