"""What an author may say about a finding, and what for."""

import pytest

from wardcast.check.policy import DEFAULT, STRIP
from wardcast.safety.rules import (
    ACCEPTED,
    CONSENT,
    MINE,
    NOT_A_PATIENT,
    PLAYED,
    STAGED,
    Found,
    mark_fits,
)


def code(kind: str, severity: str, action: str, note: str = "") -> str | None:
    wrong = mark_fits(Found("f", kind, severity), action, note)
    return wrong.code if wrong else None


@pytest.mark.parametrize(("kind", "severity"), [("face", "ask"), ("form", "block")])
def test_ones_own_face_or_monitor_is_said_so_at_one_press(kind: str, severity: str) -> None:
    assert code(kind, severity, MINE) is None


@pytest.mark.parametrize("kind", ["birth_date", "record_number", "unheard"])
def test_what_can_be_somebody_elses_is_never_ones_own(kind: str) -> None:
    assert code(kind, "block", MINE, "mine") == "not_ones_own"


def test_a_name_of_ones_own_that_blocks_needs_a_word_since_it_is_remembered() -> None:
    assert code("name", "block", MINE) == "note_missing"
    assert code("name", "block", MINE, "My own.") is None
    assert code("staff", "ask", MINE) is None


def test_what_identifies_a_patient_needs_a_reason_to_stay() -> None:
    assert code("name", "block", NOT_A_PATIENT) == "note_missing"
    assert code("name", "block", NOT_A_PATIENT, "It is mine.") is None
    assert code("name", "block", CONSENT) is None
    assert code("name", "block", ACCEPTED, "I like it.") == "must_be_redacted"
    assert code("date", "ask", ACCEPTED) is None
    assert code("date", "ask", "shrug") == "no_such_mark"
    assert code("date", "ask", ACCEPTED, "x" * 501) == "note_too_long"


@pytest.mark.parametrize("kind", sorted(PLAYED))
def test_a_scene_can_be_staged_with_a_word_of_who_plays(kind: str) -> None:
    assert code(kind, "ask", STAGED) == "note_missing"
    assert code(kind, "block", STAGED, "A mannequin.") is None


def test_secrets_and_tags_of_the_file_are_never_staged() -> None:
    tags = {kind for kind, rule in DEFAULT.items() if rule.actions == STRIP}
    for kind in tags | {"access_code", "password", "home", "family", "phone", "email", "plate"}:
        assert code(kind, "ask", STAGED, "A set.") == "not_staged"
