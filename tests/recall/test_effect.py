"""Some who read a correction are asked once, later; nobody keeps what they said."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client

from factories import Made, a_public_post
from people import Person, client_for, make
from wardcast.accounts import viewers
from wardcast.platform import clock, config
from wardcast.platform.http import Invalid
from wardcast.posts import lineage
from wardcast.recall import actions, asking, effect, ledger, log
from wardcast.recall.asking import Question
from wardcast.recall.ledger import Exposed
from wardcast.recall.models import Asked, Effect, Notice
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")
OWN = Question("Two puffs each morning.", ("Stop it in winter.", "One puff a week."))
LATER = timedelta(hours=9)
Hosts = Callable[[float, int], None]


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hosts]:
    """Sets how large a part is asked, and how many at most."""

    def lays_down(share: float, most: int) -> None:
        monkeypatch.setenv("WARDCAST_CHECK_SHARE", str(share))
        monkeypatch.setenv("WARDCAST_CHECK_MOST", str(most))
        config.current.cache_clear()

    lays_down(1, 400)
    yield lays_down
    monkeypatch.undo()
    config.current.cache_clear()


def served(made: Made, *people: Person) -> None:
    for person in people:
        number = viewers.of_account(person.id)
        ledger.record([Exposed(made.serial, number, ledger.SERVED, clock.now())])


def sealed(made: Made, severity: Severity = Severity.CORRECT, **more: Any) -> UUID:
    notice = actions.open_notice(made.author.actor, made.version_id, severity, WORDS, **more)
    clock.advance(timedelta(minutes=3))
    actions.seal(notice)
    return notice


def read_by(notice: UUID, *people: Person) -> None:
    for person in people:
        actions.acknowledge(person.actor, [notice])


def asked_of(client: Client) -> dict[str, Any] | None:
    found: dict[str, Any] | None = client.get("/api/v1/questions/next").json()["question"]
    return found


def tell(client: Client, what: str, **body: Any) -> Any:
    return client.post(f"/api/v1/questions/{what}", body, content_type="application/json")


def answers(client: Client, right: str = WORDS.what_right, *, rightly: bool = True) -> Any:
    question = asked_of(client)
    assert question is not None
    assert tell(client, "shown", notice_id=question["notice_id"]).status_code == 200
    places = [n for n, each in enumerate(question["choices"]) if (each == right) is rightly]
    return tell(client, "answer", notice_id=question["notice_id"], choice=places[0])


def watched_below(author: Person, other: Person, viewer: Person) -> tuple[Made, Made]:
    """A post and another that holds a part of it, which the viewer has watched."""
    made, derived = a_public_post(author), a_public_post(other)
    lineage.add(other.actor, derived.post_id, made.post_id, (0, 500), None)
    clock.advance(timedelta(seconds=1))
    served(derived, viewer)
    return made, derived


def read_below(derived: Made, viewer: Person) -> Notice:
    """The notice that was passed along, once the viewer has read it and hours have gone by."""
    below = Notice.objects.get(version_id=derived.version_id)
    actions.seal(below.pk)
    read_by(below.pk, viewer)
    clock.advance(LATER)
    return below


def test_who_read_it_is_asked_hours_later_once_and_learns_what_is_right(
    ana: Person, ben: Person, host: Hosts
) -> None:
    made = a_public_post(ana)
    served(made, ben)
    notice = sealed(made, question=OWN)
    client = client_for(ben)
    assert asked_of(client) is None
    read_by(notice, ben)
    clock.advance(timedelta(hours=7))
    assert asked_of(client) is None
    clock.advance(timedelta(hours=2))
    question = asked_of(client)
    assert question is not None
    assert question == asked_of(client)
    assert sorted(question["choices"]) == sorted(OWN.statements)
    answer = answers(client, OWN.right, rightly=False)
    assert answer.json() == {"right": False, "what_right": OWN.right}
    assert asked_of(client) is None
    again = tell(client, "answer", notice_id=str(notice), choice=0)
    assert (again.status_code, again.json()["code"]) == (409, "not_asked")
    assert effect.result(notice) == asking.Arrived(asked=1, answered=1, right=0)


def test_where_it_was_passed_along_the_same_is_asked(
    ana: Person, ines: Person, ben: Person, host: Hosts
) -> None:
    made, derived = watched_below(ana, ines, ben)
    sealed(made, question=OWN)
    below = read_below(derived, ben)
    question = asked_of(client_for(ben))
    assert question is not None
    assert question["notice_id"] == str(below.pk)
    assert sorted(question["choices"]) == sorted(OWN.statements)


def test_of_what_was_withdrawn_nobody_is_asked_where_it_was_passed_along(
    ana: Person, ines: Person, ben: Person, host: Hosts
) -> None:
    made, derived = watched_below(ana, ines, ben)
    sealed(made, Severity.WITHDRAW)
    below = read_below(derived, ben)
    assert below.severity == Severity.CORRECT
    assert asked_of(client_for(ben)) is None


def test_without_the_authors_words_the_notice_asks_by_its_own(
    ana: Person, ben: Person, host: Hosts
) -> None:
    made = a_public_post(ana)
    served(made, ben)
    notice = sealed(made)
    read_by(notice, ben)
    clock.advance(LATER)
    question = asked_of(client_for(ben))
    assert question is not None
    assert sorted(question["choices"]) == sorted([WORDS.what_right, WORDS.what_wrong])


def test_who_leaves_it_out_or_does_not_answer_is_never_asked_again(
    ana: Person, ben: Person, cleo: Person, host: Hosts
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo)
    notice = sealed(made)
    read_by(notice, ben, cleo)
    clock.advance(LATER)
    for person in (ben, cleo):
        tell(client_for(person), "shown", notice_id=str(notice))
    skipped = tell(client_for(ben), "answer", notice_id=str(notice), choice=None)
    assert skipped.json() == {"right": None, "what_right": WORDS.what_right}
    clock.advance(timedelta(days=1))
    assert asked_of(client_for(ben)) is None
    assert asked_of(client_for(cleo)) is None
    assert effect.result(notice) == asking.Arrived(asked=2, answered=0, right=0)


def test_a_guest_is_asked_too(ana: Person, host: Hosts) -> None:
    made = a_public_post(ana)
    guest, other = client_for(), client_for()
    assert guest.get(f"/v/{made.post_id}").status_code == 200
    notice = sealed(made)
    assert guest.post("/notices/read", {"id": str(notice), "next": "/"}).status_code == 302
    clock.advance(LATER)
    assert answers(guest).json()["right"] is True
    assert asked_of(other) is None
    assert tell(other, "answer", notice_id=str(notice), choice=0).status_code == 409


def test_nobody_keeps_what_somebody_answered(
    ana: Person, ben: Person, cleo: Person, host: Hosts
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo)
    notice = sealed(made)
    read_by(notice, ben, cleo)
    clock.advance(LATER)
    answers(client_for(ben))
    answers(client_for(cleo), rightly=False)
    rows = list(Asked.objects.order_by("viewer").values())
    assert [sorted(each) for each in rows] == [["done", "notice_id", "viewer"]] * 2
    assert rows[0] | {"viewer": 0} == rows[1] | {"viewer": 0}
    # No other table of the room has a row by viewer that the answers changed.
    by_viewer = {m.__name__ for m in apps.get_app_config("recall").get_models()
                 if any(f.name == "viewer" for f in m._meta.get_fields())}  # fmt: skip
    assert by_viewer == {
        "Exposure", "History", "Receipt", "Reminder", "Knock", "Asked",
    }  # fmt: skip
    actions.erase(ben.actor.viewers)
    assert not Asked.objects.filter(viewer__in=list(ben.actor.viewers)).exists()
    assert effect.result(notice) == asking.Arrived(asked=2, answered=2, right=1)


def test_whom_to_ask_follows_from_the_log_and_nobody_else_is_asked(
    ana: Person, host: Hosts
) -> None:
    host(0.5, 400)
    made = a_public_post(ana)
    people = [make(f"person{each}") for each in range(24)]
    served(made, *people)
    notice = sealed(made)
    read_by(notice, *people)
    clock.advance(LATER)
    seal, bar = log.seal_of(notice), Effect.objects.get(pk=notice).bar
    drawn = {each for each in seal.leaves if asking.ticket(seal.root, each) < bar}
    got = {
        log.pseudonym(notice, viewers.of_account(each.id))
        for each in people
        if effect.next_of(each.actor)
    }
    assert got == drawn
    assert 0 < len(drawn) < 24


def test_the_host_says_how_many_at_most_and_may_ask_nobody(ana: Person, host: Hosts) -> None:
    people = [make(f"person{each}") for each in range(9)]
    few, none = a_public_post(ana), a_public_post(ana)
    served(few, *people)
    served(none, *people)
    host(1, 4)
    first = sealed(few)
    host(0, 4)
    second = sealed(none)
    read_by(first, *people)
    read_by(second, *people)
    clock.advance(LATER)
    found = [effect.next_of(each.actor) for each in people]
    assert [each.notice_id for each in found if each] == [first] * 4


@pytest.mark.parametrize(
    ("severity", "more"),
    [(Severity.WITHDRAW, {}), (Severity.CORRECT, {"privacy": True}), (Severity.NOTE, {})],
)
def test_of_a_withdrawal_or_a_leak_nobody_is_asked(
    ana: Person, ben: Person, host: Hosts, severity: Severity, more: dict[str, bool]
) -> None:
    made = a_public_post(ana)
    served(made, ben)
    with pytest.raises(Invalid, match="Leave the question out"):
        sealed(made, severity, question=OWN, **more)
    if severity.is_owed:
        notice = sealed(made, severity, **more)
        read_by(notice, ben)
        clock.advance(LATER)
        assert effect.next_of(ben.actor) is None
        assert effect.result(notice) is None


def test_a_question_is_no_place_for_a_link_and_comes_through_the_api(
    ana: Person, host: Hosts
) -> None:
    made = a_public_post(ana)
    body = {
        "severity": "correct",
        "what_right": WORDS.what_right,
        "what_wrong": WORDS.what_wrong,
        "apology": WORDS.apology,
        "question": {"right": "Buy it at https://shop.example", "wrong": ["Stop it."]},
    }
    address = f"/api/v1/versions/{made.version_id}/notices"
    refused = client_for(ana).post(address, body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_question")
    body["question"] = {"right": "Take it.", "wrong": ["Stop it."]}
    opened = client_for(ana).post(address, body, content_type="application/json")
    assert opened.status_code == 200, opened.content


def test_of_a_notice_that_was_wrong_itself_nobody_is_asked(
    ana: Person, ben: Person, dev: Person, host: Hosts
) -> None:
    made = a_public_post(ana)
    served(made, ben)
    wrong = sealed(made)
    read_by(wrong, ben)
    mended = Words("Take half of it.", "I said keep taking it.", "", "I am sorry.")
    actions.open_notice(dev.actor, made.version_id, Severity.CORRECT, mended, corrects=wrong)
    clock.advance(LATER)
    assert effect.next_of(ben.actor) is None


def test_the_proof_says_how_many_answered_rightly_once_they_are_enough(
    ana: Person, host: Hosts
) -> None:
    made = a_public_post(ana)
    people = [make(f"person{each}") for each in range(12)]
    served(made, *people)
    notice = sealed(made)
    read_by(notice, *people)
    clock.advance(LATER)
    for each in people[:9]:
        answers(client_for(each))
    page = client_for().get(f"/notices/{notice}/coverage").content.decode()
    assert "That is too few to tell." in page
    told = client_for().get(f"/notices/{notice}/coverage.json").json()["effectiveness"]
    assert told == {"asked": 9, "answered": 9, "right": None, "wilson_95": None}
    for each in people[9:]:
        answers(client_for(each), rightly=False)
    page = client_for().get(f"/notices/{notice}/coverage").content.decode()
    assert "too few" not in page
    assert "<b>75 %</b> answered rightly" in page
    assert "between 46 and 92 %" in page
    told = client_for().get(f"/notices/{notice}/coverage.json").json()["effectiveness"]
    assert (told["asked"], told["answered"], told["right"]) == (12, 12, 9)
    assert told["wilson_95"] == pytest.approx([0.4677, 0.9111], abs=1e-3)
