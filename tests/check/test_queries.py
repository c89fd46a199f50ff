"""What a clinician types to a machine: identifiers in every form that haste gives them."""

import re
from pathlib import Path

import pytest

from wardcast.check import Severity, examine_text

_LINES = [
    line
    for line in Path(__file__).with_name("queries.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
_MARKED = re.compile(r"\{([^}]*)\}")
_WORD = re.compile(r"(?!(?:the|of|and|in|a)\b)[^\W_]+", re.IGNORECASE)


def asked(text: str) -> dict[str, str]:
    """What the author is asked about or stopped by, and as what."""
    found = examine_text(text).findings
    return {f.text: f.kind for f in found if f.severity != Severity.INFO}


def missed(line: str) -> list[str]:
    """The marked identifiers of which a word is in no finding."""
    text = _MARKED.sub(r"\1", line)
    found = [f.span for f in examine_text(text).findings if f.severity != Severity.INFO and f.span]
    left = []
    for number, mark in enumerate(_MARKED.finditer(line)):
        start = mark.start() - 2 * number
        words = [(start + w.start(), start + w.end()) for w in _WORD.finditer(mark[1])]
        if not all(any(s.start < b and a < s.end for s in found) for a, b in words):
            left.append(mark[1])
    return left


def test_the_identifiers_of_typed_queries_are_found() -> None:
    marked = [line for line in _LINES if "{" in line]
    of = sum(len(_MARKED.findall(line)) for line in marked)
    left = [(what, line) for line in marked for what in missed(line)]
    assert of > 500
    assert len(left) <= 0.025 * of, left


def test_queries_about_nobody_are_rarely_flagged() -> None:
    plain = [line for line in _LINES if "{" not in line]
    flagged = [line for line in plain if asked(line)]
    assert len(flagged) <= 0.08 * len(plain), flagged


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("ref# 784-55-2943 from the clinic", "784-55-2943", "record_number"),
        ("His insurance # is NP-1234AB, on carvedilol", "NP-1234AB", "record_number"),
        ("insurance (Cigna) U88210-04, denied", "U88210-04", "record_number"),
        ("pacemaker serial number PJN 448271 H", "PJN 448271 H", "record_number"),
        ("BCBS # R7781920, 40F with migraine", "R7781920", "record_number"),
        ("pager 4471 for the consult", "4471", "phone"),
        ("email j.doe@hospital about her labs", "j.doe@hospital", "email"),
        ("58F d/c'd 6/14, INR 4.2", "6/14", "date"),
        ("pt Elena, DOS 031523, DVT", "031523", "date"),
        ("dob 7 7 82, migraine", "7 7 82", "birth_date"),
        ("62M admitted Tues 4/9 with chest pain", "Tues 4/9", "date"),
        ("62M CT on 02MAR2024 with diverticulitis", "02MAR2024", "date"),
        ("pt seen 12 de marzo with gout", "12 de marzo", "date"),
        ("Pt initials RBT, grade 3 colitis", "RBT", "name"),
        ("QUINN, MACIE, 56F, colitis", "QUINN, MACIE", "name"),
        ("How to manage gout in Jorge I., on allopurinol?", "Jorge I", "name"),
        ("Will Young on prednisone taper, PJP prophylaxis?", "Will Young", "name"),
        ("lives at PO Box 1182, Nome AK 99762", "PO Box 1182, Nome AK 99762", "address"),
        ("address 2210 W 43rd St Apt 5C, New York, NY 10036",
         "2210 W 43rd St Apt 5C, New York, NY 10036", "address"),
        ("95M w/ aortic stenosis, TAVI?", "95", "age_over_89"),
        ("her extraction is next monday, hold apixaban?", "next monday", "relative_date"),
        ("seen at Walter Reed on 3/4/2022 with PTSD", "Walter Reed", "facility"),
    ],
)  # fmt: skip
def test_what_is_typed_in_haste_is_found_with_its_words(text: str, words: str, kind: str) -> None:
    assert asked(text).get(words) == kind


@pytest.mark.parametrize(
    "text",
    [
        "my patient has 5/5 strength and 2/6 murmur at the apex",
        "she was admitted with 10/10 pain after 1/2 tablet",
        "his glucose was 400 mg/dl, 250 after insulin",
        "my patient takes 500-1000 mg and walks 3000-4000 steps",
        "the trial (study ID NCT03036124) had a patient like this",
        "Apgar 8/9 at one and five minutes in our baby",
        "Severe MR on echo in 2019, repair in a 60-year-old?",
    ],
)
def test_fractions_doses_and_trials_are_no_dates_or_numbers(text: str) -> None:
    assert not {"date", "record_number", "phone"} & set(asked(text).values())


def test_a_list_of_names_and_places_keeps_its_capitals() -> None:
    found = asked("Flat 2B, 9 Inverleith Row, Edinburgh EH3 5LP, Morag S., hyperemesis")
    assert found["Morag S"] == "name"


def test_the_head_of_an_eponym_counts_only_beside_it() -> None:
    assert "Duane" in asked("MR# 77-30-12, Duane, ischemic colitis")
    assert "Hank Dobbs" in asked("photo of Hank Dobbs's lesion, BCC?")
    assert not asked("Best antiemetic for a 30-year-old with Wolff-Parkinson-White and QTc 480?")
