"""Colleagues without a title: "my colleague Sarah", "our registrar Priya", "Kim from radiology".

They did not agree to be named, and lead to the house and the shift. A role and no name is none.
"""

from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.detectors.staff import introduces
from wardcast.check.gazetteers.folding import listed
from wardcast.check.gazetteers.medicine import EPONYM_HEADS, PUBLIC_FIGURES, medical
from wardcast.check.gazetteers.names import family_name, first_name
from wardcast.check.gazetteers.words import STOP, zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading, Token

ROLES = listed(
    """
    colleague coworker workmate attending registrar consultant intern houseman surgeon
    anaesthetist anesthetist anesthesiologist anaesthesiologist radiologist
    cardiologist pathologist oncologist neurologist paediatrician pediatrician obstetrician
    hospitalist intensivist nurse midwife matron paramedic pharmacist physiotherapist physio
    dietitian dietician therapist technician tech sonographer radiographer phlebotomist porter
    receptionist secretary chaplain trainee hca cna orderly preceptor locum housekeeper cleaner
    """
)
"""What somebody of the house is called; a name may follow."""

_LOOSE = listed("boss manager chief mentor supervisor teammate classmate roommate resident fellow")
"""Roles that only "my" or "our" makes a colleague's."""

_DEPARTMENTS = listed(
    """
    radiology cardiology surgery anaesthesia anesthesia anaesthetics pathology pharmacy oncology
    neurology orthopaedics orthopedics paediatrics pediatrics obstetrics gynaecology psychiatry
    dermatology urology theatres theatre icu er ed nicu picu triage reception billing physio
    microbiology haematology hematology endoscopy dialysis recovery housekeeping maternity
    """
)
_LINKS = listed("named called")
_NOT = listed(
    """
    who said says told that was is came has had and or from in on at with for to of here there
    practitioner practitioners manager led call button station staff specialist educator visit
    appointment review friend team led shift school student students training
    """
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """A role of the house and a name beside it."""
    tokens = reading.tokens
    for at in range(len(tokens)):
        for first, length in (_after(reading, at), _before(reading, at)):
            if not length:
                continue
            names = tokens[first : first + length]
            spoken = " ".join(t.low for t in names)
            if lexicon.holds(spoken) or spoken in PUBLIC_FIGURES:
                continue
            role = tokens[at].start if first > at else names[0].start
            if introduces(reading.low, min(role, names[0].start), names[-1].end):
                continue
            reason = "A colleague by name leads to the house and the shift; have they agreed?"
            yield Hit("staff", names[0].start, names[-1].end, 0.8, reason, "a colleague", True)


def _after(reading: Reading, at: int) -> tuple[int, int]:
    """Where a name stands after the role at word `at`, and of how many words; 0 for none."""
    tokens = reading.tokens
    role = tokens[at]
    ours = at > 0 and tokens[at - 1].low in {"my", "our"}
    several = ours and role.low not in ROLES | _LOOSE
    called = role.low.removesuffix("s") if several else role.low
    loose = called in _LOOSE
    if (called not in ROLES and not loose) or role.possessive or (role.breaks and loose):
        return 0, 0
    before = {t.low for t in tokens[max(0, at - 3) : at]}
    if loose and not before & {"my", "our"}:
        return 0, 0
    first = at + 1
    if first < len(tokens) and tokens[first].low in _LINKS and not tokens[first].breaks:
        first += 1
    comma = first < len(tokens) and tokens[first].breaks and tokens[first].gap == ", "
    if comma and not before & {"my", "our"}:
        return 0, 0
    return first, _name(reading, first, comma=comma, sure=bool(before & {"my", "our"}))


def _before(reading: Reading, at: int) -> tuple[int, int]:
    """ "Kim from radiology", "Sarah, my colleague", "Priya the registrar": as `_after`."""
    tokens = reading.tokens
    name = tokens[at]
    if at + 2 >= len(tokens) or first_name(name.low) < 0.7 or (name.cased and not name.cap):
        return 0, 0
    one, two = tokens[at + 1], tokens[at + 2]
    from_there = one.low in {"from", "in", "down"} and two.low in _DEPARTMENTS and not one.breaks
    role = two.low in ROLES or (two.low in _LOOSE and one.low in {"my", "our"})
    far = at + 3 < len(tokens) and tokens[at + 3].low in ROLES and not tokens[at + 3].breaks
    said = one.low in {"my", "our"} or (one.low == "the" and (not one.breaks or one.gap == ", "))
    if two.breaks or not (from_there or (said and (role or far))):
        return 0, 0
    return at, _name(reading, at, comma=True, sure=True)


def _name(reading: Reading, at: int, *, comma: bool, sure: bool) -> int:
    """How many words from `at` are a name; 0 for none."""
    tokens = reading.tokens
    length = 0
    while length < 3 and at + length < len(tokens):
        word = tokens[at + length]
        if word.breaks and (length or not comma):
            break
        if length and tokens[at + length - 1].possessive:
            break
        if not _fits(word, family=length > 0, sure=sure):
            break
        length += 1
    following = tokens[at + length].low if at + length < len(tokens) else ""
    return 0 if following in EPONYM_HEADS else length


def _fits(word: Token, *, family: bool, sure: bool) -> bool:
    low = word.low
    if low in STOP or low in _NOT or not low.isalpha() or len(low) < 3 or medical(low):
        return False
    known = family_name(low) if family else first_name(low)
    if word.cased:
        return word.cap and (known > 0 or (sure and zipf(low) < 3.5))
    if family:
        return known >= 1 and zipf(low) < 3.6
    return known >= 0.7 or (sure and known > 0 and zipf(low) < 5.3)
