"""How a script is read aloud, so that its words are found in the sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.check.adapters.sounding import number, phones_of, words_of


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("98%", "ninety eight percent"),
        ("3.5", "three point five"),
        ("120/80", "one hundred twenty over eighty"),
        ("12th", "twelfth"),
        ("1990", "nineteen ninety"),
        ("2005", "two thousand five"),
        ("1,200", "one thousand two hundred"),
        ("007", "zero zero seven"),
        ("5mg", "five milligrams"),
        ("Dr.", "doctor"),
        ("COVID-19,", "covid nineteen"),
        ("Müller’s", "muller's"),
        ("🙂", ""),
    ],
)
def test_figures_and_signs_are_said_as_words(typed: str, said: str) -> None:
    assert " ".join(words_of(typed)) == said


@given(st.integers(0, 10**9))
def test_every_number_can_be_said(value: int) -> None:
    assert all(word.isalpha() for word in number(str(value)))


@given(st.text(max_size=30))
def test_every_text_can_be_read_and_holds_words_alone(text: str) -> None:
    assert all(word and not word.isspace() and word == word.lower() for word in words_of(text))


@given(st.text("abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=20))
def test_whatever_has_letters_has_sounds(word: str) -> None:
    assert bool(phones_of(word)) == any(letter.isalpha() for letter in word)
