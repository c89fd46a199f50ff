"""Names that no list holds are found by their context; a model is what its recipe makes."""

import json
from pathlib import Path

import pytest

from wardcast.check import Severity, examine_text
from wardcast.check.detectors.by_context import MODEL, RECIPE
from wardcast.check.making.scripts import make
from wardcast.check.making.training import Recipe, train


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I want to tell you about Duikrez, the bravest kid on our ward.", "Duikrez"),
        ("the biopsy of xadun wakarez came back and it is lymphoma", "xadun wakarez"),
        ("we lost tujafakar last night and i am not okay", "tujafakar"),
    ],
)
def test_a_name_that_no_list_holds_is_found_by_its_context(text: str, words: str) -> None:
    assert words in {f.text for f in examine_text(text).findings if f.kind == "name"}


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("The door code for the drug room is 4471# and nobody changes it.", "access_code", "4471#"),
        ("just punch four four seven one into the keypad", "access_code", "four four seven one"),
        ("Our wifi password is Winter2404!", "password", "Winter2404!"),
        ("I live at 12 Maple Road so I walk.", "home", "12 Maple Road"),
        ("My daughter Bailie hates broccoli.", "family", "Bailie"),
        ("He lives in Tunkhannock and farms.", "place", "Tunkhannock"),
    ],
)
def test_what_an_author_gives_away_is_found(text: str, kind: str, words: str) -> None:
    assert (kind, words) in {(f.kind, f.text) for f in examine_text(text).findings}


@pytest.mark.parametrize(
    "text",
    [
        "Change your password often and never share it.",
        "The password is required at every login.",
        "The billing code for this is 99213.",
        "I live ten minutes from work and my son loves trains.",
    ],
)
def test_talk_of_codes_and_home_without_one_is_left_alone(text: str) -> None:
    kinds = {f.kind for f in examine_text(text).findings}
    assert not kinds & {"access_code", "password", "home", "family"}


def test_lessons_that_the_model_never_saw_are_rarely_blocked() -> None:
    texts = {s.text for s in make("test", 200, 5, spoken=True, lessons=True)}
    blocked = [t for t in texts if examine_text(t).blocking]
    assert len(blocked) <= 0.08 * len(texts)


def test_scripts_of_test_share_no_template_and_no_drawing_with_training() -> None:
    first = make("test", 40, 2, spoken=False)
    assert first == make("test", 40, 2, spoken=False)
    assert not {s.text for s in first} & {s.text for s in make("train", 400, 2, spoken=False)}
    for script in first:
        assert all(script.text[start:end].strip() for start, end, _ in script.spans)


def test_the_same_recipe_makes_the_same_model(tmp_path: Path) -> None:
    small = Recipe(scripts=60, lessons=20, told=60, told_lessons=20, queries=60, iterations=8)
    first, second = tmp_path / "a.crfsuite", tmp_path / "b.crfsuite"
    (tmp_path / "more").mkdir()
    row = {"text": "we lost ada", "spans": [[8, 11, "NAME"]]}
    (tmp_path / "more" / "mine.jsonl").write_text(json.dumps(row) + "\n")
    counts = [train(small, [tmp_path / "more"], path) for path in (first, second)]
    assert counts[0] == counts[1] > 20
    assert first.read_bytes() == second.read_bytes()


def test_the_model_that_ships_names_its_recipe() -> None:
    about = json.loads(RECIPE.read_text())
    assert MODEL.exists()
    assert {k: about[k] for k in ("scripts", "lessons", "seed")} == {
        "scripts": Recipe().scripts, "lessons": Recipe().lessons, "seed": Recipe().seed,
    }  # fmt: skip


def test_a_name_by_context_beside_a_case_blocks() -> None:
    (finding,) = [
        f for f in examine_text("The biopsy of Xadun Wakarez is back.").findings if f.kind == "name"
    ]
    assert finding.severity is Severity.BLOCK


@pytest.mark.parametrize("title", ["Run", "Burns", "Yoga", "Hunter", "Sleep", "Breathe"])
def test_a_title_of_one_ordinary_word_names_nobody(title: str) -> None:
    assert examine_text(title, channel="title").findings == ()


def test_a_sentence_in_another_language_is_no_house() -> None:
    assert examine_text("Zwanzig Sekunden Hände waschen.", channel="captions.de").findings == ()
