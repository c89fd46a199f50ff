"""Patients by their initials: "A.B., a 33-year-old", "pt initials RBT"."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.gazetteers.folding import listed
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,3}(?![\w.])")
_SAID = re.compile(r"\b[Ii]nitials:? (?:are |is )?([A-Z]\.?(?: ?[A-Z]\.?){1,2})(?![\w])")
_OTHER = listed(
    """
    us usa uk eu md phd dds rn np pa do dr ms bid tid qid qd qod qhs prn po iv im sc sl pr npo ed er
    or icu ot pt st ct mr ie eg am pm ac pc ad bc dc la ny sf co ll eob ekg ecg id vs aka dob mrn
    hr bp rr nb ps cf os ou au
    """
)
"""What is written with full stops and is nobody."""


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Initials that are said to be such, and those with full stops beside a case."""
    text = reading.normal.text
    for match in _SAID.finditer(text):
        yield _hit(*match.span(1), 0.9)
    for match in _DOTTED.finditer(text):
        letters = match.group().replace(".", "").lower()
        if letters in _OTHER or lexicon.holds(letters):
            continue
        if reading.beside_case(*match.span()):
            yield _hit(*match.span(), 0.65)


def _hit(start: int, end: int, confidence: float) -> Hit:
    reason = "Initials, beside a case, are a name to whoever knows the patient."
    return Hit("name", start, end, confidence, reason, "my patient", True)
