"""A card that everyone must see is no advertising, tells no leak again, and can be wrong itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import Made, a_newer_version, a_public_post
from people import Person, client_for
from wardcast.accounts import viewers
from wardcast.check import Finding, Report
from wardcast.check.finding import Severity as Weight
from wardcast.platform import clock
from wardcast.platform.http import Conflict, Invalid
from wardcast.posts import actions as posts
from wardcast.posts import queries as versions
from wardcast.recall import actions, ledger, queries, rules
from wardcast.recall.ledger import Exposed
from wardcast.recall.models import Notice
from wardcast.recall.rules import Counts, Severity, Words
from wardcast.safety import reports
from wardcast.safety.models import CheckReport, FindingMark

WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")


def opened(by: Person, made: Made, severity: Severity = Severity.CORRECT, **more: Any) -> Any:
    words = more.pop("words", WORDS)
    return actions.open_notice(by.actor, made.version_id, severity, words, **more)


def served(made: Made, *people: Person) -> None:
    for person in people:
        number = viewers.of_account(person.id)
        ledger.record([Exposed(made.serial, number, ledger.SERVED, clock.now())])


def found_in(made: Made, text: str, kind: str = "name", mark: str = "") -> None:
    """As if the check had found this in the version, and the author had decided so about it."""
    finding = Finding(
        id="f1", kind=kind, channel="captions", span=None, time=None, severity=Weight.BLOCK,
        confidence=1.0, text=text, before="", after="", reason="", suggestion="", actions=(),
    )  # fmt: skip
    CheckReport.objects.filter(version=made.version_id).delete()
    row = CheckReport.objects.create(
        version_id=made.version_id,
        version_hash="0" * 64,
        sealed_ref=reports.seal(made.version_id, Report((finding,), ())),
        index=[["f1", kind, "block"]],
        created_at=clock.now(),
    )
    if mark:
        FindingMark.objects.create(
            report=row, finding_id="f1", kind=kind, severity="block", action=mark, at=clock.now()
        )


@pytest.mark.django_db
def test_an_author_sends_one_a_day_for_a_version_and_three_a_week_and_a_moderator_more(
    ana: Person, dev: Person
) -> None:
    first = a_public_post(ana)
    opened(ana, first)
    other = Words("Two puffs.", "I said one.", "", "I am sorry.")
    with pytest.raises(Conflict, match="within the last day"):
        opened(ana, first, words=other)
    opened(ana, first, Severity.NOTE, words=other)
    opened(dev, first, words=other)
    clock.advance(timedelta(days=1, seconds=1))
    opened(ana, first, words=other)
    opened(ana, a_public_post(ana, "Run"))
    fourth = a_public_post(ana, "Sleep")
    with pytest.raises(Conflict, match="3 notices within a week"):
        opened(ana, fourth)
    # Taking a video down waits for nobody.
    opened(ana, fourth, Severity.WITHDRAW)
    clock.advance(timedelta(days=8))
    opened(ana, a_public_post(ana, "Drink"))


@pytest.mark.parametrize(
    "text",
    [
        "Read more at https://ana.example/shop",
        "See www.ana.example.",
        "Write to ana@clinic.example",
        "https://doi.org.ana.example/10.1000/1",
    ],
)
def test_a_notice_links_to_sources_alone(text: str) -> None:
    for name in ("what_right", "what_wrong", "what_now", "apology"):
        values = {"what_right": "r", "what_wrong": "w", "what_now": "n", "apology": "a", name: text}
        wrong = rules.check(Severity.CORRECT, Words(**values), None)
        assert wrong is not None
        assert wrong.where == name
        assert "text and sources only" in wrong.what


def test_a_paper_and_an_authority_are_sources() -> None:
    text = "See https://doi.org/10.1000/182, and https://www.who.int/news (2 mg/kg, p.o.)."
    assert rules.check(Severity.CORRECT, Words("r", text, text, "a"), None) is None


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["Okafor", "ward 7b", "José"]))
def test_what_leaked_is_found_whatever_stands_around_it(before: str, after: str, leak: str) -> None:
    words = Words("Right.", f"{before} {leak.upper()}, {after}", "", "Sorry.")
    wrong = rules.restates(words, [leak, "", "  "])
    assert wrong is not None
    assert wrong.where == "what_wrong"
    assert rules.restates(Words("Okaforina", "award 7b", "", "Josette"), [leak]) is None


@pytest.mark.django_db
def test_a_notice_says_nothing_again_that_the_check_found_in_any_version(ana: Person) -> None:
    made = a_public_post(ana)
    found_in(made, "Okafor", mark="redacted")
    newer = a_newer_version(made)
    for text in ("Mr Okafor’s dose was wrong.", "It was about OKAFOR"):
        with pytest.raises(Invalid, match="Leave out “okafor”"):
            opened(ana, newer, words=Words("Two puffs.", text, "", "I am sorry."))
    assert not Notice.objects.exists()
    opened(ana, newer)


@pytest.mark.django_db
def test_what_its_author_decided_to_keep_may_be_said_unless_a_patient_could_be_recognised(
    ana: Person,
) -> None:
    made = a_public_post(ana)
    found_in(made, "Northside Clinic", kind="facility", mark="accepted")
    words = Words("Come to Northside Clinic.", "I said stay away.", "", "I am sorry.")
    with pytest.raises(Invalid, match="northside clinic"):
        opened(ana, made, Severity.WITHDRAW, words=words, privacy=True)
    # What was wrong with it is kept for the record and shown to nobody.
    kept = Words("Please do not share it.", "I named Northside Clinic.", "", "I am sorry.")
    opened(ana, made, Severity.WITHDRAW, words=kept, privacy=True)
    opened(ana, made, Severity.NOTE, words=words)
    found_in(made, "yesterday", kind="relative_date")
    opened(ana, made, Severity.NOTE, words=Words("It was published yesterday.", "", "", ""))


@pytest.mark.django_db
def test_a_notice_can_be_corrected_itself_and_who_gets_the_right_one_is_spared_the_wrong_one(
    ana: Person, ben: Person, cleo: Person
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo)
    wrong = opened(ana, made)
    actions.acknowledge(ben.actor, [wrong])
    better = Words("Take it with food.", "I said that it can be taken at any time.", "", "Sorry.")
    body = {"severity": "correct", "what_right": better.what_right, "corrects": str(wrong)}
    body |= {"what_wrong": better.what_wrong, "apology": better.apology}
    address = f"/api/v1/versions/{made.version_id}/notices"
    answer = client_for(ana).post(address, body, content_type="application/json")
    right = answer.json()["notice_id"]

    for person in (ben, cleo):
        assert [str(each.notice.id) for each in queries.owed(person.actor.viewers)] == [right]
    (owed,) = queries.owed(cleo.actor.viewers)
    actions.shown(cleo.actor, [owed.notice.id])
    assert actions.acknowledge(cleo.actor, [owed.notice.id]) is False
    proof = queries.proof(wrong)
    assert proof is not None
    assert proof.coverage.whole == Counts(acknowledged=2)
    page = client_for().get(f"/notices/{wrong}").content.decode()
    assert "This notice was wrong itself" in page
    assert f'href="/notices/{right}"' in page
    assert "an earlier notice" in client_for().get(f"/notices/{right}").content.decode()
    assert "Correct this notice" not in client_for(ben).get(f"/notices/{right}").content.decode()
    assert "Correct this notice" in client_for(ana).get(f"/notices/{right}").content.decode()


@pytest.mark.django_db
def test_only_a_notice_on_the_same_version_can_be_corrected(ana: Person) -> None:
    first, other = a_public_post(ana), a_public_post(ana, "Run")
    notice = opened(ana, first)
    with pytest.raises(Invalid, match="no such notice on this version"):
        opened(ana, other, corrects=notice)


@pytest.mark.django_db
def test_deleting_a_post_under_notice_is_a_withdrawal_and_the_notice_outlives_it(
    ana: Person, ben: Person, do_jobs: Callable[[], int]
) -> None:
    made = a_public_post(ana)
    served(made, ben)
    notice = opened(ana, made)
    posts.delete(made.post_id, ana.id)
    assert versions.version(made.version_id).state == "withdrawn"
    clock.advance(timedelta(minutes=3))
    do_jobs()
    assert [each.notice.id for each in queries.owed(ben.actor.viewers)] == [notice]
    gone = client_for().get(f"/v/{made.post_id}")
    assert gone.status_code == 410
    assert b"Keep taking it." in gone.content
    assert client_for().get(f"/notices/{notice}/proof.json").status_code == 200
