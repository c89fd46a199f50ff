"""Hospitals and clinics by name, beside a case.

A house that is studied, cited or trained at is no finding, nor is one that nobody was treated in.
"""

import re
from collections.abc import Iterator

from wardcast.check.detectors import houses
from wardcast.check.detectors.history import told_in_books
from wardcast.check.detectors.hit import Hit
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import INSTITUTIONS
from wardcast.check.gazetteers.places import towns
from wardcast.check.gazetteers.words import STOP, zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading, Token

_HEAD = re.compile(
    r"\b(?:(?:medical|med\.?|health|cancer|trauma|surgery|surgical|heart|rehab|rehabilitation|care|"
    r"wellness|family|senior|dental|eye|imaging|oncology|cardiology|neurology|dialysis|birth|"
    r"pediatrics?|paediatrics?|orthop(?:a)?edics?|specialty|specialist|outpatient|burn|spine) "
    r"(?:cent(?:er|re)|ctr|clinic|practice|group|institute|associates|partners)\b\.?"
    r"|(?:med\.?|medical|health) (?:ctr|campus|care|system)\b\.?"
    r"|(?:children'?s|community|general|memorial|regional|university|county|city|district|royal|"
    r"teaching|veterans|state) (?:hospital|infirmary|clinic)"
    r"|(?<=[a-z] )(?:district|county) general"
    r"|hospital|hosp\b\.?|infirmary|clinic|hospice|nursing home|care home|healthcare)\b"
)
_CAPITAL_HEAD = re.compile(
    r"\b(?:(?:family|internal|sports) medicine|(?:senior|assisted|golden) living(?: center)?|"
    r"living cent(?:er|re)|senior center|urgent care|nursing (?:center|facility)|retirement home|"
    r"pharmacy|dialysis|laboratory|labs|elementary|high school|dermatology|rehab|"
    r"(?:(?:adolescent|burns?|stroke|birth|maternity|assessment|psychiatric|recovery|memory|respite|"
    r"day|surgical|trauma|rehabilitation) )?unit|detox|rheum|house|lodge|manor|villa|wing|"
    r"(?:stroke|day) centre)\b"
)
"""Heads that make a house where they have capitals."""

_SHORT_HEAD = re.compile(
    r"\b(?:general|memorial|regional|presbyterian|methodist|baptist|health|medical|va|er|ed|icu|"
    r"cancer center|heart institute|office|urgent care|surgical center|pa?ediatrics|orthopa?edics|"
    r"dermatology|oncology|cardiology|rehab|wellness|family medicine|pharmacy|women's health|"
    r"district|children'?s)\b"
)
"""Heads that make a house only where somebody was treated "at" it: "Chicago General"."""

_TAIL = re.compile(
    r" (?:of (?:the )?|for (?=Sick|Special|Women|Child|Joint))[A-Z][\w']+(?: [A-Z][\w']+)?"
    r"|(?: (?!I\b)[A-Z][\w']+){1,2}"
)
_STATE = re.compile(
    r",? (?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|OH|OK|OR|PA|RI|"
    r"S[CD]|T[NX]|UT|V[AT]|W[AIVY])(?![\w.'])"
)
_ORDINARY = listed(
    """
    hospital clinic local big small busy rural urban tiny teaching community general nearby private
    public whole entire same other another different free outside outpatient inpatient emergency
    pain wound fertility sleep vaccine flu urgent primary trauma cancer heart stroke level mental
    behavioral women's men's veterans children's children nearest referring tertiary academic
    district county university city major smaller larger field animal veterinary day night modern
    american british several multiple family dental eye skin memory diabetes asthma birth fracture
    antenatal prenatal special specialist surgery surgical medical health care electronic visit
    visiting called twelve many most going back home left entered near leave leaving ran run travel
    weekly monthly every current previous former digital quality doctors nurses staff physical
    therapy infusion dialysis chemo er ed icu ward unit floor theatre home work night
    global world national federal state your regional memorial
    """
)
_ADJECTIVES = listed(
    """
    royal community general children's childrens memorial regional university county city district
    medical health cancer state nursing care teaching veterans heart trauma
    """
)
_OPENERS = listed("new our long little great good old big first young san santa saint st mount mt")
"""Words that begin a name although they are ordinary: "New York", "Our Lady"."""

