"""What likes promise."""

from pathlib import Path
from uuid import UUID

import pytest

from at_once import at_once
from factories import a_public_post
from people import Person, client_for, make
from wardcast.accounts import actions as accounts
from wardcast.conversation import actions, queries
from wardcast.notify import queries as notify
from wardcast.platform import ids
from wardcast.platform.http import Denied

pytestmark = pytest.mark.django_db


@pytest.fixture
def clip(ana: Person) -> UUID:
    return a_public_post(ana, "Wash your hands").post_id


def told(person: Person) -> list[str]:
    return [each.text for each in notify.worded(list(notify.of(person.id).order_by("pk")))]


def test_liking_twice_is_liking_once_and_a_like_can_be_taken_back(clip: UUID, ben: Person) -> None:
    browser = client_for(ben)
    address = f"/api/v1/posts/{clip}/like"
    assert browser.post(address).json() == {"likes": 1}
    assert browser.post(address).json() == {"likes": 1}
    assert queries.mine(ben.id, [clip]) == {clip}
    assert browser.delete(address).json() == {"likes": 0}
    assert browser.delete(address).json() == {"likes": 0}
    assert queries.mine(ben.id, [clip]) == set()


def test_a_guest_is_asked_to_sign_in(clip: UUID, eli: None) -> None:
    response = client_for(eli).post(f"/api/v1/posts/{clip}/like")
    assert response.status_code == 401
    assert response.json()["code"] == "sign_in_first"
    assert queries.mine(None, [clip]) == set()


def test_nobody_likes_what_is_not_there(ben: Person) -> None:
    response = client_for(ben).post(f"/api/v1/posts/{ids.new_id()}/like")
    assert response.status_code == 404


def test_a_block_holds_both_ways(clip: UUID, ana: Person, ben: Person, cleo: Person) -> None:
    accounts.block(ana.id, ben.id)
    accounts.block(cleo.id, ana.id)
    for person in (ben, cleo):
        with pytest.raises(Denied):
            actions.like(person.actor, clip)
    assert queries.counts([clip])[clip].likes == 0


def test_the_author_hears_of_likes_once_and_grouped_and_never_of_their_own(
    clip: UUID, ana: Person, ben: Person, cleo: Person
) -> None:
    before = len(told(ana))
    actions.like(ana.actor, clip)
    assert len(told(ana)) == before
    for person in (ben, cleo):
        actions.like(person.actor, clip)
        actions.unlike(person.actor, clip)
        actions.like(person.actor, clip)
    assert told(ana)[before:] == ["Cleo Costa and 1 other like “Wash your hands”."]


def test_a_feed_asks_once_for_a_whole_page(
    ana: Person, ben: Person, django_assert_num_queries: "object"
) -> None:
    clips = [a_public_post(ana).post_id for _ in range(5)]
    actions.like(ben.actor, clips[0])
    with django_assert_num_queries(1):  # type: ignore[operator]
        counts = queries.counts(clips)
    with django_assert_num_queries(1):  # type: ignore[operator]
        mine = queries.mine(ben.id, clips)
    assert [counts[each].likes for each in clips] == [1, 0, 0, 0, 0]
    assert mine == {clips[0]}


_LIKE = """
from uuid import UUID
from wardcast.accounts import queries
from wardcast.conversation import actions
people = {people}
actor = queries.actor_of(UUID(people[number % len(people)]))
actions.like(actor, UUID("{clip}"))
"""
_COUNT = """
from uuid import UUID
from wardcast.conversation import queries
print(queries.counts([UUID("{clip}")])[UUID("{clip}")].likes)
"""


@pytest.mark.django_db(transaction=True)
def test_people_who_like_at_the_same_moment_are_all_counted_once(
    clip: UUID, tmp_path: Path
) -> None:
    people = [str(make(f"viewer_{number}").id) for number in range(6)]
    said = at_once(tmp_path, 12, _LIKE.format(people=people, clip=clip), _COUNT.format(clip=clip))
    assert said == ["6"]
