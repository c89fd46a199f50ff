"""What looks like a patient's name and is none: towns, terms of medicine, the author's own name."""

from itertools import takewhile

from wardcast.check.detectors.history import famous, in_books
from wardcast.check.detectors.name_cues import cue_before, weight_after
from wardcast.check.detectors.staff import TITLES as STAFF_TITLES
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import (
    EPONYM_HEADS,
    EPONYMS,
    SURE_EPONYMS,
    medical,
)
from wardcast.check.gazetteers.names import family_name, first_name, may_be_name
from wardcast.check.gazetteers.people import KIN, PERSON
from wardcast.check.gazetteers.places import states_and_countries, towns
from wardcast.check.gazetteers.words import PERSON_VERBS, STOP
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading, Token


def spared(reading: Reading, at: int, length: int, lexicon: Lexicon, own: frozenset[str]) -> bool:
    """Whether the words are a town, a term of medicine or the author's own and no patient."""
    tokens = reading.tokens
    names = tokens[at : at + length]
    if length == 1 and _virtue(tokens, at):
        return True
    spoken = " ".join(t.low for t in names)
    following = list(tokens[at + length : at + length + 3])
    if at and tokens[at - 1].low in {"president", "pope", "emperor"} and not tokens[at].breaks:
        return True
    if following and following[0].low == "et":  # "Smith et al."
        return True
    food = names[0].low in _FOODS and not names[0].cap
    if food and {t.low for t in (*names[1:], *following[:1])} & _NO_PERSON:
        return True  # "graham crackers"
    if _wrote(tokens, at) or in_books(tokens, at, length):
        return True
    if lexicon.holds(spoken):
        return True
    if names[-1].low in own or names[0].low in own:
        return cue_before(tokens, at).strength < 2.2 or _of_myself(tokens, at)
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
    if (
        at
        and {tokens[at - 1].low, names[0].low} <= EPONYMS
        and not (names[0].cap or names[0].breaks)
    ):
        return True  # "child pugh"
    if _eponym(names, following) and not _does_something(tokens, at, length):
        return True
    return "comments" in [t.low for t in tokens[at + length : at + length + 4]]


_VIRTUES = listed(
    """
    hope grace patience faith mercy joy charity luck kindness courage love peace harmony honesty
    prudence constance humility empathy compassion trust
    """
)
_OF_PEOPLE = (
    KIN | PERSON | listed("both twins coded septic bed room bay abx need needs named called")
)


def _virtue(tokens: list[Token], at: int) -> bool:
    """ "hope is no plan but grace and patience help": one virtue beside others, nobody's name."""
    token = tokens[at]
    if token.low not in _VIRTUES or (token.cased and token.cap):
        return False
    others = ({t.low for t in tokens[max(0, at - 6) : at + 7]} & _VIRTUES) - {token.low}
    near = {t.low for t in tokens[max(0, at - 3) : at] + tokens[at + 1 : at + 5]}
    told = cue_before(tokens, at).strength >= 2 or weight_after(tokens, at + 1) >= 1.1
    return bool(others) and not told and not near & _OF_PEOPLE


_FOODS = listed("graham ginger pale root")
_NO_PERSON = listed("cracker crackers ale ales beer")
_WORKS = listed(
    """
    paper papers study studies trial article reviews analysis meta-analysis lancet jama nejm bmj
    cochrane guideline guidelines textbook editorial
    """
)


def _wrote(tokens: list[Token], at: int) -> bool:
    """ "a paper in the Lancet by Okafor and Singh": who wrote what is read; nothing is done to
    anybody between the paper and "by"."""
    first = at - 2 if at >= 2 and tokens[at - 1].low == "and" else at
    if not first or tokens[first - 1].low != "by":
        return False
    for token in reversed(tokens[max(0, first - 7) : first - 1]):
        if token.low in _WORKS:
            return True
        if token.breaks or token.low in PERSON_VERBS | _HAPPENS or token.low.endswith("ed"):
            return False
    return False


