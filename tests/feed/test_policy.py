"""The feed's fast filter and the policy never disagree."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import Made, a_public_post
from people import Person
from wardcast.accounts import actions as accounts
from wardcast.accounts.models import Block, Follow
from wardcast.feed import queries
from wardcast.feed.models import Candidate
from wardcast.platform import policy
from wardcast.platform.policy import Actor
from wardcast.posts import actions as posts
from wardcast.posts import queries as versions
from wardcast.posts.models import Post

pytestmark = pytest.mark.django_db


def listed(actor: Actor) -> set[object]:
    """What the policy lets an actor watch, less what is to be had by its address alone."""
    found = policy.scope(actor, "watch", "posts.post").exclude(visibility="unlisted")
    return set(found.values_list("pk", flat=True))


steps = st.lists(
    st.tuples(
        st.sampled_from(["follow", "unfollow", "block", "unblock", "hold", "restore", "withdraw"]),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=12,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
@given(steps)
def test_a_feed_holds_exactly_what_the_policy_lets_one_watch(
    ana: Person, ben: Person, ines: Person, dev: Person, history: list[tuple[str, int, int]]
) -> None:
    cast = [ana, ines, ben, dev]
    Follow.objects.all().delete()
    Block.objects.all().delete()
    made = _made(ana, ines)
    for what, one, other in history:
        _do(what, cast[one], cast[other], made[other % len(made)], dev)
    for actor in (Actor(), Actor(viewer=1, viewers=frozenset({1})), *(p.actor for p in cast)):
        assert queries.watchable(actor) == listed(actor)


def _do(what: str, one: Person, other: Person, post: Made, moderator: Person) -> None:
    if what in ("follow", "block") and one.id == other.id:
        return
    if what == "follow":
        if not Block.objects.exists():
            accounts.follow(one.id, other.id)
    elif what in ("unfollow", "block", "unblock"):
        getattr(accounts, what)(one.id, other.id)
    elif what == "withdraw":
        posts.withdraw(post.version_id, because="It was wrong.")
    elif what == "hold" and versions.post(post.post_id).state == "public":
        posts.hold(post.post_id, moderator.id, "Is this right?")
    elif what == "restore" and versions.post(post.post_id).state == "held":
        posts.restore(post.post_id, moderator.id)


def _made(ana: Person, ines: Person) -> list[Made]:
    Candidate.objects.all().delete()
    Post.objects.all().delete()
    return [
        a_public_post(ana),
        a_public_post(ana, visibility="followers"),
        a_public_post(ines, visibility="unlisted"),
        a_public_post(ines, visibility="followers"),
    ]
