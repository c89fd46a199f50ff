"""Names, houses and towns that no list holds, by their context: a model that has read scripts.

The model (`data/text.crfsuite`) and its recipe (`data/text.json`) are made by `wardcast models
train-text`. Without it the rules stand alone.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from wardcast.check.contexts import features
from wardcast.check.data import FOLDER
from wardcast.check.detectors.facilities import studied_there
from wardcast.check.detectors.hit import Hit
from wardcast.check.detectors.name_forms import NOT_NAMES, PARTICLES, extension, plausible
from wardcast.check.detectors.name_spared import introduced, public, spared
from wardcast.check.detectors.staff import NOT_A_NAME, introduces
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import (
    ABBREVIATIONS,
    DRUGS,
    EPONYMS,
    INSTITUTIONS,
    SURE_EPONYMS,
    medical,
)
from wardcast.check.gazetteers.names import family_name, first_name
from wardcast.check.gazetteers.people import KIN, PERSON
from wardcast.check.gazetteers.places import states_and_countries
from wardcast.check.gazetteers.towns import known
from wardcast.check.gazetteers.words import STOP, WORD_NAMES, zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading, Token

MODEL = FOLDER / "text.crfsuite"
RECIPE = FOLDER / "text.json"
_STRETCH = 160
"""Words that are read at once; the model looks no farther than two."""

_LEAST = 0.1
"""A word less sure than this is not even a part of something."""

_SURE = 0.95
"""From here on even a word that is not rare may be somebody's name."""

_TOLD = 0.8
"""From here on it is told of somebody, whatever else the sentence says; a name where nothing else
tells of a case only from `_SURE` on."""

_LIKELY = 0.6
"""From here on a single word that is a name as well is taken for one."""

_TRUSTED = 0.85
"""From here on a word with a capital may be any word at all."""

_COMMON = ((0.9, 5.6), (0.6, 4.0), (0.0, 3.4))
"""How common a word may be (zipf) that is as sure as that."""

_REASONS = {
    "name": ("It stands where a person's name would.", "my patient"),
    "staff": ("A colleague by name leads to the house and the shift.", "a colleague"),
    "facility": ("The house, beside a case, tells where to ask.", "another hospital"),
    "place": ("A town, beside a case, leaves few people it can be.", "our area"),
}
KINDS = {"NAME": "name", "STAFF": "staff", "FAC": "facility", "LOC": "place"}
_HOUSE = listed(
    """
    hospital clinic medical center centre memorial regional general health infirmary institute
    practice hospice saint st royal children's veterans mercy university community oaks va dialysis
    rehab dermatology urgent senior nursing elementary baptist kaiser
    """
)
_ADDRESSED = listed("sir ma'am madam y'all dude bro honey sweetheart folks guys abuela nana")
_BODIES = listed(
    """
    foundation society association college academy network committee council collaboration
    consortium initiative trial trials study guideline guidelines criteria agency administration
    murmur syndrome disease sign reflex score scale classification manoeuvre maneuver sequence
    """
)
"""What ends the name of a body that gives advice, or of a term of medicine, and nobody's."""
_INNER = re.compile(r"\w*[a-z][A-Z]")
_DERIVED = ("ly", "ing", "ment", "ness", "al", "ase")
"""Endings of ordinary words of medicine, which a name that nobody else has may have too."""
_JOINED = re.compile(
    r"(?:Mc|Mac|Fitz|De|Di|La|Le|Van|Von|Du|Da|St|Al|El|Ap|Nic|Abu|Bin|Ibn|[A-Z]')"
)
_ABBREVIATED = listed("hosp ctr med dept")
_OF_MEDICINE = ABBREVIATIONS | DRUGS
_PARTS = re.compile(r"[()\[\];:\n/|!?#]")
"""Signs that part two names."""
_LONGEST = 12
"""Words in a row that can be one name; letters said over and over are more."""

