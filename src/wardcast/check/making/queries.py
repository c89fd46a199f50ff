"""Queries with known identifiers, as a clinician types them: short, names in every form."""

import importlib
import random
from functools import cache

from wardcast.check.gazetteers.folding import fold
from wardcast.check.making.scripts import Script, filled, templates
from wardcast.check.making.values import Values, in_part

_AGES = (
    "a {n}-year-old male", "a {n}-year-old female", "a {n}-year-old woman", "a {n} y/o man",
    "{n}yo male", "{n}yo F", "{n}M", "{n}F", "an elderly woman", "a {n}-year-old boy",
    "a {n}-year-old patient", "a {n}-year-old African American male", "{n}F pt",
)  # fmt: skip
_ASKS = (
    "Guidelines for", "What are the treatment options for", "Best practices for managing",
    "Latest recommendations on", "Updated protocol for", "Is there evidence for treating",
    "tx options for", "dosing in", "How to manage", "Workup of", "Recommended follow-up of",
)  # fmt: skip
_ILLS = (
    "hypertension", "COPD", "atrial fibrillation", "CHF", "type 2 diabetes", "ischemic colitis",
    "DKA", "latent TB", "preeclampsia", "IgG4 disease", "SBP 170", "GERD", "stage IV lung cancer",
    "gout flare", "PE in pregnancy", "hyponatremia", "AKI on CKD", "MRSA bacteremia", "ALS",
    "recurrent UTI", "chronic migraine", "ear pain", "dog bite", "falls", "asthma", "melanoma",
    "HFrEF, EF 25%", "RSV", "hepatitis C", "bipolar disorder", "hip fracture", "NSTEMI", "ARDS",
    "a DVT", "K 6.1", "LFTs x2", "delirium", "neutropenic fever", "scabies", "BPH", "BMI 41",
    "cirrhosis", "MS", "HTN and DM", "a wound", "keloid", "sickle cell crisis", "ESRD", "SVT",
)  # fmt: skip
_DRUGS = (
    "apixaban", "warfarin", "Eliquis", "metformin", "lisinopril", "prednisone", "Ozempic",
    "amiodarone", "vancomycin", "labetalol", "sertraline", "Zoloft", "methotrexate", "heparin",
    "Jardiance", "IVIG", "infliximab", "Humira", "lithium", "haloperidol", "morphine", "abx",
    "dexamethasone", "atorvastatin", "insulin", "Keppra", "tacrolimus", "ivermectin", "oxygen",
)  # fmt: skip
_SIGNS = (
    "Chaddock reflex", "Babinski sign", "Wells score", "Framingham Risk Score", "Crohn's disease",
    "Graves' disease", "Wolff-Parkinson-White", "Lugol's iodine", "Gleason 4+3", "Apgar score",
    "Duke criteria", "Child-Pugh class", "Kawasaki disease", "Down syndrome", "Epley manoeuvre",
    "Clostridioides difficile", "Ottawa ankle rule", "Glasgow-Blatchford score", "Holter monitor",
    "Mini-Mental State Examination", "Cushing's syndrome", "Ludwig's angina", "Barrett's esophagus",
    "HAS-BLED score", "CHA2DS2-VASc", "Whipple procedure", "Burkitt lymphoma", "Salter-Harris type",
)  # fmt: skip
_PLACES = (
    "{town} Clinic", "{town} Medical Center", "{town} Med Ctr", "{town} General", "{town} Hosp",
    "St. {saint}'s", "St. {saint}'s Hospital", "St. {saint} Hospital", "{family} Clinic",
    "{family} Health", "{family} Memorial", "{town} Children's", "Children's {town}",
    "Mercy {town}", "VA {town}", "{town} VA", "Kaiser {town}", "UC {town}", "Baptist {town}",
    "{family}-{town}", "{family} {town}", "Our Lady of {town}", "{family} Nursing Home",
    "{town} Oaks", "{town} Senior Center", "{family} Elementary", "{town} University Hospital",
    "University of {town}", "{town} Cancer Institute", "{town} Dialysis", "{town} Healthcare",
    "Hospital of {town}", "{town} County Hospital", "{family} & {family} Dermatology",
    "{town} Family Practice", "{family} Rehab", "{town} Urgent Care", "Royal {town} Infirmary",
)  # fmt: skip
_SAINTS = "Mary Luke Jude Anne Vincent Francis Agnes Bernard Clare Hilda Columba Elsewhere".split()
_PLAIN = (
    "Guy Chuck Grace Joy Faith Hope Mark Frank Will Bill Rose Dawn Skip Chase Gene Art Ray Rich "
    "Dale Pat Sue Drew Rob Jack Max Ruby Pearl Penny Ginger Summer Autumn Angel Christian Earl"
).split()
"""Names that are words."""

