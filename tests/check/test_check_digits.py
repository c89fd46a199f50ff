"""Numbers that prove themselves are surer; those that cannot be right are less sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.check import examine_text
from wardcast.check.detectors import check_digits


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (check_digits.nhs, "9434765919", "9434765918"),
        (check_digits.npi, "1234567893", "1234567890"),
        (check_digits.card, "4111111111111111", "4111111111111112"),
        (check_digits.iban, "GB82 WEST 1234 5698 7654 32", "GB83 WEST 1234 5698 7654 32"),
        (check_digits.social_security, "536221234", "666221234"),
        (check_digits.social_security, "536221234", "900221234"),
        (check_digits.social_security, "536221234", "536001234"),
        (check_digits.social_security, "536221234", "123456789"),
        (check_digits.medicare, "1EG4-TE5-MK73", "1EG4-TE5-MKS3"),
    ],
)
def test_a_register_tells_its_own_numbers(check, right: str, wrong: str) -> None:  # type: ignore[no-untyped-def]
    assert check(right)
    assert not check(wrong)


@given(st.text(alphabet="0123456789", min_size=1, max_size=18))
def test_luhn_finds_any_single_wrong_digit(start: str) -> None:
    number = next(start + d for d in "0123456789" if check_digits.luhn(start + d))
    for at, digit in enumerate(number):
        other = "1" if digit == "0" else "0"
        assert not check_digits.luhn(number[:at] + other + number[at + 1 :])


@given(st.text(max_size=40))
def test_no_text_makes_a_check_fail(text: str) -> None:
    number = check_digits.digits(text)
    assert check_digits.iban(text) in {True, False}
    for check in (check_digits.nhs, check_digits.npi, check_digits.card, check_digits.medicare):
        assert check(number) in {True, False}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("His NHS number is 943 476 5919.", "His NHS number is 943 476 5918."),
        ("The card number is 4111 1111 1111 1111.", "The card number is 4111 1111 1111 1112."),
        ("Social security number 536 22 1234.", "Social security number 666 22 1234."),
        ("My NPI is 1234567893.", "My NPI is 1234567890."),
        ("The IBAN is GB82 WEST 1234 5698 7654 32.", "The IBAN is GB83 WEST 1234 5698 7654 32."),
    ],
)
def test_a_number_that_fits_is_surer_than_one_that_does_not(right: str, wrong: str) -> None:
    (sure,), (unsure,) = examine_text(right).findings, examine_text(wrong).findings
    assert sure.kind == unsure.kind
    assert sure.confidence >= 0.95 > 0.7 > unsure.confidence


def test_a_card_and_a_medicare_number_are_known_without_a_word_beside_them() -> None:
    text = "It read 4111 1111 1111 1111 and below it 1EG4-TE5-MK73."
    kinds = {f.text: f.kind for f in examine_text(text).findings}
    assert kinds == {
        "4111 1111 1111 1111": "record_number", "1EG4-TE5-MK73": "record_number",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The trial enrolled 4212 patients and 4111 controls in 2019.",
        "Dose 1234 5678 units over 9012 minutes, they wrote, and it was a typo.",
        "PMID 31234567 and NCT04111111 are worth a look.",
    ],
)
def test_figures_of_a_study_are_no_cards(text: str) -> None:
    assert "record_number" not in {f.kind for f in examine_text(text).findings}