_LINKS = listed("at from to of by for the arrived")
_NUMBER = re.compile(r" (?:\d|[ivx]{1,3})(?![\w/.%-])")
"""Which of a house's parts, typed after it: "Juniper House 2"."""
_PARTS = listed("downtown uptown midtown central main")
"""Which of a town's houses: "Chicago downtown clinic"."""

_VERBS = listed(
    "came went transferred seen admitted born work works worked called left visited treated"
)
_TITLES = listed("dr doctor mr mrs ms prof professor nurse")
_CALENDAR = listed(
    """
    january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday
    sunday
    """
)
_ARRIVAL = re.compile(
    r"(?:transferred (?:\w+ ){0,2}(?:from|to)|(?:dx'?d|tx'?d?|d/c'?d|dc'?d|adm|f/u|pcp|dialysis|"
    r"discussed|confirmed|imaged|rehab|followed up|seen|treated|admitted|evaluated|hospitalized|"
    r"hospitalised|born|diagnosed|operated on|discharged|followed|delivered|referred|taken|brought|"
    r"rushed|flown|checked in|check-?up|consultation|surgery|visit(?:ed)?|appointment|care|"
    r"follow-?up|procedure|scan|presented|presenting|done|performed|review) (?:\w+ )?"
    r"(?:at|by|to|from|in)|"
    r"nurses (?:at|from|in)|staff (?:at|of)|team (?:at|from)|(?:parking )?lot at|"
    r"parking lot of|car park (?:of|at)|er at|ed at|icu at|"
    r"shift at|ward at|floor at|downstairs at|over at|here at|work(?:ed|ing)? at|"
    r"resident of|arrived(?: at)?) (?:the |our )?$"
)
_EMPLOYED = re.compile(r"\b(?:works? (?:at|for)|employed (?:at|by)) (?:the )?$")
_AT = re.compile(r"(?:\b(?:at|from|to|in|by|of|visited|left|as)|@) (?:the |our )?$")
_STUDIED = re.compile(
    r"\b(?:stud(?:y|ies|ied)|trial|research(?:ers)?|paper|published|trained|training|residency|"
    r"fellowship|school|graduated|according to|guidelines?|protocol from|data from|developed at|"
    r"invented at|founded|degree|foundation years?|qualified|medical college|med school|internship|"
    r"undergraduate|lecture[ds]?|alumn\w+)\b"
)
_SAINT = re.compile(r"\b(?:st\.? |saint |mount |mt\.? )([a-z]+)(?:'s|s')?(?:-in-[a-z-]+)?")
_NO_SAINT = re.compile(r"[ -](?:fire|wort|dance|disease|day|bread)\b")
_CHILDRENS = re.compile(
    r"\b(?:at|to|from|by|left) (children's)(?= (?:in|on|for|where|last|and|when)\b|[.,;?!]|$)"
)
_WORK = re.compile(
    r"\b(?:i work|i'm working|my hospital|where i work|on shift) (?:at |is |in )?(?:the )?$"
    r"|\bhospital but it was $"
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Named houses beside a case."""
    low = reading.low
    last = 0
    found = [*_headed(reading), *_short(reading), *_known(reading), *_saints(reading)]
    found += (*_arrived(reading), *houses.by_form(reading))
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start < last or lexicon.holds(low[start:end]):
            continue
        last = end
        around = low[max(0, start - 60) : end + 40]
        case = reading.beside_case(start, end) or _WORK.search(low[max(0, start - 40) : start])
        treated = _ARRIVAL.search(low[max(0, start - 50) : start])
        if told_in_books(reading.tokens, reading.token_at(start)):
            continue
        if case and (treated or not _STUDIED.search(around)):
            reason = "The house, beside a case, tells where to ask."
            yield Hit("facility", start, end, 0.85, reason, _softer(low[start:end]), True)


_STUDIED_AT = re.compile(
    r"\b(?:stud(?:y|ied|ying)|trained|training|degree|graduated|residency|fellowship|internship|"
    r"foundation years?|qualified|med(?:ical)? school|lectured?)\b"
    r"(?:(?! (?:patient|pt|woman|man|lady|guy|kid|boy|girl|nurse|saw|where|who|from)\b)[^.!?])"
    r"{0,60}? (?:at|in) (?:the )?$"
)


def studied_there(reading: Reading, start: int) -> bool:
    """Whether the author studied or trained at what begins at `start`, and tells of no case."""
    before = reading.low[max(0, start - 90) : start]
    return _STUDIED_AT.search(before) is not None and not reading.case_in_sentence(start)


def _softer(name: str) -> str:
    if any(word in name for word in ("clinic", "practice", "health cent", "office")):
        return "a clinic"
    return "a nursing home" if "home" in name else "another hospital"


def _headed(reading: Reading) -> Iterator[tuple[int, int]]:
    """A name before "Hospital", "Clinic", "Health Centre" and the like."""
    for match in (*_HEAD.finditer(reading.low), *_CAPITAL_HEAD.finditer(reading.low)):
        first = reading.token_at(match.start())
        head = reading.tokens[first]
        if match.re is _CAPITAL_HEAD and not (head.cased and head.cap):
            continue
        if match.group() in _ORDINARY_HEADS and not _stands_at(reading, first):
            continue
        start = _back(reading, first)
        if start is None:
            before = reading.low[max(0, match.start() - 45) : match.start()]
            whole = " " in match.group() and (head.cap or "royal" in match.group())
            named = head.cap and "general" not in match.group() and _AT.search(before)
            if not whole or head.cased != head.cap or not (_ARRIVAL.search(before) or named):
                continue
            start = first
        end = match.end()
        tail = _TAIL.match(reading.normal.text, end) if head.cased and head.cap else None
        tail = tail or (_NUMBER.match(reading.low, end) if match.re is _CAPITAL_HEAD else None)
        end = tail.end() if tail else end
        state = _STATE.match(reading.normal.text, end) if head.cased and head.cap else None
        yield reading.tokens[start].start, state.end() if state else end


_ORDINARY_HEADS = listed("unit house lodge manor villa wing detox rheum")
_NO_HOME = listed("white open motor hounsfield west east right left full opera animal movie green")


def _stands_at(reading: Reading, head: int) -> bool:
    """Whether "House" ends the name of somewhere that one is at or comes from."""
    start = _back(reading, head)
    if start is None or reading.tokens[start].low in _NO_HOME:
        return False
    before = reading.low[max(0, reading.tokens[start].start - 30) : reading.tokens[start].start]
    return _AT.search(before) is not None


def _short(reading: Reading) -> Iterator[tuple[int, int]]:
    """ "Chicago General", "county general", "Houston Memorial": only after "at" or "from"."""
    for match in _SHORT_HEAD.finditer(reading.low):
        first = reading.token_at(match.start())
        head = reading.tokens[first]
        start = _back(reading, first)
        if start is None or (match.group() == "office" and not _town(reading, start, first)):
            continue
        begin = reading.tokens[start]
        if begin.cased and not (begin.cap and (head.cap or match.group() == "office")):
            continue
        rare = match.group() in {"children's", "childrens"} and zipf(begin.low) < 2.8
        if not begin.cased and not rare and not _town(reading, start, first):
            continue
        if _AT.search(reading.low[max(0, begin.start - 20) : begin.start]):
            yield begin.start, match.end()


def _town(reading: Reading, start: int, end: int) -> bool:
    words = [t.low for t in reading.tokens[start:end]]
    return " ".join(words) in INSTITUTIONS | towns() or words in (["county"], ["city"])


def _joins(tokens: list[Token], at: int) -> bool:
    """Whether "and" or "of" between two capitals stands before `at`: "Brigham and Women's"."""
    linked = at > 1 and tokens[at - 1].low in {"and", "of"}
    return linked and tokens[at - 2].cap and tokens[at].cap


def _back(reading: Reading, first: int) -> int | None:
    """The index of the first word of the name that ends before word `first`, or None."""
    tokens, at, named = reading.tokens, first, False
    while at > 0 and first - at < 5 and not tokens[at].breaks:
        word = tokens[at - 1]
        if at < first and _joins(tokens, at):
            at -= 1
            continue
        if not _belongs(reading, word) and not (word.low in _PARTS and at < first + 1):
            break
        named = named or word.low not in _ORDINARY or word.low in {"county", "city"}
        at -= 1
    while at < first and tokens[at].low in {"and", "of"}:
        at += 1
    return at if named and at < first else None


def _belongs(reading: Reading, word: Token) -> bool:
    """Whether a word can stand in the name of a house."""
    low = word.low
    if low[:1].isdigit() or low in _TITLES or low in _CALENDAR:
        return False
    if word.cased:
        if not word.cap:
            return False
        if low in STOP:
            return low in _OPENERS and not word.opens
        return low not in _ORDINARY or low in _ADJECTIVES or not word.opens
    if low in STOP or (low in _ORDINARY and low not in _ADJECTIVES) or low in _VERBS:
        return low in {"st", "mount"}
    return low in _ADJECTIVES or low in _OPENERS or low in towns() or zipf(low) < 5.4


def _known(reading: Reading) -> Iterator[tuple[int, int]]:
    """Well-known houses named without a head."""
    tokens = reading.tokens
    for index, token in enumerate(tokens):
        if token.cased and not token.cap:
            continue
        for length in (3, 2, 1):
            words = tokens[index : index + length]
            if len(words) == length and " ".join(t.low for t in words) in INSTITUTIONS:
                before = reading.low[max(0, token.start - 45) : token.start]
                told = length > 1 or _ARRIVAL.search(before) or _AT.search(before)
                if told or _branch(tokens, index + length):
                    last = index + length - 1
                    while last + 1 < len(tokens) and _goes_on(reading, tokens[last + 1]):
                        last += 1
                    last = _of_the(reading, last)
                    yield token.start, tokens[last].end + 2 * tokens[last].possessive
                break


def _branch(tokens: list[Token], at: int) -> bool:
    """Whether a town follows: "Kaiser Oakland", "Providence Portland"."""
    words = tokens[at : at + 2]
    if not words or words[0].breaks or not words[0].cap:
        return False
    return words[0].low in towns() or " ".join(t.low for t in words) in towns()


def _saints(reading: Reading) -> Iterator[tuple[int, int]]:
    for match in _CHILDRENS.finditer(reading.low):
        yield match.span(1)
    for match in _SAINT.finditer(reading.low):
        if (
            reading.tokens[reading.token_at(match.start())].cased
            and not reading.normal.text[match.start()].isupper()
        ):
            continue
        before = reading.low[max(0, match.start() - 45) : match.start()]
        saint = match.group(1)
        town = f"st {saint}" in towns() and not match.group().endswith("'s")
        named = match.group().endswith("'s") and reading.normal.text[match.start()].isupper()
        named = named and not _NO_SAINT.match(reading.low, match.end())
        if saint not in STOP and not town and (named or _AT.search(before)):
            yield match.start(), match.end()


def _arrived(reading: Reading) -> Iterator[tuple[int, int]]:
    """A capitalised or rare name after "transferred from", "nurses at", "treated at"."""
    tokens = reading.tokens
    for index in range(2, len(tokens)):
        token = tokens[index]
        if tokens[index - 1].low not in _LINKS or token.breaks:
            continue
        if not _could_be_a_house(reading, token):
            continue
        before = reading.low[max(0, token.start - 50) : token.start]
        employed = token.cased and token.cap and _EMPLOYED.search(before)
        if not employed and not _ARRIVAL.search(before):
            continue
        last = index
        while last + 1 < len(tokens) and _goes_on(reading, tokens[last + 1]):
            last += 1
        last = _of_the(reading, last)
        name = tokens[index : last + 1]
        if len(name) == 1 and tokens[index - 1].low == "by":
            continue
        if not any(t.low in _TITLES or t.low in _CALENDAR for t in name):
            yield token.start, name[-1].end


def _goes_on(reading: Reading, token: Token) -> bool:
    return token.cased and token.cap and not token.breaks and token.low not in _CALENDAR


def _of_the(reading: Reading, last: int) -> int:
    """The index of the last word of "Our Lady of the Lake" whose "Lady" is word `last`."""
    tokens = reading.tokens
    for length, small in ((3, ["of", "the"]), (2, ["of"]), (2, ["and"])):
        words = tokens[last + 1 : last + 1 + length]
        linked = len(words) == length and [w.low for w in words[:-1]] == small
        if linked and _goes_on(reading, words[-1]) and not any(w.breaks for w in words):
            return last + length
    return last


def _could_be_a_house(reading: Reading, token: Token) -> bool:
    if token.low in STOP or not token.low[:1].isalpha() or token.low in _ORDINARY:
        return token.low in _OPENERS and token.cased and token.cap
    if token.low in towns():
        return False
    return token.cap if token.cased else zipf(token.low) <= 3.6
