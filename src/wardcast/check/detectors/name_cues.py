"""What the words around a name say about it: a cue before, a doing or a belonging after."""

import re
from dataclasses import dataclass

from wardcast.check.finding import LEAVE_OUT
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.names import family_name, first_name
from wardcast.check.gazetteers.people import KIN, PERSON
from wardcast.check.gazetteers.words import PERSON_VERBS
from wardcast.check.reading import Token

_WHICH_NAME = listed("first 1st last family middle maiden given christian nick married pet birth")
_SURNAMES = listed("surname surnames nickname forename")
_NOT_CALLED = listed(
    """
    called spelled spelt pronounced written wrong right changed important familiar funny hard
    impossible beautiful alphabetical similar identical secret short common rare unusual weird
    strange easy difficult lost missing known unknown crossed blurred covered gone redacted
    confidential correct incorrect misspelled popular famous simple silly real fake english french
    spanish latin greek german italian chinese japanese yoruba unpronounceable everywhere wherever
    """
)
"""What is said of a name, where it could stand."""
_FAREWELL = listed("goodbye bye farewell remember meet met named saved")
_SLOT = listed(
    """
    told chart for about today next with from by like poor little sweet dear so and saw for
    of to thanks love miss loved helped treated operated seeing
    """
)
_PAIRS = frozenset(
    {
        ("chart", "for"),
        ("next", "is"),
        ("like", "for"),
        ("record", "for"),
        ("results", "for"),
        ("especially", "for"),
        ("specifically", "for"),
        ("birthday", "to"),
        ("prayers", "for"),
        ("signed", "by"),
        ("sat", "with"),
        ("stayed", "with"),
        ("cared", "for"),
        ("care", "of"),
        ("death", "for"),
        ("rest", "easy"),
        ("in", "peace"),
    }
)
_ALIAS = listed("alias aka nickname nicknamed")
_GOES_BY = frozenset({("goes", "by"), ("known", "as"), ("real", "name"), ("legal", "name")})
_OPENING = frozenset({"", ":", '"', "“", "'"})
"""Signs that may stand between such a word and the name."""

_ARRIVES = listed("came comes walked walks was got went")
_HAPPENED = listed("coded died collapsed arrested presented presents recovered survived")
_THIN_VERBS = listed("is was has will would does did")
_BELONGINGS = listed(
    "ct mri scan chart xray family mother father wife husband room ekg ecg labs results biopsy "
    "surgery bed life wristband file daughter son heart lungs pressure sats pulse breathing rhythm "
    "wound baby twins"
)
_BEDS = listed("room bed bay cubicle resus bed-space")
_AFTER_NAME = listed("aged who whose")
_OUTRIGHT = "The name is said outright."
_TOLD_OF = "A name, and what became of them."


@dataclass(frozen=True, slots=True)
class Cue:
    """How strongly the words before speak for a name, why, what to say instead, and whether of a
    patient.
    """

    strength: float
    reason: str
    suggestion: str = "my patient"
    beside: bool = True
    called: bool = False
    """Whether somebody is said to be called so, however common the word."""
    kin: bool = False
    """Whether a relative is named."""


NO_CUE = Cue(0.0, "A name that belongs to a person.", beside=False)


def cue_before(tokens: list[Token], at: int) -> Cue:
    """What the words before the name at word `at` say about it."""
    token = tokens[at]
    comma = token.breaks and token.gap.strip() == ","
    if at == 0:
        return NO_CUE
    one = tokens[at - 1]
    low = one.low
    two = tokens[at - 2].low if at >= 2 else ""
    if token.gap.strip() in _OPENING and (low in _ALIAS or (two, low) in _GOES_BY):
        return Cue(3.2, _OUTRIGHT)
    if comma and token.cap and _NUMBER.search(low) and not _YEAR.match(low):
        return Cue(1.5, "A name beside a number.", beside=False)
    if low == "re" and two != "pro" and token.gap in {" ", ": "}:
        return Cue(2.6, _TOLD_OF)
    if token.breaks and not comma:
        return NO_CUE
    three = tokens[at - 3].low if at >= 3 else ""
    name_is = (low in {"is", "was"} and two == "name") or (low == "name" and one.possessive)
    if low == "named" or name_is:
        return Cue(3.2, _OUTRIGHT, called=low == "named" or _whose(tokens, at))
    opening = low == "name" and not one.possessive and (at == 1 or one.breaks)
    labelled = opening and _listed(token)
    if low in _SURNAMES or (low == "name" and two in _WHICH_NAME) or labelled:
        return Cue(3.2, _OUTRIGHT)
    if low in {"is", "was"} and (two in _SURNAMES or (two == "name" and three in _WHICH_NAME)):
        return Cue(3.2, _OUTRIGHT)
    if low == "called" and two in PERSON | {"is", "was", "she's", "he's"}:
        return Cue(2.2, _OUTRIGHT)
    if low in KIN:
        return Cue(2.2, "A relative by name points to the patient too.", LEAVE_OUT, kin=True)
    if low in PERSON and (not comma or two in {"my", "a", "the", "this", "our"}):
        return Cue(2.2, "A name right beside “patient”.", LEAVE_OUT)
    if low in {"is", "was"} and two in PERSON and token.cap and not token.breaks:
        return Cue(2.2, "A name right beside “patient”.", LEAVE_OUT)
    day = low in {"today", "yesterday"}
    if (day and two in PERSON) or (day and three in {"saw", "had"}):
        return Cue(2.0, "A name beside what happened to them.")
    if _greeted(tokens, at):
        return Cue(2.0, "A person who is spoken to by name.", beside=False)
    if low in _FAREWELL or (two, low) in _PAIRS:
        return Cue(2.0, _TOLD_OF)
    if low in {"meet", "patient's"} or (low in {"so", "time"} and not token.cap):
        return Cue(0.6, NO_CUE.reason, beside=False)
    return Cue(0.3, NO_CUE.reason, beside=False) if low in _SLOT else NO_CUE


