"""Record, account, insurance, licence and national numbers, and number plates:

by the words beside them.
"""

import re
from collections.abc import Iterator

from wardcast.check.detectors import check_digits
from wardcast.check.detectors.hit import Hit
from wardcast.check.gazetteers.folding import either
from wardcast.check.gazetteers.words import STOP, zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_INSURERS = (
    r"(?:aetna|cigna|humana|bcbs|blue ?cross(?: blue ?shield)?|blue ?shield|"
    r"united ?(?:healthcare)?|uhc|anthem|tricare|medicare|medicaid|kaiser|"
    r"molina|centene|wellpoint|bupa|axa|vhi|philhealth|medibank|nhif|nhis|ohip|ramq|msp|sss|gsis)"
)
_FILL = (
    r"(?:[\s:#,.'()-]+(?:numbers?|no|id|is|was|it's|its|just|of|s|here|ends in|ending in|"
    r"literally|actually|"
    r"just like|um|uh|you know|this|"
    rf"for \w+|the|her|his|{_INSURERS}|#)\b){{0,4}}[\s:#,.()-]*"
)
_VALUE = (
    r"#?((?:[a-z]{1,6}[ /-]?)?(?:[a-z]{1,3}[/-])?\d[\da-z]*(?:[-/.][\da-z]+)*"
    r"(?: (?:\d{2,}[a-z]?|\d(?=[,.;)])|[b-hj-z])(?=[^\w'/-]|$)(?! ?(?:mg|y/?o|year))){0,3})"
)
_NUMBERED = either(
    r"""
    medical records?, med\.? ?rec(?:ord)?\.?, record, chart, file, hosp(?:ital)?\.?, patient, pt,
    unit, case, visit, encounter, episode, admission, specimen, sample, slide, biopsy,
    path(?:ology)?\.?,
    lab(?:oratory)?, order, requisition, ref(?:erence)?\.?, referral, ticket, claim, invoice,
    account, acct\.?, policy, plan, health plan(?: \w+)?, insur(?:ance)?\.?, ins\.?,
    member(?:ship)?, subscriber, group, grp\.?, payer, medicare, medicaid, nhs, chi, auth,
    (?:prior )?authori[sz]ation, rx, prescription, device, implant, pump, pacemaker, icd, cpap,
    monitor, sensor, prosthesis, lot, batch, serial, model, permit, visa, donor, employee, staff,
    badge, registration, tax, identity, national, protocol, study, trial, research, tracking,
    wristband, unique, reference
    """
)
"""What has a number only where "no.", "ID" or "#" follows."""

_REGISTERS = either(
    r"""
    phn, ihi, crn, acc(?= ?#),
    mrn, mr(?= ?#), ref(?= ?#), med ?rec, emr, ehr, empi, csn, fin, hicn, mbi, nhi, ur, urn, uid,
    dl, cdl, hcn, unos, dea, icn, s/n, sn, imei, barcode, reference code, udi, cin, aadhaar,
    nric, curp,
    medical records?, accession, account, acct, insurance, ins(?= is\b),
    beneficiary(?: \w+)?, encounter, specimen, serial,
    certificate(?: number)?, subscriber, prior auth, passport, subject, participant,
    (?:driver'?s )?licen[cs]e(?= ?#| [a-z]?\d{4}), driver'?s licen[cs]e,
    licen[cs]e (?:number|no)
    """
)
"""What a number may follow at once."""

