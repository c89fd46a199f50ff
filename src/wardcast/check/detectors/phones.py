"""Telephone and fax numbers, typed or spoken."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_NUMBER = re.compile(
    r"(?<![\w.-])(?:"
    r"(?:\+|plus )\d{1,3}[ .-]?(?:\(?\d{1,5}\)?[ .-]?){1,4}\d{2,4}"
    r"|(?:1[ .-]?)?\(?\d{3}\)?[ .,-]{0,2}\d{3}[ .,-]{0,2}\d{4}"
    r"|0\d{2,4}[ .-]?\d{3,4}[ .-]?\d{3,4}"
    r"|(?:(?<=\bmob )|(?<=\bph )|(?<=\bphone )|(?<=\bmobile )|(?<=\bcall )|(?<=\bwhatsapp ))"
    r"[6-9]\d{4} \d{5}"
    r")(?:,? ?(?:ext|extension|x)\.? ?\d{1,5})?(?!\w|-\d|\.\d)"
)
_LOCAL = re.compile(r"(?<![\w.-])(?:\d{3}[ .,-]{0,2}\d{4}|\d{11,13})(?!\w|-\d|\.\d)")
"""Also longer: a number that was said right after another, "I rang 5364794769 eleven times"."""
_EXTENSION = re.compile(
    r"\b(?:pager|beeper|bleep|ext\.?|extension)(?: (?:number|no|is|#))?[ :#.]{1,3}"
    r"(\d-\d{4}|\d{3,6})(?![\w-]|\.\d)"
)
_REASON = "A telephone number leads straight to a person."
_CUE = re.compile(
    r"\b(?:(?:call|phone|fax|text|page|bleep|dial|reach|contact)(?:s|d|ed|ing)?|telephone[ds]?|"
    r"mobile|cell|pager|beeper|r[iau]ng|rings|ringing|whatsapp|"
    r"number(?:'s)?)\b[^.!?]{0,40}$"
)
_RECORD = re.compile(
    r"\b(?:mrn|record|chart|account|social security|nhs|policy|member|case|study|"
    r"trial)\b[^.!?]{0,25}$"
)
_FREE = re.compile(
    r"(?:one |1[ -]?)?(?:eight hundred|800|eight (eight|seven|six|five|four|three) \1)\b",
    re.IGNORECASE,
)
"""A free number as it is said; written out it runs into the digits that follow."""
_PUBLIC = re.compile(r"1?[ .-]?\(?(?:800|888|877|866|855|844|833)\)?")


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Numbers of ten digits and more by their form, of seven beside a word such as "call"."""
    low = reading.low
    for match in _NUMBER.finditer(low):
        before = low[max(0, match.start() - 60) : match.start()]
        if match.group().startswith("plus") and sum(c.isdigit() for c in match.group()) < 9:
            continue  # "calcium plus 1000 units"
        said = reading.normal.source(match.start(), match.end())
        if _FREE.match(reading.original[said.start : said.end]):
            continue
        if _PUBLIC.match(match.group()) or _RECORD.search(before):
            continue
        if match.group().isdigit() and len(match.group()) < 10:
            continue
        sure = 0.97 if _CUE.search(before) else 0.85
        yield _hit(match, sure)
    for match in _LOCAL.finditer(low):
        before = low[max(0, match.start() - 60) : match.start()]
        if _CUE.search(before) and not _RECORD.search(before):
            yield _hit(match, 0.8)
    for match in _EXTENSION.finditer(low):
        yield Hit("phone", *match.span(1), 0.8, _REASON, "their number")


def _hit(match: re.Match[str], confidence: float) -> Hit:
    return Hit("phone", match.start(), match.end(), confidence, _REASON, "their number")
