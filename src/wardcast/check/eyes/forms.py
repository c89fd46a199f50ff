"""Whether lines that stand together are a form: a wristband, a board, a monitor, a badge, a phone.

A form is known by its words (a colon after them, or a number, makes a form of what is a word of
every day) and by long numbers; a monitor without a name on it by the signs of life that it shows.
It is better covered whole than word by word.
"""

import re
from dataclasses import dataclass
from typing import Final

_ALWAYS: Final = re.compile(
    r"\b(?:mrn|dob|d\.o\.b\.?|nhs (?:no|num)|(?:hosp(?:ital)?|unit|acct|account|visit|case|patient)"
    r" ?(?:no|num|number|id|#)\b|date of birth|next of kin|surname|forename|nbm)\b",
    re.IGNORECASE,
)
_WITH_COLON: Final = re.compile(
    r"\b(?:patient|name|pt|born|age|sex|gender|ward|bed|room|consultant|physician|nurse|doctor|"
    r"allerg(?:y|ies)|admitted|admit|address|phone|tel|mobile|id|diagnosis|dx|nhs|blood group|gp"
    r") ?:",
    re.IGNORECASE,
)
_WITH_NUMBER: Final = re.compile(
    r"\b(?:nhs|ward|bed|room|bay|theatre|bleep|pager|ext) ?(?:no\.? ?|# ?)?"
    r"(?:\d+[a-z]?|[a-z])\b(?! ?%)",
    re.IGNORECASE,
)
_DATE: Final = re.compile(r"\b\d{1,4}([/.-])\d{1,2}\1\d{1,4}\b")
_LONG_NUMBER: Final = re.compile(r"(?<![\d.,+])\d(?:[ -]?\d){5,}(?![\d,]|\.\d)")
_VITAL: Final = re.compile(
    r"\b(?P<sign>h\.?r\.?|p\.?r\.?|pulse|sp[o0]\s?[2z]?|nibp|abp|cvp|resp|rr|et\s?co\s?2|temp|bpm|"
    r"mmhg)(?![a-z])",
    re.IGNORECASE,
)
_READING: Final = re.compile(r"(?<![\d.])\d{2,3}(?:[./]\d{1,3})?(?!\d|\s?%\s?ci\b)", re.IGNORECASE)
"""Ratios of studies have names like these, and intervals: "HR 0.75 (95% CI)"."""
_CITED: Final = re.compile(
    r"(?:pmid|pmcid|pmc|doi|nct|isbn|issn)\W{0,3}[\w./-]*$|\b10\.\d{4,}/\S*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Form:
    """What speaks for a form: its words, each once, and whether there is a long number."""

    words: tuple[str, ...]
    number: bool
    vitals: int = 0
    """How many signs of life stand there, each once, with a number for each."""

    @property
    def is_one(self) -> bool:
        """Two of its words, six digits in a row, or a monitor."""
        return len(self.words) >= 2 or self.number or self.is_monitor

    @property
    def is_monitor(self) -> bool:
        """Two signs of life."""
        return self.vitals >= 2

    @property
    def is_sure(self) -> bool:
        """More than a long number alone."""
        return len(self.words) >= 2 or (self.number and bool(self.words))


def form_in(text: str) -> Form:
    """What of a form is in these lines."""
    words = {
        re.sub(r"[\W\d]+", " ", found.group()).strip().lower().split(" ")[0]: None
        for pattern in (_ALWAYS, _WITH_COLON, _WITH_NUMBER)
        for found in pattern.finditer(text)
    }
    return Form(tuple(words), _has_long_number(text), _vitals(text))


def _vitals(text: str) -> int:
    signs = {re.sub(r"[\W\d_]", "", found["sign"]).lower() for found in _VITAL.finditer(text)}
    return min(len(signs), len(_READING.findall(text)))


def _has_long_number(text: str) -> bool:
    plain = _DATE.sub(lambda found: " " * len(found.group()), text)
    return any(
        not _CITED.search(line[: found.start()])
        for line in plain.splitlines()
        for found in _LONG_NUMBER.finditer(line)
    )
