"""Patients' names: by the words beside them, and by the lists of names.

A word is weighed by what it is (in a list of names, rare, an ordinary word), what stands before
it ("my patient", "named", "goodbye"), what comes after ("came in", "is a fifty-four year old")
and, where the text has capitals, by its capital. Terms of medicine that hold a name, people of
public life, towns and the author's own words are no patients.
"""

from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.detectors.name_cues import (
    can_be_called,
    cue_before,
    outright,
    weight_after,
)
from wardcast.check.detectors.name_forms import (
    CAPITAL_STOPS,
    CIVIL,
    NOT_NAMES,
    PARTICLES,
    extension,
    filed,
    honoured,
    initialled,
    is_initial,
    pair,
    plausible,
)  # fmt: skip
from wardcast.check.detectors.name_spared import introduced, public, spared
from wardcast.check.detectors.staff import TITLES as STAFF_TITLES
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import (
    ABBREVIATIONS,
    EPONYM_HEADS,
    EPONYMS,
    SHORTHAND,
    medical,
)
from wardcast.check.gazetteers.names import family_name, first_name
from wardcast.check.gazetteers.people import KIN, PERSON
from wardcast.check.gazetteers.words import PERSON_VERBS, STOP, WORD_NAMES, zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading, Token

_NEVER = NOT_NAMES - SHORTHAND
"""What is nobody's name even after "mister"."""
_SIZES = listed("big little lil wee")
_BEFORE_MISS = listed("i you we they to don't didn't will can with have has of")


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Names of patients and of the people around them."""
    tokens = reading.tokens
    own = introduced(tokens)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if at + 1 < len(tokens) and (token.low in CIVIL or honoured(tokens, at)):
            length = _titled(reading, at)
            if length:
                end = tokens[at + length]
                at += length + 1
                if not lexicon.holds(reading.low[token.start : end.end]) and end.low not in own:
                    reason = "A title and a family name beside what happened to them."
                    yield Hit("name", token.start, end.end, 0.96, reason, "my patient", True)
                continue
        hit, used = (
            initialled(reading, at) or filed(reading, at) or _weighed(reading, at, lexicon, own)
        )
        if hit is not None:
            yield hit
        at += max(1, used)


def _titled(reading: Reading, at: int) -> int:
    """How many words after "Mrs." are the name; 0 for none ("miss the bus", "ms is a disease")."""
    tokens = reading.tokens
    title, word = tokens[at], tokens[at + 1]
    if (
        word.breaks
        or word.low[:1].isdigit()
        or (word.low in EPONYM_HEADS and not word.cap)  # "new MR murmur"
        or (word.low in STOP and not (_family(title, word) and _does(tokens, at + 1)))
        or (word.low in _NEVER and not word.cap and not _family(title, word))
    ):
        return 0
    known = max(first_name(word.low), family_name(word.low))
    if not word.cap:
        if word.cased and not known and zipf(word.low) > 3.0:
            return 0
        if title.low in {"ms", "miss"} and not _follows_miss(tokens, at, known):
            return 0
    length = 1
    if word.low in PARTICLES and at + 2 < len(tokens) and not tokens[at + 2].breaks:
        length = 2
    return length + extension(reading, at + length)


def _family(title: Token, word: Token) -> bool:
    """ "mr ward", "mrs day": after these titles an ordinary word is a name too."""
    return title.low in {"mr", "mrs", "mister", "missus"} and family_name(word.low) > 0


def _does(tokens: list[Token], at: int) -> bool:
    """Whether an ordinary word after "mister" is written or used as a name: "mister long had"."""
    word, after = tokens[at], tokens[at + 1 : at + 2]
    goes_on = bool(after) and not after[0].breaks and after[0].low in PERSON_VERBS
    return (word.cased and word.cap) or (not word.cased and (word.possessive or goes_on))


def _follows_miss(tokens: list[Token], at: int, known: float) -> bool:
    """Whether a lower-case word after "miss" or "ms" is a name and not "the bus" or "relapses"."""
    word = tokens[at + 1].low
    if (not known and zipf(word) > 3.0) or word in NOT_NAMES or (zipf(word) and medical(word)):
        return False
    return known >= 1 or not at or tokens[at - 1].low not in _BEFORE_MISS


def _weighed(
    reading: Reading, at: int, lexicon: Lexicon, own: frozenset[str]
) -> tuple[Hit | None, int]:
    """The name that begins at word `at`, if one does, and how many words were used up."""
    tokens = reading.tokens
    token = tokens[at]
    famous = _famous(tokens, at)
    if famous:
        return None, famous
    word = _word_weight(reading, at)
    if word is None:
        return None, 1
    length = 1 + extension(reading, at)
    names = tokens[at : at + length]
    if spared(reading, at, length, lexicon, own):
        return None, length
    cue = cue_before(tokens, at)
    after = weight_after(tokens, at + length)
    if cue.called and can_be_called(token.low):
        word = max(word, 0.0)
    total = word + cue.strength + after + pair(names, reading) + _alone(tokens)
    known = max(first_name(token.low), family_name(token.low)) > 0
    rare = (known or zipf(token.low) < 2) and len(token.low) > 2 and not medical(token.low)
    if cue.kin and rare and token.cased and token.cap and not token.breaks:
        total += 1.0  # "her daughter Temperance"
    if total < 3.0:
        return None, 1
    end = names[-1]
    if at and tokens[at - 1].low in _SIZES and not token.breaks and length == 1:
        token = tokens[at - 1]  # "Big Mike"
    sure = min(0.99, 0.55 + 0.07 * total)
    beside = cue.beside or after >= 1.5
    return Hit(
        "name", token.start, end.end, round(sure, 2), cue.reason, cue.suggestion, beside
    ), length


def _alone(tokens: list[Token]) -> float:
    """What it adds that nothing but a name is written, as on a label."""
    if len(tokens) > 2:
        return 0.0
    named = all(max(first_name(t.low), family_name(t.low)) >= 0.7 for t in tokens)
    return 1.5 if named else 0.0


def _famous(tokens: list[Token], at: int) -> int:
    """How many words from `at` name somebody of public life; 0 for none."""
    return next((n for n in (3, 2) if public(tokens, at, n)), 0)


def _word_weight(reading: Reading, at: int) -> float | None:
    """What a word is worth as the beginning of a name; None where it cannot be one."""
    token = reading.tokens[at]
    low = token.low
    if (
        low in STOP
        or low in NOT_NAMES
        or low[0].isdigit()
        or len(low) < 2
        or low in STAFF_TITLES
        or low in CIVIL
    ):
        return _weight_of_plain(reading, at)
    if any(c.isdigit() for c in low) or low in PERSON or low in KIN:
        return None
    if low == "buddy" and not (token.cap and token.cased):
        return None  # "his buddy", "said buddy"
    first, family = first_name(low), family_name(low)
    if (
        medical(low)
        and first < 1
        and family < 1
        and not (first > 0 and zipf(low) < 4.2)
        and not (token.cased and token.cap and first + family > 0)
        and not (first + family > 0 and outright(cue_before(reading.tokens, at)))
    ):
        return None
    common = zipf(low)
    if max(first, family) >= 0.7:
        weight = 3.0 if first >= 1 else 2.0
    elif max(first, family) > 0:
        weight = 1.4 if low in WORD_NAMES or common < 4.6 else 0.8
    elif "'" in low and not low.startswith(("o'", "d'")):
        return None
    elif common < 2.6:
        said = cue_before(reading.tokens, at).strength >= 2.2
        if (not plausible(low) and not said) or (reading.capitals and not token.cap):
            return None
        weight = 1.0 if token.cap or not low.endswith(("ed", "s")) else 0.3
        if token.cap and common == 0 and low.isalpha() and len(low) > 3:
            weight = 1.3
    elif common < 3.6:
        weight = 0.4
    else:
        weight = -1.2
    if not token.cased:
        bonus = 0.8 if token.cap and (first or family) and not token.opens else 0.0
        return weight + bonus - (0.4 if first < 1 and common > 5.0 else 0.0)
    if token.cap:
        written = reading.normal.text[token.start : token.end]
        shouted = len(low) <= 5 and written.isupper()
        if len(low) <= 4 and not shouted and not written[1:].islower() and not low.startswith("mc"):
            return None
        if shouted and (first < 1 or cue_before(reading.tokens, at).strength < 2):
            return None
        return weight + (0.0 if token.opens else 0.8 if first or family else 0.3)
    return weight - 2.2 if first >= 1 else None


def _weight_of_plain(reading: Reading, at: int) -> float | None:
    """What an ordinary word or a month is worth: "her name was april", "her husband ed answers",
    "when Will came off the vent"; None nearly always."""
    token = reading.tokens[at]
    cue = cue_before(reading.tokens, at)
    after = weight_after(reading.tokens, at + 1)
    named = first_name(token.low) > 0 and (token.low not in STOP or token.low in CAPITAL_STOPS)
    named = named or (token.low in ABBREVIATIONS and len(token.low) > 3)  # "her aunt cath came in"
    if named and ((cue.called and can_be_called(token.low)) or (cue.kin and after >= 1.1)):
        return 1.0
    written = token.cased and token.cap
    if written and token.low in SHORTHAND and cue.strength >= 2.2:
        return 1.0  # "my patient Cath"
    if not (written and token.low in CAPITAL_STOPS):
        return None
    if token.opens:
        return _opening(reading, at)
    return 1.9 if named and after >= 1.1 else 0.5


def _opening(reading: Reading, at: int) -> float | None:
    """ "Will Young has gout": a word that begins many questions, and a family name."""
    tokens = reading.tokens
    if at + 2 >= len(tokens) or tokens[at + 1].breaks or first_name(tokens[at].low) == 0:
        return None
    word, following = tokens[at + 1], tokens[at + 2]
    if len(word.low) == 1 and word.cap and is_initial(word, reading):
        return 2.0
    goes_on = following.breaks or following.low in PERSON_VERBS | {"on", "with", "w", "is", "at"}
    named = word.cap and family_name(word.low) > 0 and word.low not in EPONYMS
    return 1.5 if named and goes_on else None
