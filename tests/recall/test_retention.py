"""What nobody needs any more is erased, and those who were exposed stay in the sums."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import Made, a_public_post
from people import Person, client_for
from wardcast.accounts import viewers
from wardcast.platform import clock, config, jobs
from wardcast.proof import verify
from wardcast.recall import actions, departing, ledger, log, queries, resting
from wardcast.recall.ledger import Exposed
from wardcast.recall.models import Audience, Departed, Expired, Exposure, History, Receipt
from wardcast.recall.rules import Counts, Group, Lost, Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")
START = datetime(2026, 11, 14, 8, 0, tzinfo=UTC)


def served(made: Made, *people: Person) -> None:
    for person in people:
        number = viewers.of_account(person.id)
        ledger.record([Exposed(made.serial, number, ledger.SERVED, clock.now())])


def opened(made: Made) -> Any:
    return actions.open_notice(made.author.actor, made.version_id, Severity.CORRECT, WORDS)


def coverage(notice: Any) -> Any:
    found = queries.proof(notice)
    assert found is not None
    return found.coverage


@pytest.fixture
def keep(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Sets for how many days the house keeps exposures."""

    def set_to(days: int) -> None:
        monkeypatch.setenv("WARDCAST_KEEP_DAYS", str(days))
        config.current.cache_clear()

    yield set_to
    monkeypatch.undo()
    config.current.cache_clear()


@pytest.fixture
def days_pass(do_jobs: Callable[[], int]) -> Callable[[int], None]:
    """Lets so many days pass, on each of which the worker does what is due."""

    def run(days: int) -> None:
        for _ in range(days):
            clock.advance(timedelta(days=1))
            jobs.start_due(clock.now())
            jobs.start_due(clock.now())
            do_jobs()

    return run


@pytest.mark.parametrize("packed", [False, True])
def test_what_no_notice_needs_is_erased_and_counted_when_one_comes_later(
    ana: Person,
    ben: Person,
    cleo: Person,
    days_pass: Callable[[int], None],
    keep: Callable[[int], None],
    packed: bool,
) -> None:
    keep(10)
    made = a_public_post(ana)
    served(made, ben)
    guest = client_for()
    guest.get("/api/v1/feed")
    if packed:
        resting.pack()
    days_pass(5)
    served(made, cleo)
    days_pass(4)
    assert set(ledger.viewers(made.serial)[0]) >= set(ben.actor.viewers)
    days_pass(3)
    assert set(ledger.viewers(made.serial)[0]) == set(cleo.actor.viewers)
    assert not ledger.seen(ben.actor.viewers)

    notice = opened(made)
    assert not queries.owes(ben.actor.viewers)
    assert queries.owes(cleo.actor.viewers)
    found = coverage(notice)
    assert found.whole == Counts(owed=1, unreachable=2)
    assert found.by_group[Group.GUESTS] == Counts(unreachable=1)
    assert found.lost == {Lost.DELETED: 0, Lost.ERASED: 0, Lost.EXPIRED: 2}
    page = client_for().get(f"/notices/{notice}/coverage").content.decode()
    assert "2 whose device is not back for a year, or who watched longer ago" in page
    told = client_for().get(f"/notices/{notice}/coverage.json").json()
    assert told["unreachable_because"] == {"deleted": 0, "erased": 0, "expired": 2}


def test_an_open_notice_keeps_what_it_needs_until_it_is_as_old_itself(
    ana: Person,
    ben: Person,
    cleo: Person,
    ines: Person,
    days_pass: Callable[[int], None],
    keep: Callable[[int], None],
) -> None:
    keep(10)
    made, other = a_public_post(ana), a_public_post(ana, "Run")
    served(made, ben, cleo, ines)
    served(other, ben)
    days_pass(9)
    notice = opened(made)
    days_pass(9)
    assert ledger.seen(ben.actor.viewers).keys() == {made.serial}
    assert queries.owes(ben.actor.viewers)
    actions.acknowledge(cleo.actor, [notice])
    actions.shown(ines.actor, [notice])
    before = coverage(notice)
    days_pass(3)
    assert not Exposure.objects.exists()
    assert not Receipt.objects.exists()
    assert not queries.owes(ben.actor.viewers)
    after = coverage(notice)
    assert before.whole == Counts(owed=1, shown_only=1, acknowledged=1)
    assert after.whole == Counts(unreachable=1, shown_only=1, acknowledged=1)
    assert after.lost[Lost.EXPIRED] == 1
    assert after.curve[-1].share == before.curve[-1].share
    found = log.public(notice)
    assert found is not None
    assert verify.check(found).whole


def test_a_person_and_their_device_expire_together_and_count_once(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    guest = client_for()
    guest.get("/api/v1/feed")
    device = guest.cookies["wardcast_device"].value
    clock.advance(timedelta(days=5))
    served(made, ben)
    viewers.link(ben.id, device)
    assert departing.expire(clock.now(), timedelta(days=3)) == 0
    clock.advance(timedelta(days=4))
    assert departing.expire(clock.now(), timedelta(days=3)) == 1
    assert departing.expire(clock.now(), timedelta(days=3)) == 0
    assert list(Expired.objects.values_list("group", "count")) == [("signed_in", 1)]


def test_nothing_is_erased_where_the_house_keeps_everything(
    ana: Person, ben: Person, days_pass: Callable[[int], None], keep: Callable[[int], None]
) -> None:
    keep(0)
    made = a_public_post(ana)
    served(made, ben)
    clock.advance(timedelta(days=4000))
    days_pass(1)
    assert ledger.seen(ben.actor.viewers)


exposures = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 5), st.integers(0, 20), st.booleans()), max_size=30
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None
)
@given(exposures, st.integers(0, 20))
def test_what_is_left_and_what_is_counted_are_all_that_there_was(
    history: Sequence[tuple[int, int, int, bool]], kept_days: int
) -> None:
    for model in (Exposure, History, Audience, Expired, Departed):
        model.objects.all().delete()
    last: dict[tuple[int, int], int] = {}
    for viewer, version, day, packs in history:
        ledger.record([Exposed(version, viewer, ledger.SERVED, START + timedelta(days=day))])
        last[viewer, version] = max(day, last.get((viewer, version), 0))
        if packs:
            resting.pack()
    departing.expire(START + timedelta(days=20), timedelta(days=kept_days))
    fresh = {key for key, day in last.items() if day >= 20 - kept_days}
    for version in range(1, 6):
        left = {viewer for viewer, serial in fresh if serial == version}
        assert set(ledger.viewers(version)[0]) == left
        gone = sum(serial == version for _, serial in last.keys() - fresh)
        counts = Expired.objects.filter(version_serial=version).values_list("count", flat=True)
        assert sum(counts) == gone
    for viewer in range(1, 7):
        assert set(ledger.seen({viewer})) == {serial for one, serial in fresh if one == viewer}
