"""Colleagues and the author's own family by name; and names in medicine that are neither."""

import pytest

from wardcast.check import Lexicon, Severity, examine_text


def found(text: str) -> dict[str, str]:
    return {f.text: f.kind for f in examine_text(text).findings}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My colleague Sarah missed the fracture.", "Sarah"),
        ("my boss tom said no", "tom"),
        ("Sarah, my colleague, fainted.", "Sarah"),
        ("kim from radiology mixed up the films", "kim"),
        ("The anaesthetist Lena was asleep.", "Lena"),
        ("nurse kim gave the wrong dose", "nurse kim"),
        ("One of my colleagues, Omar, cried.", "Omar"),
    ],
)
def test_a_colleague_by_first_name_is_asked_about(text: str, words: str) -> None:
    (finding,) = [f for f in examine_text(text).findings if f.text == words]
    assert (finding.kind, finding.severity) == ("staff", Severity.ASK)


@pytest.mark.parametrize(
    "text",
    [
        "A colleague of mine swears by cold showers.",
        "My resident is tired and the nurse is great.",
        "The nurse will call your name.",
        "Nurse practitioners and surgeons work together.",
        "Your pharmacist knows more than the internet.",
        "The consultant may see you today, the registrar will not.",
    ],
)
def test_a_role_without_a_name_is_nobody(text: str) -> None:
    assert "staff" not in found(text).values()


def test_a_colleague_who_agreed_is_left_alone() -> None:
    own = Lexicon.of(["Sarah"])
    assert examine_text("My colleague Sarah did it.", lexicon=own).findings == ()


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("my daughter Ella hates broccoli", "Ella", "family"),
        ("My kids are called Mia and Noah.", "Noah", "family"),
        ("My son's name is Leo.", "Leo", "family"),
        ("My licence plate is KLM 4821.", "KLM 4821", "plate"),
        ("my car's reg is AB12 CDE", "AB12 CDE", "plate"),
    ],
)
def test_the_authors_family_and_car_are_found(text: str, words: str, kind: str) -> None:
    assert found(text).get(words) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Parkinson's and Crohn's are eponyms, and so is the Babinski sign.",
        "Lou Gehrig's disease affects the motor neurons.",
        "Dr. House would have loved this one.",
        "Hi, I'm Dr Jones and I love kidneys.",
        "hi i'm dr jones and i love kidneys",
        "Hi everyone, Dr. Lee here, let's talk about reflux.",
        "My name is Kim Lee, I'm a surgeon.",
        "I'm Sarah, a nurse in Leeds.",
        "i trained at johns hopkins and i studied at oxford",
        "Serena Williams talked about her clots.",
        "Halsted and Osler founded modern training.",
        "Ozempic, Wegovy and Eliquis are brand names.",
    ],
)
def test_names_in_medicine_and_the_speaker_are_no_patients(text: str) -> None:
    assert found(text) == {}
