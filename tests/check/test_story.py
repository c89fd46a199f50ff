"""How many people a story fits: the worked examples, and what a text is read as."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wardcast.check import Report, examine_text
from wardcast.check.data import rows
from wardcast.check.gazetteers import towns
from wardcast.check.gazetteers.towns import people_in
from wardcast.check.population import EVERY_AGE, Sex, conditions, share
from wardcast.check.story import StoryRisk, shown

STORIES = Path(__file__).with_name("stories.tsv")


def story(text: str, place: str = "", at: datetime | None = None) -> StoryRisk:
    found = examine_text(text, channel="script", place=place, posted_at=at).story
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "design", "k"),
    [
        ("Yesterday we had a ruptured AAA in our catchment of 200,000.", 0.05, 0.049),
        ("A 54-year-old woman in Scranton, PA had a heart attack this year.", 1.5, 0.78),
        ("A man in his fifties from Chicago had a heart attack this month.", 41, 30.8),
        ("A man in his fifties had a heart attack this month.", 5163, 3931),
    ],
)
def test_the_designs_worked_examples(text: str, design: float, k: float) -> None:
    """The design took 300 heart attacks at every age from 45 to 64; the table's are measured."""
    found = story(text).k
    assert found == pytest.approx(k, rel=0.02)
    assert 0.5 < found / design < 1.05


def test_a_figure_is_red_amber_or_green() -> None:
    levels = {
        place: story(f"A 54-year-old woman in {place} had a heart attack this year.").level
        for place in ("Scranton", "Philadelphia", "Chicago")
    }
    assert levels == {"Scranton": "red", "Philadelphia": "amber", "Chicago": "green"}


def test_the_ages_of_the_census_add_up_to_its_own_totals() -> None:
    table = [(int(age), int(women), int(men)) for age, women, men in rows("people.tsv")]
    assert [age for age, _, _ in table] == list(range(101))
    assert sum(women for _, women, _ in table) == 171_773_106
    assert sum(men for _, _, men in table) == 168_337_882
    assert sum(women + men for _, women, men in table) == towns.COUNTRIES["us"]
    assert share(None, None) == share(EVERY_AGE, None) == 1


@given(cut=some.integers(0, 119), sex=some.sampled_from([None, "female", "male"]))
def test_shares_of_ages_add_up(cut: int, sex: Sex | None) -> None:
    young, old = share((0, cut), sex), share((cut + 1, 120), sex)
    assert young + old == pytest.approx(share(None, sex))


def test_every_condition_has_a_source_or_says_that_it_has_none() -> None:
    for words, kind, rate, sex, low, high, source in rows("conditions.tsv"):
        assert kind in {"new", "lived"}
        assert sex in {"any", "female", "male"}
        assert 0 <= int(low) <= int(high) <= 120
        assert source.strip()
        assert (rate == "?") <= (source == "no source found"), words
    assert sum(each.how == "sourced" for each in conditions()) > 90


def test_the_change_that_raises_the_figure_most_is_told() -> None:
    report = examine_text("A 54-year-old woman in Scranton had a heart attack this year.")
    assert report.story is not None
    assert report.story.best is not None
    assert report.story.best.piece == "place"
    assert report.story.best.k > 1000
    (place,) = [f for f in report.findings if f.kind == "place"]
    assert "hardly more than one person in Scranton" in place.reason
    assert "leave out the place: it would fit about 3,400 people." in place.reason


def test_a_story_that_few_fit_is_asked_about_wherever_it_is_told() -> None:
    text = "Last summer a 54-year-old woman came in with a heart attack."
    (said,) = [f for f in examine_text(text, place="Scranton").findings if "Scranton" in f.reason]
    assert (said.kind, said.severity) == ("season", "ask")
    (alone,) = examine_text(text).findings
    assert alone.severity == "info"


def test_a_change_that_is_not_enough_says_so() -> None:
    best = story("Last night a 54-year-old woman came in with botulism.", "Scranton, PA").best
    assert best is not None
    assert "change a second thing too" in best.sentence


def test_the_authors_own_town_counts_where_none_is_told() -> None:
    text = "Last night a 54-year-old woman came in with botulism."
    alone, at_home = examine_text(text), examine_text(text, place="Scranton, PA")
    assert alone.story is not None
    assert at_home.story is not None
    assert at_home.story.k < alone.story.k
    assert at_home.story.level == "red"
    assert any("Scranton" in f.reason for f in at_home.findings)


def test_leaving_out_a_place_helps_as_far_as_the_authors_town_goes() -> None:
    text = "A 54-year-old woman in Scranton had a heart attack this year."
    assert (best := story(text, "Scranton, PA").best) is not None
    assert best.piece != "place"
    assert (best := story(text, "Philadelphia").best) is not None
    assert best.k < 20


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("", "the author's town is not known here"),
        ("Nowhere-on-Sea", "“Nowhere-on-Sea”, the author's town, stands in no list"),
        ("Erie, PA", "the author's own town, Erie, PA, is counted"),
        ("Leeds", "Leeds is in the United Kingdom"),
    ],
)
def test_a_report_says_what_was_assumed_of_the_place(place: str, says: str) -> None:
    found = story("A 54-year-old woman had a heart attack this year.", place)
    assert any(says in each for each in found.assumed), found.assumed


def test_a_town_abroad_is_measured_against_its_own_country() -> None:
    found = story("A 54-year-old woman in Limerick had a heart attack this year.")
    assert found.told.country == "Ireland"
    assert found.best is not None
    at_home = story("A 54-year-old woman in Scranton had a heart attack this year.")
    assert at_home.best is not None
    assert found.best.k < at_home.best.k / 40
    assert any("United States' tables" in each for each in found.assumed)


