"""What a rehearsal decides, whatever people answer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.rehearsal import rules
from wardcast.rehearsal.rules import Answer, LookAgain, Needs, Object, Pass, Releasable, Wait

OPENED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FINE = {
    "butt": False,
    "recognise": False,
    "laughed_at": False,
    "imitates": False,
    "workplace": False,
    "waiting_room": True,
}
LESSON = Needs(colleagues=1, lay=0)
STORY = Needs(colleagues=2, lay=1)


def answer(
    part: rules.Part = "colleague", after: float = 1, line: str = "", **says: bool
) -> Answer:
    return Answer(part, {**FINE, **says}, line, OPENED + timedelta(hours=after))


ANSWERS = st.builds(
    Answer,
    part=st.sampled_from(["colleague", "lay"]),
    says=st.fixed_dictionaries({each.id: st.booleans() for each in rules.QUESTIONS}),
    line=st.text(max_size=20),
    at=st.integers(0, 200).map(lambda hours: OPENED + timedelta(hours=hours)),
)
NEEDS = st.builds(Needs, colleagues=st.integers(0, 3), lay=st.integers(0, 3))
LATER = st.integers(0, 200).map(lambda hours: OPENED + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("butt", True),
        ("recognise", True),
        ("laughed_at", True),
        ("imitates", True),
        ("waiting_room", False),
    ],
)
def test_each_of_the_five_objections_holds_the_version_with_its_reason(
    question: str, says: bool
) -> None:
    outcome = rules.decide(LESSON, [answer(line="Not kind.", **{question: says})], OPENED, OPENED)
    assert isinstance(outcome, Object)
    text = next(each.text for each in rules.QUESTIONS if each.id == question)
    assert text in outcome.because
    assert ("“yes”" if says else "“no”") in outcome.because
    assert "Not kind." in outcome.because


def test_the_workplace_asks_the_author_to_look_again_and_does_not_object() -> None:
    outcome = rules.decide(LESSON, [answer(workplace=True, line="The badge.")], OPENED, OPENED)
    assert isinstance(outcome, LookAgain)
    assert "The badge." in outcome.because


def test_it_goes_on_once_the_author_has_looked_again() -> None:
    looked = OPENED + timedelta(hours=2)
    answers = [answer(after=1, workplace=True)]
    assert rules.decide(LESSON, answers, OPENED, OPENED, looked) == Pass()
    answers.append(answer(after=3, workplace=True))
    assert isinstance(rules.decide(LESSON, answers, OPENED, OPENED, looked), LookAgain)


def test_a_patient_story_needs_two_colleagues_and_a_lay_person() -> None:
    answers: list[Answer] = []
    for part in ("colleague", "lay"):
        answers.append(answer(part))  # type: ignore[arg-type]  # mypy widens the tuple
        assert isinstance(rules.decide(STORY, answers, OPENED, OPENED), Wait)
    assert rules.decide(STORY, [*answers, answer("lay")], OPENED, OPENED) == Wait(
        OPENED + timedelta(hours=72), Needs(1, 0)
    )
    assert rules.decide(STORY, [*answers, answer("colleague")], OPENED, OPENED) == Pass()


def test_it_can_be_released_after_72_hours_and_not_a_moment_before() -> None:
    due = OPENED + timedelta(hours=72)
    assert isinstance(rules.decide(LESSON, [], OPENED, due - timedelta(microseconds=1)), Wait)
    assert rules.decide(LESSON, [], OPENED, due) == Releasable(LESSON)


def test_an_off_duty_clip_needs_nobody() -> None:
    assert rules.decide(Needs(0, 0), [], OPENED, OPENED) == Pass()


@given(needs=NEEDS, answers=st.lists(ANSWERS, max_size=6), now=LATER, looked=st.none() | LATER)
def test_an_objection_always_wins_and_nothing_passes_without_its_quorum(
    needs: Needs, answers: list[Answer], now: datetime, looked: datetime | None
) -> None:
    outcome = rules.decide(needs, answers, OPENED, now, looked)
    objected = any(rules.objects(each.says) for each in answers)
    assert isinstance(outcome, Object) == objected
    parts = [each.part for each in answers]
    enough = parts.count("colleague") >= needs.colleagues and parts.count("lay") >= needs.lay
    if isinstance(outcome, Pass):
        assert enough
        assert all(
            not rules.looks_again(each.says) or (looked is not None and each.at <= looked)
            for each in answers
        )
    if isinstance(outcome, Releasable):
        assert not enough
        assert now - OPENED >= timedelta(hours=72)
    if isinstance(outcome, Wait):
        assert not enough
        assert now < outcome.until


@given(needs=NEEDS, answers=st.lists(ANSWERS, max_size=6), now=LATER, data=st.data())
def test_the_order_in_which_answers_are_read_decides_nothing(
    needs: Needs, answers: list[Answer], now: datetime, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(answers))
    one = rules.decide(needs, answers, OPENED, now)
    assert type(rules.decide(needs, shuffled, OPENED, now)) is type(one)


@given(answers=st.lists(ANSWERS, max_size=5), more=ANSWERS, now=LATER)
def test_one_more_answer_never_undoes_an_objection(
    answers: list[Answer], more: Answer, now: datetime
) -> None:
    if isinstance(rules.decide(STORY, answers, OPENED, now), Object):
        assert isinstance(rules.decide(STORY, [*answers, more], OPENED, now), Object)


@given(duration=st.integers(1, 180_000), share=st.floats(0, 1.2))
def test_nine_tenths_must_have_been_watched(duration: int, share: float) -> None:
    watched = int(duration * share)
    assert (rules.watched_fits(watched, duration) is None) == (watched >= 0.9 * duration)


def test_a_form_with_a_question_left_open_names_it() -> None:
    says = {key: value for key, value in FINE.items() if key != "recognise"}
    unfit = rules.answers_fit(says)
    assert unfit is not None
    assert unfit.because.startswith("1 question has no answer yet: “Could a patient recognise")
    assert rules.answers_fit({**FINE, "horoscope": True}) is not None
    assert rules.answers_fit(FINE) is None


def test_who_cannot_be_invited_is_said_plainly_and_without_telling_who_blocked_whom() -> None:
    def fits(wanted: list[str], already: int = 0, unknown: tuple[str, ...] = ()) -> str:
        unfit = rules.invitation_fits(wanted, already, len(wanted), unknown, "ana", {"cleo"})
        return unfit.code if unfit else ""

    assert fits(["ben"]) == ""
    assert fits([]) == "nobody_chosen"
    assert fits(["ben", "ana"]) == "cannot_invite_oneself"
    assert fits(["cleo"]) == fits(["nobody"], unknown=("nobody",)) == "cannot_be_invited"
    assert fits(["ben"], already=rules.MOST_INVITED) == "too_many_invited"
