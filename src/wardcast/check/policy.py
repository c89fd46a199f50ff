"""How much each kind of finding weighs. A table to read, which a host may override.

`beside` holds when something in the text tells of one patient near by, `apart` when nothing does;
None means: say nothing. Sources: 45 CFR 164.514(b)(2) (the eighteen identifiers of the HIPAA safe
harbour); GMC, Confidentiality (2017), para 19 and the guidance on social media; FSMB, Social
Media and Electronic Communications (2019). Ages up to 89, years and US states are no identifiers
there and make no finding.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from wardcast.check.finding import Severity

BLOCK, ASK, INFO = Severity.BLOCK, Severity.ASK, Severity.INFO

SAY = ("bleep", "mute", "replace", "not_a_patient", "consent")
STRIP = ("strip",)
COVER = ("blur", "not_a_patient", "consent")
MINE = "mine"
STAGED = "staged"
PLAYED = (*SAY, STAGED)
"""What is told of a patient, whom an actor or a mannequin may play. Numbers that lead to somebody,
secrets and tags of the file are real whoever plays: they are never staged."""
FAINT = 0.6
LISTEN = ("bleep", "mute", "not_a_patient", "consent")
WHOSE = (MINE, STAGED, "not_a_patient", "consent")
"""Of the voice that speaks most, nothing is muted: nothing would be left."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The weight of a kind beside a case and apart from one, and what the author may do; `faint` is
    the most that a finding less sure than `FAINT` weighs."""

    beside: Severity | None
    apart: Severity | None
    actions: tuple[str, ...] = SAY
    faint: Severity | None = None

    def weight(self, confidence: float, *, beside: bool) -> Severity | None:
        """How much a finding of this kind weighs."""
        full = self.beside if beside else self.apart
        return self.faint if full and self.faint and confidence < FAINT else full


DEFAULT: Mapping[str, Rule] = MappingProxyType(
    {
        "name": Rule(BLOCK, ASK, (*PLAYED, MINE)),
        "birth_date": Rule(BLOCK, BLOCK, PLAYED),
        "record_number": Rule(BLOCK, BLOCK, PLAYED),
        "national_id": Rule(BLOCK, BLOCK),
        "phone": Rule(BLOCK, BLOCK),
        "email": Rule(BLOCK, BLOCK),
        "address": Rule(BLOCK, ASK),
        "plate": Rule(BLOCK, BLOCK),
        "staff": Rule(ASK, ASK, (*SAY, MINE)),
        "facility": Rule(ASK, None),
        "room": Rule(ASK, ASK, PLAYED),
        "date": Rule(ASK, INFO, PLAYED),
        "relative_date": Rule(ASK, None, PLAYED),
        "season": Rule(INFO, None),
        "age_over_89": Rule(ASK, ASK, PLAYED),
        "place": Rule(ASK, None),
        "postcode": Rule(ASK, INFO),
        "handle": Rule(ASK, ASK, (*SAY, MINE)),
        "url": Rule(ASK, INFO),
        "public_figure": Rule(INFO, None),
        "appearance": Rule(ASK, None, PLAYED, faint=INFO),
        "circumstance": Rule(ASK, None, PLAYED, faint=INFO),
        "story": Rule(ASK, INFO, PLAYED),  # red, amber
        "access_code": Rule(BLOCK, BLOCK),
        "password": Rule(BLOCK, BLOCK),
        "home": Rule(BLOCK, BLOCK),
        "family": Rule(ASK, ASK),
        "unheard": Rule(ASK, ASK, LISTEN),
        "speaker": Rule(ASK, ASK, WHOSE),
        "voice": Rule(ASK, ASK, (*LISTEN, MINE, STAGED)),
        "form": Rule(BLOCK, ASK, (*COVER, MINE, STAGED)),
        "face": Rule(ASK, ASK, (*COVER, MINE, STAGED)),
        "location": Rule(INFO, INFO, STRIP),
        "recorded_at": Rule(INFO, INFO, STRIP),
        "device": Rule(INFO, INFO, STRIP),
        "description": Rule(INFO, INFO, STRIP),
    }
)


def override(changes: Mapping[str, Rule]) -> Mapping[str, Rule]:
    """The default table with a host's own rows in place of the same kinds."""
    unknown = sorted(set(changes) - set(DEFAULT))
    if unknown:
        raise KeyError(
            f"No such kind of finding: {', '.join(unknown)}. Known: {', '.join(DEFAULT)}."
        )
    return MappingProxyType({**DEFAULT, **changes})
