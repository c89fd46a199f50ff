"""Who is asked whether a correction arrived is drawn by chance; what they say gives a share."""

import math
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.recall import asking
from wardcast.recall.asking import Arrived, Question
from wardcast.recall.rules import Severity

RIGHT = "Keep taking the inhaler."


def leaves(count: int, seed: int) -> list[bytes]:
    return [sha256(f"{seed} {each}".encode()).digest() for each in range(count)]


def asked(root: str, people: list[bytes], share: float, most: int) -> set[bytes]:
    tickets = [asking.ticket(root, each) for each in people]
    bar = asking.bar(tickets, share, most)
    return {each for each, drawn in zip(people, tickets, strict=True) if drawn < bar}


@given(
    st.integers(0, 300), st.floats(0, 1), st.integers(0, 50), st.integers(0, 1000), st.booleans()
)
def test_no_more_are_asked_than_the_host_says(
    count: int, share: float, most: int, seed: int, backwards: bool
) -> None:
    people = leaves(count, seed)
    root = sha256(str(seed).encode()).hexdigest()
    drawn = asked(root, people, share, most)
    assert len(drawn) <= most
    assert drawn == asked(root, people[::-1] if backwards else people, share, most)
    # Who is asked when fewer may be is asked when more may be.
    assert asked(root, people, share / 2, most) <= drawn
    assert asked(root, people, share, most // 2) <= drawn


def test_all_are_as_likely_to_be_asked() -> None:
    people = leaves(50, 7)
    times = dict.fromkeys(people, 0)
    rounds = 2000
    for number in range(rounds):
        for each in asked(sha256(f"root {number}".encode()).hexdigest(), people, 0.2, 1000):
            times[each] += 1
    expected = rounds * 0.2
    deviation = math.sqrt(rounds * 0.2 * 0.8)
    assert all(abs(each - expected) < 5 * deviation for each in times.values())
    square = sum((each - expected) ** 2 for each in times.values()) / deviation**2
    assert 20 < square < 100  # chi-squared of 50: beyond this once in ten thousand


def test_where_too_many_are_drawn_the_bound_favours_nobody() -> None:
    people = leaves(40, 3)
    times = dict.fromkeys(people, 0)
    for number in range(1000):
        drawn = asked(sha256(f"other {number}".encode()).hexdigest(), people, 1.0, 10)
        assert len(drawn) == 10
        for each in drawn:
            times[each] += 1
    deviation = math.sqrt(1000 * 0.25 * 0.75)
    assert all(abs(each - 250) < 5 * deviation for each in times.values())


def test_the_right_statement_stands_in_each_place_as_often() -> None:
    places = [asking.order(3, each).index(0) for each in leaves(3000, 1)]
    assert all(abs(places.count(place) - 1000) < 130 for place in range(3))
    assert asking.order(3, b"same") == asking.order(3, b"same")
    assert sorted(asking.order(3, b"any")) == [0, 1, 2]


# Wilson's bounds without a correction for continuity as R's prop.test(x, n, correct=FALSE) gives
# them; the first is the example of Newcombe, Stat Med 1998;17:857-872, table I.
@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_bounds_are_wilsons(right: int, of: int, low: float, high: float) -> None:
    found = asking.wilson(right, of)
    assert found == pytest.approx((low, high), abs=5e-5)
    other = asking.wilson(of - right, of)
    assert other == pytest.approx((1 - high, 1 - low), abs=5e-5)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_bounds_hold_the_share_between_them(right: int, more: int) -> None:
    low, high = asking.wilson(right, right + more)
    assert 0 <= low < high <= 1
    if right + more:
        assert low <= right / (right + more) + 1e-12
        assert high >= right / (right + more) - 1e-12


def test_the_bounds_hold_the_truth_nineteen_times_in_twenty() -> None:
    of, held = 40, []
    for true in (each / 200 for each in range(100, 197)):
        chances = [math.comb(of, k) * true**k * (1 - true) ** (of - k) for k in range(of + 1)]
        bounds = [asking.wilson(k, of) for k in range(of + 1)]
        held.append(
            sum(c for c, (low, high) in zip(chances, bounds, strict=True) if low <= true <= high)
        )
    # Counts are whole, so that it wavers from share to share; taken together it is 95 %.
    assert sum(held) / len(held) == pytest.approx(0.95, abs=0.006)
    assert min(held) > 0.9


def test_fewer_than_ten_answers_are_too_few() -> None:
    assert not Arrived(asked=30, answered=9, right=9).enough
    assert Arrived(asked=30, answered=10, right=9).enough


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question(RIGHT, ("Stop it.",)), ""),
        (Question(RIGHT, ("Stop it.", "Halve it.")), ""),
        (Question(RIGHT, ()), "one or two wrong statements"),
        (Question(RIGHT, ("a", "b", "c")), "one or two wrong statements"),
        (Question(" ", ("Stop it.",)), "Write the right statement"),
        (Question(RIGHT, ("Stop it.", " ")), "Write the right statement"),
        (Question("x" * 201, ("Stop it.",)), "within 200 characters"),
        (Question(RIGHT, ("Stop\nit.",)), "on one line"),
        (Question(RIGHT, (f"  {RIGHT.upper()} ",)), "Let the statements differ"),
    ],
)
def test_a_question_has_one_right_statement_and_one_or_two_wrong_ones(
    question: Question, said: str
) -> None:
    wrong = asking.check(question, Severity.CORRECT, privacy=False)
    assert (wrong.what if wrong else "").count(said) > 0 if said else wrong is None


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("privacy", [False, True])
def test_of_what_leaked_was_withdrawn_or_only_noted_nobody_is_asked(
    severity: Severity, privacy: bool
) -> None:
    may = severity in (Severity.CORRECT, Severity.REPLACE) and not privacy
    assert asking.may_ask(severity, privacy=privacy) is may
    refused = asking.check(Question(RIGHT, ("Stop it.",)), severity, privacy=privacy)
    assert (refused is None) is may
