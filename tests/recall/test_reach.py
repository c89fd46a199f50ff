"""Who watched a version, when and how far: counted once a person, and seen by nobody unasked."""

import csv
import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import Made, a_public_post
from people import Person, client_for
from wardcast.accounts import viewers
from wardcast.platform import audit
from wardcast.recall import actions, ledger, resting
from wardcast.recall import reach as recall
from wardcast.recall.ledger import Exposed
from wardcast.recall.rules import Group, Severity, Words

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 14, 8, 0, tzinfo=UTC)


def served(made: Made, number: int, after_s: int, level: int = ledger.SERVED) -> None:
    at = START + timedelta(seconds=after_s)
    ledger.record([Exposed(made.serial, number, level, at)])


def look(made: Made, by: Person | None, **fields: str) -> Any:
    return client_for(by).post(f"/versions/{made.version_id}/reach", fields)


def body(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize("packed", [False, True])
def test_a_person_with_devices_is_counted_once(ana: Person, ben: Person, packed: bool) -> None:
    made = a_public_post(ana)
    number, (device, token) = viewers.of_account(ben.id), viewers._new_device()
    guest, _ = viewers._new_device()
    served(made, device, 0)
    served(made, number, 90)
    served(made, guest, 400)
    viewers.link(ben.id, token)
    ledger.raise_levels([device], {made.serial: ledger.told(2, [(0, 3_000)], whole=True)}, START)
    if packed:
        resting.pack(1_000)
    found = recall.reach(made.serial)
    assert found.by_group == {Group.SIGNED_IN: 1, Group.GUESTS: 1}
    assert found.people == 2
    assert (found.first_at, found.last_at) == (START, START + timedelta(seconds=400))
    assert found.how_far["two_seconds"] == 1
    assert (found.by_second, found.known) == ((1, 1, 1), 1)
    assert sum(bar.count for bar in found.bars) == 2


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 5_000_000), st.integers(0, 3)), min_size=1, max_size=40),
    st.lists(st.integers(1, 60), min_size=40, max_size=40),
)
def test_the_numbers_are_those_of_a_plain_count(
    ana: Person, times: list[tuple[int, int]], lengths: list[int]
) -> None:
    made = a_public_post(ana)
    plain: Counter[int] = Counter()
    for (after_s, level), length in zip(times, lengths, strict=False):
        number, _ = viewers._new_device()
        served(made, number, after_s, level)
        spans = [(0, length * 1000)]
        ledger.raise_levels([number], {made.serial: ledger.told(level, spans, whole=True)}, START)
        plain.update(range(length))
    found = recall.reach(made.serial)
    assert found.people == len(times) == sum(bar.count for bar in found.bars)
    assert len(found.bars) <= 48
    assert found.by_second == tuple(plain[second] for second in range(max(plain) + 1))
    assert sorted(each.first_at for each in recall.seen(made.serial)) == sorted(
        START + timedelta(seconds=after_s) for after_s, _ in times
    )
    for bar in found.bars:
        inside = [
            after_s for after_s, _ in times
            if bar.start <= START + timedelta(seconds=after_s) < bar.start + found.width
        ]  # fmt: skip
        assert bar.count == len(inside)


def test_nothing_is_shown_without_a_reason_and_each_look_is_written_down(
    ana: Person, ben: Person, dev: Person
) -> None:
    made = a_public_post(ana, "Inhalers")
    served(made, viewers.of_account(ben.id), 0, ledger.FINISHED)
    asked = client_for(dev).get(f"/versions/{made.version_id}/reach").content.decode()
    assert "Why do you look?" in asked
    for lacking in ({}, {"why": "  "}):
        page = look(made, dev, **lacking).content.decode()
        assert "Say why first" in page
        assert "played it to the end" not in page
    assert audit.entries("see_reach", "posts.version", made.version_id) == []
    shown = look(made, dev, why="A name <b>was</b> said.").content.decode()
    assert "played it to the end" in shown
    assert "A name &lt;b&gt;was&lt;/b&gt; said." in shown
    (entry,) = audit.entries("see_reach", "posts.version", made.version_id)
    assert (entry.by, entry.reason) == (dev.id, "A name <b>was</b> said.")


def test_it_says_what_they_were_told_since_and_admins_may_look(
    ana: Person, ben: Person, ada: Person
) -> None:
    made = a_public_post(ana)
    served(made, viewers.of_account(ben.id), 0)
    words = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")
    notice = actions.open_notice(ana.actor, made.version_id, Severity.CORRECT, words)
    page = look(made, ada, why="A reader asked.").content.decode()
    assert f'href="/notices/{notice}/coverage">shown to 0 of 1' in page


def test_it_is_taken_as_a_file_that_names_nobody(ana: Person, ben: Person, dev: Person) -> None:
    made = a_public_post(ana)
    number = viewers.of_account(ben.id)
    served(made, number, 0, ledger.TWO_SECONDS)
    answer = look(made, dev, why="For the authority.", **{"as": "csv"})
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(body(answer))))
    assert rows == [
        {
            "viewer": str(number), "class": "signed_in", "first_at": START.isoformat(),
            "last_at": START.isoformat(), "how_far": "two_seconds", "seconds_played": "",
        }
    ]  # fmt: skip
    told = look(made, dev, why="For the authority.", **{"as": "json"})
    text = body(told)
    assert '"viewers": 1' in text
    assert "Counted from the exposures" in text
    assert str(ben.id) not in text
    forms = [each.facts["form"] for each in audit.entries(
        "see_reach", "posts.version", made.version_id
    )]  # fmt: skip
    assert forms == ["json", "csv"]


def test_authors_viewers_and_guests_are_told_of_no_such_page(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    for who in (ana, ben, None):
        assert client_for(who).get(f"/versions/{made.version_id}/reach").status_code == 404
        assert look(made, who, why="Curious.").status_code == 404
    assert audit.entries("see_reach", "posts.version", made.version_id) == []


def test_a_version_that_nobody_watched_says_so(ana: Person, dev: Person) -> None:
    made = a_public_post(ana)
    page = look(made, dev, why="To be sure.").content.decode()
    assert "<b>0</b>" in page
    assert 'svg class="columns"' not in page
