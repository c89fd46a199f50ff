"""What makes somebody recognisable without a name: looks and circumstances, told of one person."""

import pytest

from wardcast.check import Severity, examine_text


def found(text: str) -> set[tuple[str, str]]:
    return {(f.kind, f.text) for f in examine_text(text).findings}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My patient has a tattoo of a dragon on his neck.", "a tattoo of a dragon on his neck"),
        ("she had bright purple hair and a broken wrist", "bright purple hair"),
        ("He had dreadlocks and the kindest smile.", "dreadlocks"),
        ("he has a long scar across his left cheek", "a long scar across his left cheek"),
        ("The guy was missing two fingers and joked about it.", "missing two fingers"),
        ("She has one blue eye and one brown eye, this lady.", "one blue eye and one brown eye"),
        ("He was six foot nine and did not fit the bed.", "six foot nine"),
        ("a woman wearing a red dress fainted in the queue", "wearing a red dress"),
        ("My patient came in dressed as Santa.", "dressed as Santa"),
        ("he had a gold tooth and came in with a fever", "a gold tooth"),
    ],
)
def test_how_a_patient_looks_is_asked_about(text: str, words: str) -> None:
    assert ("appearance", words) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tattoos can get infected, so keep them clean.",
        "If you have a new tattoo wait two weeks before you swim.",
        "Hair loss after birth is normal and it grows back.",
        "Wear a mask when you see a patient who coughs.",
        "The patient should be wearing a gown before the scan.",
        "She is wearing a Holter monitor for two days.",
        "He had a scar on his abdomen from an appendectomy.",
        "Stay six feet apart and wash your hands.",
        "The patient lost two pounds and her blood pressure fell.",
        "Red eyes and a white tongue are signs of the illness in a child.",
    ],
)
def test_looks_of_nobody_and_what_is_examined_are_left_alone(text: str) -> None:
    assert not [f for f in examine_text(text).findings if f.kind == "appearance"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You may have seen him on the news after the fire.", "You may have seen him on the news"),
        ("She was the one from the news, my patient.", "the one from the news"),
        ("He was struck by lightning and walked in.", "was struck by lightning"),
        ("my patient fell off the roof while hanging lights", "fell off the roof"),
        ("He is the only dentist in town and has a tremor.", "the only dentist in town"),
        ("she is the tallest woman in the county, my patient", "the tallest woman in the county"),
        ("A local celebrity came in with chest pain.", "A local celebrity"),
        ("She is the mayor and she had a stroke.", "the mayor"),
        ("she works at the bakery on Main Street", "works at the bakery on Main Street"),
        ("he survived a plane crash and then broke a toe at home", "survived a plane crash"),
        ("He was attacked by a shark and lost a lot of blood.", "was attacked by a shark"),
    ],
)
def test_what_few_people_have_lived_through_is_asked_about(text: str, words: str) -> None:
    asked = {(f.kind, f.text) for f in examine_text(text).findings if f.severity is Severity.ASK}
    assert ("circumstance", words) in asked


def test_an_odd_object_is_told_and_not_asked_about() -> None:
    (finding,) = examine_text("he swallowed a fork and told nobody").findings
    assert (finding.kind, finding.severity) == ("circumstance", Severity.INFO)


@pytest.mark.parametrize(
    "text",
    [
        "People struck by lightning need a tracing of the heart.",
        "The first heart transplant was done long ago.",
        "If your child swallows a battery go to the emergency room.",
        "The only treatment for this is surgery.",
        "Magnets that kids swallowed can perforate the bowel.",
        "The largest organ in the body is the skin.",
        "This is the most common reason for a visit in the country.",
        "Should she see a doctor if she fell off a horse? Yes.",
        "A famous study from 2019 changed how we treat it.",
    ],
)
def test_what_is_taught_of_rare_events_is_left_alone(text: str) -> None:
    assert not [f for f in examine_text(text).findings if f.kind == "circumstance"]


def test_a_question_to_the_viewer_before_does_not_hide_a_patient_after_it() -> None:
    text = "what brings you here today my patient fell off the roof while hanging lights"
    assert ("circumstance", "fell off the roof") in found(text)
