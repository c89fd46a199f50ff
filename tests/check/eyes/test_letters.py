import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.check.eyes.forms import form_in
from wardcast.check.eyes.letters import mended


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("ROOM412BEDB", "ROOM 412 BED B"),
        ("MRN4471208Dr.Okafor", "MRN 4471208 Dr. Okafor"),
        ("D0B14/03/1956 F", "DOB 14/03/1956 F"),
        ("MRN 0O447291 Ward 7B", "MRN 00447291 Ward 7B"),
        ("THOMPSON,Margaret", "THOMPSON, Margaret"),
        ("MargaretThompson", "Margaret Thompson"),
        ("Patient:THOMPSON", "Patient: THOMPSON"),
        ("THOMPSON MARGARET", "Thompson Margaret"),
        ("NHS943 476 5919", "NHS 943 476 5919"),
    ],
)
def test_what_was_read_wrong_is_put_right(read: str, written: str) -> None:
    assert mended(read) == written


@pytest.mark.parametrize(
    "written", ["SpO2 97%", "HbA1c", "COVID19", "vitamin B12", "MacDonald", "10:30", "www.nhs.uk"]
)
def test_what_is_right_stays(written: str) -> None:
    assert mended(written) == written


@given(st.text(max_size=60))
def test_nothing_is_lost_or_added_but_spaces(text: str) -> None:
    def bare(of: str) -> str:
        return of.lower().translate(str.maketrans("oil|", "0111")).replace(" ", "")

    if all(len(each.lower()) == 1 for each in text):
        assert bare(mended(text)) == bare(text)


@pytest.mark.parametrize(
    "text",
    [
        "THOMPSON, Margaret\nDOB 14/03/1956  F\nMRN 00447291  Ward 7B",
        "Bed 12 M. Thompson\nBed 13 J. Okafor\nNBM theatre 14:00",
        "Patient: Thompson\nAge: 70",
        "Name: Thompson, Consultant: Okafor",
        "943 476 5919",
        "Hosp No 12\nWard: 7",
    ],
)
def test_forms_are_known(text: str) -> None:
    assert form_in(text).is_one


@pytest.mark.parametrize(
    "text",
    [
        "Why I told my patient\nMargaret to stop",
        "back to bed and to the ward",
        "wash for 20 seconds",
        "14/03/1956",
        "PMID: 12345678",
        "doi 10.1136/bmj.123456",
        "in 10,000,000 people",
        "0.123456",
        "HR 0.75 (95% CI 0.6 to 0.9)",
        "the patient's age and sex matter",
    ],
)
def test_words_of_every_day_are_no_form(text: str) -> None:
    assert not form_in(text).is_one


def test_two_signs_of_life_with_their_numbers_are_a_monitor() -> None:
    assert form_in("HR 88\nSpO2 97%\nNIBP 142/86").is_monitor
