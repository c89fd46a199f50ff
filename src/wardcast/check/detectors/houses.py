"""Houses by how they are called: wards and homes by name, after a court, in other tongues."""

import re
from collections.abc import Iterator

from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import medical
from wardcast.check.gazetteers.words import STOP, zipf
from wardcast.check.reading import Reading

_HOME = re.compile(r"\b(?:in|at|from|of) (([^\W\d_]{4,}) (?:court|lodge|manor|grange|lea|house))\b")
"""A home by its name in words without capitals: "i'm in bramble court"."""
_ABROAD = re.compile(
    r"\b(?i:clinique(?= d[ue]| la)|h[oô]pital|klinik(?:um)?|krankenhaus|spital|ospedale|"
    r"policlinico|sjukhus|sykehus|sairaala|szpital|hastanesi|ziekenhuis)"
    r"(?: (?:de|du|des|della|la|le|san|santa|am|im|[A-Z][\w'-]+)){1,4}"
)
"""Houses that are called so in other tongues: "Clinique du Val-Serein"."""
_WARD = re.compile(
    r"\b(?:on|of|the|to|from|in) (([^\W\d_]{4,}) (?:ward|wing|unit))\b(?! (?:round|clerk|sister|"
    r"manager|nurse|staff|doctor))"
)
_ON_UNIT = re.compile(r"\b(?:on|to|from|in|at) the $")
_KINDS_OF_WARD = STOP | listed(
    """
    general medical surgical maternity labour labor psych psychiatric mental childrens
    paediatric pediatric oncology cancer stroke cardiac respiratory renal neuro trauma burns burn
    elderly geriatric acute antenatal postnatal antepartum delivery isolation female male womens
    mens private busy night quiet whole entire same other another next locked open short stay main
    hospital west east north south left right covid orthopaedic orthopedic gynae haematology surgery
    recovery observation admissions step stepdown rehab dementia palliative
    adult your this that their telemetry tele transplant neuroscience obstetrics psychogeriatric
    dialysis infusion chest eating sphenoid iliac nasal laundry colloid sink motor storage
    """
)
"""What a ward, a unit or a wing is of, and what has one and is no house."""
_RARE = 3.4
_UNCOMMON = 4.3
"""How common (zipf) the name of a unit, and of a ward, is at most."""
_ROYAL = re.compile(
    r"\b(?:queen|king|princess|prince|lady) [a-z]{3,}'s(?= (?:hospital|infirmary|in|on|at|for|and|"
    r"last|where|with|who|she|he|we|i|er|ed|because|so|but)\b|[.,;?!]|$)"
)
"""Houses that are named after somebody of a court: "it was queen ethelburga's"."""
_COURT_BEFORE = re.compile(
    r"(?:\b(?:at|from|to|in|by|of|visited|left|as|it was|it's|hospital|called)|@) (?:the |our )?$"
)


def by_form(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where such a house is named, beside a case or not."""
    for match in _HOME.finditer(reading.low):
        plain = match[2] in STOP or zipf(match[2]) > 3.6 or medical(match[2])
        if not plain and not reading.capitals:
            yield match.span(1)
    for match in _ABROAD.finditer(reading.normal.text):
        yield match.span()
    for match in _WARD.finditer(reading.low):
        if _named(reading, match):
            yield match.span(1)
    for match in _ROYAL.finditer(reading.low):
        if _COURT_BEFORE.search(reading.low[max(0, match.start() - 30) : match.start()]):
            yield match.span()


def _named(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a ward has a name and not a kind: "sunflower ward", "on the marigold unit"."""
    name = match[2]
    if name in _KINDS_OF_WARD or medical(name):
        return False
    if match[1].endswith("unit"):
        before = reading.low[max(0, match.start(1) - 9) : match.start(1)]
        return zipf(name) <= _RARE and _ON_UNIT.search(before) is not None
    return zipf(name) <= _UNCOMMON
