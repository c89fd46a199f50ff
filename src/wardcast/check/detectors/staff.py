"""Colleagues: a title of the house and a name. The author who introduces themselves is none."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import EPONYM_HEADS, PUBLIC_FIGURES, medical
from wardcast.check.gazetteers.names import family_name, first_name, may_be_name
from wardcast.check.gazetteers.words import STOP, zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading, Token

TITLES = listed(
    """
    dr doctor dra drs professor prof nurse matron sister paramedic surgeon consultant
    registrar midwife
    """
)
_SURE = listed("dr dra drs professor prof")
_INTRODUCES = re.compile(
    r"\b(?:i'm|i am|it's|its|this is|my name is|my name's|call me|name is|with me|hi|hello|"
    r"hey|yours truly|(?:it's|i'm|i am|this is|hey|hi|hello|from)[, ]+your (?:favou?rite|friendly|"
    r"local|resident|own|go-to|internet|online|neighbou?rhood|trusty|least favou?rite)"
    r"(?: (?!in\b|at\b|of\b|with\b|to\b|for\b|about\b|on\b|from\b)\w+){0,3})[, ]*$"
)
_THIRD = re.compile(r",? (?:she|he|who|they|had|was|gave|says?|said|let|made|told)\b")


def introduces(low: str, start: int, end: int) -> bool:
    """Whether who is named from `start` to `end` is the one who speaks: "hey, it's nurse Tobi"."""
    before = _INTRODUCES.search(low[max(0, start - 48) : start])
    return before is not None and not _THIRD.match(low, end)


_HERE = re.compile(r",? here\b(?! (?:is|was|has|had|said|says|saw|did|and|to)\b)")
_LETTERS = listed("np pa rn cnm crna ob")
_ROLES = listed(
    "pcp gp cpn sho attg surg attending hospitalist intensivist cardiologist neurologist reg"
)
"""What a colleague is, typed before a name with a capital: "by pcp Wozniak"."""
_ARTICLES = listed(
    """
    the a an your my our their his her this that any every each another no any some which
    what
    """
)
NOT_A_NAME = listed(
    """
    visit visits appointment said says prescribed who told will office oz google phil
    strange who house why practitioner practitioners anesthetist anesthetists manager
    managers educator station called came comes led patients staff here there specialist
    general may might jekyll pepper
    """
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """ "Dr. Okafor", "nurse bond", "Professor Amara Nwosu"."""
    tokens = reading.tokens
    introduced: set[str] = set()
    for index, token in enumerate(tokens):
        if not _is_title(reading, token) or token.possessive or index + 1 >= len(tokens):
            continue
        length = name_length(reading, index)
        if not length:
            continue
        names = tokens[index + 1 : index + 1 + length]
        spoken = " ".join(t.low for t in names)
        end = names[-1].end
        if introduces(reading.low, token.start, end) or _HERE.match(reading.low, end):
            introduced.add(names[-1].low)
            continue
        if names[-1].low in introduced or lexicon.holds(spoken) or spoken in PUBLIC_FIGURES:
            continue
        if f"{token.low} {spoken}" in PUBLIC_FIGURES:
            continue
        reason = "A colleague by name leads to the house and the shift."
        yield Hit("staff", token.start, names[-1].end, 0.9, reason, "a colleague", True)


def _is_title(reading: Reading, token: Token) -> bool:
    """A title, or the letters of a profession as they stand before a name: "PA Lindgren"."""
    if token.low in TITLES:
        return True
    shouted = reading.normal.text[token.start : token.end].isupper()
    if token.low in _ROLES:
        return _named_next(reading, token)
    if token.low not in _LETTERS or not token.cased or not shouted:
        return False
    following = next(iter(reading.tokens[reading.token_at(token.end) :]), None)
    if following is None or medical(following.low) or following.low in EPONYM_HEADS:
        return False
    return may_be_name(following.low)


def _named_next(reading: Reading, token: Token) -> bool:
    """Whether a name with a capital, and no abbreviation, follows the word for what somebody is."""
    name = next(iter(reading.tokens[reading.token_at(token.end) :]), None)
    if name is None or name.breaks or not (name.cased and name.cap):
        return False
    written = reading.normal.text[name.start : name.end]
    plain = name.low in STOP or medical(name.low) or name.low in EPONYM_HEADS
    named = written[1:].islower() and len(written) > 2 and may_be_name(name.low)
    return named and not plain


def name_length(reading: Reading, index: int) -> int:
    """How many words after the title at `index` are a name; 0 for none."""
    tokens, title = reading.tokens, reading.tokens[index]
    previous = tokens[index - 1] if index else None
    article = previous is not None and previous.low in _ARTICLES and not title.breaks
    following = tokens[index + 1]
    initial = _initialled(tokens, index)
    if following.breaks or not (initial or _names(reading, title, following, article=article)):
        return 0
    length = 2 if _initialled(tokens, index) else 1
    while length < 3 and index + length + 1 < len(tokens):
        more = tokens[index + length + 1]
        if more.breaks or tokens[index + length].possessive or not _goes_on(reading, more):
            break
        length += 1
    head = tokens[index + length + 1].low if index + length + 1 < len(tokens) else ""
    return 0 if head in EPONYM_HEADS and title.low not in _SURE else length


def _initialled(tokens: list[Token], index: int) -> bool:
    """ "Dr. A. Smith": an initial and a name."""
    if index + 2 >= len(tokens):
        return False
    initial, name = tokens[index + 1], tokens[index + 2]
    return len(initial.low) == 1 and initial.cap and name.cap and name.gap in {". ", " "}


def _names(reading: Reading, title: Token, word: Token, *, article: bool) -> bool:
    if (
        word.low[:1].isdigit()
        or (word.low in STOP and not word.cap)
        or (word.low in NOT_A_NAME and not word.cap)
    ):
        return word.low == "may" and not article and title.low == "nurse"
    if word.cased:
        return (word.cap and word.low not in STOP | NOT_A_NAME) or (
            word.cap and word.low in {"may", "will", "long", "young"} and not article
        )
    if article:
        return (
            title.low not in {"dr", "dra"}
            and max(first_name(word.low), family_name(word.low)) >= 1
            and zipf(word.low) < 3.6
        )
    known = max(first_name(word.low), family_name(word.low)) > 0
    if title.low in _SURE or title.low == "doctor":
        return known or (zipf(word.low) < 3.3 and not medical(word.low))
    return (known and not medical(word.low)) or zipf(word.low) < 2.2


def _goes_on(reading: Reading, word: Token) -> bool:
    if len(word.low) == 1:
        return word.cased and word.cap and word.low != "i"
    if word.low[:1].isdigit() or word.low in STOP:
        return False
    if word.cased:
        return word.cap and word.low not in NOT_A_NAME
    return family_name(word.low) >= 1 and zipf(word.low) < 3.9
