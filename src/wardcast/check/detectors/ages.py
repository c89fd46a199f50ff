"""Ages over 89:

few people are that old. Lower ages are no identifier (45 CFR 164.514(b)(2)(i)(C)).
"""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.gazetteers.medicine import medical
from wardcast.check.gazetteers.names import family_name, first_name
from wardcast.check.gazetteers.words import zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_AGE = r"(9\d|1[01]\d)"
_OLD = re.compile(
    rf"(?<![\w.,/-]){_AGE}(?:[ -]?(?:years?|yrs?)[ -]?(?:old|of age|young)|[ -]?y[./-]?o\b|"
    rf"(?<!(?:at|to|of) \d\d)(?<!(?:at|to|of) \d\d\d)(?<!was \d\d)(?<!was \d\d\d)[mf](?![\w/])|"
    rf"[ -]year[ -]old| ?y(?=[,.;)]|$)| years\b(?! (?:ago|later|of experience)))"
)
_AGED = re.compile(
    rf"\b(?:aged?(?: of)?|turn(?:ed|ing|s)?|celebrat(?:ed|ing) (?:her|his)|(?:she|he|who|pt)"
    rf"(?:'s| is| was)(?: now| almost| nearly| just)?|at the age of|"
    rf"(?:he|she) just turned|patient is|lady of|man of|woman of) {_AGE}(?=$|[.,;!?]|\s+(?:and|"
    rf"says|said|but|now|still|who|with no|yesterday|today|"
    rf"when|so|lives|living|years?|or)\b)(?! (?:and|over) \d)(?! (?:or|to) \d+ (?:percent|%))"
)
_TURNED = re.compile(
    rf"\b(?:turn(?:ed|ing|s)|celebrat(?:ed|ing) (?:her|his)|at the age of|(?:made it|lived|got) "
    rf"to|reached|(?:lady|woman|man|gentleman|grandmother|grandfather|patient|person|boy|girl|"
    rf"widow|widower|veteran|nun|priest|farmer|teacher|nurse) of) {_AGE}\b"
    r"(?! ?(?:%|percent|degrees|over|points|cases))"
)
_IS = re.compile(
    rf"\b(?:she|he|who|i|husband|wife|mother|father|mum|mom|dad|gran|granny|nana?|grandpa|grandma|"
    rf"granddad|grandad|grandmother|grandfather|aunt|auntie|uncle|brother|sister|lady|gentleman|"
    rf"patient|guy|man|woman|neighbou?r)(?:'s| is| was|'m| am|'d have been| would have been| "
    rf"would be|'d be)"
    rf"(?: now| almost| nearly| just| about to be| going to be| only| what| like| maybe| i think|"
    rf" probably| gosh| a good)? {_AGE}(?! ?(?:%|percent|over|out|"
    rf"degrees|points|on\b|mm|kg|pounds|lbs|beats|bpm|systolic|per|to|or|kilos?|sure|behind|point|"
    rf"this morning|last night|with rigors|-|/|\.\d|minutes|hours|"
    rf"days|weeks|miles|feet|cm|inches))(?=[ ,.;!?]|$)"
)
"""Said of somebody in a row of short sentences, as speech has them: "she was 94 she had a hip"."""
_ODD = re.compile(
    rf"(?<![\w.,/-]){_AGE}[ -](?:something )?(?:lady|man|woman|gentleman|grandmother|"
    rf"grandfather|male|female)\b"
)
_NAMED = re.compile(rf"\b\w{{3,}} (?:is|was) {_AGE} and (?!over|above|up|older|the|a |is|so)")
_BIRTHDAY = re.compile(rf"(?<![\w.,/-]){_AGE}(?:st|nd|rd|th)(?= birthday)")
_BESIDE = re.compile(
    rf"\b(?<!each )(?<!every )(?:grand(?:dad|pa|father|ma|mother|mum|mom)|gran|granny|nana?|"
    rf"great[- ]\w+|father|mother|dad|mum|"
    rf"mom|husband|wife|aunt(?:ie|y)?|uncle|sister|brother|lady|gentleman|woman|man|widow|"
    rf"widower|veteran|resident|neighbou?r|guy|fellow|patient|farmer|teacher|nun|priest),? {_AGE}"
    rf"(?=, | and (?:still|never|sharp|living|counting)| in (?:room|bed|bay|side)|$)"
)
"""Beside a person: "her granddad, 91, used to sail"."""
_AT = re.compile(rf"\bat {_AGE},? (?=(?:she|he|they|my|her|his|and still)\b)")
_LABEL = re.compile(rf"\bage[d]?:?,? {_AGE}\b(?! ?(?:%|percent|plus|and over|or |to |-|\+|\.\d))")
_AFTER_NAME = re.compile(
    rf"\b([^\W\d_]{{3,}})(?:,? {_AGE},?(?= (?:was|is|had|has|who|still|came|lives|lived|says|"
    rf"said)\b)"
    rf"|(?:, is|,? was|'s) {_AGE}(?=,? (?:and|had|has|who|when|still)\b|[,.;!?]|$)"
    rf"|, {_AGE}(?=[,.;)]|$| and ))"
)
_REASON = "An age over 89: few people are that old, so it points to somebody."
_GENERAL = re.compile(
    r"\b(?:over|above|past|beyond|under|until|(?<!made it )(?<!lived )(?<!got )to|than|least|"
    r"between|every|people|adults|anyone|"
    r"and|ages|patients(?: aged)?) $"
)
_NOT_AGE = re.compile(
    r"(?:sats|saturation|pressure|rate|pulse|sugar|glucose|weigh\w*|temp\w*|oxygen|score|systolic|"
    r"diastolic|map|bpm|dose|hours|spo2|bp|hr|percentile|fever|count|level|efficacy|"
    r"\bt|tmax|egfr|walked|ran|swam|number|febrile|degrees|rigors|spiked)\b[^.!?]{0,20}$"
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Ages of 90 and more, said of somebody."""
    low = reading.low
    yield from _after_names(reading)
    for pattern in (_OLD, _AGED, _TURNED, _IS, _ODD, _NAMED, _BIRTHDAY, _BESIDE, _AT, _LABEL):
        for match in pattern.finditer(low):
            before = low[max(0, match.start(1) - 30) : match.start(1)]
            if not _NOT_AGE.search(before) and not _GENERAL.search(before):
                yield Hit("age_over_89", *match.span(1), 0.9, _REASON, "over 89", True)


_NOBODY = frozenset(
    "day days patient patients each every week hour room bed temp sats rate".split()
)


def _after_names(reading: Reading) -> Iterator[Hit]:
    """A rare word, which may well be a name, and an age: "our oldest, Ottoline, 103, was asked"."""
    for match in _AFTER_NAME.finditer(reading.low):
        word, (start, end) = match[1], match.span(match.lastindex or 0)
        if word in _NOBODY or _GENERAL.search(reading.low[:start][-30:]):
            continue
        named = max(first_name(word), family_name(word)) > 0 or zipf(word) < 2.8
        if named and not medical(word) and not _NOT_AGE.search(reading.low[:start][-30:]):
            yield Hit("age_over_89", start, end, 0.8, _REASON, "over 89", True)
