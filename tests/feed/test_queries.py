"""A feed holds what one may watch and has not seen, ends by itself, and tells why."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection

from factories import a_cleared_post, a_newer_version, a_public_post
from feed.listing import NOW, listed
from people import Person, client_for
from wardcast.accounts import actions as accounts
from wardcast.accounts import queries as people
from wardcast.feed import actions, queries, rules
from wardcast.feed.models import Candidate
from wardcast.platform.http import Invalid
from wardcast.platform.ids import new_id
from wardcast.platform.policy import Actor
from wardcast.posts import actions as versions
from wardcast.posts.events import PostDeleted, PostHeld, PostRestored, VersionWithdrawn

pytestmark = pytest.mark.django_db
GUEST = Actor(viewer=90, viewers=frozenset({90}))


def session(actor: Actor, size: int = 10, kind: queries.Kind = "for_you") -> Iterator[queries.Page]:
    """The pages of one session, to its end."""
    cursor = ""
    while True:
        page = queries.page(actor, kind, cursor, size, now=NOW)
        yield page
        if page.next is None:
            return
        cursor = page.next


def posts(page: queries.Page) -> list[UUID]:
    return [item.post_id for item in page.items]


def test_a_session_shows_everything_once_and_ends(ana: Person, ines: Person) -> None:
    made = {listed(author.id, days_old=d).post_id for d in range(12) for author in (ana, ines)}
    pages = list(session(GUEST))
    shown = [post for page in pages for post in posts(page)]
    assert [len(page.items) for page in pages] == [10, 10, 4]
    assert len(shown) == len(set(shown))
    assert set(shown) == made


def test_a_session_is_finite_however_much_there_is(ana: Person) -> None:
    for day in range(rules.SESSION + 15):
        listed(ana.id, days_old=day)
    assert sum(len(page.items) for page in session(GUEST, 20)) == rules.SESSION


def test_what_was_seen_does_not_come_back(ana: Person) -> None:
    old, new = listed(ana.id, days_old=2), listed(ana.id)
    actions.remember_seen(90, [new.post_number])
    actions.remember_seen(90, [new.post_number])
    assert posts(queries.page(GUEST, "for_you", now=NOW)) == [old.post_id]
    both = replace(GUEST, viewers=frozenset({90, 91}))
    actions.remember_seen(91, [old.post_number])
    assert posts(queries.page(both, "for_you", now=NOW)) == []


def test_nobody_is_shown_their_own_clips(ana: Person) -> None:
    listed(ana.id)
    assert posts(queries.page(ana.actor, "for_you", now=NOW)) == []


def test_a_block_holds_either_way(ana: Person, ben: Person, cleo: Person) -> None:
    listed(ana.id)
    accounts.block(ana.id, ben.id)
    accounts.block(cleo.id, ana.id)
    for person in (ben, cleo):
        for kind in ("for_you", "following"):
            assert posts(queries.page(person.actor, kind, now=NOW)) == []


def test_a_held_post_leaves_every_feed_and_comes_back_when_it_is_restored(
    ana: Person, ben: Person, dev: Person
) -> None:
    event = listed(ana.id)
    ids = {"post_id": event.post_id, "author_id": ana.id, "by": dev.id}
    actions.close_held(PostHeld(reason="look again", **ids))
    assert posts(queries.page(ben.actor, "for_you", now=NOW)) == []
    assert posts(queries.page(ben.actor, "following", now=NOW)) == []
    assert queries.item(event.post_id) is None
    actions.reopen(PostRestored(public=False, **ids))
    assert posts(queries.page(ben.actor, "for_you", now=NOW)) == []
    actions.reopen(PostRestored(public=True, **ids))
    assert posts(queries.page(ben.actor, "for_you", now=NOW)) == [event.post_id]


def test_a_newer_version_takes_the_place_of_the_older(ana: Person) -> None:
    old = listed(ana.id, days_old=3)
    new = listed(ana.id, post_id=old.post_id, number=old.post_number)
    withdrawn = VersionWithdrawn(
        post_id=old.post_id, version_id=old.version_id, author_id=ana.id, because="replaced"
    )
    actions.close_withdrawn(withdrawn)
    (item,) = queries.page(GUEST, "for_you", now=NOW).items
    assert item.version_id == new.version_id
    assert Candidate.objects.get().published_at == round(old.published_at.timestamp() * 1000)
    actions.close_withdrawn(replace(withdrawn, version_id=new.version_id))
    assert posts(queries.page(GUEST, "for_you", now=NOW)) == []


def test_a_reach_of_nought_stops_the_feeds_and_leaves_access_as_it_is(
    ana: Person, ben: Person
) -> None:
    made = a_public_post(ana)
    both = ["for_you", "following"]
    watch, play = f"/api/v1/posts/{made.post_id}", f"/v/{made.post_id}"

    def shown_in() -> list[str]:
        kinds: tuple[queries.Kind, ...] = ("for_you", "following")
        return [kind for kind in kinds if posts(queries.page(ben.actor, kind))]

    for reach, feeds in ((0, []), (30, both), (0, []), (None, both)):
        versions.set_reach(made.version_id, reach)
        assert shown_in() == feeds
        client = client_for(ben)
        assert [client.get(each).status_code for each in (watch, play)] == [200, 200]


def test_a_mended_version_has_a_reach_of_its_own(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    versions.set_reach(made.version_id, 0)
    a_newer_version(made)
    assert posts(queries.page(ben.actor, "for_you")) == [made.post_id]
    versions.set_reach(made.version_id, 0)
    assert posts(queries.page(ben.actor, "for_you")) == [made.post_id]


def test_what_was_stopped_before_it_is_public_stays_out_of_the_feeds(
    ana: Person, ben: Person
) -> None:
    made = a_cleared_post(ana)
    versions.set_reach(made.version_id, 0)
    versions.publish(made.version_id, ana.id)
    assert posts(queries.page(ben.actor, "for_you")) == []
    assert queries.item(made.post_id) is not None


def test_a_deleted_post_is_forgotten(ana: Person) -> None:
    event = listed(ana.id)
    actions.forget(PostDeleted(post_id=event.post_id, author_id=ana.id, version_ids=()))
    assert not Candidate.objects.exists()


def test_following_is_chronological_and_reads_no_history(
    ana: Person, ben: Person, ines: Person
) -> None:
    made = [listed(ana.id, days_old=day) for day in (3, 1, 2)]
    listed(ines.id)
    actions.remember_seen(ben.actor.viewer or 0, [each.post_number for each in made])
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE feed_seen")
    pages = list(session(ben.actor, 2, "following"))
    shown = [post for page in pages for post in posts(page)]
    assert shown == [made[1].post_id, made[2].post_id, made[0].post_id]
    assert {item.reason for page in pages for item in page.items} == {"follow"}


def test_following_is_empty_for_a_guest(ana: Person) -> None:
    listed(ana.id)
    assert queries.page(GUEST, "following") == queries.Page((), None)


def test_followers_only_clips_come_to_followers_alone(
    ana: Person, ben: Person, cleo: Person
) -> None:
    event = listed(ana.id, visibility="followers")
    listed(ana.id, visibility="unlisted")
    assert posts(queries.page(ben.actor, "for_you", now=NOW)) == [event.post_id]
    assert posts(queries.page(ben.actor, "following", now=NOW)) == [event.post_id]
    assert posts(queries.page(cleo.actor, "for_you", now=NOW)) == []
    assert posts(queries.page(GUEST, "for_you", now=NOW)) == []


def test_the_reason_is_told(ana: Person, ben: Person, ines: Person, cleo: Person) -> None:
    followed = listed(ana.id, days_old=20)
    fresh = listed(ines.id)
    liked = listed(cleo.id, days_old=30)
    actions.recount(liked.post_id, 40)
    quiet = listed(ines.id, days_old=30)
    page = queries.page(ben.actor, "for_you", now=NOW)
    assert {item.post_id: item.reason for item in page.items} == {
        followed.post_id: "follow",
        fresh.post_id: "fresh",
        liked.post_id: "liked",
        quiet.post_id: "unseen",
    }
    assert people.follows(ben.id) == page.followed


def test_likes_bring_a_clip_forward(ana: Person, ines: Person) -> None:
    plain = listed(ana.id, days_old=10)
    loved = listed(ines.id, days_old=10)
    actions.recount(loved.post_id, 100)
    actions.recount(new_id(), 100)
    assert posts(queries.page(GUEST, "for_you", now=NOW)) == [loved.post_id, plain.post_id]


def test_what_is_shown_already_is_left_out(ana: Person) -> None:
    first, second = listed(ana.id), listed(ana.id)
    page = queries.page(GUEST, "for_you", now=NOW, without=[first.post_number])
    assert posts(page) == [second.post_id]


@pytest.mark.parametrize("kind", ["for_you", "following"])
@pytest.mark.parametrize("cursor", ["?", "-1.2", "9" * 50 + ".1", "ä", "AAA", "1.", "0x1.2"])
def test_a_wrong_cursor_is_refused_in_plain_words(
    kind: queries.Kind, cursor: str, ben: Person
) -> None:
    with pytest.raises(Invalid, match="not a place in this feed"):
        queries.page(ben.actor, kind, cursor)


def test_a_page_takes_few_statements(
    ana: Person, ben: Person, django_assert_max_num_queries: object
) -> None:
    for day in range(30):
        listed(ana.id, days_old=day)
    actor = ben.actor
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        queries.page(actor, "for_you", now=NOW)
