"""How many people a story fits: the worked examples, and what a text is read as."""

import pytest

from wardcast.check import Report, examine_text
from wardcast.check.gazetteers.towns import people_in
from wardcast.check.story import shown


@pytest.mark.parametrize(
    ("text", "k"),
    [
        ("Yesterday we had a ruptured AAA in our catchment of 200,000.", "0.05"),
        ("A 54-year-old woman in Scranton, PA had a heart attack this year.", "1.5"),
        ("A man in his fifties from Chicago had a heart attack this month.", "41"),
        ("A man in his fifties had a heart attack this month.", "5,163"),
    ],
)
def test_the_worked_examples(text: str, k: str) -> None:
    story = examine_text(text).story
    assert story is not None
    assert shown(story.k) == k


def test_a_figure_is_red_amber_or_green() -> None:
    levels = {}
    for place in ("Scranton", "Pittsburgh", "Chicago"):
        story = examine_text(f"A 54-year-old woman in {place} had a heart attack this year.").story
        assert story is not None
        levels[place] = story.level
    assert levels == {"Scranton": "red", "Pittsburgh": "amber", "Chicago": "green"}


def test_the_change_that_raises_the_figure_most_is_told() -> None:
    report = examine_text("A 54-year-old woman in Scranton had a heart attack this year.")
    assert report.story is not None
    assert report.story.best is not None
    assert report.story.best.piece == "place"
    assert report.story.best.k > 1000
    (place,) = [f for f in report.findings if f.kind == "place"]
    assert "about one person in Scranton" in place.reason
    assert "leave out the place" in place.reason


def test_the_authors_own_town_counts_where_none_is_told() -> None:
    text = "Last night a 54-year-old woman came in with botulism."
    alone, at_home = examine_text(text), examine_text(text, place="Scranton, PA")
    assert alone.story is not None
    assert at_home.story is not None
    assert at_home.story.k < alone.story.k
    assert at_home.story.level == "red"
    assert any("Scranton" in f.reason for f in at_home.findings)


def test_a_condition_that_no_table_knows_is_one_in_100_000_and_said_to_be() -> None:
    story = examine_text("My 30 year old patient was diagnosed with Zorbian syndrome.").story
    assert story is not None
    assert story.told.per_100k == 1
    assert any("one in 100,000" in sentence for sentence in story.assumed)


@pytest.mark.parametrize(
    "text",
    ["Drink water.", "Parkinson's disease starts with a tremor.", "The Wells score helps.", ""],
)
def test_a_lesson_is_no_story(text: str) -> None:
    assert examine_text(text).story is None


def test_a_figure_survives_the_report_as_json() -> None:
    report = examine_text("A 54-year-old woman in Scranton had a heart attack yesterday.")
    assert report.story is not None
    assert Report.from_json(report.to_json()) == report


def test_inhabitants_are_known_of_towns_and_countries() -> None:
    assert people_in("Chicago") == 2_664_452
    assert people_in("USA") == 334_914_895
    assert people_in("Portland, ME") != people_in("Portland, OR")
    assert people_in("Nowhere-on-Sea") is None