_SLURRED = listed("gon na wan lem gonna wanna gimme kinda y'all")
_NOBODY = _SLURRED | KIN | PERSON | NOT_NAMES
_TITLED = re.compile(r"(?:nurse|doctor|dr\.?|doc|midwife|sister|paramedic) $")
_TITLES = listed("dr doctor dra prof professor nurse matron sister mr mrs ms miss")


@cache
def _tagger() -> Any:
    """The model, or None where it is not there."""
    if not MODEL.exists():
        return None
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(MODEL))
    return tagger


@cache
def _floors() -> dict[str, float]:
    """How sure the model must be of each kind, as its recipe says."""
    floors: dict[str, float] = json.loads(RECIPE.read_text())["floors"]
    return floors


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """What the model takes for a name, a colleague, a house or a town."""
    tagger = _tagger()
    if tagger is None:
        return
    own = introduced(reading.tokens)
    for first in range(0, len(reading.tokens), _STRETCH):
        words = reading.tokens[first : first + _STRETCH]
        for found, many, label, sure in _runs(tagger, words):
            kind = KINDS[label]
            if kind == "facility" and many < 3 and _town(words[found : found + many]):
                kind = "place"
            at, length = _bare(words, found, many) if kind == "name" else (found, many)
            if kind == "name":
                at, length = _unabbreviated(reading, words, at, length)
            if not length or _unlikely(reading, first + at, length, kind, sure):
                continue
            if kind == "name" and words[at].cased:
                length += extension(reading, first + at + length - 1)
            start, end = (
                reading.tokens[first + at].start,
                reading.tokens[first + at + length - 1].end,
            )
            said = " ".join(t.low for t in reading.tokens[first + at : first + at + length])
            if lexicon.holds(said) or public(reading.tokens, first + at, length):
                continue
            if _well_known(words, at, length) and not (kind == "name" and sure >= _TRUSTED):
                continue
            if kind in {"name", "staff"} and spared(reading, first + at, length, lexicon, own):
                continue
            if _introduces(reading, start, end, titled=kind != "staff"):
                continue
            if kind in {"facility", "place"} and studied_there(reading, start):
                continue
            reason, suggestion = _REASONS[kind]
            case = reading.beside_case(start, end)
            patient = sure >= (_SURE if kind == "name" and not case else _TOLD)
            yield Hit(kind, start, end, round(0.5 + sure / 3, 2), reason, suggestion, patient)


def _introduces(reading: Reading, start: int, end: int, *, titled: bool) -> bool:
    """ "it's nurse camille": whether somebody says who they are, by a title or, unless it must be
    `titled`, without."""
    title = _TITLED.search(reading.low[max(0, start - 12) : start])
    if title is None and titled:
        return False
    return introduces(reading.low, start - (len(title.group()) if title else 0), end)


def _runs(tagger: Any, words: list[Token]) -> Iterator[tuple[int, int, str, float]]:
    """Stretches of words that may well be something, whatever the likeliest reading is: where, how
    many, what they would be, how sure that they are more than plain words."""
    tagger.set(features(words))
    sure = [1.0 - tagger.marginal("O", at) for at in range(len(words))]
    labels = [_label(tagger, at) if some >= _LEAST else "O" for at, some in enumerate(sure)]
    at = 0
    while at < len(words):
        label = labels[at]
        if label == "O":
            at += 1
            continue
        length = 1
        while at + length < len(words) and labels[at + length] == label:
            gap = words[at + length].gap
            before = words[at + length - 1].low
            ends = label == "NAME" and words[at + length].opens and len(before) > 1
            if ends or _PARTS.search(gap) or (label == "FAC" and "," in gap):
                break
            length += 1
        most = max(sure[at : at + length])
        if most >= _floors()[label]:
            yield at, length, label, most
        at += length


def _label(tagger: Any, at: int) -> str:
    """The likeliest of the kinds for one word."""
    return max(KINDS, key=lambda label: float(tagger.marginal(label, at)))


