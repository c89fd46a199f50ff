"""Patients' names: by the words beside them, and by the lists of names.

A word is weighed by what it is (in a list of names, rare, an ordinary word), what stands before
it ("my patient", "named", "goodbye"), what comes after ("came in", "is a fifty-four year old")
and, where the text has capitals, by its capital. Terms of medicine that hold a name, people of
public life, towns and the author's own words are no patients.
"""

from collections.abc import Iterator
from itertools import takewhile

from wardcast.check.detectors.hit import Hit
from wardcast.check.detectors.name_cues import KIN, PERSON, cue_before, weight_after
from wardcast.check.detectors.staff import TITLES as STAFF_TITLES
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import EPONYM_HEADS, EPONYMS, PUBLIC_FIGURES, medical
from wardcast.check.gazetteers.names import family_name, first_name
from wardcast.check.gazetteers.places import states_and_countries, towns
from wardcast.check.gazetteers.words import PERSON_VERBS, STOP, WORD_NAMES, zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading, Token

_BEFORE_MISS = listed("i you we they to don't didn't will can with have has of")
_CIVIL = listed("mr mrs ms miss mx mister missus")
NOT_NAMES = listed(
    """
    gaba january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday er ed icu ecg ekg mri ct iv hpv
    hiv aids covid uti ada aha tia ace who cdc fda nhs nice dnr cpr dvt pe mi ms gi ob gyn
    mrn dob ssn pcp ent copd gerd afib crp bmp cbc lvad tavr ercp bun pa np rn md do phd lpn
    emt mom dad mum god lord christ christmas easter thanksgiving english french spanish
    german italian chinese indian american british african asian hispanic european latino
    caucasian medicare medicaid facebook instagram tiktok youtube google amazon netflix
    twitter apple type stage grade class part phase covid-19 new england journal lancet jama
    cochrane medicine doctor nurse patient chart room bed ward professor doc emergency
    hospital clinic day night goodbye okay hello thanks call ask read take stop watch heart
    iban hosp medrec hfref hfpef ramadan lugol gleason clostridioides iodine swift blood gerd colon ibs ibd sle als ich sah sbo triage
    """
)
_GOES_ON = listed("date") | STOP
_PARTICLES = listed(
    """
    de la le van von der den del di da dos du bin ibn al el san st o mac mc ter
    """
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Names of patients and of the people around them."""
    tokens = reading.tokens
    own = introduced(tokens)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.low in _CIVIL and at + 1 < len(tokens):
            length = _titled(reading, at)
            if length:
                end = tokens[at + length]
                at += length + 1
                if not lexicon.holds(reading.low[token.start : end.end]) and end.low not in own:
                    reason = "A title and a family name beside what happened to them."
                    yield Hit("name", token.start, end.end, 0.96, reason, "my patient", True)
                continue
        hit, used = _initialled(reading, at) or _weighed(reading, at, lexicon, own)
        if hit is not None:
            yield hit
        at += max(1, used)


def _initialled(reading: Reading, at: int) -> tuple[Hit, int] | None:
    """ "P. Johnson": an initial and a family name, which no "et al." follows."""
    tokens = reading.tokens
    initial = tokens[at]
    if len(initial.low) != 1 or not initial.cap or at + 1 >= len(tokens):
        return None
    name = tokens[at + 1]
    cites = at + 2 < len(tokens) and tokens[at + 2].low in {"et", "and", "trial", "study"}
    if name.gap != ". " or not name.cap or not family_name(name.low) or cites:
        return None
    reason = "An initial and a family name."
    return Hit("name", initial.start, name.end, 0.7, reason, "my patient"), 2


def _titled(reading: Reading, at: int) -> int:
    """How many words after "Mrs." are the name; 0 for none ("miss the bus", "ms is a disease")."""
    tokens = reading.tokens
    title, word = tokens[at], tokens[at + 1]
    if (
        word.breaks
        or word.low[:1].isdigit()
        or word.low in STOP
        or (word.low in NOT_NAMES and not word.cap and not _family(title, word))
    ):
        return 0
    known = max(first_name(word.low), family_name(word.low))
    if not word.cap:
        if word.cased and not known and zipf(word.low) > 3.0:
            return 0
        if title.low in {"ms", "miss"} and not _follows_miss(tokens, at, known):
            return 0
    length = 1
    if word.low in _PARTICLES and at + 2 < len(tokens) and not tokens[at + 2].breaks:
        length = 2
    return length + _extension(reading, at + length)


def _family(title: Token, word: Token) -> bool:
    """ "mr ward", "mrs day": after these titles an ordinary word is a name too."""
    return title.low in {"mr", "mrs", "mister", "missus"} and family_name(word.low) > 0


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
    length = 1 + _extension(reading, at)
    names = tokens[at : at + length]
    if spared(reading, at, length, lexicon, own):
        return None, length
    cue = cue_before(tokens, at)
    after = weight_after(tokens, at + length)
    pair = _pair(names, reading)
    total = word + cue.strength + after + pair
    if total < 3.0:
        return None, 1
    end = names[-1]
    sure = min(0.99, 0.55 + 0.07 * total)
    beside = cue.beside or after >= 1.5
    return Hit(
        "name", token.start, end.end, round(sure, 2), cue.reason, cue.suggestion, beside
    ), length


def _famous(tokens: list[Token], at: int) -> int:
    """How many words from `at` name somebody of public life; 0 for none."""
    for length in (3, 2):
        if " ".join(t.low for t in tokens[at : at + length]) in PUBLIC_FIGURES:
            return length
    return 0


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
        or low in _CIVIL
    ):
        return (
            None
            if not (token.cased and token.cap and not token.opens and low in _CAPITAL_STOPS)
            else 0.5
        )
    if any(c.isdigit() for c in low) or low in PERSON or low in KIN:
        return None
    first, family = first_name(low), family_name(low)
    if (
        medical(low)
        and first < 1
        and family < 1
        and not (first > 0 and zipf(low) < 4.2)
        and not (token.cased and token.cap and first + family > 0)
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


_CAPITAL_STOPS = listed("will long young may little")


def _extension(reading: Reading, at: int) -> int:
    """How many words after `at` go on with the same name."""
    tokens = reading.tokens
    count = 0
    while count < 3 and at + count + 1 < len(tokens) and not tokens[at + count].possessive:
        word = tokens[at + count + 1]
        initial = len(tokens[at + count].low) == 1 and word.gap == ". " and word.cap
        if not initial and (word.breaks or word.gap not in {" ", "-", ". ", "'"}):
            break
        if (
            word.low in _PARTICLES
            and at + count + 2 < len(tokens)
            and not tokens[at + count + 2].breaks
        ):
            following = tokens[at + count + 2]
            if (following.cased and following.cap) or (
                not following.cased and family_name(following.low) >= 1
            ):
                count += 2
                continue
        if not _continues(reading, at + count + 1):
            break
        count += 1
    return count


def _continues(reading: Reading, at: int) -> bool:
    tokens = reading.tokens
    word = tokens[at]
    low = word.low
    if word.cased:
        if len(low) == 1 and low.isalpha():
            return word.cap and low != "i"
        return (
            word.cap
            and low[0].isalpha()
            and low not in NOT_NAMES
            and (low not in STOP or low in _CAPITAL_STOPS)
        )
    if (
        low in STOP
        or low in NOT_NAMES
        or low[0].isdigit()
        or low in PERSON_VERBS
        or medical(low)
        or len(low) < 2
    ):
        return False
    known = max(first_name(low), family_name(low))
    if known >= 1 or (known >= 0.7 and zipf(low) < 4.0):
        return True
    if known > 0:
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        return (
            following is None
            or following.breaks
            or following.low in PERSON_VERBS
            or following.low in _GOES_ON
            or family_name(following.low) >= 1
            or zipf(following.low) < 1.5
        )
    return zipf(low) < 2.3


def spared(reading: Reading, at: int, length: int, lexicon: Lexicon, own: frozenset[str]) -> bool:
    """Whether the words are a town, a term of medicine or the author's own and no patient."""
    tokens = reading.tokens
    names = tokens[at : at + length]
    spoken = " ".join(t.low for t in names)
    following = list(tokens[at + length : at + length + 3])
    if lexicon.holds(spoken) or names[-1].low in own or names[0].low in own:
        return True
    if spoken in states_and_countries() and not _does_something(tokens, at, length):
        return True
    if (
        spoken in towns()
        and cue_before(tokens, at).strength < 2
        and first_name(names[0].low) < 1
        and weight_after(tokens, at + length) < 1.1
    ):
        return True
    if (
        tokens[at - 1].low in {"in", "from", "near"}
        and at
        and spoken in towns()
        and not tokens[at].breaks
    ):
        return True
    if _eponym(names, following) and not _does_something(tokens, at, length):
        return True
    return "comments" in [t.low for t in tokens[at + length : at + length + 4]]


def _does_something(tokens: list[Token], at: int, length: int) -> bool:
    """Whether "Chad" or "Virginia" is said as a person is: with a cue, or doing what people do."""
    named = first_name(tokens[at].low) > 0
    return named and (
        cue_before(tokens, at).strength >= 2 or weight_after(tokens, at + length) >= 1.1
    )


def _eponym(names: list[Token], following: list[Token]) -> bool:
    """ "Chaddock reflex", "Crohn's disease": a name that heads a term of medicine."""
    last = names[-1]
    goes_on = bool(following) and not following[0].breaks and following[0].low in EPONYMS
    if last.low in EPONYM_HEADS or (last.low in EPONYMS and goes_on):
        return True
    same = takewhile(lambda t: not t.breaks, following)
    heads = [t.low for t in same][: 2 if last.possessive else 1]
    if any(
        h in EPONYM_HEADS or (medical(h) and last.possessive and h not in PERSON_VERBS)
        for h in heads
    ):
        return True
    if last.low not in EPONYMS or len(names) > 1:
        return False
    return (
        last.possessive
        or last.low.endswith("s")
        or first_name(last.low) < 1
        or any(h in EPONYM_HEADS for h in heads)
    )


def _pair(names: list[Token], reading: Reading) -> float:
    """A first name with a family name is surer than either alone."""
    if len(names) < 2:
        return 0.0
    first, last = names[0].low, names[-1].low
    if len(last) == 1:
        return 1.2 if first_name(first) else 0.0
    if first_name(first) and family_name(last) >= 0.5:
        return 1.6 if family_name(last) >= 0.7 or names[0].cased else 0.6
    if first_name(first) and zipf(last) < 3.0:
        return 0.8
    return 0.0


def introduced(tokens: list[Token]) -> frozenset[str]:
    """The words of the author's own name, where they introduce themselves."""
    own: set[str] = set()
    for index, token in enumerate(tokens):
        two = tokens[index - 1].low if index else ""
        hello = token.low == "i'm" and not (index + 1 < len(tokens) and tokens[index + 1].breaks)
        said = token.low == "is" and two == "name" and index >= 2 and tokens[index - 2].low == "my"
        am = token.low == "am" and two == "i"
        if hello or said or am:
            start = index + 1
            titled = start < len(tokens) and tokens[start].low in STAFF_TITLES
            for name in tokens[start + titled : start + titled + 3]:
                known = max(first_name(name.low), family_name(name.low)) >= 1
                if (
                    name.breaks
                    or name.low in STOP
                    or not (known or ((titled or said) and name is tokens[start + titled]))
                ):
                    break
                own.add(name.low)
        if token.low == "here" and two not in STOP and _titled_before(tokens, index):
            own.add(two)
    return frozenset(own)


def _titled_before(tokens: list[Token], at: int) -> bool:
    """ "Dr. Lee here, let's talk": a title, one or two names and the word at `at`."""
    says = at + 1 < len(tokens) and not tokens[at + 1].breaks and tokens[at + 1].low in PERSON_VERBS
    return not says and any(t.low in STAFF_TITLES for t in tokens[max(0, at - 3) : at - 1])
