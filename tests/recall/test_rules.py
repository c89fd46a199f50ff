"""The sum of a recall balances, whatever happened in whatever order."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.recall import rules
from wardcast.recall.rules import DAY_MS, Gone, Group, Outcome, Severity, Told, Words

WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")
OPENED = 1_700_000_000_000


@dataclass(frozen=True)
class History:
    """A random house: who was exposed, told, linked, lost and gone."""

    exposed: frozenset[int]
    told: tuple[Told, ...]
    roots: dict[int, int]
    unreachable: frozenset[int]
    accounts: frozenset[int]
    departed: tuple[Gone, ...]
    now: int


@st.composite
def histories(draw: st.DrawFn) -> History:
    numbers = st.integers(1, 40)
    accounts = draw(st.frozensets(numbers, max_size=15))
    devices = [n for n in range(1, 41) if n not in accounts]
    linked = draw(st.lists(st.sampled_from(devices), max_size=8, unique=True)) if accounts else []
    roots = {device: draw(st.sampled_from(sorted(accounts))) for device in linked}
    now = OPENED + draw(st.integers(0, 40 * DAY_MS))
    times = st.integers(OPENED, max(OPENED, now))
    told = draw(
        st.lists(
            st.builds(Told, numbers, times, st.none() | times),
            max_size=25,
            unique_by=lambda each: each.viewer,
        )
    )
    outcomes = st.sampled_from([Outcome.ACKNOWLEDGED, Outcome.SHOWN_ONLY, Outcome.UNREACHABLE])
    departed = draw(
        st.lists(st.builds(Gone, st.sampled_from(Group), outcomes, st.none() | times), max_size=5)
    )
    return History(
        exposed=draw(st.frozensets(numbers)),
        told=tuple(told),
        roots=roots,
        unreachable=draw(st.frozensets(numbers)),
        accounts=accounts,
        departed=tuple(
            Gone(g.group, g.outcome, None if g.outcome is Outcome.UNREACHABLE else g.told_at or now)
            for g in departed
        ),
        now=now,
    )


def covered(history: History) -> rules.Coverage:
    return rules.coverage(
        exposed=history.exposed,
        told=history.told,
        roots=history.roots,
        unreachable=history.unreachable,
        accounts=history.accounts,
        departed=history.departed,
        opened_at=OPENED,
        now=history.now,
    )


@given(histories())
def test_exposed_is_owed_and_shown_only_and_acknowledged_and_unreachable(history: History) -> None:
    whole = covered(history).whole
    heads = {history.roots.get(viewer, viewer) for viewer in history.exposed}
    assert whole.exposed == len(heads) + len(history.departed)
    assert whole.exposed == (whole.owed + whole.shown_only + whole.acknowledged + whole.unreachable)


@given(histories())
def test_the_groups_add_up_to_the_whole(history: History) -> None:
    found = covered(history)
    for outcome in Outcome:
        parts = [getattr(counts, outcome.value) for counts in found.by_group.values()]
        assert sum(parts) == getattr(found.whole, outcome.value)


@given(histories())
def test_a_person_with_two_devices_is_counted_once_as_signed_in(history: History) -> None:
    found = covered(history)
    heads = {history.roots.get(viewer, viewer) for viewer in history.exposed}
    gone = sum(each.group is Group.SIGNED_IN for each in history.departed)
    assert found.by_group[Group.SIGNED_IN].exposed == len(heads & history.accounts) + gone


@given(histories())
def test_the_curve_never_falls_and_ends_at_those_who_were_told(history: History) -> None:
    found = covered(history)
    shares = [point.share for point in found.curve]
    assert shares == sorted(shares)
    assert [point.day for point in found.curve] == list(range(len(found.curve)))
    assert all(0 <= share <= 1 for share in shares)
    if found.whole.exposed and history.now > OPENED:
        assert shares[-1] == pytest.approx(found.whole.told / found.whole.exposed)


@given(histories(), st.integers(1, 40))
def test_reading_a_notice_moves_one_person_and_no_one_else(history: History, viewer: int) -> None:
    before = covered(history).whole
    read = Told(viewer, OPENED, OPENED)
    others = tuple(each for each in history.told if each.viewer != viewer)
    kept = next((each for each in history.told if each.viewer == viewer), None)
    told = (*others, read if kept is None else Told(viewer, kept.shown_at, OPENED))
    after = covered(History(**{**_fields(history), "told": told})).whole
    assert after.exposed == before.exposed
    assert after.acknowledged - before.acknowledged in (0, 1)
    assert after.owed <= before.owed


@given(histories(), st.integers(41, 60))
def test_a_receipt_of_somebody_who_was_not_exposed_counts_for_nothing(
    history: History, stranger: int
) -> None:
    told = (*history.told, Told(stranger, OPENED, OPENED))
    assert covered(History(**{**_fields(history), "told": told})) == covered(history)


def test_the_share_told_steps_up_by_day() -> None:
    points = rules.curve(
        4,
        [OPENED + DAY_MS // 2, OPENED + DAY_MS // 2, OPENED + 2 * DAY_MS + 1],
        opened_at=OPENED,
        now=OPENED + 3 * DAY_MS - 1,
    )
    assert [(point.day, point.share) for point in points] == [(0, 0), (1, 0.5), (2, 0.5), (3, 0.75)]


def test_who_read_it_and_left_afterwards_has_read_it() -> None:
    found = rules.coverage(
        exposed={1},
        told=[Told(1, OPENED, OPENED)],
        roots={},
        unreachable={1},
        accounts={1},
        opened_at=OPENED,
        now=OPENED,
    )
    assert found.whole.acknowledged == 1
    assert found.whole.unreachable == 0


def test_all_but_a_note_need_an_apology() -> None:
    bare = Words("Right.", "Wrong.", "", "")
    assert rules.check(Severity.NOTE, bare, None) is None
    for severity in (Severity.CORRECT, Severity.REPLACE, Severity.WITHDRAW):
        wrong = rules.check(severity, bare, None)
        assert wrong is not None
        assert wrong.where == "apology"


def test_what_is_right_is_a_headline_and_the_rest_fits_a_screen() -> None:
    assert rules.check(Severity.CORRECT, WORDS, (0, 10)) is None
    long = Words("x" * 201, "w", "", "a")
    assert rules.check(Severity.CORRECT, long, None) == rules.Wrong(
        "what_right", "Keep what is right within 200 characters."
    )
    for name in ("what_wrong", "what_now", "apology"):
        values = {"what_right": "r", "what_wrong": "w", "what_now": "n", "apology": "a"}
        wrong = rules.check(Severity.CORRECT, Words(**{**values, name: "x" * 1001}), None)
        assert wrong is not None
        assert wrong.where == name


def test_what_cannot_be_shown_is_refused_and_new_lines_are_fine() -> None:
    assert rules.check(Severity.CORRECT, Words("r", "one\r\ntwo\tthree", "", "a"), None) is None
    wrong = rules.check(Severity.CORRECT, Words("r", "w", "a\x00b", "a"), None)
    assert wrong is not None
    assert wrong.where == "what_now"


def test_a_span_ends_after_it_begins() -> None:
    wrong = rules.check(Severity.CORRECT, WORDS, (500, 500))
    assert wrong is not None
    assert wrong.where == "span"


def test_withdrawals_come_before_replacements_before_corrections() -> None:
    assert sorted(Severity, key=lambda each: each.gravity) == [
        Severity.WITHDRAW,
        Severity.REPLACE,
        Severity.CORRECT,
        Severity.NOTE,
    ]


def _fields(history: History) -> dict[str, object]:
    return {name: getattr(history, name) for name in History.__dataclass_fields__}