def _bare(words: list[Token], at: int, length: int) -> tuple[int, int]:
    """A run without the plain words at its ends: "my cousin Ada" is "Ada"."""
    while length and _plain(words[at]):
        at, length = at + 1, length - 1
    while length and _plain(words[at + length - 1]):
        length -= 1
    return at, length


def _unabbreviated(reading: Reading, words: list[Token], at: int, length: int) -> tuple[int, int]:
    """A run without the abbreviations at its ends: "AF, Signora Bonaventura, RAI"; one that is all
    in capitals stays."""
    if all(_shouted(reading, t) for t in words[at : at + length]):
        return at, length
    while length > 1 and _cut(reading, words[at]) and "," in words[at + 1].gap:
        at, length = at + 1, length - 1
    while (
        length > 1 and _cut(reading, words[at + length - 1]) and ("," in words[at + length - 1].gap)
    ):
        length -= 1
    return at, length


def _cut(reading: Reading, token: Token) -> bool:
    """An abbreviation that is no name in capitals, as in "ROSS, Ottoline"."""
    return _shouted(reading, token) and not (first_name(token.low) or family_name(token.low))


def _plain(token: Token) -> bool:
    return token.low in STOP | KIN | PERSON and not (token.cased and token.cap)


def _unlikely(reading: Reading, at: int, length: int, kind: str, sure: float) -> bool:
    """Whether what the model takes for a name cannot be one."""
    words = reading.tokens[at : at + length]
    if length > _LONGEST or words[0].gap.endswith("#"):  # a hashtag is judged by the rules
        return True
    if all(t.low in EPONYMS for t in words) and any("-" in t.gap for t in words[1:]):
        return True  # "Wolff-Parkinson-White"
    told = (
        kind == "name"
        and sure >= _TRUSTED
        and all(
            t.cased and t.cap and not _shouted(reading, t) and t.low not in _ADDRESSED
            for t in words
        )
    )
    before = reading.tokens[at - 1].low if at else ""
    if kind == "name" and length == 1 and before in {"a", "an", "the"} and not words[0].cased:
        return zipf(words[0].low) >= 3  # "a farmer walks in"
    if all(t.low[:1].isdigit() or (_slight(t) and not told) for t in words):
        return True
    if _lands(reading, at, length):
        return True
    if kind == "facility":
        return _no_house(words, sure)
    if words[-1].low in _BODIES or (words[0].gap == "-" and words[0].low in EPONYMS):
        return True  # "Brain Trauma Foundation", the second half of "Child-Pugh"
    if kind == "place" and (words[0].low in SURE_EPONYMS or _shouted(reading, words[0])):
        return True
    if kind == "staff":
        return length == 1 or words[0].low not in _TITLES or words[1].low in NOT_A_NAME
    if any(t.cased and not t.cap and t.gap != "-" and t.low not in PARTICLES for t in words):
        return True
    if length == 1 and sure < _LIKELY and words[0].low in WORD_NAMES and not words[0].cased:
        return zipf(words[0].low) >= 4
    if len(reading.tokens) == 1 and first_name(words[0].low) < 1 and zipf(words[0].low) >= 3.4:
        return True  # a title of one word: "Run", "Burns"
    if reading.foreign and (length > 2 or sure < _TRUSTED):
        return True
    shorthand = not words[0].cap and words[0].low in _OF_MEDICINE
    if kind == "name" and (shorthand or _sentence(words)):
        return True
    if told:
        return False  # "Will", "Sunday", "O": the sentence leaves no doubt
    common = next(most for least, most in _COMMON if sure >= least)
    return kind == "name" and not any(_can_name(reading, t, common) for t in words)


def _sentence(words: list[Token]) -> bool:
    """Whether words are a stretch of talk and no name: "small boluses w early", "AST 240, ha"."""
    if len(words) < 3:
        return False
    plain = sum(
        t.low[0].isdigit()
        or t.low in ABBREVIATIONS
        or (not t.cap and zipf(t.low) > 4 and t.low not in PARTICLES and not first_name(t.low))
        for t in words
    )
    return 3 * plain > len(words)


