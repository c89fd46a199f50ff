"""Towns beside a case. States and countries are too large to tell anything and make no finding."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.facilities import studied_there
from wardcast.check.detectors.history import told_in_books
from wardcast.check.detectors.hit import Hit
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import EPONYM_HEADS, EPONYMS, medical
from wardcast.check.gazetteers.names import first_name
from wardcast.check.gazetteers.places import states_and_countries, towns
from wardcast.check.gazetteers.towns import known as listed_town
from wardcast.check.gazetteers.words import STOP, zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading, Token

_BEFORE = listed("in from near outside to of at around our")
_HOME = re.compile(
    r"(?:\b(?:lives?|lived|living|works?|moved|born|raised|resident|residing|seen|"
    r"based) (?:\w+ ){0,3}(?:in|at|near|outside)|"
    r"(?:teacher|farmer|nurse|driver|lady|man|woman|guy|gentleman|kid|patient|student|worker|"
    r"family|male|female|case of this|case|one|only \w+|he's|she's|"
    r"is|was|originally|[a-z]+er|[a-z]+or|[a-z]+ist) (?:from|in|near|outside)|clinic in|"
    r"hospital in|from|near|outside) (?:the )?$"
)
_OWN = re.compile(
    r"\b(?:i'm|i am|my name is|my name's) (?!(?:\w+ ){0,2}(?:treating|seeing|looking|talking))"
    r"(?:(?!\b(?:he|she|his|her|patient|who|this)\b)[^.!?\n]){0,60} (?:in|from|at|near) $"
)
"""Where an author who says who they are works."""

_QUARTERS = listed(
    "little new north south east west upper lower old greater downtown uptown midtown"
)
_STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IA KS KY LA MD MA MI MN MS MO MT NE NV NH NJ NM NY NC "
    "ND OH OK PA RI SC SD TN TX UT VT VA WA WV WI WY".split()
)
_LOOSE = re.compile(
    r"(?:case of this|only case|lives?|lived|teacher|[a-z]+er|seen at [a-z' ]+|old|man|woman|"
    r"lady|guy|patient) (?:\w+ )?(?:from|in|near|outside) $|"
    r"(?:brothers?|sisters?|parents?|family|mother|father|mom|dad|mum|wife|husband|couple|relatives|"
    r"cousins?|sons?|daughters?) (?:all )?(?:came|come|comes|drove|flew|moved|travell?ed|took the "
    r"\w+) (?:in |over |here |up |down |all the way )?from $"
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Known towns after a word such as "in" or "from", and unknown ones where somebody is from
    there.
    """
    tokens = reading.tokens
    skip = -1
    for index in range(1, len(tokens)):
        token, begin, previous = tokens[index], tokens[index], tokens[index - 1]
        quarter = previous.cap or previous.low in {"downtown", "uptown", "midtown"}
        if index > 1 and quarter and previous.low in _QUARTERS and not token.breaks:
            begin, previous = previous, tokens[index - 2]  # "in Little Havana"
            if previous.low == "the" and index > 2:
                previous = tokens[index - 3]  # "from the South Bronx"
        if index <= skip or (token.breaks and token.gap.strip() != ","):
            continue
        length = _known(tokens, index)
        if (token.low in STOP and length < 2) or (token.cased and not token.cap):
            continue
        if length and _abbreviated(reading, token):
            continue
        article = previous.low == "the" and index > 1 and tokens[index - 2].low in _BEFORE
        article = article and zipf(token.low) < 4
        after_word = previous.low in _BEFORE or (article and length > 0)
        if not after_word and not (length and token.gap.strip() == ","):
            continue
        length = length or (after_word and _small(reading, index)) or 0
        if not length and not (after_word and _unknown(reading, index)):
            continue
        length = length or _run(reading, index)
        length += _state(reading, index + length)
        last = tokens[index + length - 1]
        skip = index + length - 1
        if not reading.beside_case(begin.start, last.end) or lexicon.holds(
            reading.low[begin.start : last.end]
        ):
            continue
        if studied_there(reading, begin.start):
            continue
        if told_in_books(tokens, index):
            continue
        if _OWN.search(reading.low[max(0, begin.start - 80) : begin.start]):
            continue
        reason = "A town, beside a case, leaves few people it can be."
        yield Hit("place", begin.start, last.end, 0.8, reason, "our area", True)


