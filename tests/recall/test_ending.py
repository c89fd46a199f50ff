"""A recall ends once it has done what it could: nobody owes it, and its sums stay as they were."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from factories import Made, a_public_post
from people import Person, client_for, make
from wardcast.accounts import viewers
from wardcast.platform import clock, config, jobs
from wardcast.platform.http import Conflict, Denied
from wardcast.platform.models import AuditEntry
from wardcast.proof import verify
from wardcast.recall import (
    actions,
    closing,
    ending,
    knocking,
    ledger,
    open_list,
    queries,
    reminding,
)
from wardcast.recall.closing import Because, MayEnd, NotYet
from wardcast.recall.ledger import Exposed
from wardcast.recall.models import Cohort, Departed
from wardcast.recall.rules import DAY_MS, Counts, Severity, Words

WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")
FOUR_DAYS = timedelta(days=4)
Tick = Callable[[timedelta], None]


@pytest.fixture
def tick(do_jobs: Callable[[], int]) -> Tick:
    """Lets time pass, and the worker do what is due then."""

    def run(time: timedelta) -> None:
        clock.advance(time)
        jobs.start_due(clock.now())
        do_jobs()

    return run


@pytest.fixture
def by_itself(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The host lets the house end recalls."""
    monkeypatch.setenv("WARDCAST_RECALL_ENDS_ITSELF", "1")
    config.current.cache_clear()
    yield
    monkeypatch.undo()
    config.current.cache_clear()


def opened(made: Made, severity: Severity = Severity.CORRECT, **more: Any) -> UUID:
    return actions.open_notice(made.author.actor, made.version_id, severity, WORDS, **more)


def served(made: Made, *people: Person) -> None:
    for person in people:
        number = viewers.of_account(person.id)
        ledger.record([Exposed(made.serial, number, ledger.SERVED, clock.now())])


def whole(notice: UUID) -> Counts:
    found = queries.proof(notice)
    assert found is not None
    return found.coverage.whole


def proof(notice: UUID) -> dict[str, Any]:
    return verify.read(client_for().get(f"/notices/{notice}/proof.json").content)


def kinds(notice: UUID) -> list[str]:
    return [json.loads(each)["kind"] for each in proof(notice)["entries"]]


counts = st.builds(Counts, *(st.integers(0, 3000) for _ in range(4)))