def _whose(tokens: list[Token], at: int) -> bool:
    """Whether it is somebody's name that is told before the word at `at`: "the kid's name is"."""
    name = next((i for i in (at - 1, at - 2) if i >= 0 and tokens[i].low == "name"), 0)
    owner = tokens[name - 1] if name else None
    return owner is not None and (owner.possessive or owner.low in _OWNERS | PERSON | KIN)


_OWNERS = listed("his her their whose my first last middle real full family")


def _listed(token: Token) -> bool:
    """ "name Ada Reed dob", and not "name brand"."""
    return max(first_name(token.low), family_name(token.low)) >= 0.7


def outright(cue: Cue) -> bool:
    """Whether somebody is said to be called so."""
    return cue.reason == _OUTRIGHT


def can_be_called(word: str) -> bool:
    """Whether somebody can have the word for a name that is said outright, however common."""
    return word not in _NOT_CALLED


def _greeted(tokens: list[Token], at: int) -> bool:
    """ "hi virginia", "good morning mason", and no "hey guys" or "hi mark your calendar"."""
    low, two = tokens[at - 1].low, tokens[at - 2].low if at >= 2 else ""
    hello = low in _HELLO or (two == "good" and low in {"morning", "afternoon", "evening"})
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    does = following is not None and not following.breaks and following.low in _NO_GREETING
    return hello and tokens[at].low not in _NOBODY and not does


_HELLO = listed("hi hello hey")
_NOBODY = listed(
    "guys everyone everybody all folks team friends doc doctor siri alexa google chat world girl "
    "buddy man dude bro sis honey love dear sweetie sir madam ma'am mom dad mum boss"
)
_NO_GREETING = listed("your the a an my that this it if of out up")


def weight_after(tokens: list[Token], at: int) -> float:
    """What the words from `at`, right after a name, say about it."""
    following = tokens[at : at + 6]
    if not following:
        return 0.0
    lows = [t.low for t in following]
    if lows[0] in {"is", "was"} and PERSON & set(lows[2:5]):
        return 1.8
    if _age_apart(following):
        return 2.1
    if (lows[0] in {"is", "was", "a"} or following[0].breaks) and _aged(lows):
        return 2.1 if _AGE_AND_SEX.match(lows[0]) else 1.8
    if following[0].breaks:
        return 0.0
    if tokens[at - 1].possessive and _BELONGINGS & set(lows[:2]):
        return 1.6
    second = lows[1] if len(lows) > 1 else ""
    arrives = lows[0] in _ARRIVES and second in {"in", "into", "to"}
    tells = lows[0] in {"told", "asked", "thanked"} and second in {"me", "us"}
    if lows[0] in _HAPPENED or arrives or tells:
        return 1.8
    if lows[0] in PERSON_VERBS - _THIN_VERBS:
        return 1.1
    if lows[0] in {"in", "from"} and _BEDS & set(lows[1:3]):
        return 1.1  # "Frank in side room 3"
    return 0.3 if lows[0] in {"is", "was", "has"} or lows[0] in _AFTER_NAME else 0.0


def _age_apart(following: list[Token]) -> bool:
    """ "Ignatius, 73, chokes": an age between commas."""
    age = following[0]
    closed = len(following) > 1 and following[1].gap.startswith(",")
    return age.gap == ", " and closed and len(age.low) == 2 and age.low.isdigit()


_NUMBER = re.compile(r"\d{4}\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_AGE_AND_SEX = re.compile(r"\d{1,3}(?:yo?[mf]?|[mf])\Z")
"""Age and sex as typed: "70F", "55yo"."""


def _aged(lows: list[str]) -> bool:
    """Whether "a 54 year old" comes next."""
    if _AGE_AND_SEX.match(lows[0]):
        return True
    years = any(w in {"year", "years", "yo"} or w.endswith("yo") for w in lows[:5])
    return years and any(w[0].isdigit() for w in lows[:4])