_HAPPENS = listed("he she they was were been being is are her his him them who")


def public(tokens: list[Token], at: int, length: int) -> bool:
    """Whether the words, with a title or without, are somebody of public life, and nothing tells
    of a patient who has the same name."""
    titled = length > 1 and tokens[at].low in STAFF_TITLES
    return famous(tokens, at, length) or (titled and famous(tokens, at + 1, length - 1))


def _does_something(tokens: list[Token], at: int, length: int) -> bool:
    """Whether "Chad" or "Virginia" is said as a person is: with a cue, or doing what people do."""
    word = tokens[at].low
    named = first_name(word) > 0 or (family_name(word) > 0 and tokens[at].gap == " ")
    return named and (
        cue_before(tokens, at).strength >= 2 or weight_after(tokens, at + length) >= 1.1
    )


def _eponym(names: list[Token], following: list[Token]) -> bool:
    """ "Chaddock reflex", "Crohn's disease": a name that heads a term of medicine."""
    last = names[-1]
    if names[0].gap == "-" and names[0].low in EPONYMS:
        return True  # the second half of "Child-Pugh"
    if len(names) > 1 and names[1].gap == "-" and all(t.low in EPONYMS for t in names):
        return True  # "Wolff-Parkinson-White"
    goes_on = bool(following) and not following[0].breaks and following[0].low in EPONYMS
    called = last.cased and last.cap and family_name(last.low) > 0  # "Mrs. Law"
    if (last.low in EPONYM_HEADS and not called) or (last.low in EPONYMS and goes_on):
        return True
    same = takewhile(lambda t: not t.breaks, following)
    heads = [t.low for t in same][: 2 if last.possessive else 1]
    if any(
        h in EPONYM_HEADS
        or (medical(h) and last.possessive and h not in PERSON_VERBS and not h.endswith(_DERIVED))
        for h in heads
    ):
        return not _owned(names, heads)
    if last.low not in SURE_EPONYMS or len(names) > 1:
        return False
    return (
        last.possessive
        or last.low.endswith("s")
        or first_name(last.low) < 1
        or any(h in EPONYM_HEADS for h in heads)
    )


_DERIVED = ("ing", "ly", "ness", "ment", "ation", "ed")
"""How ordinary words end that are no terms of medicine: "Ada's breathing", "Ada's only worry"."""
_HAD = listed(
    """
    lesion lesions ulcer ulcers fracture fractures murmur fever cyst cysts tumor tumour node nodes
    level levels gait dementia headache hernia tear spots line lines tube tubes catheter stitch
    """
)
"""What a patient has as well as a discoverer: "Hank Dobbs's lesion"."""


def _owned(names: list[Token], heads: list[str]) -> bool:
    """Whether what is had belongs to somebody who discovered nothing: "Stan's endocarditis"."""
    first, last = names[0].low, names[-1]
    person = (len(names) > 1 or first_name(first) >= 1) and not {first, last.low} & EPONYMS
    has = bool(_HAD & set(heads)) or (medical(heads[0]) and heads[0] not in EPONYM_HEADS)
    return last.possessive and person and has


def introduced(tokens: list[Token]) -> frozenset[str]:
    """The words of the author's own name, where they introduce themselves."""
    own: set[str] = set()
    quoted = _quotations(tokens)
    for index, token in enumerate(tokens):
        if quoted[index] or _told_to_say(tokens, index):
            continue
        two = tokens[index - 1].low if index else ""
        hello = token.low == "i'm" and not (index + 1 < len(tokens) and tokens[index + 1].breaks)
        said = token.low == "is" and two == "name" and index >= 2 and tokens[index - 2].low == "my"
        am = token.low == "am" and two == "i"
        called = token.low == "name" and token.possessive
        said = said or (called and (two == "my" or _name_of_mine(tokens, index)))
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
        own.update(_said_of_oneself(tokens, index))
        if token.low == "here" and two not in STOP and _titled_before(tokens, index):
            own.add(two)
    return frozenset(own)


