"""What comments promise."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from at_once import at_once
from factories import a_public_post
from people import Person, client_for, make
from wardcast.accounts import actions as accounts
from wardcast.conversation import actions, queries, rules
from wardcast.conversation.models import Comment
from wardcast.notify import queries as notify
from wardcast.platform import clock, ids
from wardcast.platform.http import Denied, TooMany
from wardcast.platform.models import AuditEntry
from wardcast.platform.policy import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def clip(ana: Person) -> UUID:
    return a_public_post(ana, "Wash your hands").post_id


def write(person: Person, clip: UUID, text: str) -> UUID:
    row, _ = actions.comment(person.actor, clip, text)
    return row.pk


def texts(actor: Actor, clip: UUID) -> list[str]:
    return [row.text for row in queries.comments(actor, clip).order_by("-pk")]


def test_a_comment_is_there_for_everyone_newest_first(clip: UUID, ben: Person, eli: None) -> None:
    browser = client_for(ben)
    address = f"/api/v1/posts/{clip}/comments"
    for text in ("  First.  ", "Second."):
        response = browser.post(address, {"text": text}, "application/json")
        assert response.status_code == 201
    item = response.json()
    assert item["author"]["handle"] == "ben"
    assert (item["text"], item["mine"], item["removable"]) == ("Second.", True, True)
    seen = client_for(eli).get(address).json()
    assert [each["text"] for each in seen["items"]] == ["Second.", "First."]
    assert [each["mine"] for each in seen["items"]] == [False, False]
    assert seen["next"] is None
    assert queries.counts([clip])[clip].comments == 2


def test_many_comments_come_in_pages_without_a_gap_or_a_repeat(clip: UUID, ben: Person) -> None:
    for number in range(25):
        write(ben, clip, f"Comment {number}")
    browser, address = client_for(ben), f"/api/v1/posts/{clip}/comments"
    first = browser.get(address).json()
    write(ben, clip, "One more meanwhile")
    second = browser.get(address, {"cursor": first["next"]}).json()
    seen = [each["text"] for each in (*first["items"], *second["items"])]
    assert seen == [f"Comment {number}" for number in reversed(range(25))]
    assert second["next"] is None
    assert browser.get(address, {"cursor": "yesterday"}).json()["code"] == "bad_cursor"


@pytest.mark.parametrize(
    ("text", "code"), [("x" * 10_000, "comment_too_long"), (" \n\t ", "comment_empty")]
)
def test_a_comment_that_cannot_be_taken_says_why_and_nothing_stays(
    clip: UUID, ben: Person, text: str, code: str
) -> None:
    response = client_for(ben).post(
        f"/api/v1/posts/{clip}/comments", {"text": text}, "application/json"
    )
    assert (response.status_code, response.json()["code"]) == (422, code)
    if code == "comment_too_long":
        body = response.json()
        assert (body["limit"], body["length"]) == (2000, 10_000)
        assert "2,000" in body["detail"]
        assert "10,000" in body["detail"]
    assert not Comment.objects.exists()
    assert queries.counts([clip])[clip].comments == 0


def test_a_second_press_answers_with_the_first_comment(clip: UUID, ben: Person) -> None:
    browser, address = client_for(ben), f"/api/v1/posts/{clip}/comments"
    first, second = (
        browser.post(address, {"text": "Thank you."}, "application/json") for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    clock.advance(timedelta(seconds=11))
    third = browser.post(address, {"text": "Thank you."}, "application/json")
    assert third.status_code == 201
    assert queries.counts([clip])[clip].comments == 2


_PRESS = """
from uuid import UUID
from wardcast.accounts import queries
from wardcast.conversation import actions
_, new = actions.comment(queries.actor_of(UUID("{person}")), UUID("{clip}"), "Thank you.")
print("new" if new else "there already")
"""


@pytest.mark.django_db(transaction=True)
def test_presses_at_the_same_moment_are_one_comment(
    clip: UUID, ben: Person, tmp_path: Path
) -> None:
    said = at_once(tmp_path, 5, _PRESS.format(person=ben.id, clip=clip))
    assert sorted(said) == ["new", *["there already"] * 4]


def test_who_comments_too_often_is_asked_to_wait(clip: UUID, ben: Person, cleo: Person) -> None:
    for number in range(rules.PER_WINDOW):
        write(ben, clip, f"Comment {number}")
    with pytest.raises(TooMany):
        write(ben, clip, "One too many")
    write(cleo, clip, "I am not disturbed.")
    clock.advance(timedelta(seconds=rules.WINDOW_SECONDS))
    write(ben, clip, "Later it works again.")


def test_a_block_holds_both_ways(clip: UUID, ana: Person, ben: Person, cleo: Person) -> None:
    write(ben, clip, "Said before")
    accounts.block(ana.id, ben.id)
    with pytest.raises(Denied):
        write(ben, clip, "Said after")
    assert texts(ana.actor, clip) == []  # she no longer reads him
    assert texts(cleo.actor, clip) == ["Said before"]


def test_who_wrote_it_the_clips_author_and_a_moderator_may_remove_a_comment(
    clip: UUID, ana: Person, ben: Person, cleo: Person, dev: Person
) -> None:
    for remover in (ben, ana, dev):
        comment = write(ben, clip, f"To be removed by {remover.handle}")
        response = client_for(cleo).delete(f"/api/v1/comments/{comment}")
        assert response.status_code == 403
        response = client_for(remover).delete(f"/api/v1/comments/{comment}")
        assert response.status_code == 200
        row = Comment.objects.get(pk=comment)
        assert row.deleted_by == remover.id
        assert AuditEntry.objects.filter(verb="remove", object_id=comment, by=remover.id).exists()
    assert texts(cleo.actor, clip) == []
    assert queries.counts([clip])[clip].comments == 0


def test_a_removed_comment_is_removed_once(clip: UUID, ben: Person) -> None:
    comment = write(ben, clip, "Gone soon")
    browser = client_for(ben)
    assert browser.delete(f"/api/v1/comments/{comment}").status_code == 200
    assert browser.delete(f"/api/v1/comments/{comment}").status_code == 404
    assert browser.delete(f"/api/v1/comments/{ids.new_id()}").status_code == 404
    assert queries.counts([clip])[clip].comments == 0


def test_the_author_hears_of_a_comment_and_never_of_their_own(
    clip: UUID, ana: Person, ben: Person
) -> None:
    before = notify.unread(ana.id)
    write(ana, clip, "Ask me anything.")
    assert notify.unread(ana.id) == before
    write(ben, clip, "Thank you.")
    (said,) = notify.worded(list(notify.of(ana.id).filter(kind="comment")))
    assert said.text == "Ben Bauer wrote a comment on “Wash your hands”."
    assert said.link == f"/p/{clip}"


def test_a_page_of_comments_takes_the_same_few_queries_however_many_wrote(
    clip: UUID, ben: Person, django_assert_max_num_queries: "object"
) -> None:
    for number in range(8):
        write(make(f"viewer_{number}"), clip, "Thank you.")
    actor = ben.actor
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        queries.views(actor, queries.comments(actor, clip))
