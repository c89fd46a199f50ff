"""People are told once, in words, and by mail where it matters."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people import Person, client_for
from wardcast.accounts import actions as accounts
from wardcast.notify import actions, kinds, queries
from wardcast.platform.ids import new_id

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    rows = list(queries.of(person.id).order_by("-pk"))
    return [each.text for each in queries.worded(rows)]


def test_the_same_event_is_told_once(ana: Person) -> None:
    event, post = new_id(), new_id()
    for _ in range(2):
        actions.tell(
            [ana.id], "published", subject=post, values={"title": "Washing hands"}, event_id=event
        )
    assert told(ana) == ["“Washing hands” is public."]


def test_without_an_event_the_same_words_are_told_once(ana: Person) -> None:
    post = new_id()
    for findings in (2, 2, 0):
        values = {"title": "Washing hands", "findings": findings}
        actions.tell([ana.id], "check_done", subject=post, values=values)
    assert told(ana) == [
        "The check of “Washing hands” is done: nothing to look at.",
        "The check of “Washing hands” is done: 2 things to look at.",
    ]


def test_a_clip_without_a_title_is_still_named(ana: Person) -> None:
    actions.tell([ana.id], "published", subject=new_id(), values={"title": ""})
    assert told(ana) == ["“Untitled clip” is public."]


def test_a_value_that_is_missing_is_noticed_when_it_is_told(ana: Person) -> None:
    with pytest.raises(LookupError, match="reason"):
        actions.tell([ana.id], "held", subject=new_id(), values={"title": "Washing hands"})


@pytest.mark.parametrize("kind", sorted(kinds.KINDS))
def test_every_kind_has_a_sentence_and_a_link(kind: str) -> None:
    needed = {name: 1 if name == "findings" else "x" for name in kinds.KINDS[kind].needs}
    sentence = kinds.sentence(kind, needed)
    assert sentence[-1] in ".x"
    assert "{" not in sentence + kinds.link(kind, new_id(), needed)


def like(person: Person, post: UUID, by: Person) -> None:
    values = {"title": "Washing hands", "who": by.name, "by": str(by.id)}
    actions.tell([person.id], "like", subject=post, values=values)


def test_likes_of_one_clip_are_one_line(ana: Person, ben: Person, cleo: Person) -> None:
    post = new_id()
    accounts.unfollow(ben.id, ana.id)
    actions.read_all(ana.id)
    for by in (ben, cleo, ben):
        like(ana, post, by)
    assert told(ana)[0] == "Cleo Costa and 1 other like “Washing hands”."
    assert queries.unread(ana.id) == 1


def test_likes_after_reading_begin_a_new_line(ana: Person, ben: Person, cleo: Person) -> None:
    post = new_id()
    like(ana, post, ben)
    actions.read_all(ana.id)
    like(ana, post, ben)
    assert queries.unread(ana.id) == 0
    like(ana, post, cleo)
    assert told(ana)[0] == "Cleo Costa likes “Washing hands”."
    assert queries.unread(ana.id) == 1


def test_a_new_follower_is_told_once_however_often_they_return(ana: Person, cleo: Person) -> None:
    for _ in range(2):
        accounts.follow(cleo.id, ana.id)
        accounts.unfollow(cleo.id, ana.id)
    assert told(ana) == ["Cleo Costa follows you now."]


def test_what_waits_for_someone_goes_out_by_mail_once(
    ines: Person, do_jobs: Callable[[], int]
) -> None:
    version = new_id()
    actions.tell(
        [ines.id], "attest_asked", subject=version, values={"title": "A knee", "author": "Dr Ana"}
    )
    do_jobs()
    do_jobs()
    (sent,) = mail.outbox
    assert sent.to == ["ines@example.org"]
    assert sent.subject.startswith("Wardcast: Dr Ana asks you to look at “A knee”")
    assert f"http://localhost:8000/attest/{version}" in sent.body


def test_what_was_read_meanwhile_is_not_mailed(ines: Person, do_jobs: Callable[[], int]) -> None:
    actions.tell(
        [ines.id], "held", subject=new_id(), values={"title": "A knee", "reason": "A name."}
    )
    actions.read_all(ines.id)
    do_jobs()
    assert mail.outbox == []


def test_small_things_are_not_mailed(ana: Person, do_jobs: Callable[[], int]) -> None:
    actions.tell([ana.id], "published", subject=new_id(), values={"title": "A knee"})
    do_jobs()
    assert mail.outbox == []


def test_the_inbox_is_paged_and_read_over_the_api(ana: Person) -> None:
    for number in range(35):
        actions.tell([ana.id], "published", subject=new_id(), values={"title": f"Clip {number}"})
    client = client_for(ana)
    first = client.get("/api/v1/notifications").json()
    assert first["unread"] == 35
    assert [each["text"] for each in first["items"][:2]] == [
        "“Clip 34” is public.",
        "“Clip 33” is public.",
    ]
    second = client.get("/api/v1/notifications", {"cursor": first["next"]}).json()
    assert len(first["items"]) + len(second["items"]) == 35
    assert second["next"] is None
    one = first["items"][0]["id"]
    answer = client.post(
        "/api/v1/notifications/read", {"ids": [one]}, content_type="application/json"
    )
    assert answer.json() == {"unread": 34}
    answer = client.post(
        "/api/v1/notifications/read", {"all": True}, content_type="application/json"
    )
    assert answer.json() == {"unread": 0}


def test_nobody_marks_what_others_were_told(ana: Person, cleo: Person) -> None:
    actions.tell([ana.id], "published", subject=new_id(), values={"title": "A knee"})
    row = queries.of(ana.id).get()
    actions.read(cleo.id, [row.pk])
    assert queries.unread(ana.id) == 1


def test_a_guest_has_no_inbox(eli: None, db: None) -> None:
    answer = client_for(eli).get("/api/v1/notifications")
    assert answer.status_code == 401
    assert answer.json()["code"] == "sign_in_first"


def test_telling_many_costs_no_more_queries_each(ana: Person, ben: Person, cleo: Person) -> None:
    def cost(people: list[UUID]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries_:
            actions.tell(people, "restored", subject=new_id(), values={"title": "A knee"})
        return len(queries_)

    assert cost([ana.id, ben.id, cleo.id]) <= 3 * cost([ana.id])


def test_a_person_learns_that_they_are_verified_and_that_they_no_longer_are(
    ada: Person, cleo: Person, do_jobs: Callable[[], int]
) -> None:
    accounts.verify(ada.id, cleo.id, "nurse", "", "diploma")
    accounts.revoke_credential(ada.id, cleo.id)
    assert [text.partition(".")[0] for text in told(cleo)] == [
        "You are no longer verified as a clinician here, so you cannot publish",
        "You are verified as nurse",
    ]
    do_jobs()
    assert {sent.to[0] for sent in mail.outbox} == {"cleo@example.org"}
    assert len(mail.outbox) == 2
