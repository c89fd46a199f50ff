"""What authors give away of themselves and of their house: codes, passwords, children, home."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.gazetteers.names import first_name
from wardcast.check.gazetteers.words import STOP, zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_DOOR = (
    r"(?:door|gate|entrance|entry|keypad|key ?pad|alarm|locker|drug (?:room|cupboard)|pyxis|"
    r"omnicell|med(?:ication)? room|safe|lock|staff|ward|theatre|building|garage|access|security|"
    r"bike shed)"
)
_CODE = r"([#*]?(?:[a-z]{1,2})?\d{3,8}[a-z]?[#*]?)"
_DOOR_CODE = re.compile(
    rf"\b(?:(?:{_DOOR} (?:access |pin |key )?(?:code|pin|combination)|(?:code|pin|combination|"
    rf"passcode)(?: number)? (?:to|for|of|on|into) (?:\w+ ){{0,3}}{_DOOR}s?)[^.!?\n]{{0,40}}?|"
    rf"(?:punch|type|key|enter|put)(?:ed)? (?:in )?)\b(?<!\w)\s?{_CODE}(?![\w/]|\.\d)"
)
_KEYPAD = re.compile(
    rf"\b(?:punch|type|key|enter|put)(?:ed)? (?:in )?{_CODE}(?= (?:into|in|on|at) the "
    r"(?:keypad|key pad|door|lock|gate|panel|pad))"
)
_BARE_PIN = re.compile(
    rf"\b(?:my|our|the) (?:pin|passcode) (?:code )?(?:is|was) {_CODE}(?![\w/]|\.\d)"
)
_PASSWORD = re.compile(
    r"\b(?:password|passphrase|passwd|pwd)\b(?: (?:for|to|of|on|at|in) [^.!?\n]{0,40}?)?"
    r"(?: (?:is|was)(?: just| still| always| only)?|\s?[:=])\s?[\"'“]?([^\s\"'”,]{3,40})"
)
_AS_PASSWORD = re.compile(
    r"\b(?:with|using|use|type|enter) [\"'“]?([^\s\"'”,]{3,40})[\"'”]? as (?:the|my|our|a|your) "
    r"pass(?:word|code)"
)
_NO_PASSWORD = re.compile(
    r"(?:is|was|not|your|the|a|an|never|changed|expired|strong|weak|wrong|required|protected|safe|"
    r"secure|reset|to|on|in|too|so|and|something|written|about|always|stored|shared|and)\Z"
)
_CHILD = re.compile(
    r"\bmy (?:own )?(?:\w+[- ]){0,2}?(?:daughter|son|kids?|child|children|boys?|girls?|baby|twins|"
    r"toddler|husband|wife|partner|fianc[eé]e?)(?:'s?)?,? "
    r"(?:is (?:called|named) |are (?:called|named) |named |called |names? (?:is|are) )?"
)
_SCHOOL = re.compile(
    r"\b(?:my (?:\w+ ){0,3}(?:goes?|went|is|are|started?|attends?)|picks? (?:them|her|him) up|"
    r"drops? (?:them|her|him)(?: off)?) (?:to |at |from |in )?"
    r"((?:[a-z][\w']+ ){1,3}(?:primary|elementary|middle|high|grammar|preparatory|montessori|"
    r"nursery) ?(?:school|academy)?)\b"
)
_OWN_HOME = re.compile(
    r"\b(?:i live|we live|my (?:home|house|flat|apartment|place|address)(?: address)?(?: is)?) "
    r"(?:\w+ ){0,2}?(?:(?:at|on) )?(?=\d)"
)
_HOME_STREET = re.compile(
    r"\d{1,5}[a-d]? (?:[^\W\d_][\w']* ){1,3}?(?:street|st|road|rd|lane|avenue|ave|drive|court|"
    r"close|crescent|way|place|terrace|square|grove|gardens|hill|row|mews|boulevard|circle)\b"
    r"|\d{1,5}[a-d]? (?!minutes?|miles?|hours?|km|blocks?|years?|steps?|doors?)[^\W\d_][\w']*"
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Door codes, passwords, the names and schools of the author's family."""
    low = reading.low
    if "code" in low or "pin" in low or "pad" in low or "combination" in low:
        yield from _codes(low)
    if "pass" in low or "pwd" in low:
        yield from _passwords(low)
    if "my " in low or "i live" in low or "we live" in low:
        yield from _family(reading, lexicon)
        yield from _home(low)


def _codes(low: str) -> Iterator[Hit]:
    reason = "A code that opens a door; whoever hears it can go in. Have it changed."
    for pattern in (_DOOR_CODE, _KEYPAD, _BARE_PIN):
        for match in pattern.finditer(low):
            yield Hit("access_code", *match.span(1), 0.9, reason, "the code")


def _passwords(low: str) -> Iterator[Hit]:
    reason = "A password; whoever hears it can sign in. Change it."
    for pattern in (_PASSWORD, _AS_PASSWORD):
        for match in pattern.finditer(low):
            word = match.group(1).rstrip(".!?;")
            plain = word.isalpha() and zipf(word) > 3.5
            if word and not plain and not _NO_PASSWORD.match(word):
                signs = match.start(1) + len(match.group(1).rstrip(".?;"))
                yield Hit("password", match.start(1), signs, 0.9, reason, "our password")


def _family(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    reason = "A name from your own family; they cannot take it back. Leave it out if unsure."
    tokens = reading.tokens
    for match in _CHILD.finditer(reading.low):
        at = reading.token_at(match.end())
        while at < len(tokens) and at < reading.token_at(match.end()) + 6:
            name = tokens[at]
            named = name.cap if name.cased else first_name(name.low) >= 0.7
            if name.low in STOP or not named or not name.low.isalpha():
                break
            if name.breaks and name.start > match.end():
                break
            if not lexicon.holds(name.low):
                yield Hit("family", name.start, name.end, 0.8, reason, "mine")
            at += 1
            if at + 1 < len(tokens) and tokens[at].low == "and":
                at += 1
    for match in _SCHOOL.finditer(reading.low):
        where = "A school tells where a child is every day."
        yield Hit("family", *match.span(1), 0.8, where, "school")


def _home(low: str) -> Iterator[Hit]:
    for match in _OWN_HOME.finditer(low):
        street = _HOME_STREET.match(low, match.end())
        if street:
            reason = "Your own address; viewers can come to it."
            yield Hit("home", street.start(), street.end(), 0.85, reason, "near the hospital")
