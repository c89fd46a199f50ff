"""Ages over 89:

few people are that old. Lower ages are no identifier (45 CFR 164.514(b)(2)(i)(C)).
"""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_AGE = r"(9\d|1[01]\d)"
_OLD = re.compile(
    rf"(?<![\w.,/-]){_AGE}(?:[ -]?(?:years?|yrs?)[ -]?(?:old|of age|young)|[ -]?y[./-]?o\b|"
    rf"[mf](?=,| (?:w/|with|c|pt|on|s/p|hx|in|at|admitted)(?!\w))|"
    rf"[ -]year[ -]old| years\b(?! (?:ago|later|of experience)))"
)
_AGED = re.compile(
    rf"\b(?:aged?(?: of)?|turn(?:ed|ing|s)|celebrat(?:ed|ing) (?:her|his)|(?:she|he|who|pt)"
    rf"(?:'s| is| was)(?: now| almost| nearly| just)?|at the age of|"
    rf"(?:he|she) just turned|patient is|lady of|man of|woman of) {_AGE}(?=$|[.,;!?]|\s+(?:and|"
    rf"but|now|still|who|with no|yesterday|today|"
    rf"when|so|lives|living|years?|or)\b)(?! (?:and|over) \d)(?! (?:or|to) \d+ (?:percent|%))"
)
_TURNED = re.compile(
    rf"\b(?:turn(?:ed|ing|s)|celebrat(?:ed|ing) (?:her|his)|at the age of|(?:made it|lived|got) "
    rf"to|reached|(?:lady|woman|man|gentleman|grandmother|grandfather|patient|person|boy|girl|"
    rf"widow|widower|veteran|nun|priest|farmer|teacher|nurse) of) {_AGE}\b"
    r"(?! ?(?:%|percent|degrees|over|points|cases))"
)
_ODD = re.compile(
    rf"(?<![\w.,/-]){_AGE}[ -](?:something )?(?:lady|man|woman|gentleman|grandmother|"
    rf"grandfather|male|female)\b"
)
_NAMED = re.compile(rf"\b\w{{3,}} (?:is|was) {_AGE} and (?!over|above|up|older|the|a |is|so)")
_AT = re.compile(rf"\bat {_AGE},? (?=(?:she|he|they|my|her|his|and still)\b)")
_LABEL = re.compile(rf"\bage[d]?:?,? {_AGE}\b(?! ?(?:%|percent|plus|and over|or |to |-|\+|\.\d))")
_GENERAL = re.compile(
    r"\b(?:over|above|past|beyond|under|until|(?<!made it )(?<!lived )(?<!got )to|than|least|"
    r"between|every|people|adults|anyone|"
    r"and|ages|patients(?: aged)?) $"
)
_NOT_AGE = re.compile(
    r"(?:sats?|saturation|pressure|rate|pulse|sugar|glucose|weigh\w*|temp\w*|oxygen|score|systolic|"
    r"diastolic|map|bpm|dose|hours|spo2|bp|hr|percentile|fever|count|level|efficacy|"
    r"number)\b[^.!?]{0,20}$"
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Ages of 90 and more, said of somebody."""
    low = reading.low
    for pattern in (_OLD, _AGED, _TURNED, _ODD, _NAMED, _AT, _LABEL):
        for match in pattern.finditer(low):
            before = low[max(0, match.start(1) - 30) : match.start(1)]
            if not _NOT_AGE.search(before) and not _GENERAL.search(before):
                reason = "An age over 89: few people are that old, so it points to somebody."
                yield Hit("age_over_89", match.start(1), match.end(1), 0.9, reason, "over 89", True)
