"""Numbers of cards, accounts, NHS and Medicare patients, known by their form and check digits.

A number whose check digit fits is sure even where no word says what it is; one that a word names
but whose digit does not fit is less sure (somebody misheard it) and asked about all the same.
"""

import re
from collections.abc import Iterator

from wardcast.check.detectors import check_digits
from wardcast.check.detectors.hit import Hit
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_FILL = (
    r"(?:[\s:#,.'-]+(?:numbers?|no|id|is|was|it's|ending|on|for \w+|her|his|my|the)\b){0,4}"
    r"[\s:#,.-]*"
)
_CARD = re.compile(r"(?<![\w.-])(?:\d[ -]?){12,18}\d(?![\w-]|\.\d)")
_CARD_SAID = re.compile(r"\b(?:card|visa|mastercard|amex|credit|debit)\b[^.!?\n]{0,40}$")
_IBAN = re.compile(r"(?<![\w-])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?(?![\w-])")
_NHS = re.compile(r"(?<![\w.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-]|\.\d)")
_NHS_SAID = re.compile(r"\b(?:nhs|chi|health service)\b[^.!?\n]{0,30}$")
_MBI = re.compile(r"(?<![\w-])[1-9][a-z][a-z0-9]\d-?[a-z][a-z0-9]\d-?[a-z]{2}\d{2}(?![\w-])")
_NPI = re.compile(
    r"\b(?:npi|national provider (?:identifier|number)|provider number)\b" + _FILL + r"(\d{10})\b"
)

_FILE = "A record number opens one patient's file."
_MONEY = "A card's or account's number; whoever has it can try to pay with it."
_CLINICIAN = "A register open to all says which clinician has this number."
_MISHEARD = " Its check digit does not fit, so it may be misheard."


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Numbers that prove what they are, and numbers said to be such."""
    low = reading.low
    for match in _CARD.finditer(low):
        fits = check_digits.card(check_digits.digits(match.group()))
        if fits or _said(_CARD_SAID, low, match):
            yield _record(match.start(), match.end(), fits, _MONEY, "their card")
    for match in _IBAN.finditer(low):
        fits = check_digits.iban(match.group())
        if fits or "iban" in low[max(0, match.start() - 20) : match.start()]:
            yield _record(match.start(), match.end(), fits, _MONEY, "their account")
    for match in _NHS.finditer(low):
        if _said(_NHS_SAID, low, match):
            fits = check_digits.nhs(check_digits.digits(match.group()))
            yield _record(match.start(), match.end(), fits, _FILE, "their number")
    for match in _MBI.finditer(low):
        if check_digits.medicare(match.group()):
            yield _record(match.start(), match.end(), True, _FILE, "their number")
    for match in _NPI.finditer(low):
        sure = 0.95 if check_digits.npi(match.group(1)) else 0.6
        yield Hit("staff", *match.span(1), sure, _CLINICIAN, "a colleague's number", True)


def _said(pattern: re.Pattern[str], low: str, match: re.Match[str]) -> bool:
    return pattern.search(low[max(0, match.start() - 60) : match.start()]) is not None


def _record(start: int, end: int, fits: bool, reason: str, instead: str) -> Hit:
    said = reason if fits else reason + _MISHEARD
    return Hit("record_number", start, end, 0.98 if fits else 0.65, said, instead)
