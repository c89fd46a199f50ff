"""Codes as they are said, sign by sign: "x j k four oh nine", "b d seven four kilo echo"."""

import itertools
import re
from collections.abc import Iterator

from wardcast.check.number_words import TEENS, TENS, UNITS

_SPOKEN_LETTERS = {
    word: word[0]
    for word in (
        "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima "
        "november oscar papa quebec romeo sierra tango uniform victor whiskey yankee zulu"
    ).split()
}
"""The letters of those who speak by radio; without "mike", who is somebody more often."""
_PEOPLE_TOO = frozenset("charlie oscar victor juliet juliett romeo india lima sierra".split())
_LABELS = (
    "mrn dob ssn nhs icu nicu picu ccu rm bd er ed id npi dna hr bp mri ct ekg ecg cpr uti mlk jan "
    "feb mar apr may jun jul aug sep oct nov dec"
).split()
"""Letters that are told before a number and are no part of it: "m r n four four three"."""
_STREET_NEXT = re.compile(r" (?:boulevard|street|avenue|road|drive|lane|way|court)\b")
_NUMBERS = {**UNITS, **TEENS, **TENS, "oh": 0}
_SIGN_SAID = rf"(?:[a-z]|\d|{'|'.join([*_NUMBERS, *_SPOKEN_LETTERS])})"
_CODE = re.compile(
    rf"(?<![\w'.,/-]){_SIGN_SAID}(?:[ \t]{_SIGN_SAID}){{4,24}}(?![\w'-]|[.,/]\d)", re.IGNORECASE
)
_WORD_OR_DIGIT = re.compile(r"[A-Za-z]+|\d")


def codes(text: str) -> Iterator[tuple[int, int, str]]:
    """Letters and numbers that are told in turn, sign by sign: "x j k four oh nine nine"."""
    for run in _CODE.finditer(text):
        words = [(m.start(), m.end(), m.group().lower()) for m in _WORD_OR_DIGIT.finditer(run[0])]
        while words and words[0][2] in {"a", "i", "o"}:
            words.pop(0)
        while words and words[-1][2] in {"a", "i", "o"}:
            words.pop()
        words = _unlabelled(words)
        if _somebody(words) or _STREET_NEXT.match(text, run.end()):
            continue
        signs = [_sign(word) for _, _, word in words]
        letters = sum(sign.isalpha() for sign in signs)
        if letters and len(signs) - letters >= 2 and len(signs) > 4:
            yield run.start() + words[0][0], run.start() + words[-1][1], _in_tens(signs)


def _unlabelled(words: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The words of a code without the label that is spelled before it; two letters may as well
    begin the code where others follow: "b d seven four kilo echo"."""
    spelled = "".join(word if len(word) == 1 else " " for _, _, word in words[:5])
    label = next((label for label in _LABELS if spelled.startswith(label)), "")
    rest = words[len(label) :]
    letters = any(_sign(word).isalpha() for _, _, word in rest)
    return words if len(label) < 3 and letters else rest


def _somebody(words: list[tuple[int, int, str]]) -> bool:
    """Whether a radio word may be a name: one that people have, with none of its kind beside it."""
    said = [word for _, _, word in words]
    radio = [word in _SPOKEN_LETTERS for word in said]
    together = any(one and two for one, two in itertools.pairwise(radio))
    return bool(_PEOPLE_TOO & set(said)) and not together


def _sign(word: str) -> str:
    """What one word of a code stands for."""
    if word in _SPOKEN_LETTERS:
        return _SPOKEN_LETTERS[word]
    value = _NUMBERS.get(word)
    return word if value is None else str(value)


def _in_tens(signs: list[str]) -> str:
    """The signs as one word; "seventy", "three" is 73."""
    out = ""
    for at, sign in enumerate(signs):
        tens = at > 0 and signs[at - 1] in _TENS_SAID
        unit = len(sign) == 1 and sign.isdigit() and sign != "0"
        out = out[:-1] + sign if tens and unit else out + sign
    return out


_TENS_SAID = frozenset(str(value) for value in TENS.values())