def _name_of_mine(tokens: list[Token], at: int) -> bool:
    """ "I'm a medic, by the way, name's Ada": nobody else is told of right before."""
    before = {t.low for t in tokens[max(0, at - 8) : at]}
    return (not at or (tokens[at].breaks and bool(before & {"i", "i'm"}))) and not before & (
        PERSON | KIN | _HAPPENS
    )


_OF_ONESELF = frozenset({("yours", "truly"), ("i'm", "called")})
_EVERYBODY = frozenset({"everyone", "everybody"})


def _of_myself(tokens: list[Token], at: int) -> bool:
    """Whether the cue before a name is the author's own: "my name is Ada", "name's Ada"."""
    before = {t.low for t in tokens[max(0, at - 4) : at]}
    return bool(before & {"my", "i'm", "i"}) or not before & (PERSON | KIN | _HAPPENS - {"is"})


def _quotations(tokens: list[Token]) -> list[bool]:
    """Of each word, whether it stands within quotation marks."""
    out, straight, curly = [], False, 0
    for token in tokens:
        straight ^= token.gap.count('"') % 2 == 1
        curly += token.gap.count("“") - token.gap.count("”")
        out.append(straight or curly > 0)
    return out


def _told_to_say(tokens: list[Token], at: int) -> bool:
    """Whether somebody is told to speak right before: then it is they who say who they are."""
    return any(t.low in _SPEAKS for t in tokens[max(0, at - 4) : at])


_SPEAKS = listed(
    """
    said says told tells goes whispers whispered yells yelled screams screamed cries cried answers
    answered replies replied mumbled mumbles shouts shouted
    """
)


def _said_of_oneself(tokens: list[Token], at: int) -> set[str]:
    """The words of a name around the word at `at`: "yours truly, Ada Reed", "hi, Ada again",
    "I, Ada Reed, drove lorries", "everyone calls me Ada"."""
    token = tokens[at]
    one = tokens[at - 1].low if at else ""
    if (one, token.low) in _OF_ONESELF:
        return _names_after(tokens, at + 1)
    if token.low == "me" and one == "calls" and at >= 2 and tokens[at - 2].low in _EVERYBODY:
        return _names_after(tokens, at + 1)
    if token.low == "i" and at + 1 < len(tokens) and tokens[at + 1].gap == ", ":
        names = _names_after(tokens, at + 1)
        after = at + 1 + len(names)
        return names if after < len(tokens) and tokens[after].gap == ", " else set()
    if token.low in {"hi", "hello", "hey"}:
        names = _names_after(tokens, at + 1)
        after = at + 1 + len(names)
        last = after + 1 >= len(tokens) or tokens[after + 1].breaks
        says = last or tokens[after + 1].low not in {"is", "are", "was", "comes", "goes", "has"}
        if names and after < len(tokens) and tokens[after].low in {"here", "again"} and says:
            return names
    if token.low in {"it", "its"} and _with_us(tokens, at):
        return _names_after(tokens, at + 1)
    return set()


def _with_us(tokens: list[Token], at: int) -> bool:
    """ "coming to you from the rig, it's Ada Reed"."""
    return "coming to you" in " ".join(t.low for t in tokens[max(0, at - 9) : at])


def _names_after(tokens: list[Token], at: int) -> set[str]:
    """The one to three words from `at` that can be a name."""
    names: set[str] = set()
    for name in tokens[at : at + 3]:
        rare = may_be_name(name.low)
        if (names and name.breaks) or name.low in STOP or not rare or (name.cased and not name.cap):
            break
        names.add(name.low)
    return names


def _titled_before(tokens: list[Token], at: int) -> bool:
    """ "Dr. Lee here, let's talk": a title, one or two names and the word at `at`."""
    says = at + 1 < len(tokens) and not tokens[at + 1].breaks and tokens[at + 1].low in PERSON_VERBS
    return not says and any(t.low in STAFF_TITLES for t in tokens[max(0, at - 3) : at - 1])
