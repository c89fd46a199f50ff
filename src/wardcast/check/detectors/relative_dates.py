"""Times told from today: "this morning" becomes a date by the hour of posting."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from wardcast.check.detectors.hit import Hit
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DAY = re.compile(
    rf"\b(?:this (?:morning|afternoon|evening|past {_WEEKDAY}|weekend|week)|(?:earlier |"
    rf"later )?today|tonight|yesterday(?: morning| "
    rf"afternoon| evening| night)?|last (?:night|week(?! of)|weekend|{_WEEKDAY}(?: night)?)|(?:on|"
    rf"this) {_WEEKDAY}(?: morning| "
    rf"afternoon| evening| night)?|the (?:other day|day before yesterday)|(?:a couple of|a few|"
    rf"two|three|\d) "
    rf"(?:hours?|days?|nights?) ago|"
    rf"(?:on )?christmas (?:eve|day|morning|night)(?:,? (?:19|20)\d{{2}})?|"
    rf"(?:on|over|at) (?:christmas|thanksgiving(?: day)?|the weekend)|(?:on )?(?:"
    rf"new year's (?:eve|day)|halloween|"
    rf"easter sunday|boxing day|(?:the )?4th of july))\b"
)
_WEEKS = re.compile(
    rf"\b(?:(?:two|three|a few|a couple of|\d) {_WEEKDAY}s ago|"
    r"(?:last|this|this past|earlier this) month|(?:\d+|a few|a couple of|several|two|three|"
    r"four|five|six) (?:weeks|months) ago|(?:a|last) week ago|a month ago|"
    r"(?:in|over) the (?:last|past) (?:few |\d+ )?(?:days|weeks))\b"
)
_PLANNED = re.compile(
    r"\b(?:visit|appt|appointment|surgery|procedure|scan|mri|ct|work|scheduled|due|f/u|follow-?up|"
    r"clinic|see|sees|seen|extraction|discharged?)(?: \w+){0,2} "
    rf"(tomorrow|next (?:{_WEEKDAY}|week|month))\b"
)
_ALONE = re.compile(
    rf"(?<!on )(?<!any )(?<!bowl )\b(?:that |a |one )?{_WEEKDAY}"
    rf"(?: (?:morning|afternoon|evening|night))?\b(?!'s\b|[,/ ]+(?:or|to|through)\b| (?:the )?\d)"
)
"""A weekday without a word before it: "last dose 0800 Sunday", "so this is Thursday night"."""
_SHORT = re.compile(
    r"\b(?:since|on|last|this|next|until|till?|by|from|d/c'?d?|discharged?|admitted|adm|seen|r/v|"
    r"review|f/u|appt|clinic|surgery|theatre|mdt(?: is)?|scan|meet|due|coming|"
    r"intake|dose|film|eeg|echo|mri|ct|cxr|labs?|bloods|ecg|tte|scope|started|stopped|yest) "
    r"(mon|tues?|weds?|thu(?:rs?)?|fri|(?:(?<=since )|(?<=dose )|(?<=on )|(?<=last ))"
    r"(?:sat|sun))\b(?!\.?[\w'/-]| ?\d| (?:was|is|dropped|"
    r"above|below|probe|exposure|exposed|of|readings?)\b)"
)
"""A weekday as it is typed: "not slept since Sat", "r/v Weds"."""
_CAPITAL = re.compile(
    r"(?<=[a-z0-9,;] )(Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|(?<=since )Sat|(?<=since )Sun|"
    r"(?:Sat|Sun)(?= (?:night|morning|pm|am)\b))(?=[,.;?!)]| [a-z]|"
    r" \d{1,2}(?::\d\d)? ?[ap]m?\b|$)"
)
"""A weekday as it is typed with its capital: "fell Tues, small SDH"."""
_FESTIVAL = re.compile(
    r"\b(?:since|at|over|during|before|after|around|on|until|till?|by|it's|it was|the night of|"
    r"the day of) (diwali|eid(?: al-\w+)?|ramadan|passover|"
    r"yom kippur|rosh hashanah|hanukkah|chanukah|holi|vaisakhi|navratri|onam|"
    r"pongal|songkran|nowruz|(?:lunar|chinese) new year|new year's?(?: eve| day)?|tet|boxing day|"
    r"christmas(?: eve| day| morning| night)?|"
    r"good friday|easter|lent|bonfire night|st\.? patrick's day|mother's day|father's day|"
    r"labou?r day|memorial day|independence day|juneteenth|canada day|australia day|anzac day|"
    r"waitangi day|thanksgiving(?: day)?|black friday|super ?bowl sunday|valentine's(?: day)?|"
    r"halloween|kwanzaa|mardi gras|carnival)\b"
)
_SEASON = re.compile(r"\b(?:last|this) (?:winter|spring|summer|autumn|fall)\b")
_TOLD = re.compile(
    r"\b(?:patient|prayers|icu|er|ward|surgery|hospital|lady|guy|gentleman|man|woman|kid|boy|girl|he|she|his|her|rounding|rounded|"
    r"admitted|transferred|coded|took care of|lost|died|saved|baby|babies|wheeled|flew|"
    r"operated|came in|comes in|brought|i saw|i met|we had|we saw|case|shift|birth|"
    r"bed|bay|cubicle|male|female|year[- ]old|treated|seen|presented|consulted|diagnosed|delivered|"
    r"mom|mum|dad)\b"
)  # fmt: skip
_GENERAL = re.compile(
    r"\b(?:paper|study|article|video|podcast|episode|comments?|follow(?![- ]?up)|subscribe|learn|"
    r"talk about|talking about|brings you|how (?:are|is|have)|good to see you)\b"
)
_FREE = re.compile(r"\byears? (?:\w+ )?free\b")
"""“Five years cancer free today” is told of oneself, unless somebody is named."""


_KINDS = (
    ("relative_date", _DAY, 0.7),
    ("relative_date", _ALONE, 0.6),
    ("relative_date", _WEEKS, 0.6),
    ("season", _SEASON, 0.5),
)


_REASON = "Beside a case, the time of posting turns this into a date."


def dated(words: str, posted_at: datetime) -> date | None:
    """The day that "yesterday" means by the time of posting, where the words mean one day."""
    low = words.lower()
    if low.startswith(("today", "tonight", "this morning", "this afternoon", "this evening")):
        return posted_at.date()
    if low.startswith(("yesterday", "last night")):
        return posted_at.date() - timedelta(days=1)
    return None


_KEPT_BY_ALL = re.compile(
    r"\b(?:fast(?:s|ing)?|how do (?:i|you|we|pts)|patients|pts|people|we see|everyone|every year)\b"
)
"""A feast that is spoken of in general dates no case."""
_WEEKLY = re.compile(
    r"\b(?:take[ns]?|dialysis|hd|clinic days?|school|shifts?|methotrexate|mtx|alendronate|folic|"
    r"statin|days are|every week|weekly)\b"
)
_NO_WEEKDAY = re.compile(r"\b(?:black friday|wednesday addams)\b")
_BESIDE_A_DAY = 40
"""Characters before and after a weekday in which a habit is told."""


def _routine(reading: Reading, start: int) -> bool:
    """Whether a weekday is one of several, or of what is done every week, and dates nothing."""
    first, last = reading.sentence(start)
    if len(_WEEKDAYS.findall(reading.low, first, last)) > 1:
        return True
    near = max(first, start - _BESIDE_A_DAY), min(last, start + _BESIDE_A_DAY)
    habit = _WEEKLY.search(reading.low, *near) or _NO_WEEKDAY.search(reading.low, *near)
    return habit is not None


_WEEKDAYS = re.compile(rf"\b(?:{_WEEKDAY}|mon|tues?|weds?|thu(?:rs?)?|fri)\b")


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Relative times in a stretch of text that tells of a case."""
    low = reading.low
    for pattern, instead in ((_PLANNED, "soon"), (_SHORT, "recently")):
        for match in pattern.finditer(low):
            before = low[max(0, match.start() - 40) : match.start()]
            if reading.beside_case(*match.span(1)) and not _GENERAL.search(before):
                yield Hit("relative_date", *match.span(1), 0.6, _REASON, instead, True)
    for match in _CAPITAL.finditer(reading.normal.text):
        if reading.beside_case(*match.span(1)) and not _routine(reading, match.start()):
            yield Hit("relative_date", *match.span(1), 0.6, _REASON, "recently", True)
    for kind, pattern, sure in _KINDS:
        for match in pattern.finditer(low):
            named = reading.beside_name(match.start(), match.end())
            weekly = low.endswith(("every ", "each "), 0, match.start())
            weekly = weekly or (pattern is _ALONE and _routine(reading, match.start()))
            if weekly and not named:
                continue
            around = low[max(0, match.start() - 90) : match.end() + 90]
            nearer = low[max(0, match.start() - 40) : match.end() + 40]
            if _GENERAL.search(nearer) or (_FREE.search(nearer) and not named):
                continue
            told = _TOLD.search(around) or named
            if told and reading.beside_case(match.start(), match.end()):
                yield Hit(kind, match.start(), match.end(), sure, _REASON, "recently", True)
    for match in _FESTIVAL.finditer(low):
        around = low[max(0, match.start() - 60) : match.end() + 60]
        if reading.beside_case(*match.span(1)) and not _KEPT_BY_ALL.search(around):
            yield Hit("relative_date", *match.span(1), 0.6, _REASON, "recently", True)
