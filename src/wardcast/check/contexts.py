"""What the model of context sees of a word and of its neighbours.

The strings are the model's own vocabulary: who changes them trains it anew (`wardcast models
train-text`).
"""

from functools import lru_cache

from wardcast.check.gazetteers import towns
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import DRUGS, EPONYM_HEADS, EPONYMS, medical
from wardcast.check.gazetteers.names import family_name, first_name
from wardcast.check.gazetteers.people import KIN, PERSON
from wardcast.check.gazetteers.words import PERSON_VERBS, STOP, WORD_NAMES, zipf
from wardcast.check.reading import Token

Features = list[list[str]]

_POSITIONS = (-2, -1, 0, 1, 2)
_EDGE = tuple((f"{p}:edge",) for p in _POSITIONS)
_TOLD = listed(
    """
    patient pt he she his her him lady gentleman woman man guy kid boy girl baby old male female
    mother father wife husband son daughter
    """
)
_HOUSE = listed(
    """
    hospital clinic medical memorial regional general infirmary institute practice hospice
    children's veterans center centre
    """
)
_CLASSES = {
    "he": listed("he she they who it i you we"),
    "him": listed("him her them me us"),
    "his": listed("his hers their my our your its"),
    "kin": KIN,
    "who": PERSON,
    "the": listed("the a an this that these those some any every each another no"),
    "be": listed("is was are were be been being am"),
    "have": listed("has had have having hadn't hasn't"),
    "do": listed("did does do didn't doesn't don't"),
    "can": listed("can could will would shall should may might must can't couldn't won't wouldn't"),
    "and": listed("and or but nor so yet plus"),
    "at": listed("in at on near outside from into inside around across beside by"),
    "to": listed("to for with about of like than without on behalf unlike after before between"),
    "when": listed("when while because until although though once since if as that which where"),
    "how": listed("not never always still just even only also already really very too quite then"),
    "day": listed("today yesterday tonight tomorrow now morning night week month year last next"),
}
_CLASS = {word: name for name, words in _CLASSES.items() for word in words}
_ENDINGS = ("ing", "ed", "ly", "es", "s")
_NEAR = 8
"""Words before and after among which somebody is told of."""


def features(tokens: list[Token]) -> Features:
    """One list of strings for each word."""
    looks = [_look(t.low, _style(t), t.breaks, t.possessive) for t in tokens]
    told = _running(tokens, _TOLD)
    houses = _running(tokens, _HOUSE)
    out: Features = []
    last = len(tokens) - 1
    for at, token in enumerate(tokens):
        mine = list(looks[at][2])
        mine += looks[at - 1][1] if at else _EDGE[1]
        mine += looks[at - 2][0] if at > 1 else _EDGE[0]
        mine += looks[at + 1][3] if at < last else _EDGE[3]
        mine += looks[at + 2][4] if at + 1 < last else _EDGE[4]
        before = _plain(tokens[at - 1].low) if at else "^"
        after = _plain(tokens[at + 1].low) if at < last else "$"
        farther = _plain(tokens[at - 2].low) if at > 1 else "^"
        beyond = _plain(tokens[at + 2].low) if at + 1 < last else "$"
        kind = looks[at][5][0]
        mine += (
            f"b={before}|{after}", f"bb={farther}|{before}", f"aa={after}|{beyond}",
            f"bk={before}|{kind}", f"ak={after}|{kind}",
            f"bc={_class(tokens[at - 1].low) if at else '^'}|{kind}",
            f"ac={_class(tokens[at + 1].low) if at < last else '$'}|{kind}",
            f"cc={_class(tokens[at - 1].low) if at else '^'}|"
            f"{_class(tokens[at + 1].low) if at < last else '$'}",
        )  # fmt: skip
        near = told[min(last, at + _NEAR) + 1] > told[max(0, at - _NEAR)]
        mine.append(f"told={near}")
        if houses[min(last, at + 4) + 1] > houses[at]:
            mine.append("house")
        if token.opens:
            mine.append("opens")
        out.append(mine)
    return out


def _running(tokens: list[Token], words: frozenset[str]) -> list[int]:
    """How many of the words stand before each place."""
    counts = [0]
    for token in tokens:
        counts.append(counts[-1] + (token.low in words))
    return counts


@lru_cache(maxsize=65536)
def _plain(low: str) -> str:
    """A word that many sentences hold, else how rare it is."""
    if low[:1].isdigit():
        return "digits"
    common = zipf(low)
    return low if common >= 4 else f"rare{min(4, int(common))}"


@lru_cache(maxsize=65536)
def _class(low: str) -> str:
    """What kind of word a neighbour is: a closed class, else its ending, else how rare it is."""
    known = _CLASS.get(low)
    if known:
        return known
    if low[:1].isdigit():
        return "digits"
    ending = next((e for e in _ENDINGS if low.endswith(e) and len(low) > len(e) + 2), "")
    return f"{ending}{'rare' if zipf(low) < 3 else ''}"


def _style(token: Token) -> str:
    if not token.cased:
        return "loose"
    return "cap" if token.cap else "low"


@lru_cache(maxsize=65536)
def _look(low: str, style: str, breaks: bool, possessive: bool) -> tuple[tuple[str, ...], ...]:
    """A word's strings as seen from each of five places, from two behind it to two before it; last,
    what kind of word it is."""
    common = zipf(low)
    word = low if common >= 3.2 or low in WORD_NAMES else f"rare{min(3, int(common))}"
    near = [f"w={word}"]
    if low[:1].isdigit():
        near = [f"w=digits{min(len(low), 5)}"]
    lists = f"n={_grade(first_name(low))}{_grade(family_name(low))}"
    about = [*near, lists, f"s={style}"]
    if breaks:
        about.append("breaks")
    own = [
        *about,
        f"z={int(common * 2)}",
        f"x={low[-3:]}",
        f"x2={low[-2:]}",
        f"ns={lists}{style}",
        f"town={towns.known(low)}",
        f"stop={low in STOP}{low in PERSON_VERBS}",
        f"med={medical(low)}{low in EPONYMS}{low in DRUGS}",
        f"len={min(len(low), 9)}",
        f"poss={possessive}",
    ]
    head = [f"head={low in EPONYM_HEADS}"]
    seen = {-2: near, -1: about, 0: own, 1: [*about, *head], 2: [*near, lists]}
    places = tuple(tuple(f"{p}:{s}" for s in seen[p]) for p in _POSITIONS)
    return (*places, (f"{lists}{style}r{min(4, int(common))}",))


def _grade(sure: float) -> int:
    return int(sure * 2)
