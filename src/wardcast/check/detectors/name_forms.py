"""The forms that a name takes: initials, a family name first, a nickname within, particles."""

from wardcast.check.detectors.hit import Hit
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import (
    ABBREVIATIONS,
    EPONYM_HEADS,
    EPONYMS,
    medical,
)
from wardcast.check.gazetteers.names import family_name, first_name, may_be_name
from wardcast.check.gazetteers.words import PERSON_VERBS, STOP, zipf
from wardcast.check.reading import Reading, Token

CIVIL = listed("mr mrs ms miss mx mister missus sra senora mme madame")
NOT_NAMES = (
    listed(
        """
    gaba january february march april may june july august september october november
    december monday tuesday wednesday thursday friday saturday sunday er ed icu ecg ekg mri
    ct iv hpv hiv aids covid uti ada aha tia ace who cdc fda nhs nice dnr cpr dvt pe mi ms
    gi ob gyn mrn dob ssn pcp ent copd gerd afib crp bmp cbc lvad tavr ercp bun pa np rn md
    do phd lpn emt mom dad mum god lord christ christmas easter thanksgiving english french
    spanish german italian chinese indian american british african asian hispanic european
    latino caucasian medicare medicaid facebook instagram tiktok youtube google amazon
    netflix twitter apple type stage grade class part phase covid-19 new england journal
    lancet jama cochrane medicine doctor nurse patient chart room bed ward professor doc
    emergency hospital clinic day night goodbye okay hello thanks call ask read take stop
    watch heart iban hosp medrec hfref hfpef ramadan lugol gleason clostridioides iodine
    swift blood colon ibs ibd sle als ich sah sbo triage aetna cigna humana bcbs anthem
    tricare aki age sex pulse ma'am sir y'all yall dude bro kiddo sweetheart abuela abuelo
    prior hx dx tx rx sx fx vitamin abx rhabdo enceph peds gyne bicarb creat lytes phos
    neuro cards pulm onc heme rheum derm ortho uro nephro endo gastro psych subq bid tid qid
    prn npo stat postop preop periop chole appy hyst sats bipap cpap vent trach picc hemo
    periph antihistamine steroid postexposure preexposure prep titer titre subunit mcg mmol
    meq iud oral topical nasal rectal vaginal sublingual systemic acute chronic severe mild
    moderate dosing dose safety efficacy workup evidence management treatment guideline
    guidelines criteria first-line ab ag pos neg
    """
    )
    | ABBREVIATIONS
)
_HONORIFICS = listed(
    """
    sis cpt capt captain sgt sergeant cpl pvt lieutenant colonel rev reverend pastor imam rabbi
    deacon chief lola lolo tatay nanay aling mang kuya alhaji alhaja hajia baba begum bibi bapak ibu
    encik puan cik tia senor frau herr signora signor
    """
)
"""What stands before a name with a capital as a title does."""
_GOES_ON = listed("date dob born mrn phone aged age") | STOP
PARTICLES = listed(
    """
    de la los las le van von der den del di da dos du bin ibn al el san st o mac mc ter ap nic
    ferch af av zu zum
    """
)


def honoured(tokens: list[Token], at: int) -> bool:
    """ "Cpt. Holloway", "Lola Corazon": a title with a capital, and a name with one."""
    title, name = tokens[at], tokens[at + 1]
    if title.low not in _HONORIFICS or not (title.cap and title.cased):
        return False
    alone = name.gap in {" ", ". "} and name.cased and name.cap and name.low not in STOP
    head = tokens[at + 2].low if at + 2 < len(tokens) else ""
    plain = name.low in NOT_NAMES or medical(name.low) or head in EPONYM_HEADS
    return alone and may_be_name(name.low) and not plain


def initialled(reading: Reading, at: int) -> tuple[Hit, int] | None:
    """ "P. Johnson": an initial and a family name, which no "et al." follows."""
    tokens = reading.tokens
    initial = tokens[at]
    if len(initial.low) != 1 or at + 1 >= len(tokens):
        return None
    if not initial.cap:
        return _initials_said(reading, at)
    name, length = tokens[at + 1], 2
    if len(name.low) == 1 and name.cap and name.gap == ". " and at + 2 < len(tokens):
        name, length = tokens[at + 2], 3  # "K. K. Orozco"
    after = at + length
    cites = after < len(tokens) and tokens[after].low in {"et", "and", "trial", "study"}
    rare = length == 2 and zipf(name.low) < 2 and name.cased and not medical(name.low)
    rare = rare and not name.low.endswith(_SPECIES)
    if name.gap != ". " or not name.cap or not (family_name(name.low) or rare) or cites:
        return None
    reason = "An initial and a family name."
    return Hit("name", initial.start, name.end, 0.7, reason, "my patient"), length


_SPECIES = ("ii", "is", "us", "um", "ans", "ensis", "ae", "ica", "iae", "osa")
"""How organisms end: "S. lugdunensis"."""


def _initials_said(reading: Reading, at: int) -> tuple[Hit, int] | None:
    """ "p j mcallister": two letters and a family name, in words without capitals."""
    words = reading.tokens[at : at + 3]
    if len(words) < 3 or any(t.cased or t.breaks for t in words[1:]):
        return None
    first, second, name = (t.low for t in words)
    letters = first.isalpha() and first not in {"a", "i"} and len(second) == 1 and second.isalpha()
    if not letters or family_name(name) < 0.7 or zipf(name) >= 4.0 or medical(name):
        return None
    reason = "Initials and a family name."
    return Hit("name", words[0].start, words[2].end, 0.75, reason, "my patient"), 3