@given(counts, st.floats(0.01, 1), st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_a_recall_ends_for_a_reason_that_its_numbers_bear(
    found: Counts, goal: float, day: int, told_on: int, sealed: bool
) -> None:
    decision = closing.may_end(
        found,
        goal=goal,
        quiet_days=30,
        opened_at=0,
        sealed=sealed,
        told_last=min(told_on, day) * DAY_MS if found.told else None,
        now=day * DAY_MS,
    )
    if isinstance(decision, MayEnd):
        assert sealed
        assert day >= closing.LEAST_OPEN_DAYS
        assert found.exposed
        enough = found.told / found.reachable >= goal - 1e-6 if found.reachable else True
        assert enough if decision.because is Because.GOAL else day >= 30
    else:
        assert decision.because


@given(counts)
def test_the_sum_is_the_same_once_nobody_owes_it(found: Counts) -> None:
    ended = found.ended()
    assert (ended.exposed, ended.owed, ended.not_reached) == (found.exposed, 0, found.owed)
    assert ended.ended() == ended


@pytest.mark.parametrize(
    ("found", "day", "sealed", "because"),
    [
        (Counts(owed=1, acknowledged=19), 5, False, "still being counted"),
        (Counts(), 5, True, "Nobody had watched it"),
        (Counts(owed=1, acknowledged=19), 3, True, "open for less than 4 days"),
        (Counts(owed=2, acknowledged=18), 5, True, "18 of the 20 who can be reached"),
        (Counts(owed=1, acknowledged=19), 5, True, Because.GOAL),
        # Who cannot be reached is not waited for.
        (Counts(owed=1, acknowledged=19, unreachable=80), 5, True, Because.GOAL),
        (Counts(owed=9, shown_only=1), 29, True, "the goal is 95%"),
        (Counts(owed=9, shown_only=1), 30, True, Because.QUIET),
    ],
)
def test_when_a_recall_may_end(found: Counts, day: int, sealed: bool, because: str) -> None:
    decision = closing.may_end(
        found, goal=0.95, quiet_days=30, opened_at=0, sealed=sealed, told_last=None,
        now=day * DAY_MS,
    )  # fmt: skip
    if isinstance(because, Because):
        assert isinstance(decision, MayEnd)
        assert decision.because is because
    else:
        assert isinstance(decision, NotYet)
        assert because in decision.because


@pytest.mark.django_db
def test_a_recall_that_a_moderator_ends_is_owed_no_more_and_stands_where_it_stood(
    ana: Person, ben: Person, cleo: Person, ines: Person, dev: Person, tick: Tick
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo, ines)
    notice = opened(made)
    actions.acknowledge(ben.actor, [notice])
    actions.shown(ines.actor, [notice])
    tick(timedelta(minutes=3))
    tick(timedelta(days=35))
    assert queries.owes(cleo.actor.viewers)
    page = client_for(dev).get(f"/notices/{notice}/coverage").content.decode()
    assert "Nobody new was shown it for 35 days." in page
    answer = client_for(dev).post(f"/notices/{notice}/end")
    assert answer.status_code == 422
    assert "was not ended" in answer.content.decode()
    assert queries.owes(cleo.actor.viewers)
    answer = client_for(dev).post(f"/notices/{notice}/end", {"sure": "yes"})
    assert answer.status_code == 302

    assert not queries.owes(cleo.actor.viewers)
    assert not queries.owes(ines.actor.viewers)
    assert whole(notice) == Counts(not_reached=1, shown_only=1, acknowledged=1)
    told = client_for().get(f"/notices/{notice}/coverage.json").json()
    assert told["coverage"]["exposed"] == 3
    assert (told["coverage"]["owed"], told["coverage"]["not_reached"]) == (0, 1)
    assert told["ended"]["because"] == "no_further_reach"
    page = client_for(dev).get(f"/notices/{notice}/coverage").content.decode()
    assert "This recall ended on" in page
    assert "End this recall" not in page
    assert "had not been back when the recall ended" in page
    assert "3 = 1 + 1 + 1 + 0" in page
    assert WORDS.what_right in client_for().get(f"/v/{made.post_id}").content.decode()
    watched = client_for(cleo).get("/watched").content.decode()
    assert "You had not read it when its recall ended on" in watched
    assert (AuditEntry.objects.get(verb="end_recall").by) == dev.id


@pytest.mark.django_db
def test_the_sums_stay_whatever_happens_afterwards(
    ana: Person, ben: Person, cleo: Person, ines: Person, dev: Person, tick: Tick
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo, ines)
    notice = opened(made)
    actions.acknowledge(ben.actor, [notice])
    tick(timedelta(minutes=3))
    tick(timedelta(days=31))
    ending.end(dev.actor, notice)
    before, log = queries.proof(notice), proof(notice)
    assert before is not None

    actions.acknowledge(cleo.actor, [notice])
    actions.shown(ines.actor, [notice])
    actions.erase(ben.actor.viewers)
    actions.erase(cleo.actor.viewers)
    clock.advance(timedelta(days=1))
    actions.count(notice)
    assert not Departed.objects.filter(notice=notice).exists()
    after = queries.proof(notice)
    assert after is not None
    assert (after.coverage, after.ended) == (before.coverage, before.ended)
    assert (after.first_at, after.last_at) == (before.first_at, before.last_at)
    assert proof(notice) == log


@pytest.mark.django_db
def test_its_log_ends_with_the_counts_and_the_reason(
    ana: Person, ben: Person, cleo: Person, dev: Person, tick: Tick
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo)
    notice = opened(made)
    tick(timedelta(minutes=3))
    earlier = proof(notice)
    assert earlier["format"] == verify.FORMAT
    actions.acknowledge(ben.actor, [notice])
    actions.shown(cleo.actor, [notice])
    tick(FOUR_DAYS)
    ending.end(dev.actor, notice)
    found = proof(notice)
    assert kinds(notice) == ["opened", "sealed", "count", "terminated"]
    assert found["format"] == verify.ENDED_FORMAT
    key = client_for().get("/.well-known/wardcast-proof-key").content.decode().strip()
    checked = verify.check(found, key=key, before=earlier, root=earlier["head"]["root"])
    assert checked.whole, checked.wrong
    assert any("2 exposed = 0 not reached + 1 shown only" in each for each in checked.holds)
    assert any(
        "terminated by a person: It was shown to 2 of the 2" in each for each in checked.holds
    )
    assert not any(dev.handle in each or str(dev.id) in each for each in found["entries"])


@pytest.mark.django_db
def test_a_recall_is_ended_by_nobody_else_and_not_too_soon(
    ana: Person, ben: Person, cleo: Person, dev: Person, ada: Person, tick: Tick
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo)
    notice = opened(made)
    with pytest.raises(Conflict, match="still being counted"):
        ending.end(dev.actor, notice)
    tick(timedelta(minutes=3))
    for person in (ana, ben):
        with pytest.raises(Denied):
            ending.end(person.actor, notice)
        assert client_for(person).post(f"/notices/{notice}/end").status_code == 404
    with pytest.raises(Conflict, match="open for less than 4 days"):
        ending.end(dev.actor, notice)
    tick(FOUR_DAYS)
    answer = client_for(dev).post(f"/api/v1/notices/{notice}/end")
    assert (answer.status_code, answer.json()["code"]) == (409, "recall_goes_on")
    page = client_for(ada).get(f"/notices/{notice}/coverage").content.decode()
    assert "It was shown to 0 of the 2 who can be reached; the goal is 95%." in page
    assert "End this recall" not in page
    assert kinds(notice) == ["opened", "sealed"]
    assert queries.owes(ben.actor.viewers)


@pytest.mark.django_db
def test_a_second_end_changes_nothing(ana: Person, ben: Person, dev: Person, tick: Tick) -> None:
    made = a_public_post(ana)
    served(made, ben)
    notice = opened(made)
    actions.acknowledge(ben.actor, [notice])
    tick(timedelta(minutes=3))
    tick(FOUR_DAYS)
    first = ending.end(dev.actor, notice)
    clock.advance(timedelta(days=1))
    assert ending.end(dev.actor, notice) == first
    assert kinds(notice).count("terminated") == 1


@pytest.mark.django_db
def test_the_house_ends_by_its_own_rule_where_it_is_let_but_never_a_withdrawal_or_a_leak(
    ana: Person, ben: Person, dev: Person, by_itself: None, tick: Tick
) -> None:
    corrected, taken, leaked = (a_public_post(ana) for _ in range(3))
    for made in (corrected, taken, leaked):
        served(made, ben)
    first = opened(corrected)
    second = opened(taken, Severity.WITHDRAW)
    third = actions.open_notice(dev.actor, leaked.version_id, Severity.CORRECT, WORDS, privacy=True)
    actions.acknowledge(ben.actor, [first, second, third])
    tick(timedelta(minutes=3))
    for _ in range(12):
        tick(timedelta(days=1))
    ended = {each: queries.proof(each).ended for each in (first, second, third)}  # type: ignore[union-attr]
    assert ended[first] is not None
    assert ended[first].by_rule
    assert ended[second] is None
    assert ended[third] is None
    assert (
        "by the house’s own rule" in client_for().get(f"/notices/{first}/coverage").content.decode()
    )
    assert not ending.end(dev.actor, second).by_rule
    assert not ending.end(dev.actor, third).by_rule


@pytest.mark.django_db
def test_unless_it_is_let_the_house_ends_nothing_by_itself(
    ana: Person, ben: Person, tick: Tick
) -> None:
    made = a_public_post(ana)
    served(made, ben)
    notice = opened(made)
    actions.acknowledge(ben.actor, [notice])
    tick(timedelta(minutes=3))
    tick(timedelta(days=40))
    assert whole(notice) == Counts(acknowledged=1)
    assert kinds(notice) == ["opened", "sealed"]


@pytest.mark.django_db
def test_nobody_is_written_to_or_knocked_for_once_it_has_ended(ana: Person, dev: Person) -> None:
    made = a_public_post(ana)
    many = [make(f"person{each}") for each in range(20)]
    served(made, *many)
    notice = opened(made)
    for each in many[1:]:
        actions.acknowledge(each.actor, [notice])
    clock.advance(timedelta(minutes=3))
    actions.seal(notice)
    clock.advance(FOUR_DAYS)
    assert len(queries.unshown(notice)) == 1
    assert orjson.loads(open_list.newest())["notices"]
    assert ending.end(dev.actor, notice).because is Because.GOAL
    assert queries.unshown(notice) == {}
    assert not orjson.loads(open_list.newest())["notices"]
    assert (reminding.remind(clock.now()), knocking.knock(clock.now())) == (0, 0)
    assert not mail.outbox
    assert Cohort.objects.get(pk=notice).reminded_at is None


@pytest.mark.django_db
def test_who_watches_an_ended_one_anew_owes_nothing(
    ana: Person, ben: Person, cleo: Person, dev: Person, tick: Tick
) -> None:
    made = a_public_post(ana)
    served(made, ben)
    notice = opened(made)
    actions.acknowledge(ben.actor, [notice])
    tick(timedelta(minutes=3))
    tick(FOUR_DAYS)
    ending.end(dev.actor, notice)
    served(made, cleo)
    assert not queries.owes(cleo.actor.viewers)
    assert whole(notice) == Counts(acknowledged=1)
