"""A hashtag is cut into its words and read like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.check import Lexicon, Severity, examine_text
from wardcast.check.detectors.hashtags import words


def found(text: str, channel: str = "hashtags") -> dict[str, str]:
    return {f.text: f.kind for f in examine_text(text, channel=channel).findings}


@pytest.mark.parametrize(
    ("tag", "cut"),
    [
        ("ScrantonER", ("scranton", "er")),
        ("scrantoner", ("scranton", "er")),
        ("prayForHarper", ("pray", "for", "harper")),
        ("StLukes_Hospital", ("st", "lukes", "hospital")),
        ("heartfailure", ("heart", "failure")),
        ("Covid19", ("covid", "19")),
    ],
)
def test_a_tag_is_cut_at_capitals_or_by_likely_words(tag: str, cut: tuple[str, ...]) -> None:
    assert words(tag) == cut


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_", min_size=1, max_size=70))
def test_cutting_keeps_every_letter_of_a_tag(tag: str) -> None:
    assert "".join(words(tag)) == tag.lower().replace("_", "")


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("#ScrantonER", "facility"),
        ("#scrantoner", "facility"),
        ("#StLukesHospital", "facility"),
        ("#DuluthNurses", "place"),
        ("#Duluth", "place"),
        ("#JusticeForEmma", "name"),
        ("#PrayForHarper", "name"),
        ("#prayforharper", "name"),
        ("#TeamOkafor", "name"),
        ("#EmmaThompson", "name"),
    ],
)
def test_a_tag_of_a_person_a_town_or_a_house_is_asked_about(tag: str, kind: str) -> None:
    assert found(f"{tag} #MedTwitter") == {tag: kind}


@pytest.mark.parametrize(
    "tag",
    [
        "#MedTwitter", "#NurseLife", "#FOAMed", "#Cardiology", "#CrohnsDisease", "#LymeDisease",
        "#WellsScore", "#HeartAttack", "#heartfailure", "#DayInTheLife", "#Hope", "#StayStrong",
        "#TeamNurse", "#NursesWeek", "#DoctorsOfTikTok", "#medstudent", "#Parkinsons",
        "#RunForLife",
    ],
)  # fmt: skip
def test_a_tag_of_a_subject_is_left_alone(tag: str) -> None:
    assert found(f"{tag}") == {}


def test_a_town_in_a_tag_matters_in_a_caption_only_beside_a_case() -> None:
    assert found("Iron, explained. #Duluth", "caption") == {}
    assert found("My patient walked in. #Duluth", "caption") == {"#Duluth": "place"}


def test_a_name_in_a_tag_is_found_in_the_text_as_well() -> None:
    report = examine_text("Zadie was brave. #PrayForZadie", channel="caption")
    assert {f.text for f in report.findings if f.severity is not Severity.INFO} >= {
        "Zadie", "#PrayForZadie",
    }  # fmt: skip


def test_a_tag_of_the_authors_own_is_left_alone() -> None:
    own = Lexicon.of(["Emma Thompson"])
    assert examine_text("#EmmaThompson", channel="hashtags", lexicon=own).findings == ()