def plausible(word: str) -> bool:
    """Whether a word that no list has could be a name: "bcx" and "wnl" have no vowel."""
    return len(word) > 5 or any(sign in _VOWELS or not sign.isascii() for sign in word)


_VOWELS = frozenset("aeiouy")


def filed(reading: Reading, at: int) -> tuple[Hit, int] | None:
    """ "Williams, Denise A", "QUINN, MACIE": a family name, a comma, a first name, as in files."""
    tokens = reading.tokens
    if at + 1 >= len(tokens) or tokens[at + 1].gap != ", ":
        return None
    family, first = tokens[at], tokens[at + 1]
    written = [reading.normal.text[t.start] for t in (family, first)]
    initial = len(first.low) == 1 and reading.normal.text[first.end : first.end + 1] in {
        ".",
        ",",
        ";",
    }
    rare = initial and family.breaks and zipf(family.low) < 1.5 and _tells_age(tokens, at + 2)
    known = family_name(family.low) >= 0.7 and (initial or first_name(first.low) >= 1)
    known = known or (rare and not medical(family.low))
    if not known or not all(c.isupper() for c in written) or family.low in EPONYMS:
        return None
    more = at + 2 < len(tokens) and len(tokens[at + 2].low) == 1 and tokens[at + 2].gap == " "
    length = 3 if more and tokens[at + 2].low.isalpha() else 2
    reason = "A family name and a first name, as files have them."
    end = tokens[at + length - 1].end
    return Hit("name", family.start, end, 0.85, reason, "my patient"), length


def _tells_age(tokens: list[Token], at: int) -> bool:
    """ "58F", "58 y/o" right after."""
    return at < len(tokens) and tokens[at].low[:1].isdigit()


CAPITAL_STOPS = listed("will long young may little")


def extension(reading: Reading, at: int) -> int:
    """How many words after `at` go on with the same name."""
    tokens = reading.tokens
    count = 0
    while count < 3 and at + count + 1 < len(tokens) and not tokens[at + count].possessive:
        if _nickname(tokens, at + count + 1):
            count += 2
            continue
        word = tokens[at + count + 1]
        initial = len(tokens[at + count].low) == 1 and word.gap == ". " and word.cap
        if not initial and (word.breaks or word.gap not in {" ", "-", ". ", "'"}):
            break
        if (
            word.low in PARTICLES
            and at + count + 2 < len(tokens)
            and not tokens[at + count + 2].breaks
        ):
            count += tokens[at + count + 2].low in PARTICLES and at + count + 3 < len(tokens)
            following = tokens[at + count + 2]
            if (following.cased and following.cap) or (
                not following.cased
                and (family_name(following.low) > 0 or zipf(following.low) < 2.5)
            ):
                count += 2
                continue
        if not _continues(reading, at + count + 1):
            break
        count += 1
    return count


def _nickname(tokens: list[Token], at: int) -> bool:
    """Whether the words from `at` are a name in quotes or brackets and a family name."""
    if at + 1 >= len(tokens) or not (tokens[at].cap and tokens[at + 1].cap):
        return False
    return (tokens[at].gap, tokens[at + 1].gap) in _AROUND


_AROUND = frozenset({(' "', '" '), (" “", "” "), (" (", ") "), (" '", "' ")})


def _continues(reading: Reading, at: int) -> bool:
    tokens = reading.tokens
    word = tokens[at]
    low = word.low
    if word.cased:
        if len(low) == 1 and low.isalpha():
            return word.cap and (low != "i" or is_initial(word, reading))
        return (
            word.cap
            and low[0].isalpha()
            and low not in CIVIL
            and low not in NOT_NAMES
            and (low not in STOP or low in CAPITAL_STOPS)
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


def is_initial(word: Token, reading: Reading) -> bool:
    """Whether a letter is written as initials are: "Jorge I., whose"."""
    after = reading.normal.text[word.end : word.end + 3]
    return after[:1] == "." and (len(after) == 1 or after[1] in ",;)?" or after[1:].islower())


def pair(names: list[Token], reading: Reading) -> float:
    """A first name with a family name is surer than either alone."""
    if len(names) < 2:
        return 0.0
    first, last = names[0].low, names[-1].low
    if names[1].gap == "-" and names[1].cap and not {first, last} & EPONYMS:
        return 0.8  # "Mei-Ling"
    if len(last) == 1:
        rare = zipf(first) < 3 and names[0].cap and not medical(first)
        return 1.2 if first_name(first) else 1.8 if rare and is_initial(names[-1], reading) else 0.0
    unknown = (
        not reading.foreign
        and names[0].cased
        and names[0].cap
        and names[-1].cap
        and zipf(first) < 2
    )
    if unknown and not medical(first) and family_name(last) >= 0.7 and not {first, last} & EPONYMS:
        return 1.8  # "D'Angelo Whitfield"
    if first_name(first) and family_name(last) >= 0.5:
        return 1.6 if family_name(last) >= 0.7 or names[0].cased else 0.6
    if first_name(first) and zipf(last) < 3.0:
        written = names[0].cased and names[0].cap and names[-1].cap and zipf(last) < 2.5
        return 1.2 if written and not medical(last) else 0.8
    return 0.0