_LETTERS = "ABCDEFGHJKLMNPRSTVW"
_RANKS = ("Mr.", "Mrs.", "Ms.", "Mr", "Mrs", "Miss", "Sgt.", "Rev.", "Sir", "Señora")


@cache
def _english(part: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First names and family names of one part that are common where English is spoken."""
    provider = importlib.import_module("faker.providers.person.en_US").Provider
    first, family = (
        tuple(sorted(n for n in names if in_part(fold(n), part)))
        for names in (provider.first_names, provider.last_names)
    )
    return first, family


class QueryValues(Values):
    """Draws what queries hold beside what scripts do; of three names two are English."""

    def _first(self) -> str:
        return self.pick(_english(self.part)[0]) if self._common() else super()._first()

    def _last(self) -> str:
        return self.pick(_english(self.part)[1]) if self._common() else super()._last()

    def _common(self) -> bool:
        return self.draw.random() < 0.66

    def _pt(self) -> str:
        """A patient as queries name them."""
        first, last, letter = self._first(), self._last(), self.draw.choice(_LETTERS)
        forms = (
            f"{first} {letter}.", f"{first} {letter}.", f"{first} {letter}.", f"{first} {last}",
            f"{first} {last}", f"{first} {last}", first, first, f"{last}, {first}",
            f"{last} {letter}.", f"{last.upper()}, {first.upper()}", f"{letter}. {last}",
            f"{self.pick(_RANKS)} {last}", f"{self.pick(_RANKS)} {last}", f"{first} {letter}",
            f"{first}-{self._first()} {last}", f"{first} {last}-{self._last()}",
            f"{first} {letter}. {last}", f"{first} {self._first()} {last}", last,
            f'{first} "{self._first()}" {last}', f"{first} {last} Jr.",
            f"{letter}. {letter}. {last}", f"{self.pick(_RANKS)} {first} {last}", f"O'{last}",
            f"{first} de la {last}",
            self.pick([n for n in _PLAIN if in_part(fold(n), self.part)]),
        )  # fmt: skip
        return self.pick(forms)

    def _doc(self) -> str:
        """A colleague as queries name them."""
        first, last, letter = self._first(), self._last(), self.draw.choice(_LETTERS)
        forms = (
            f"Dr. {last}", f"Dr. {first} {last}", f"Dr. {first} {letter}.", f"Dr {last}",
            f"Dr. {letter}. {last}", f"Prof. {last}", f"Nurse {last}",
            f"Dr. {letter}. {letter}. {last}",
        )  # fmt: skip
        return self.pick(forms)

    def _house(self) -> str:
        """A house as queries name them."""
        return self.pick(_PLACES).format(
            town=self._loc(), saint=self.pick(_SAINTS), family=self._last()
        )

    def _tag(self) -> str:
        """A number in some register, with the letters of the house before or behind."""
        digits, letters = self._number(self.draw.randint(5, 9)), "".join(
            self.draw.choice(_LETTERS) for _ in range(self.draw.randint(1, 3))
        )  # fmt: skip
        return self.pick(
            (digits, f"{letters}-{digits}", f"#{letters}-{digits}", f"{letters}{digits}",
             f"{digits}-{letters}", f"{digits[:3]}-{digits[3:]}", f"#{digits}")
        )  # fmt: skip

    def _age(self) -> str:
        return self.pick(_AGES).format(n=self.draw.randint(2, 88))

    def _ask(self) -> str:
        return self.pick(_ASKS)

    def _dx(self) -> str:
        return self.pick(_ILLS)

    def _rx(self) -> str:
        return self.pick(_DRUGS)

    def _eponym(self) -> str:
        return self.pick(_SIGNS)


def queries(part: str, count: int, seed: int) -> list[Script]:
    """Queries of one part, the same for the same seed; a fifth of them all in lower case."""
    draw = random.Random(f"{part}|{seed}|queries")
    lines = templates("queries", part)
    return [_typed(lines[i % len(lines)], draw, part) for i in range(count)]


def _typed(template: str, draw: random.Random, part: str) -> Script:
    made = filled(template, QueryValues(draw, part, spoken=False), lesson=False)
    lazy = draw.random() < 0.2 and len(made.text.lower()) == len(made.text)
    text = made.text.lower() if lazy else made.text
    return Script(text, made.spans, spoken=False, lesson=not made.spans)