_RECORD = re.compile(
    rf"(?<![\w/])(?:{_NUMBERED} ?(?:\(?(?:numbers?|num|nos?|nr|ids?|identifiers?)\b\)?|#)"
    rf"|{_REGISTERS}(?!\w))" + _FILL + _VALUE
)
_SHORT_CUE = re.compile(
    rf"\b(?:ids?|ic|no|file|pid|chart|record|visit|{_INSURERS})[ :#.]{{1,3}}" + _VALUE
)
"""Words that say little: what follows must be long."""

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
    r"\b(?:social(?: security)?|ssn)\b[^.!?\n]{0,60}?\b(?:ends?|ending|last (?:4|four)(?: digits)?)"
    r"(?: (?:in|with|are|is|of))? (\d{4})\b"
)
_FOUR_OF = re.compile(
    r"\blast (?:4|four)(?: digits)? (?:of|on|for) (?:(?:his|her|the|their|my|your|that) )?"
    r"(?:social(?: security(?: number)?)?|ssn?|sin)\b[^.!?\n\d]{0,24}?(\d{4})(?!\w|\.\d)"
)
_NATIONAL_FORM = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_LETTERED = re.compile(
    r"(?<![\w,.$£€-])(?:[a-z]{1,4}-?\d{5,10}[a-z]?|(?!\d+000\b)\d{6,9})(?![\w%-]|\.\d|,\d| ?(?:"
    r"patients?|people|adults|children|men|women|cases|deaths|births|dollars|pounds|euros|units?|iu|cells|"
    r"copies|doses|steps|lives|per|times|km|miles|views|followers|mcg|mg|k\b))"
)
_PARTED = re.compile(
    r"(?<![\w.,/-])#?((?!(?:19|20)\d\d-(?:19|20)\d\d)(?:\d{3,9}-\d{2,9}(?:-[a-z]{1,2})?|\d{2}-\d{5,6}|"
    r"[a-z]{1,3}\d{2,6}-\d{3,9}(?:-\d{2,9})*|[a-z]{1,4}/\d{3,6}/\d{2,4}|\d{2}-\d{7,10}-\d|"
    r"\d{4,9}-[a-z]{1,4}(?:-\d{2,9})?|"
    r"[a-z]{1,6}-\d{3,9}(?:-\d{2,9})*))(?![\w/%-]|\.\d| ?(?:m?[glm]|mc?g|kg|iu|units?|"
    r"hours?|years?|days?|weeks?|patients?|people|steps?|percent|calories|kcal|feet|beats)\b)"
)
"""A number in parts, with or without letters, which no unit follows."""

_TALKED_AROUND = re.compile(
    r"\b(?:account|chart|record|policy|member|insurance|mrn|file|serial|claim|case number)\b"
    r"[^.!?\n\d]{0,70}(?<![\w.-])([a-z]{0,3}-?\d{2,6}(?:-\d{2,6}){1,3})(?![\w/%-]|\.\d)"
)
"""A number in parts that comes late: "the account, well, I have the whole thing, 661-22-905"."""
_LATE = re.compile(
    r"\b(?:hospital|record|account|patient|case|claim|reference|chart|clinic|file|policy|member|"
    r"insurance) (?:number|no\.|no(?= ?[#:\d])|id)(?!\w)"
    r"[^.!?\n\d]{0,40}(?<![\w,.-])(\d{5,9})(?![\w%-]|\.\d|,\d)"
)
_HASHED = re.compile(r"(?<![\w#&])#(\d{5,9})(?!\w)")
"""A number sign and a number: "pt Li #88213"."""
_RANGE = re.compile(r"\d+0-\d+0")