def _known(tokens: list[Token], index: int) -> int:
    """How many words from `index` name a town; 0 for none."""
    for length in (3, 2, 1):
        words = tokens[index : index + length]
        if len(words) < length or any(w.breaks for w in words[1:]):
            continue
        name = " ".join(w.low for w in words)
        following = tokens[index + length].low if index + length < len(tokens) else ""
        if name in towns() and following not in EPONYM_HEADS:
            return length
    return 0


def _small(reading: Reading, index: int) -> int:
    """How many words from `index` name a town of the long list; a word that is common in English
    counts with a capital alone, and no name of medicine does."""
    tokens = reading.tokens
    for length in (3, 2, 1):
        words = tokens[index : index + length]
        if len(words) < length or any(w.breaks for w in words[1:]):
            continue
        following = tokens[index + length].low if index + length < len(tokens) else ""
        if not listed_town(" ".join(w.low for w in words)) or following in EPONYM_HEADS:
            continue
        first = words[0]
        derived = medical(first.low) and zipf(first.low) > 2
        plain = derived or first.low in EPONYMS | _CALENDAR
        capital = first.cased and first.cap
        if capital and not plain and not _abbreviated(reading, first):
            return length
        common = max(zipf(w.low) for w in words) if length == 1 else min(zipf(w.low) for w in words)
        if not first.cased and not plain and common < (3.4 if length == 1 else 4.0):
            return length
    return 0


def town_after(reading: Reading, end: int) -> int:
    """Where the town ends that follows a street which ends at `end`; `end` where none does."""
    at = reading.token_at(end)
    if at >= len(reading.tokens) or reading.tokens[at].gap.lstrip(".") not in {", ", " "}:
        return end
    length = _known(reading.tokens, at) or _small(reading, at)
    if not length:
        return end
    length += _state(reading, at + length)
    return reading.tokens[at + length - 1].end


def _abbreviated(reading: Reading, token: Token) -> bool:
    """ "ADA" and "LIMA" are no towns."""
    written = reading.normal.text[token.start : token.end]
    return token.cased and len(written) <= 4 and written.isupper() and written != "NYC"


def _state(reading: Reading, index: int) -> int:
    """How many words from `index` name the state or country of the town before: ", PA", "ohio"."""
    tokens = reading.tokens
    for length in (2, 1):
        words = tokens[index : index + length]
        if (
            len(words) < length
            or words[0].gap not in {" ", ", "}
            or any(w.breaks for w in words[1:])
        ):
            continue
        if " ".join(w.low for w in words) in states_and_countries():
            return length
    if index < len(tokens) and tokens[index].gap == ", ":
        abbreviation = reading.normal.text[tokens[index].start : tokens[index].end]
        return int(len(abbreviation) == 2 and abbreviation.isupper())
    if index < len(tokens) and tokens[index].gap == " " and not tokens[index].breaks:
        return int(reading.normal.text[tokens[index].start : tokens[index].end] in _STATES)
    return 0


def _unknown(reading: Reading, index: int) -> bool:
    """Whether a word no list knows stands where a home town would."""
    token = reading.tokens[index]
    before = reading.low[max(0, token.start - 45) : token.start]
    if (
        token.low in states_and_countries()
        or token.low in EPONYMS
        or medical(token.low)
        or token.low[:1].isdigit()
    ):
        return False
    following = reading.tokens[index + 1].low if index + 1 < len(reading.tokens) else ""
    if (
        f"{token.low} {following}" in states_and_countries()
        or token.low in _CALENDAR
        or following in EPONYM_HEADS
    ):
        return False
    if token.cased:
        shouted = reading.normal.text[token.start : token.end].isupper()
        return (
            _HOME.search(before) is not None
            and not shouted
            and first_name(token.low) < 1
            and zipf(token.low) < 4.6
        )
    return _LOOSE.search(before) is not None and zipf(token.low) < 3.3 and first_name(token.low) < 1


def _run(reading: Reading, index: int) -> int:
    """An unknown town of several capitalised words."""
    length = 1
    while reading.tokens[index].cased and index + length < len(reading.tokens):
        token = reading.tokens[index + length]
        if token.breaks or not token.cap or length == 3:
            break
        length += 1
    return length


_CALENDAR = listed(
    """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday christmas easter thanksgiving
    er ed icu covid ramadan
    """
)