def test_of_towns_of_one_name_the_one_near_the_author_is_meant() -> None:
    home = towns.find("Bangor, ME")
    assert (near := towns.find("Portland", home)) is not None
    assert near.area == "ME"
    assert (city := towns.find("London", home)) is not None
    assert city.country == "GB"
    assert towns.find("Leeds, United Kingdom") == towns.find("Leeds, GB")
    assert (state := towns.find("Springfield, Missouri")) is not None
    assert state.area == "MO"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("A woman had a stroke yesterday.", 1),
        ("A woman had a stroke on Tuesday.", 1),
        ("A woman had a stroke last week, and today she went home.", 1),
        ("A woman had a stroke over the weekend.", 2),
        ("A woman had a stroke two weeks ago.", 7),
        ("A woman had a stroke on March 3rd.", 1),
        ("A woman had a stroke last March.", 365 / 12),
        ("A woman had a stroke this summer.", 91),
        ("Years ago a woman had a stroke.", 3650),
    ],
)
def test_a_word_for_a_time_leaves_so_many_days(text: str, days: float) -> None:
    assert story(text).told.days == pytest.approx(days)


@pytest.mark.parametrize(
    ("words", "days"),
    [("this week", 2), ("this month", 3), ("this year", 62), ("last month", 30.4)],
)
def test_the_time_of_telling_narrows_the_window(words: str, days: float) -> None:
    told_at = datetime(2026, 3, 3, 20, tzinfo=UTC)  # a Tuesday
    text = f"A 54-year-old woman had a heart attack {words}."
    assert story(text, "Chicago", told_at).told.days == pytest.approx(days, abs=0.1)


def test_of_several_patients_the_one_who_stands_out_counts() -> None:
    found = story(
        "We had two patients yesterday, a 20-year-old woman with asthma and a 54-year-old man "
        "with an aortic dissection.",
        "Peoria, IL",
    )
    assert (found.told.age, found.told.sex, found.told.condition) == (
        (54, 54), "male", "aortic dissection",
    )  # fmt: skip
    assert any("more than one patient" in each for each in found.assumed)


def test_a_second_story_further_on_counts_too() -> None:
    filler = "Then we talk about how to read an ECG, slowly and in order. " * 20
    found = story(
        f"A man had a heart attack this year. {filler} A 31-year-old woman had tetanus yesterday.",
        "Chicago",
    )
    assert found.told.condition == "tetanus"


def test_a_baby_is_not_its_mother() -> None:
    found = story("Her mother came too: she held a 3-day-old baby with gastroschisis last week.")
    assert (found.told.age, found.told.sex) == ((0, 0), None)


def test_an_illness_of_one_sex_counts_among_that_sex() -> None:
    text = "My patient had prostate cancer this year."
    assert story(text, "Chicago").k == pytest.approx(
        story(text.replace("patient", "patient, a man,"), "Chicago").k
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("My 30 year old patient was diagnosed with Zorbian syndrome.", "one in 100,000"),
        ("A woman was struck by lightning today.", "“lightning” is stands in no table"),
        ("A 3-year-old had sepsis yesterday.", "at that age and sex stands in no table"),
        ("A woman had pneumonia today.", "is an estimate"),
    ],
)
def test_a_rate_that_nobody_published_is_said_to_be_none(text: str, says: str) -> None:
    assert any(says in sentence for sentence in story(text).assumed)


@pytest.mark.parametrize(
    "words",
    [
        "haemophilia", "hemophilia", "phaeochromocytoma", "leukemia", "leukaemia", "T1DM",
        "oesophageal atresia", "esophageal atresia", "a broken arm", "renal colic", "NSTEMI",
        "Graves' disease", "Wilson's disease", "Down's syndrome", "twins", "a GSW",
        "necrotising fasciitis", "pre-eclampsia", "motor neuron disease", "CJD", "a brain tumour",
    ],
)  # fmt: skip
def test_a_condition_is_known_by_each_of_its_spellings(words: str) -> None:
    found = story(f"My patient came in with {words} today.")
    assert found.told.how in {"sourced", "estimated"}


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


def test_a_figure_of_an_older_report_is_still_read() -> None:
    report = examine_text("A 54-year-old woman in Scranton had a heart attack yesterday.")
    older = report.to_json().replace('"rates"', '"per_100k_of_then"')
    assert (found := Report.from_json(older).story) is not None
    assert found.told.rates is None
    assert found.sentence == report.story.sentence  # type: ignore[union-attr]


def test_inhabitants_are_known_of_towns_and_countries() -> None:
    assert people_in("Chicago") == 2_664_452
    assert people_in("USA") == 340_110_988
    assert people_in("Portland, ME") != people_in("Portland, OR")
    assert people_in("Nowhere-on-Sea") is None
    assert shown(5163.2) == "5,163"


def test_the_labelled_stories_are_whole() -> None:
    with STORIES.open(encoding="utf-8") as file:
        told = list(csv.reader((x for x in file if not x.startswith("#")), delimiter="\t"))
    assert len(told) >= 60
    assert len({text for text, *_ in told}) >= len(told) - 1  # one is told in two towns
    for _, _, recognisable, level in told:
        assert recognisable in {"yes", "no"}
        assert level in {"red", "amber", "green"}
        assert recognisable == "no" or level != "green"