_PUBLISHED = re.compile(r"(?:nct|pmid|pmc|doi|isbn|grant|icd|cpt|study|trial)[\s:#-]*$")
_PUBLISHED_FORM = re.compile(r"(?:nct|pmid|pmc|isrctn|covid|sars|icd|cd|il|hla)-?\d")
_PLATE = re.compile(
    r"\b(?:licen[cs]e plate|number plate|plate|registration|(?:car(?:'s)?|my|his|her) reg)"
    r"(?: number)?\b"
    + _FILL
    + r"([a-z0-9]{2,4}[ -]?[a-z0-9]{2,4}(?: [a-z]{2}(?= (?:parked|in|was|on|at)\b|$))?)\b"
)
_CAR = re.compile(
    r"\b(?:car|van|truck|pickup|scooter|motorbike|motorcycle|bike|jeep|suv|taxi|cab|vehicle|lorry|"
    r"toyota|honda|ford|corolla|civic|tesla|subaru|chevy|nissan|sedan|minivan|ute|bakkie|owner of|"
    r"tagged|registered to|driving|drives)(?:'s| is| was)?[ ,(]+"
    r"(([a-z]{2,3})[ -]\d{3,4}|\d{1,3}[ -]?([a-z]{3})|[a-z]{2,3} \d{1,2} \d{1,4})\b"
    r"(?! ?(?:mg|ml|kg|years?|miles|minutes|hours|km|mph|kph|feet|ft|people|kids))"
)
"""The plate of a car that is told of, without the word."""
_VIN = re.compile(r"\bvin\b" + _FILL + r"([a-hj-npr-z0-9]{17})\b")


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Numbers that stand for one person in some register."""
    low = reading.low
    for match in _RECORD.finditer(low):
        if _digits(match.group(1)) >= 3 and not _PUBLISHED_FORM.match(match.group(1)):
            yield _record(match.start(1), match.end(1), 0.97)
    for match in _SHORT_CUE.finditer(low):
        if _digits(match.group(1)) >= 5 and not _PUBLISHED_FORM.match(match.group(1)):
            yield _record(match.start(1), match.end(1), 0.8)
    for match in _BARE.finditer(low):
        yield _record(*match.span(1), 0.85)
    for match in _WRITTEN.finditer(low):
        yield _record(*match.span(1), 0.85)
    for match in _AFTER.finditer(low):
        yield _record(match.start(1), match.end(1), 0.9)
    for match in _LETTERED.finditer(low):
        if _published(low, match):
            continue
        if reading.beside_case(match.start(), match.end()):
            yield _record(match.start(), match.end(), 0.7)
    for match in _TALKED_AROUND.finditer(low):
        if _digits(match.group(1)) >= 6 and not _RANGE.fullmatch(match.group(1)):
            yield _record(*match.span(1), 0.8)
    for match in _HASHED.finditer(low):
        if reading.beside_case(*match.span()):
            yield _record(*match.span(1), 0.75)
    for match in _LATE.finditer(low):
        yield _record(*match.span(1), 0.85)
    for match in _PARTED.finditer(low):
        named = _digits(match.group(1)) >= 5 and not _RANGE.fullmatch(match.group(1))
        if named and not _published(low, match) and reading.beside_case(*match.span()):
            yield _record(*match.span(1), 0.7)
    for pattern in (_NATIONAL, _NATIONAL_NEAR):
        for match in pattern.finditer(low):
            yield _national(match.group(1), match.start(1), 0.98)
    for pattern in (_LAST_FOUR, _FOUR_OF):
        for match in pattern.finditer(low):
            yield _national(match.group(1), match.start(1), 0.8)
    for match in _NATIONAL_FORM.finditer(low):
        yield _national(match.group(), match.start(), 0.9)
    for pattern in (_PLATE, _CAR, _VIN):
        for match in pattern.finditer(low):
            if any(c.isdigit() for c in match.group(1)) and not _word_within(match.group(1)):
                reason = "A number plate leads straight to a person."
                yield Hit("plate", match.start(1), match.end(1), 0.85, reason, "their car")


_UNITS = frozenset(
    "mph kph kmh hrs hr min mins sec secs ft lbs kgs cm km deg am pm yrs wks".split()
)


def _word_within(written: str) -> bool:
    """ "fit 2019", "the 300": letters that are a word."""
    letters = "".join(c for c in written if c.isalpha())
    return letters in STOP | _UNITS or (len(letters) > 1 and zipf(letters) > 4.3)


def _digits(written: str) -> int:
    return sum(c.isdigit() for c in written)


def _published(low: str, match: re.Match[str]) -> bool:
    """Whether a number is a trial's, a paper's or a code's."""
    before = low[max(0, match.start() - 12) : match.start()]
    form = _PUBLISHED_FORM.match(match.group().lstrip("#"))
    return form is not None or _PUBLISHED.search(before) is not None


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
