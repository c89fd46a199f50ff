"""Street addresses and postcodes."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.detectors.places import town_after
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_STREET = re.compile(
    r"(?<![\w./-])(?:(?:unit|flat|apt|apartment|suite|ste)\.? "
    r"#?(?:\d{1,4}[a-h]?|[a-h]\d{0,3}),? )?"
    r"\d{1,5}[a-d]? (?:(?:north|south|east|west|n|s|e|w|nw|ne|sw|se|old|new|upper|"
    r"lower)\.? )?(?:\d{1,3}(?:st|nd|rd|th) |(?:[^\W\d_][\w']*[ -]){1,3})"
    r"(?:street|st|road|rd|lane|ln|avenue|ave|drive|dr|court|ct|close|crescent|boulevard|blvd|"
    r"way|place|pl|terrace|square|"
    r"grove|gardens|hill|row|mews|parkway|pkwy|highway|hwy|circle|cir|trail|bend|buildings|rise|"
    r"walk|crossing|green|villas|cottages|heights|loop|parade|esplanade|quay|wharf|run|pike|"
    r"turnpike|vale|mansions|towers?|flats)\b\.?"
    r"(?:,? (?:apt|apartment|unit|flat|suite|ste|#)\.? ?\w+)?"
)
_ABROAD = re.compile(
    r"(?<![\w./-])(?:\d{1,4}[a-d]?,? (?:bis |ter )?(?:rue|avenue|boulevard|impasse|chemin|calle|"
    r"avenida|plaza|carrer|paseo|rua|travessa|viale|piazza|corso) "
    r"(?:(?:de|del|della|delle|dei|des|du|da|do|dos|la|las|le|les|los|l'|d') ?){0,2}"
    r"[^\W\d_][\w'-]+"
    r"|(?:rue|viale|piazza|corso|calle|avenida|carrer|rua) "
    r"(?:(?:de|del|della|delle|dei|des|du|da|do|dos|la|las|los) ){0,2}[^\W\d_][\w'-]+,? \d{1,4}"
    r"|via (?:de|del|della|delle|dei|degli|san|santa) [^\W\d_][\w'-]+,? \d{1,4}"
    r"|(?!brigade|renegade|arcade|cascade|decade|facade|brocade|barricade)[^\W\d_]{3,}"
    r"(?:strasse|straße|straat|gatan|gade|weg|laan) \d{1,3}[a-d]?)\b"
)
"""The street's kind comes first, or is a part of its name: "34 rue des Lilas", "Kerkstraat 9"."""
_FLAT = re.compile(
    r"\b(?:apartment|apt|flat|unit)\.? (?:number )?(?:\d{1,4}(?: ?[a-h])?|[a-h]),? \d{1,5} "
    r"(?:(?:north|south|east|west|old|new|upper|lower) )?[^\W\d_][\w']{2,}"
)
"""A flat and a house, whose street may have no kind: "apartment 3 c 97 north delancey"."""
_NUMBER_LAST = re.compile(
    r"\b(?:old |new |upper |lower )?(?:(?!(?:the|a|my|our|this|that|on|at|in|down)\b)"
    r"[^\W\d_][\w']+ ){1,2}"
    r"(?:street|road|lane|avenue|drive|court|close|crescent|terrace|way|row),? (?:number|no\.?|nr) "
    r"\d{1,4}\b"
)
_BLOCK = re.compile(
    r"\b\d{1,3}00 block (?:of|on) (?:(?:north|south|east|west|n|s|e|w)\.? )?[^\W\d_][\w']+"
    r"(?: (?:street|st|road|rd|lane|avenue|ave|drive|boulevard|blvd|way)\b)?"
)
_ROUTE = re.compile(
    r"(?<![\w./-])\d{1,5} (?:broadway|(?:rte|route|hwy|highway|county road|state road|cr|sr) "
    r"\d{1,4})\b"
    r"(?:,? (?:apt|apartment|unit|flat|suite|ste)\.? \w+)?"
)
_BOX = re.compile(r"\b(?:p\.?\s?o\.?|post office) box \d{1,6}\b|\brr ?\d{1,2},? box \d{1,4}\b")
_CODE = re.compile(
    r",? (?:[A-Z]{2,3},? )?(?:\d{5}(?:-\d{4})?|\d{4}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?![\w-])"
)
_TOWN = re.compile(r",? (?:[A-Z][\w.']+,? ){1,3}[A-Z]{2},? \d{5}(?:-\d{4})?(?![\w-])")
"""The state and postcode with which an address ends."""

_NOT_STREET = re.compile(
    r"\b(?:in|on|at|of|to|the|a|is|was|and|or|for|with|days?|hours?|weeks?|months?|years?|"
    r"minutes?|seconds?|mg|ml|percent|times|patients?|"
    r"people|all|old|one|as|out|by|that|this|my|your|we|you|i|he|she|they|miles?|steps?|ways?)\b"
)
_OLD = re.compile(r"(?<=\d )old ")
"""A part of a street's name, where it stands behind the number."""
_ZIP = re.compile(
    r"\b(?:zip(?: ?code)?|postal code|postcode)(?:[ :]+(?:is|was|of)|'s)?[ :]+(\d{5}(?:-\d{4})?|"
    r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})\b"
    r"|\b(?:zip(?: ?code)?|postal code)\b[^.!?\n\d]{1,60}\b(\d{5}(?:-\d{4})?)(?![\w-]|\.\d)"
)
_STATE_ZIP = re.compile(
    r"\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|OH|OK|OR|PA|"
    r"RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? (\d{5}(?:-\d{4})?)\b"
)
_BRITISH = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_STREET_REASON = "A street address is where somebody lives."


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """A house number with a street; ZIP codes and British postcodes."""
    for match in _STREET.finditer(reading.low):
        if not _NOT_STREET.search(_OLD.sub("", match.group().rstrip(".").removesuffix(" way"))):
            beside = reading.beside_case(match.start(), match.end())
            end = _whole(reading, match.end())
            yield Hit("address", match.start(), end, 0.9, _STREET_REASON, "at home", beside)
    for pattern in (_ROUTE, _ABROAD, _FLAT, _NUMBER_LAST, _BLOCK):
        for match in pattern.finditer(reading.low):
            end = _whole(reading, match.end())
            yield Hit("address", match.start(), end, 0.85, _STREET_REASON, "at home", True)
    for match in _BOX.finditer(reading.low):
        reason = "A box number is where somebody has their letters sent."
        yield Hit("address", match.start(), _whole(reading, match.end()), 0.9, reason, "at home")
    for match in _ZIP.finditer(reading.low):
        yield _postcode(*match.span(match.lastindex or 1))
    for match in _STATE_ZIP.finditer(reading.normal.text):
        yield _postcode(match.start(1), match.end(1))
    for match in _BRITISH.finditer(reading.normal.text):
        yield _postcode(match.start(), match.end())


def _whole(reading: Reading, end: int) -> int:
    """Where an address ends whose street ends at `end`: after its town and its postcode."""
    town = _TOWN.match(reading.normal.text, end)
    if town:
        return town.end()
    end = town_after(reading, end)
    code = _CODE.match(reading.normal.text, end)
    return code.end() if code else end


def _postcode(start: int, end: int) -> Hit:
    reason = "A postcode, beside a case, leaves few households."
    return Hit("postcode", start, end, 0.8, reason, "nearby")
