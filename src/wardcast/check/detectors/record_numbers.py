"""Record, account, insurance, licence and national numbers, and number plates:

by the words beside them.
"""

import re
from collections.abc import Iterator

from wardcast.check.detectors import check_digits
from wardcast.check.detectors.hit import Hit
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_FILL = (
    r"(?:[\s:#,.'-]+(?:numbers?|no|id|is|was|it's|its|just|of|s|here|ends in|ending in|for \w+|the|"
    r"her|his|#)\b){0,4}[\s:#,.-]*"
)
_VALUE = r"#?((?:[a-z]{1,6}[ -]?)?\d[\da-z]*(?:-[\da-z]+)*(?: \d{2,}(?=\W|$)){0,3})"
_RECORD = re.compile(
    r"\b(?:mrn|medical records?|record number|chart number|hospital number|patient (?:id|"
    r"number|identifier)|"
    r"case (?:number|id|no)|case(?= ?#)|accession|account(?: number)?|acct|policy number|"
    r"member(?:ship)? (?:id|"
    r"number)|insurance(?: id| number)?|"
    r"health plan(?: \w+)? (?:number|id)|beneficiary(?: \w+)?|nhs number|chi number|"
    r"medicare(?: id| number)|medicaid(?: id| number)|"
    r"encounter(?: number)?|serial(?: number)?|device (?:id|identifier|number)|"
    r"certificate(?: number)?|"
    r"licen[cs]e(?: number|(?= ?#| [a-z]?\d{4}))|"
    r"driver'?s licen[cs]e|passport(?: number)?|(?:patient )?id number|mrn)\b" + _FILL + _VALUE
)  # fmt: skip
_AFTER = re.compile(
    r"(?<![\w.-])((?:[a-z]{1,3}-?)?\d{4,10})(?![\w%]|\.\d)[^.!?]{0,30}?\b(?:is|was|that's|"
    r"that is|as) (?:her|his|the|my|their|a) "
    r"(?:\w+ )?(?:chart|record|mrn|hospital|account|patient)\b"
)
_BARE = re.compile(
    r"\b(?:records?|pull up|pull(?:ing)? the films? (?:of|for)|look up|bring up|chart)[ :,#]+"
    r"((?:[a-z]{1,3}-?)?\d{5,10})(?![\w%/]|\.\d)"
)
_WRITTEN = re.compile(
    r"\b(?:wristband|label|chart|sticker|bracelet|form|barcode|badge|monitor|screen|whiteboard|"
    r"board|tube|tag|printout|envelope|folder)\b[^.!?\n]{0,60}?"
    r"(?<![\w.-])((?:[a-z]{1,3}-?)?\d{5,10})(?![\w%/]|\.\d)"
)
_NATIONAL = re.compile(
    r"\b(?:social security|ssn|social|national insurance|ni number|social insurance)\b"
    + _FILL
    + r"((?:\d[ -]?){8}\d\b|[a-z]{2} ?(?:\d{2} ?){3}[a-d]\b|(?:\*|x){3}-?(?:\*|x){2}-?\d{4})"
)
_NATIONAL_NEAR = re.compile(
    r"\b(?:social(?! (?:media|work|history|distanc|service|care|support|anxiety|isolation))|ssn)\b"
    r"[^.!?\n\d]{0,40}(?<![\w.-])((?:\d[ -]?){8}\d)(?![\w%-]|\.\d)"
)
"""A few words may stand between: "the social on the fax was 123…"."""
_LAST_FOUR = re.compile(
    r"\b(?:social(?: security)?|ssn)\b[^.!?\n]{0,24}?\b(?:ends?|ending|last (?:4|four)(?: digits)?)"
    r"(?: (?:in|with|are|is|of))? (\d{4})\b"
)
_NATIONAL_FORM = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_LETTERED = re.compile(r"(?<![\w-])(?:[a-z]{1,4}-?\d{5,10}|\d{7,9})(?![\w%-]|\.\d)")
_PUBLISHED = re.compile(r"(?:nct|pmid|pmc|doi|isbn|grant|icd|cpt|study|trial)[\s:#-]*$")
_PUBLISHED_FORM = re.compile(r"(?:nct|pmid|pmc|isrctn|covid|sars|icd|cd|il|hla)-?\d")
_PLATE = re.compile(
    r"\b(?:licen[cs]e plate|number plate|plate|registration|(?:car(?:'s)?|my|his|her) reg)"
    r"(?: number)?" + _FILL + r"([a-z0-9]{2,4}[ -]?[a-z0-9]{2,4})\b"
)
_VIN = re.compile(r"\bvin\b" + _FILL + r"([a-hj-npr-z0-9]{17})\b")


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Numbers that stand for one person in some register."""
    low = reading.low
    for match in _RECORD.finditer(low):
        if sum(c.isdigit() for c in match.group(1)) >= 3:
            yield _record(match.start(1), match.end(1), 0.97)
    for match in _BARE.finditer(low):
        yield _record(*match.span(1), 0.85)
    for match in _WRITTEN.finditer(low):
        yield _record(*match.span(1), 0.85)
    for match in _AFTER.finditer(low):
        yield _record(match.start(1), match.end(1), 0.9)
    for match in _LETTERED.finditer(low):
        before = low[max(0, match.start() - 12) : match.start()]
        if _PUBLISHED_FORM.match(match.group()) or _PUBLISHED.search(before):
            continue
        if reading.beside_case(match.start(), match.end()):
            yield _record(match.start(), match.end(), 0.7)
    for pattern in (_NATIONAL, _NATIONAL_NEAR):
        for match in pattern.finditer(low):
            yield _national(match.group(1), match.start(1), 0.98)
    for match in _LAST_FOUR.finditer(low):
        yield _national(match.group(1), match.start(1), 0.8)
    for match in _NATIONAL_FORM.finditer(low):
        yield _national(match.group(), match.start(), 0.9)
    for pattern in (_PLATE, _VIN):
        for match in pattern.finditer(low):
            if any(c.isdigit() for c in match.group(1)):
                reason = "A number plate leads straight to a person."
                yield Hit("plate", match.start(1), match.end(1), 0.85, reason, "their car")


def _record(start: int, end: int, confidence: float) -> Hit:
    reason = "A record number opens one patient's file."
    return Hit("record_number", start, end, confidence, reason, "their record number")


def _national(written: str, start: int, confidence: float) -> Hit:
    """Less sure of nine digits that the register never gives out."""
    reason = "A national number belongs to one person alone."
    number = check_digits.digits(written)
    if len(number) == 9 and written[:1].isdigit() and not check_digits.social_security(number):
        confidence *= 0.6
        reason += " No US number is like this one, so it may be misheard."
    end = start + len(written)
    return Hit("national_id", start, end, confidence, reason, "their number")
