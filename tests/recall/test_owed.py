"""Who owes what is a question asked of the ledger, and its answer is exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wardcast.platform.policy import Actor
from wardcast.recall import actions, ledger, queries, rules
from wardcast.recall.ledger import Exposed, milliseconds
from wardcast.recall.models import Cohort, Exposure, Notice, Receipt

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 14, 8, 0, tzinfo=UTC)
SERIALS = (11, 12, 13)


def opened(serial: int, at: datetime, severity: str = "correct", *, sealed: bool = True) -> UUID:
    """A notice on a version, with its cohort, as opening one leaves it."""
    row = Notice.objects.create(
        post_id=uuid4(),
        version_id=uuid4(),
        post_number=serial * 10,
        version_serial=serial,
        author_id=uuid4(),
        severity=severity,
        what_right="Keep taking it.",
        what_wrong="I said stop.",
        apology="I am sorry.",
        by=uuid4(),
        at=at,
    )
    if severity != "note":
        moment = milliseconds(at)
        Cohort.objects.create(
            notice=row,
            post_number=serial * 10,
            version_serial=serial,
            opened_at=moment,
            sealed_at=moment + rules.SEAL_AFTER_MS if sealed else None,
        )
    return row.pk


def served(viewer: int, serial: int, at: datetime) -> None:
    ledger.record([Exposed(serial, viewer, ledger.SERVED, at)])


def viewing(*numbers: int) -> Actor:
    return Actor(viewer=numbers[0], viewers=frozenset(numbers))


@dataclass(frozen=True)
class Step:
    """Something that happens: somebody is served, a notice opens, somebody reads what they owe."""

    what: str
    viewer: int
    serial: int
    severity: str


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(["serve", "serve", "open", "read", "shown"]),
        st.integers(1, 4),
        st.sampled_from(SERIALS),
        st.sampled_from(["note", "correct", "replace", "withdraw"]),
    ),
    max_size=25,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(steps)
def test_a_viewer_owes_each_notice_on_what_they_were_served_until_they_have_read_it(
    history: Sequence[Step],
) -> None:
    for model in (Receipt, Cohort, Notice, Exposure):
        model.objects.all().delete()
    first_served: dict[tuple[int, int], datetime] = {}
    notices: dict[UUID, tuple[int, str, datetime]] = {}
    read: set[tuple[UUID, int]] = set()

    def expected(viewer: int) -> set[UUID]:
        return {
            notice
            for notice, (serial, severity, at) in notices.items()
            if severity != "note"
            and (viewer, serial) in first_served
            and first_served[viewer, serial] <= at + timedelta(milliseconds=rules.SEAL_AFTER_MS)
            and (notice, viewer) not in read
        }

    for hour, step in enumerate(history):
        now = START + timedelta(hours=hour)
        if step.what == "serve":
            served(step.viewer, step.serial, now)
            first_served.setdefault((step.viewer, step.serial), now)
        elif step.what == "open":
            made = opened(step.serial, now, step.severity)
            notices[made] = (step.serial, step.severity, now)
        elif step.what == "shown":
            actions.shown(viewing(step.viewer), list(notices))
        else:
            owed = expected(step.viewer)
            assert actions.acknowledge(viewing(step.viewer), list(notices)) is False
            read |= {(notice, step.viewer) for notice in owed}
    for viewer in range(1, 5):
        found = queries.owed({viewer})
        assert {each.notice.id for each in found} == expected(viewer)
        assert queries.owes({viewer}) is bool(found)
        gravity = [each.notice.severity.gravity for each in found]
        assert gravity == sorted(gravity)


def test_nothing_is_written_for_a_viewer_when_a_notice_opens() -> None:
    for viewer in range(1, 20):
        served(viewer, 11, START)
    opened(11, START)
    assert Receipt.objects.count() == 0
    assert all(queries.owes({viewer}) for viewer in range(1, 20))


def test_an_open_cohort_takes_in_who_is_served_meanwhile() -> None:
    opened(11, START, sealed=False)
    served(1, 11, START + timedelta(days=1))
    assert queries.owes({1})


def test_once_sealed_who_comes_later_sees_the_correction_on_the_video_instead() -> None:
    notice = opened(11, START, sealed=False)
    actions.seal(notice)
    actions.seal(notice)
    served(1, 11, START + timedelta(seconds=119))
    served(2, 11, START + timedelta(seconds=121))
    assert queries.owes({1})
    assert not queries.owes({2})


def test_what_is_not_owed_cannot_be_acknowledged_in_advance() -> None:
    notice = opened(11, START)
    assert actions.acknowledge(viewing(1), [notice, uuid4()]) is False
    assert Receipt.objects.count() == 0
    served(1, 11, START)
    assert queries.owes({1})


def test_showing_and_acknowledging_twice_is_as_good_as_once() -> None:
    served(1, 11, START)
    notice = opened(11, START)
    actions.shown(viewing(1), [notice])
    actions.shown(viewing(1), [notice])
    assert queries.owes({1})
    actions.acknowledge(viewing(1), [notice])
    row = Receipt.objects.get()
    actions.acknowledge(viewing(1), [notice])
    actions.shown(viewing(1), [notice])
    again = Receipt.objects.get()
    assert (row.shown_at, row.acknowledged_at) == (again.shown_at, again.acknowledged_at)


def test_a_later_notice_on_the_same_version_is_owed_again() -> None:
    served(1, 11, START)
    first = opened(11, START)
    actions.acknowledge(viewing(1), [first])
    second = opened(11, START + timedelta(days=1), "withdraw")
    assert [each.notice.id for each in queries.owed({1})] == [second]


def test_who_signs_in_on_a_device_owes_what_either_watched() -> None:
    served(1, 11, START)
    served(2, 12, START)
    opened(11, START)
    opened(12, START, "withdraw")
    severities = [each.notice.severity.value for each in queries.owed({1, 2})]
    assert severities == ["withdraw", "correct"]


def test_a_receipt_under_one_number_counts_for_all_of_a_person() -> None:
    served(1, 11, START)
    served(2, 11, START)
    notice = opened(11, START)
    actions.acknowledge(viewing(1), [notice])
    assert not queries.owes({1, 2})
    assert queries.owes({2})


def test_the_title_of_a_grave_notice_comes_first_then_the_oldest() -> None:
    for serial in SERIALS:
        served(1, serial, START)
    third = opened(11, START + timedelta(hours=2))
    second = opened(12, START + timedelta(hours=1))
    first = opened(13, START + timedelta(hours=3), "withdraw")
    assert [each.notice.id for each in queries.owed({1})] == [first, second, third]
