"""A list costs as many queries for many rows as for a few, and is given in pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from factories import a_draft, a_public_post
from people import Person, client_for
from wardcast.notify import actions as notify
from wardcast.posts import actions as posts
from wardcast.posts.rules import Gate
from wardcast.rehearsal import actions as rehearsal
from wardcast.rehearsal import queries as rehearsals
from wardcast.safety import actions as safety

pytestmark = pytest.mark.django_db

Count = Callable[..., Any]
ALONE = {"script", "captions", "cover", "storyboard", "sources"}
"""What of a post its own page shows and a list does not."""

MOST = 26
"""Queries that a list may cost, whoever asks and however many rows it has."""


def asked(client: Client, path: str, count: Count) -> dict[str, Any]:
    """What a list answers, and that it did so in few queries."""
    client.get(path)  # the first request of a browser also makes its viewer
    with count(MOST):
        answer = client.get(path)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def waiting_for(second: Person, author: Person, title: str) -> None:
    """A version that is checked, and that a second clinician is asked to look at."""
    version_id = posts.cut(a_draft(author, title))
    safety.examine(version_id)
    posts.clear(version_id, Gate.CHECK, "cleared", by=None)
    safety.attest(author.actor, version_id, ask=second.id)


def rehearsed_by(colleague: Person, author: Person, title: str) -> None:
    """A version of which a colleague is asked how it comes across."""
    version_id = posts.cut(a_draft(author, title))
    for gate in (Gate.CHECK, Gate.ATTESTATION):
        posts.clear(version_id, gate, "cleared", by=None)
    found = rehearsals.id_of(version_id)
    assert found is not None
    rehearsal.invite(author.actor, found, [colleague.id])


def one_of_each_kind(author: Person, colleague: Person, number: int) -> None:
    """A bare draft, two versions that wait for somebody, and a public post."""
    a_draft(author, f"Draft {number}")
    waiting_for(colleague, author, f"Attested {number}")
    rehearsed_by(colleague, author, f"Rehearsed {number}")
    a_public_post(author, f"Public {number}")


@pytest.mark.parametrize("each", [1, 4])
def test_the_studio_costs_the_same_for_few_posts_and_for_many(
    ana: Person, ines: Person, each: int, django_assert_max_num_queries: Count
) -> None:
    for number in range(each):
        one_of_each_kind(ana, ines, number)
    found = asked(client_for(ana), "/api/v1/studio/posts", django_assert_max_num_queries)
    assert len(found["items"]) == 4 * each
    awaited = [
        person["handle"]
        for item in found["items"]
        for step in item["way"]
        for person in step["awaited"]
    ]
    assert awaited == ["ines"] * 2 * each


def test_an_authors_list_says_of_a_post_what_its_page_says(ana: Person, ines: Person) -> None:
    one_of_each_kind(ana, ines, 0)
    client = client_for(ana)
    for item in client.get("/api/v1/studio/posts").json()["items"]:
        page = client.get(f"/api/v1/studio/posts/{item['id']}").json()
        assert {key: page[key] for key in item} == item
        assert page.keys() - item.keys() == ALONE


def test_the_studio_is_given_in_pages_without_gaps(ana: Person) -> None:
    made = [str(a_draft(ana, f"Draft {number}")) for number in range(43)]
    client, cursor = client_for(ana), ""
    sizes: list[int] = []
    seen: list[str] = []
    while cursor is not None:
        answer = client.get("/api/v1/studio/posts", {"cursor": cursor}).json()
        sizes.append(len(answer["items"]))
        seen += [each["id"] for each in answer["items"]]
        cursor = answer["next"]
    assert (sizes, seen) == ([20, 20, 3], made[::-1])


@pytest.mark.parametrize("cursor", ["nowhere", "2026-01-01~x", "2026-01-01T00:00:00+00:00~x", "~"])
def test_a_cursor_that_is_no_place_is_refused_in_words(ana: Person, cursor: str) -> None:
    answer = client_for(ana).get("/api/v1/studio/posts", {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")
    assert "Start again without a cursor." in answer.json()["detail"]


@pytest.mark.parametrize("many", [2, 12])
@pytest.mark.parametrize("state", ["public", "held"])
def test_a_moderators_list_costs_the_same_for_few_posts_and_for_many(
    ana: Person, dev: Person, many: int, state: str, django_assert_max_num_queries: Count
) -> None:
    for number in range(many):
        made = a_public_post(ana, f"Public {number}")
        if state == "held":
            posts.hold(made.post_id, dev.id, "A patient can be recognised.")
    path = f"/api/v1/console/posts?state={state}"
    found = asked(client_for(dev), path, django_assert_max_num_queries)
    assert len(found["items"]) == many


@pytest.mark.parametrize("many", [2, 12])
def test_duties_cost_the_same_for_few_and_for_many(
    ana: Person, ines: Person, many: int, django_assert_max_num_queries: Count
) -> None:
    for number in range(many):
        waiting_for(ines, ana, f"Attested {number}")
        rehearsed_by(ines, ana, f"Rehearsed {number}")
    found = asked(client_for(ines), "/api/v1/duties", django_assert_max_num_queries)
    assert (len(found["attest"]), len(found["rehearse"])) == (many, many)


@pytest.mark.parametrize("many", [2, 12])
def test_an_inbox_and_a_page_cost_the_same_for_few_and_for_many(
    ana: Person, ben: Person, many: int, django_assert_max_num_queries: Count
) -> None:
    for number in range(many):
        made = a_public_post(ana, f"Public {number}")
        words = {"who": "Ana", "title": f"Public {number}"}
        notify.tell([ben.id], "comment", subject=made.post_id, values=words)
    inbox = asked(client_for(ben), "/api/v1/notifications", django_assert_max_num_queries)
    assert len(inbox["items"]) == many
    page = asked(client_for(ben), "/api/v1/people/ana", django_assert_max_num_queries)
    assert len(page["posts"]) == many
