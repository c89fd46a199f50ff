"""People and places that are in books: discoverers, history, fame. Nobody treats them now.

Somebody who is treated may have the same name, so each of these asks for a sign of the book and
for none of a bed.
"""

import itertools
import re

from wardcast.check.detectors.name_cues import cue_before, weight_after
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import EPONYMS, FIGURES, PUBLIC_FIGURES
from wardcast.check.gazetteers.names import family_name, first_name
from wardcast.check.gazetteers.words import PERSON_VERBS
from wardcast.check.reading import Token

_NEAR = 20
"""Words before and after that tell what is spoken of."""

_YEAR = re.compile(r"(?:1[5-8]\d\d|19[0-6]\d)\Z")
_DECADE = re.compile(r"(?:1[5-8]\d|19[0-6])0s\Z")
_BEFORE_A_YEAR = listed("in since by of from until around before after circa the year about")
_EVERYBODY = PUBLIC_FIGURES | FIGURES
_SPECIALISTS = listed(
    """
    anatomist physiologist urologist neurologist gynecologist gynaecologist pathologist surgeon
    obstetrician cardiologist psychiatrist dermatologist bacteriologist paediatrician pediatrician
    ophthalmologist orthopedist neurosurgeon internist physician
    """
)
_DEEDS = listed(
    """
    discovered coined described invented devised pioneered patented published founded isolated
    demonstrated eponym nobel
    """
)
"""What is told of discoverers."""
_HISTORY = _DEEDS | listed(
    "world's vaccine century introduced performed history experiment famous inventor opened"
)
_FAME = (
    _HISTORY
    | _SPECIALISTS
    | listed(
        """
        actor actress singer rapper musician president king queen prince princess olympic athlete
        footballer movie film song celebrity announced revealed documentary scientist book books
        biography memoir
        """
    )
)
_TREATED = listed(
    """
    patient patients pt pts my dob birth mrn ward bed bay room admitted discharged coded intubated
    sepsis septic overdosed uti bipap ct mri ekg ecg gfr cr labs hx vet er icu ed shift
    """
)
_ARRIVES = frozenset({("came", "in"), ("comes", "in"), ("came", "into"), ("looked", "after")})
_AGE = re.compile(r"\d{1,3}(?:yo?[mf]?|[mf])\Z")


def in_books(tokens: list[Token], at: int, length: int) -> bool:
    """Whether the name at word `at` is a discoverer's or of history: "Frederic Foley was a
    urologist", "described by Arnold Kegel in 1948"."""
    if cue_before(tokens, at).strength >= 1.5 or _treated(tokens, at, length):
        return False
    return _discovered(tokens, at, length) or _historic(tokens, at, length)


def famous(tokens: list[Token], at: int, length: int) -> bool:
    """Whether the words are somebody of public life or of history, and nothing tells of a patient
    who has the same name."""
    spoken = " ".join(t.low for t in tokens[at : at + length])
    if spoken not in _EVERYBODY or cue_before(tokens, at).strength >= 1.5:
        return False
    after = tokens[at + length].low if at + length < len(tokens) else ""
    died = after == "died" and not _treated(tokens, at, length)
    if spoken in PUBLIC_FIGURES:
        return weight_after(tokens, at + length) < 1.5 or died
    if _treated(tokens, at, length):
        return False
    known = bool(_words(tokens, at, length) & _FAME) or _long_ago(tokens, at, length)
    return known and (weight_after(tokens, at + length) < 1.1 or died)


def told_in_books(tokens: list[Token], at: int) -> bool:
    """Whether the words around word `at` tell of history, with a year long ago or a Nobel prize."""
    near = _words(tokens, at, 1)
    told = (near & _HISTORY and _long_ago(tokens, at, 1)) or "nobel" in near
    return bool(told) and not _treated(tokens, at, 1)


def _discovered(tokens: list[Token], at: int, length: int) -> bool:
    """A full name that an illness or a sign has, beside what discoverers do or are."""
    if length < 2 and at + 1 < len(tokens) and not tokens[at + 1].breaks:
        length = 2  # "frederic foley", of which the second word was no name
    if length < 2 or tokens[at + length - 1].low not in EPONYMS:
        return False
    if weight_after(tokens, at + length) >= 1.1:
        return False
    named_after = [t.low for t in tokens[max(0, at - 2) : at]] == ["named", "after"]
    deed = bool(_words(tokens, at, length) & _DEEDS)
    return named_after or deed or _long_ago(tokens, at, length) or _was_one(tokens, at, length)


def _was_one(tokens: list[Token], at: int, length: int) -> bool:
    """ "Frederic Foley was a urologist", "the urologist Frederic Foley"."""
    if at and tokens[at - 1].low in _SPECIALISTS and not tokens[at].breaks:
        return True
    after = [t.low for t in tokens[at + length : at + length + 5]]
    apposition = bool(after) and (after[0] in {"was", "he"} or tokens[at + length].gap == ", ")
    article = bool({"a", "an", "the"} & set(after[:3]))
    return apposition and article and bool(_SPECIALISTS & set(after))


def _historic(tokens: list[Token], at: int, length: int) -> bool:
    """A full name with capitals, or a family name, in words that tell of history."""
    words = tokens[at : at + length]
    surname = length == 1 and family_name(words[0].low) > 0 and first_name(words[0].low) < 1
    if not surname and (length < 2 or not all(t.cased and t.cap for t in words)):
        return False
    after = tokens[at + length].low if at + length < len(tokens) else ""
    does = after in PERSON_VERBS and weight_after(tokens, at + length) >= 1.5
    return not does and told_in_books(tokens, at)


def _near(tokens: list[Token], at: int, length: int) -> list[Token]:
    return tokens[max(0, at - _NEAR) : at + length + _NEAR]


def _words(tokens: list[Token], at: int, length: int) -> set[str]:
    return {t.low for t in _near(tokens, at, length)}


def _long_ago(tokens: list[Token], at: int, length: int) -> bool:
    """Whether a year before 1970 stands near, written as a year: "in 1948", "the 1930s"."""
    near = _near(tokens, at, length)
    said = any(
        one.low in _BEFORE_A_YEAR and _YEAR.match(two.low) for one, two in itertools.pairwise(near)
    )
    return said or any(_DECADE.match(t.low) for t in near)


def _treated(tokens: list[Token], at: int, length: int) -> bool:
    """Whether something near tells of somebody who is treated."""
    near = _near(tokens, at, length)
    if any(t.low in _TREATED or _AGE.match(t.low) for t in near):
        return True
    return any((one.low, two.low) in _ARRIVES for one, two in itertools.pairwise(near))
