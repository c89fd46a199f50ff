"""What a comment may be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.conversation import rules

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    clean = rules.clean(text)
    assert rules.clean(clean) == clean
    assert "\0" not in clean
    assert "\r" not in clean
    clean.encode("utf-8")


@pytest.mark.parametrize(
    "text",
    ["Thank you.", "सुप्रभात", "I 👩🏽‍⚕️ agree", "one\n\ntwo", "עברית ועוד", "e\u0301", "1 < 2 & 3"],
)
def test_what_people_write_in_any_script_is_kept_as_it_is(text: str) -> None:
    assert rules.clean(text) == text
    assert rules.fits(text, 2000) is None


@pytest.mark.parametrize("text", ["", "   \n\t ", "\u200b\u200d", "\u2800\u3164", "\0\0"])
def test_a_comment_that_nobody_could_see_is_empty(text: str) -> None:
    unfit = rules.fits(rules.clean(text), 2000)
    assert unfit is not None
    assert unfit.code == "comment_empty"


def test_a_comment_over_the_limit_names_the_limit_and_its_length() -> None:
    unfit = rules.fits("x" * 10_000, 2000)
    assert unfit is not None
    assert (unfit.code, unfit.limit, unfit.length) == ("comment_too_long", 2000, 10_000)
    assert "10,000" in unfit.because
    assert "2,000 fit" in unfit.because
    assert rules.fits("x" * 2000, 2000) is None


def test_the_same_words_within_ten_seconds_are_one_comment() -> None:
    for seconds, double in ((0, True), (10, True), (10.1, False)):
        at = NOW + timedelta(seconds=seconds)
        assert rules.is_double("Thank you.", at, "Thank you.", NOW) is double
    assert not rules.is_double("Thank you", NOW, "Thank you.", NOW)
