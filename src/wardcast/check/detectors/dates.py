"""Dates that name a day or a month, typed or spoken;

birth dates apart. A year alone is no identifier.
"""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.gazetteers.medicine import DRUGS, EPONYMS, medical
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading, Token

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_MES = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    r"janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|"
    r"d[ée]cembre|januar|februar|m[äa]rz|juni|juli|oktober|dezember|januar[iy]e?|februar[iy]e?|maart|"
    r"mei|junie|julie|augustus|desember|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|settembre|"
    r"ottobre|dicembre|janeiro|fevereiro|mar[çc]o|maio|junho|julho|setembro|outubro|novembro|"
    r"dezembro|maj|augusti|marts)"
)
"""Months as clinicians of other tongues write them."""

_YEAR = r"(?:(?:19|20)\d{2}|'\d{2})"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_TH = r"(?:st|nd|rd|th)"
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thurs?|fri|sat|sun)\.?(?= ))"
)
_DATE = re.compile(
    rf"(?<![\w/.-])(?:"
    rf"{_WEEKDAY},? (?:the )?{_MONTH}\.? {_DAY}{_TH}?(?:,? {_YEAR})?"
    rf"|{_WEEKDAY},? {_DAY}{_TH}? (?:of )?{_MONTH}\b\.?(?:,? {_YEAR})?"
    rf"|{_WEEKDAY},? (?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?:/{_YEAR}|/\d{{2}})?"
    rf"|{_DAY}-?{_MONTH}-?(?:19|20)\d{{2}}|{_MONTH}-{_DAY}-{_YEAR}|{_DAY}-{_MONTH}-\d{{2}}"
    rf"|{_DAY} de {_MES}(?:,? (?:del? )?{_YEAR})?|{_DAY}\.? {_MES} {_YEAR}"
    rf"|{_MONTH}\.? (?:the )?{_DAY}{_TH}(?:,? (?:of |in )?(?:{_YEAR}|\d{{2}}(?! ?(?:percent|%|"
    rf"year|day|hour|week|mg|patient))))?"
    rf"|{_MONTH}\.? {_DAY}(?: ?[-–] ?{_DAY})?,? {_YEAR}"
    rf"|{_MONTH}\.? {_DAY}(?![\w/]|\.\d| ?(?:%|percent|mg|tablets?|times|hours?|days?|weeks?|"
    rf"years?|patients?|people|points?))"
    rf"|{_DAY}-{_MONTH}-{_YEAR}"
    rf"|(?:the )?(?:{_DAY}{_TH}?|second) (?:of )?{_MONTH}\b\.?(?:,? (?:of |in )?{_YEAR}|"
    rf" \d{{2}}(?=[,;)?]|\.?$))?"
    rf"|(?!may|mar\b){_MONTH} (?:the )?second\b(?! (?:opinion|dose|time))"
    rf"|{_MONTH}\.?,? (?:of )?{_YEAR}"
    rf"|(?:0?[1-9]|1[0-2])/(?:19|20)\d{{2}}(?:-(?:0?[1-9]|1[0-2])/(?:19|20)\d{{2}})?"
    rf"|\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|'?\d{{2}})|\d{{1,2}}-\d{{1,2}}-\d{{4}}|"
    rf"(?:1[0-2]|0?[1-9])-(?:3[01]|[12]\d|0?[1-9])-[012]\d|"
    rf"{_DAY}\.(?:1[0-2]|0?[1-9])\.[012]\d(?!\.\d)|"
    rf"\d{{1,2}}\.\d{{1,2}}\.\d{{4}}"
    rf"|(?:19|20)\d{{2}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    rf"|(?<=\bon )(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])"
    rf")(?![\w/]|-\d)"
)
_SHORT = re.compile(
    r"\b(?:on|since|from|until|till?|by|dated?|seen|visit(?:ed)?|adm|admit(?:ted)?|admission|"
    r"d/c(?:'?e?d)?|dc'?d|discharged?|surgery|procedure|dos|doa|dod|dob|lmp|edd|due|born|between|"
    r"and|f/u|follow[ -]up|labs|imaging|injury|started|stopped|presented|reviewed|evaluated|last|"
    r"consult(?:ed)?|appt|appointment|er|ed|icu|clinic|ctr|center|hospital|hosp)(?: on)?[: ] ?"
    r"((?:1[0-2]|0?[1-9])([/.-])(?:3[01]|[12]\d|0?[1-9])(?:\2(?:(?:19|20)\d{2}|\d{2}))?)"
    r"(?!\w|[/.-]\d| ?%| (?:\w+ )?(?:pain|strength|power|murmurs?|motor|reflex(?:es)?|systolic|"
    r"tab(?:let)?s?|nodes?|dos(?:e|es|ing)|of|patients?|points?|criteria|days?|hours?|h|mg|mmhg)\b)"
)
"""Day and month, "6/14", beside a word that a day follows; elsewhere it may be a fraction."""

