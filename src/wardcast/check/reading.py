"""One text as the detectors see it:

normalised, cut into words, with the places that tell of a case.
"""

import bisect
import re
from dataclasses import dataclass

from wardcast.check.case import CASE
from wardcast.check.gazetteers.folding import fold
from wardcast.check.gazetteers.medicine import DRUGS, EPONYMS
from wardcast.check.gazetteers.names import first_name
from wardcast.check.gazetteers.words import zipf
from wardcast.check.normalise import Normal, normalise

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BREAK = re.compile(r"[.!?;:,\n()\"“”/|—–]")
_STOP = re.compile(r"[.!?\n:…]")
_ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr drs prof st mt pt sra mme sgt cpl lt capt cpt col maj rev sis wm".split()
)
_ABBREVIATED = re.compile(r"\.(?: ?[,;)(/&#-]| $)")
"""A full stop that ends no sentence: "Anna S., who", "approx. four"."""

_POSSESSIVE = ("'s", "’s")
_NEAR = 220
_PRONOUNS = frozenset({"he", "she", "him", "his", "her", "hers"})
_COMMON = 4.0
"""A word so common is rarely a name."""

_CAPITAL_TERMS = EPONYMS | DRUGS


@dataclass(slots=True)
class Token:
    """A word of the normalised text.

    `gap` is what stands between it and the word before; `cap` tells whether it has a capital, and
    `cased` whether that means something in its sentence.
    """

    low: str
    start: int
    end: int
    cap: bool
    gap: str
    breaks: bool
    opens: bool
    possessive: bool
    cased: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A text made ready:

    detectors run on `low` and `tokens`, findings go back by `normal.source`.
    """

    original: str
    normal: Normal
    low: str
    tokens: list[Token]
    case_starts: list[int]
    name_starts: list[int]
    channel: str
    capitals: bool
    """Whether its names are written with capitals, so that a rare word without one is none."""
    _starts: list[int]

    def beside_case(self, start: int, end: int, *, named: bool = True) -> bool:
        """Whether something near these characters tells of one patient; with `named`, a person's
        name is enough."""
        told = _any(self.case_starts, start - _NEAR, end + _NEAR)
        return told or (named and _any(self.name_starts, start - _NEAR, end + _NEAR))

    def beside_name(self, start: int, end: int) -> bool:
        """Whether a person's name stands near these characters."""
        return _any(self.name_starts, start - _NEAR, end + _NEAR)

    def sentence(self, start: int) -> tuple[int, int]:
        """Where the sentence around a character begins and ends."""
        first = max(self.low.rfind(sign, 0, start) for sign in ".!?\n") + 1
        ends = [at for sign in ".!?\n" if (at := self.low.find(sign, start)) >= 0]
        return first, min(ends, default=len(self.low))

    def case_in_sentence(self, start: int) -> bool:
        """Whether the sentence around these characters tells of one patient by more than "he" or
        "she"."""
        found = CASE.finditer(self.low, *self.sentence(start))
        return any(match.group() not in _PRONOUNS for match in found)

    @property
    def foreign(self) -> bool:
        """Whether the words are captions of another language, which no rule is made for."""
        return self.channel.startswith("captions.") and not self.channel.startswith("captions.en")

    def token_at(self, start: int) -> int:
        """The index of the first word that begins at or after `start`."""
        return bisect.bisect_left(self._starts, start)


def _any(starts: list[int], low: int, high: int) -> bool:
    """Whether a sorted list holds a number from `low` to `high`."""
    at = bisect.bisect_left(starts, low)
    return at < len(starts) and starts[at] <= high


def read(text: str, *, channel: str = "") -> Reading:
    """Normalises `text`, words of a picture (channel "screen") with more care, and cuts it."""
    normal = normalise(text, glued=channel == "screen")
    low = _lowered(normal.text)
    tokens = _tokens(normal.text)
    _style(tokens, normal.text)
    return Reading(
        original=text,
        normal=normal,
        low=low,
        tokens=tokens,
        case_starts=[m.start() for m in CASE.finditer(low)],
        name_starts=[],
        channel=channel,
        _starts=[t.start for t in tokens],
        capitals=any(_names_somebody(t, normal.text) for t in tokens),
    )


def _lowered(text: str) -> str:
    """`text` in lower case, character by character, so that offsets hold ("İ" would become two)."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'")


def _tokens(text: str) -> list[Token]:
    out: list[Token] = []
    previous = 0
    for match in _TOKEN.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        gap = text[previous:start]
        possessive = word.endswith(_POSSESSIVE)
        if possessive:
            word, end = word[:-2], end - 2
        breaks = not out or (gap != " " and _BREAK.search(gap) is not None)
        opens = not out or (breaks and _STOP.search(gap) is not None)
        low = fold(word)
        if breaks and gap.strip() == "." and out and _abbreviates(out[-1]):
            breaks = opens = False
        if opens and out and _ABBREVIATED.match(gap) and not (word[0].isupper() and gap == ". "):
            opens = False
        out.append(Token(low, start, end, word[:1].isupper(), gap, breaks, opens, possessive))
        previous = match.end()
    return out


def _names_somebody(token: Token, text: str) -> bool:
    """Whether a word within a sentence has the capital of a name: "Osei", no "MRI", no "Lasix"."""
    written = text[token.start : token.end]
    within = token.cap and token.cased and not token.opens
    return within and written[1:].islower() and len(written) > 2 and token.low not in _CAPITAL_TERMS


def _abbreviates(token: Token) -> bool:
    return token.low in _ABBREVIATIONS


def _style(tokens: list[Token], text: str) -> None:
    """Marks, sentence by sentence, where a capital means something.

    It does where a sentence begins with one and not nearly every word has one; where it begins
    without, only the words that have one are read by it. In a shouted or Title Case sentence every
    capital is forgotten.
    """
    start = 0
    for index in range(1, len(tokens) + 1):
        if index == len(tokens) or tokens[index].opens:
            _style_sentence(tokens[start:index], text)
            start = index


def _shows_off(capitals: list[Token], text: str) -> bool:
    """Whether words have capitals that are no names: a title or a shout, and not a list of names
    and places."""
    words = [t for t in capitals if len(t.low) > 2]
    shouted = sum(text[t.start : t.end].isupper() for t in words)
    common = sum(zipf(t.low) >= _COMMON and not first_name(t.low) for t in words)
    return 2 * max(shouted, common) > len(words)


def _style_sentence(sentence: list[Token], text: str) -> None:
    letters = [
        t for t in sentence if t.low[:1].isalpha() and t.low not in {"i", "i'm", "i've", "i'd"}
    ]
    capitals = [t for t in letters if t.cap]
    if len(letters) > 3 and len(capitals) > 0.75 * len(letters) and _shows_off(capitals, text):
        for token in sentence:
            token.cap = False
        return
    if not capitals:
        return
    cased = sentence[0].cap or any(
        not text[t.start : t.end].isupper() and t.low not in _CAPITAL_TERMS for t in capitals
    )
    begins = sentence[0].cap or not sentence[0].low[:1].isalpha()
    for token in sentence:
        token.cased = cased and (begins or token.cap)
