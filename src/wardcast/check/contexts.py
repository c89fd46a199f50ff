"""What the model of context sees of a word and of its neighbours.

The strings are the model's own vocabulary: who changes them trains it anew (`wardcast models
train-text`).
"""

from functools import lru_cache

from wardcast.check.gazetteers import towns
from wardcast.check.gazetteers.medicine import DRUGS, EPONYM_HEADS, EPONYMS, medical
from wardcast.check.gazetteers.names import family_name, first_name
from wardcast.check.gazetteers.words import PERSON_VERBS, STOP, WORD_NAMES, zipf
from wardcast.check.reading import Token

Features = list[list[str]]

_POSITIONS = (-2, -1, 0, 1, 2)
_EDGE = ("edge",)


def features(tokens: list[Token]) -> Features:
    """One list of strings for each word."""
    looks = [_look(t.low, _style(t), t.breaks, t.possessive) for t in tokens]
    edge = tuple(tuple(f"{p}:edge" for _ in _EDGE) for p in _POSITIONS)
    out: Features = []
    last = len(tokens) - 1
    for at, token in enumerate(tokens):
        mine = list(looks[at][2])
        mine += looks[at - 1][1] if at else edge[1]
        mine += looks[at - 2][0] if at > 1 else edge[0]
        mine += looks[at + 1][3] if at < last else edge[3]
        mine += looks[at + 2][4] if at + 1 < last else edge[4]
        before = tokens[at - 1].low if at else "^"
        after = tokens[at + 1].low if at < last else "$"
        mine.append(f"b={before}|{after}" if zipf(before) > 4 and zipf(after) > 4 else "b=rare")
        if token.opens:
            mine.append("opens")
        out.append(mine)
    return out


def _style(token: Token) -> str:
    if not token.cased:
        return "loose"
    return "cap" if token.cap else "low"


@lru_cache(maxsize=65536)
def _look(low: str, style: str, breaks: bool, possessive: bool) -> tuple[tuple[str, ...], ...]:
    """A word's strings as seen from each of five places: from two behind it to two before it."""
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
    return tuple(tuple(f"{p}:{s}" for s in seen[p]) for p in _POSITIONS)


def _grade(sure: float) -> int:
    return int(sure * 2)
