"""How an English script is read aloud: figures and signs as words, unknown words by their letters.

It decides how the aligner spells what an author typed. What it makes is heard by a machine alone
and never shown.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_SIGNS: Final = {
    "%": "percent", "&": "and", "+": "plus", "=": "equals", "@": "at", "/": "over", "<": "under",
    ">": "over", "$": "dollars", "£": "pounds", "€": "euros", "°": "degrees",
}  # fmt: skip
_UNITS: Final = {
    "mg": "milligrams", "g": "grams", "kg": "kilograms", "ml": "milliliters", "l": "liters",
    "cm": "centimeters", "mm": "millimeters", "mmhg": "millimeters of mercury", "h": "hours",
    "mmol": "millimoles", "mcg": "micrograms", "iu": "international units", "bpm": "beats a minute",
    "am": "a m", "pm": "p m", "st": "", "nd": "", "rd": "", "th": "",
}  # fmt: skip
_SHORT: Final = {
    "dr": "doctor", "mr": "mister", "mrs": "missus", "vs": "versus", "etc": "et cetera",
}  # fmt: skip
_PIECE: Final = re.compile(r"\d+(?:,\d{3})+|\d+|[a-z']+|[%&+=@/<>$£€°.]", re.IGNORECASE)
_ORDINAL: Final = re.compile(r"(\d+)(st|nd|rd|th)", re.IGNORECASE)


def words_of(token: str) -> tuple[str, ...]:
    """How one typed token is said, as lower-case words: `98%` is (ninety, eight, percent)."""
    plain = unicodedata.normalize("NFKD", token).replace("’", "'")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    if found := _ORDINAL.fullmatch(plain.strip(".,;:!?()\"'")):
        return tuple(_ordinal(int(found.group(1))))
    return tuple(_said(_PIECE.findall(plain)))


def _said(pieces: list[str]) -> Iterator[str]:
    for at, piece in enumerate(pieces):
        after_figure = at > 0 and pieces[at - 1][-1].isdigit()
        if piece[0].isdigit():
            decimal = at > 1 and pieces[at - 1] == "." and pieces[at - 2][-1].isdigit()
            yield from _digits(piece) if decimal else number(piece)
        elif piece == ".":
            if after_figure and at + 1 < len(pieces) and pieces[at + 1][0].isdigit():
                yield "point"
        elif piece in _SIGNS:
            yield _SIGNS[piece]
        else:
            word = piece.strip("'").lower()
            yield from (_UNITS.get(word, word) if after_figure else _SHORT.get(word, word)).split()


def _digits(piece: str) -> Iterator[str]:
    return (_ONES[int(digit)] for digit in piece if digit.isdigit())


def number(figures: str) -> tuple[str, ...]:
    """A whole number as it is said: `1990` like a year, `412` as four hundred twelve, what is
    longer than six figures or begins with zero one figure at a time."""
    bare = figures.replace(",", "")
    if len(bare) > 6 or (len(bare) > 1 and bare[0] == "0"):
        return tuple(_digits(bare))
    value = int(bare)
    is_year = len(bare) == 4 and "," not in figures and value // 100 % 10 and 1100 <= value < 2100
    if is_year:
        rest = value % 100
        tail = _small(rest) if rest > 9 else (["o", _ONES[rest]] if rest else ["hundred"])
        return (*_small(value // 100), *tail)
    return tuple(_whole(value))


def _whole(value: int) -> list[str]:
    if value >= 1000:
        rest = _whole(value % 1000) if value % 1000 else []
        return [*_whole(value // 1000), "thousand", *rest]
    if value >= 100:
        rest = _small(value % 100) if value % 100 else []
        return [_ONES[value // 100], "hundred", *rest]
    return _small(value)


def _small(value: int) -> list[str]:
    if value < 20:
        return [_ONES[value]]
    return [_TENS[value // 10], *([_ONES[value % 10]] if value % 10 else [])]


def _ordinal(value: int) -> Iterator[str]:
    words = _whole(value) if value < 1_000_000 else list(_digits(str(value)))
    yield from words[:-1]
    last = words[-1]
    yield _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")


_SOUNDS: Final = tuple(
    (letters, tuple(phones.split()))
    for letters, _, phones in (
        line.partition(" ")
        for line in (
            "tion SH AH N,sion ZH AH N,ough AO,augh AO,eigh EY,tch CH,igh AY,sch S K,ae IY,"
            "ai EY,au AO,aw AO,ay EY,ch CH,ck K,ea IY,ee IY,ei EY,eu Y UW,ew UW,ey IY,gh G,ie IY,"
            "kn N,ng NG,oa OW,oe IY,oi OY,oo UW,ou AW,ow OW,oy OY,ph F,qu K W,rh R,sh SH,th TH,"
            "ue UW,wh W,wr R,ar AA R,er ER,ir ER,or AO R,ur ER,ce S EH,ci S IH,cy S IY,ge JH EH,"
            "gi JH IH,gy JH IY,a AE,b B,c K,d D,e EH,f F,g G,h HH,i IH,j JH,k K,l L,m M,n N,o OW,"
            "p P,q K,r R,s S,t T,u AH,v V,w W,x K S,y IY,z Z"
        ).split(",")
    )
)

_FIRST: Final = {"y": "Y", "x": "Z"}


def phones_of(word: str) -> tuple[str, ...]:
    """How a word that no dictionary knows may sound (ARPAbet), letter by letter: rough, but near
    enough to find where it is said. Empty where it has no letter that is said."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) > 3 and letters.endswith("e") and letters[-2] not in "aeiou":
        letters = letters[:-1]
    letters = re.sub(r"([b-df-hj-np-tv-z])\1", r"\1", letters)
    phones: list[str] = []
    at = 0
    while at < len(letters):
        if at == 0 and letters[0] in _FIRST:
            phones.append(_FIRST[letters[0]])
            at = 1
            continue
        spelt, sounds = next(each for each in _SOUNDS if letters.startswith(each[0], at))
        phones += sounds
        at += len(spelt)
    return tuple(phones)