def _town(words: list[Token]) -> bool:
    """ "Toledo OH", after the house that lies there."""
    state = len(words) == 1 or len(words[1].low) == 2
    return state and known(words[0].low) and not any(t.low in _HOUSE for t in words)


def _slight(token: Token) -> bool:
    return token.low in STOP or len(token.low) < 2


def _lands(reading: Reading, at: int, length: int) -> bool:
    """Whether the words are a state or country, several of them, or the end of one."""
    lands = states_and_countries()
    words = [t.low for t in reading.tokens[max(0, at - 1) : at + length]]
    own = words[-length:]
    apart = ["," in t.gap for t in reading.tokens[at + 1 : at + length]]
    named = max(first_name(own[0]), family_name(own[0])) > 0  # "Jordan, Michael"
    if own[0] in lands and apart and apart[0] and not named:
        return True  # "Ireland, Samaritans"
    several = all(apart) and all(word in lands for word in own)  # "Florida, Ohio, Maine"
    return several or " ".join(own) in lands or " ".join(words) in lands


def _well_known(words: list[Token], at: int, length: int) -> bool:
    """Whether the words are a well-known house, or a part of one: the rules judge those."""
    for first in range(max(0, at - 1), at + 1):
        for last in range(at + length, min(len(words), at + length + 1) + 1):
            if " ".join(t.low for t in words[first:last]) in INSTITUTIONS:
                return True
    return False


def _no_house(words: list[Token], sure: float) -> bool:
    if len(words) == 1:
        return zipf(words[0].low) > 3.5 or words[0].low in _ABBREVIATED or words[0].low in EPONYMS
    if any(t.low in _HOUSE for t in words):
        return False
    if words[0].possessive and words[0].low in EPONYMS:
        return True  # "Tourette's + ADHD"
    capitals = [t.cap for t in words if t.cased and t.low not in STOP]
    if any(capitals) and not all(capitals):  # a sentence, as in another language
        return True
    return not all(t.cased and t.cap for t in words) and sure < _TOLD


def _shouted(reading: Reading, token: Token) -> bool:
    """ "HTN", "GERD": an abbreviation."""
    written = reading.normal.text[token.start : token.end]
    mixed = token.cased or not reading.original.isupper()
    return mixed and len(written) <= 5 and written.removesuffix("s").isupper()


def _acronym(reading: Reading, token: Token) -> bool:
    """ "AUGUSTUS": a word in capitals among others that have none, as trials are written."""
    at = reading.token_at(token.start)
    around = reading.tokens[max(0, at - 1) : at + 2]
    shouts = sum(reading.normal.text[t.start : t.end].isupper() for t in around if len(t.low) > 2)
    return shouts == 1 and reading.normal.text[token.start : token.end].isupper()


def _formula(reading: Reading, token: Token) -> bool:
    """ "QTcF", "PTHrP": capitals within that no name has."""
    written = reading.normal.text[token.start : token.end]
    return _INNER.match(written) is not None and _JOINED.match(written) is None


def _can_name(reading: Reading, token: Token, common: float) -> bool:
    """Whether a word could be somebody's name: no number, no abbreviation, no drug, no word that
    everybody uses unless it is a name as well."""
    low = token.low
    listed_name = max(first_name(low), family_name(low))
    if any(c.isdigit() for c in low) or low in _NOBODY:
        return False
    if not listed_name and ((reading.capitals and not token.cap) or not plausible(low)):
        return False
    if (
        _shouted(reading, token)
        or _acronym(reading, token)
        or (low == "per" and not token.cap)
        or _formula(reading, token)
    ):
        return False
    if listed_name >= 1:
        return True
    if medical(low) and not listed_name and not (low.endswith(_DERIVED) and not zipf(low)):
        return False
    return zipf(low) < common or low in WORD_NAMES or (token.cased and listed_name > 0)