_AFTER_HOUSE = re.compile(
    r"(?<= )(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?=[,;.)?!]|$| with| for)"
)
_BETWEEN_WORDS = re.compile(
    r"(?<=[a-z.,;'] )((?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])|(?:3[01]|2\d|1[3-9])/(?:1[0-2]|"
    r"0?[1-9]))(?![\w/-]|\.\d| ?%)"
)
"""Day and month where nothing says so, "bcx drawn 3/14": in a case that is typed, if no score or
share is written so."""
_NOT_DAYS = frozenset({"24/7", "10/7"})
"""All day long, and ten days as the British write them."""
_SHARES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 24, 27, 30})
"""Of how many a score or a share is told: "4/10 pain", "GCS 14/15", "2/7"."""
_DONE = re.compile(r"\b(?:born|cath|eeg|film|visit|echo|mri|drawn|collected|stent|tte) $")
"""What is done on a day: beside it a share is one after all, "drawn 3/4"."""
_COUNTED = re.compile(
    r",? ?(?:nodes?|cores?|criteria|points?|secs?|hrs?|h|days?|weeks?|months?|cycles?|\w+ "
    r"(?:criteria|points|cycle)|tender|positive|pos|titre|titer|mmhg|mg|mcg|ml|cm|mm|fields?)\b"
)
_SCORED = re.compile(
    r"\b(?:scores?d?|scale|pain|strength|power|apgars?|gcs|mmse|moca|phq|gad|nihss|grade|murmur|"
    r"vision|va|ecog|rom|bipap|cpap|ps|ipap|vent|peep|settings|bun|ck|iop|lfts?|pt|inr|titre|titer|"
    r"hh|pta|bp|"
    r"abcd2|sofa|mrs|vas|class|reflex(?:es)?|dtrs?|ratio|stage|out of|cycle|"
    r"week|wk|dose|q|every|about|distal|proximal|upper|lower|mid|x|bd|od|tds|days?|"
    r"past)(?: (?:was|is|of|at|were))?[ :,=]*$"
)
_POINTED = re.compile(
    r"\b(?:on|adm|admitted|seen|d/c|discharged|surgery|op|since|from|born|dob|out|removed|"
    r"placed|inserted|r/v|review)[: ]+"
    r"((?:3[01]|[12]\d|0[1-9])\.(?:1[0-2]|0[1-9]))(?![\w/-]|\.\d| ?(?:%|mg|mmol|ml|kg|cm|mm|g\b))"
)
"""Day and month with a point: "adm 21.02"."""
_HYPHENED = re.compile(rf"\b(?:appt|on|since|seen|due|from) ({_DAY}-{_MONTH})(?![\w/-])")
"""Day and month with a hyphen: "appt 15-Aug"."""
_PACKED = re.compile(
    r"\b(?:dos|doa|dod|dob|date)[: ]+((?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)?\d{2})\b"
)
_RUN_ON = re.compile(rf"\b{_MONTH}\.? {_DAY}{_TH} (?:19|20)\d{{2}}(?=\d)")
"""A year that the next number was said right after: "november 13th 202430 tablets"."""
_BIRTH_RUN = re.compile(r"(?<![\w.-])(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d{2}(?!\w)")
_BORN = re.compile(
    r"\b(?:dob|born|birth(?:day|date)?)[: ]+(?:is |on )?"
    r"(\d{1,2}[ ./-]\d{1,2}[ ./-](?:\d{4}|\d{2}))(?![\w/]|[-.]\d)"
)
_RUN = re.compile(
    r"(?<![\w.,/-])(\d{2})[ ,]{0,2}(\d{2})[ ,]{0,2}((?:19|20)\d{2}|\d{2})(?![\w/]|[-.]\d)"
)
_BIRTH = re.compile(
    r"\b(?:born(?: on| in)?|birth(?:day|date)?(?:'s)?|dob|d\.o\.b\.?)\b[^!?]{0,30}$"
)
_RECORD = re.compile(r"\b(?:mrn|record|chart|account|social|number|call|phone)\b[^!?]{0,22}$")
_MODAL = re.compile(r"(?:may|mar|march|sun) \d{1,2}\Z|\d{1,2} (?:may|march|mar)\Z")
_SURE_BEFORE = re.compile(
    r"\b(?:on|by|until|since|in|from|of|last|this|next|the|born|birth|dated?|before|after|"
    r"around)[,:]? $"
)
_MONTH_ALONE = re.compile(
    r"\b(?:in|since|last|this|back in|early|late|mid|(?:end|beginning|start|middle|week|part) of) "
    r"(january|february|march|april|june|july|august|september|october|november|"
    r"december)(?![\w'-]| \d)"
)
_NTH = r"(?:[12]?(?:1st|2nd|3rd)|[12]?\dth|30th|31st)"
_DAY_ALONE = re.compile(
    rf"\b(?:on|before|by|until|since|after|for) the {_NTH}"
    r"(?=[.,;?!]|$| (?:and|at|he|she|we|they|i|for|with|in|someone|somebody|my|the|when|after|"
    r"because|but|so|her|his|of (?:that|this|last))\b)"
    rf"|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun) "
    rf"(?:the )?{_NTH}(?!\w| (?:dose|time|line|shot))"
)
_PUBLIC = re.compile(
    r"\b(?:published|approved|fda|cdc|guideline|guidelines|journal|released|"
    r"update[ds]?|issued|study|trial|"
    r"(?:world|international|national|global) (?:\w+ ){1,3}(?:day|week|month)|"
    r"conference|webinar|deadline|register|awareness|vaccine clinic|effective)\b"
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Dates, and runs of digits that read as one beside a birth or after a name."""
    low = reading.low
    taken = -1
    for match in _DATE.finditer(low):
        if _MODAL.search(match.group()) and not _dated(reading, match):
            continue
        taken = match.end()
        yield from _hit(reading, match.start(), match.end(), 0.95)
    for match in _RUN.finditer(low):
        first, second, year = int(match[1]), int(match[2]), match[3]
        day_and_month = (1 <= first <= 12 and 1 <= second <= 31) or (
            1 <= second <= 12 and 1 <= first <= 31
        )
        before = low[max(0, match.start() - 60) : match.start()]
        if not day_and_month or _RECORD.search(before):
            continue
        if _BIRTH.search(before) or (
            len(year) == 4 and reading.beside_case(match.start(), match.end())
        ):
            yield from _hit(reading, match.start(), match.end(), 0.9)
        elif len(year) == 4:
            yield from _hit(reading, match.start(), match.end(), 0.6)
    for match in _BIRTH_RUN.finditer(low):
        if _BIRTH.search(low[max(0, match.start() - 60) : match.start()]):
            yield from _hit(reading, match.start(), match.end(), 0.85)
    for match in _RUN_ON.finditer(low):
        yield from _hit(reading, match.start(), match.end(), 0.85)
    yield from _typed(reading)
    if taken < len(low):
        yield from _months(reading)


def _typed(reading: Reading) -> Iterator[Hit]:
    """Dates as they are typed in haste: "d/c'd 6/14", "DOS 031523", "dob 7 7 82"."""
    low = reading.low
    for pattern in (_BORN, _PACKED, _POINTED, _HYPHENED, _SHORT):
        for match in pattern.finditer(low):
            whole = pattern is not _SHORT or "/" in match[1] or match[1].count(match[2]) == 2
            if whole:
                yield from _hit(reading, *match.span(1), 0.8)
    for match in _BETWEEN_WORDS.finditer(low):
        if reading.beside_case(*match.span(1)) and not _share(low, match):
            yield from _hit(reading, *match.span(1), 0.7)
    for match in _AFTER_HOUSE.finditer(low):
        at = reading.token_at(match.start())
        if at and _names_a_house(reading, reading.tokens[at - 1]):
            yield from _hit(reading, match.start(), match.end(), 0.7)


def _share(low: str, match: re.Match[str]) -> bool:
    """Whether "3/14" may be a score, a share or how long something lasted and no day."""
    part, whole = (int(number) for number in match[1].split("/"))
    said = low[max(0, match.start() - 14) : match.start()]
    filled = match[1].startswith("0") or "/0" in match[1]
    few = part <= whole and whole in _SHARES and not filled and not _DONE.search(said)
    before = low[: match.start()].rstrip().rsplit(" ", 1)[-1].strip(",;:(")
    drug = before in DRUGS or medical(before) or "/" in before
    if match[1] in _NOT_DAYS or drug or _COUNTED.match(low, match.end()):
        return True
    return few or _SCORED.search(said) is not None


def _names_a_house(reading: Reading, token: Token) -> bool:
    """Whether a day may follow the word: "Mercy 6/14", and not "Apgar 8/9" or "GCS 3/15"."""
    written = reading.normal.text[token.start : token.end]
    named = token.cased and token.cap and not token.opens and not written.isupper()
    return named and token.low not in EPONYMS and not medical(token.low)


def _dated(reading: Reading, match: re.Match[str]) -> bool:
    """Whether "May 10" is a date here, and not "you may ten"."""
    capital = reading.tokens[reading.token_at(match.start())].cased and any(
        c.isupper() for c in reading.normal.text[match.start() : match.end()]
    )
    return (
        capital
        or _SURE_BEFORE.search(reading.low[max(0, match.start() - 12) : match.start()]) is not None
    )


def _months(reading: Reading) -> Iterator[Hit]:
    for match in _DAY_ALONE.finditer(reading.low):
        if reading.beside_case(*match.span()):
            reason = "The day of a case narrows down whose it was."
            yield Hit("date", match.start(), match.end(), 0.6, reason, "recently", True)
    for match in _MONTH_ALONE.finditer(reading.low):
        start, end = match.span(1)
        if reading.beside_case(start, end):
            reason = "The month of a case narrows down whose it was."
            yield Hit("date", start, end, 0.6, reason, "recently", True)


_HAS_YEAR = re.compile(r"(?:19|20)\d\d|/\d{1,2}/\d\d\Z")
_AWARENESS = re.compile(
    r"\b(?:world|international|national|global) (?:[\w']+ ){1,3}(?:day|week|month)\b"
)
"""A day that is kept all over the world dates no case."""


def _hit(reading: Reading, start: int, end: int, confidence: float) -> Iterator[Hit]:
    low = reading.low
    if _BIRTH.search(low[max(0, start - 45) : start]):
        reason = "A date of birth, which with a town points to one person."
        yield Hit("birth_date", start, end, confidence, reason, "a date of birth", True)
        return
    sentence = low[max(0, start - 45) : end + 25]
    general = _AWARENESS.search(sentence) and not reading.case_in_sentence(start)
    if general and not _HAS_YEAR.search(low[start:end]):
        return
    enclosed = low[start - 2 : start] == " (" and low[end : end + 1] == ")"
    beside = (enclosed or reading.beside_case(start, end)) and not _PUBLIC.search(sentence)
    if beside:
        reason = "The day it happened, beside a case: whoever was there that day will know."
        yield Hit("date", start, end, confidence, reason, _soft(low, start), True)
    else:
        reason = "A date, though no case beside it."
        yield Hit("date", start, end, confidence * 0.7, reason, _soft(low, start))


def _soft(low: str, start: int) -> str:
    """What to say instead of the date: "on March 3" becomes "on one day"."""
    return "one day" if low[max(0, start - 3) : start] == "on " else "some time ago"
