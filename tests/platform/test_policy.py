"""What the policy promises, over random rows and random things."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from wardcast.platform import clock, ids, policy
from wardcast.platform.http import Denied
from wardcast.platform.models import Job
from wardcast.platform.policy import Actor, Row

pytestmark = pytest.mark.django_db

KIND = "platform.job"
OWNERS = [ids.new_id() for _ in range(2)]

# A condition as the policy sees it, and the same in plain Python over one row.
Condition = tuple[policy.When | None, Callable[[Actor, Job], bool]]
CONDITIONS: tuple[Condition, ...] = (
    (None, lambda actor, job: True),
    (lambda actor: Q(), lambda actor, job: True),
    (lambda actor: Q(owner=actor.user_id), lambda actor, job: job.owner == actor.user_id),
    (lambda actor: ~Q(owner=actor.user_id), lambda actor, job: job.owner != actor.user_id),
    (lambda actor: Q(owner=None), lambda actor, job: job.owner is None),
    (lambda actor: Q(state="done"), lambda actor, job: job.state == "done"),
    (
        lambda actor: Q(state="done") | Q(fraction__gt=0.5),
        lambda actor, job: job.state == "done" or job.fraction > 0.5,
    ),
    (
        lambda actor: Q(pk__in=Job.objects.filter(state="failed").values("pk")),
        lambda actor, job: job.state == "failed",
    ),
    (lambda actor: Q(pk__in=[]), lambda actor, job: False),
)

ROLES = st.sets(st.sampled_from(["viewer", "clinician", "moderator"]), min_size=1)


@st.composite
def rows(draw: st.DrawFn) -> tuple[Row, Callable[[Actor, Job], bool]]:
    when, meant = draw(st.sampled_from(CONDITIONS))
    effect = draw(st.sampled_from(["allow", "allow", "forbid"]))
    reason = draw(st.sampled_from(["one reason", "another", "a third"]))
    return policy.row("see", KIND, *draw(ROLES), reason=reason, when=when, effect=effect), meant


THINGS = st.lists(
    st.builds(
        lambda state, owner, fraction: Job(
            name="x",
            subject=ids.new_id(),
            state=state,
            owner=owner,
            fraction=fraction,
            due_at=clock.now(),
            created_at=clock.now(),
            updated_at=clock.now(),
        ),
        st.sampled_from(["done", "failed", "queued"]),
        st.sampled_from([None, *OWNERS]),
        st.sampled_from([0.0, 0.5, 1.0]),
    ),
    max_size=6,
)
ACTORS = st.builds(
    lambda user, roles: Actor(user_id=user, roles=frozenset(roles)),
    st.sampled_from(OWNERS),
    ROLES,
)


@contextmanager
def book(*some: Row) -> Iterator[None]:
    """Only these rows, for a while."""
    before = policy._book.rows
    policy._book.rows = {}
    policy.register(some)
    try:
        yield
    finally:
        policy._book.rows = before


def expected(actor: Actor, job: Job, some: list[tuple[Row, Callable[[Actor, Job], bool]]]) -> bool:
    mine = [(row, meant) for row, meant in some if row.roles & actor.roles]
    allowed = any(row.effect == "allow" and meant(actor, job) for row, meant in mine)
    forbidden = any(row.effect == "forbid" and meant(actor, job) for row, meant in mine)
    return allowed and not forbidden


@settings(max_examples=150, deadline=None)
@given(some=st.lists(rows(), max_size=5), things=THINGS, actor=ACTORS)
def test_one_thing_and_the_list_of_things_never_disagree(
    some: list[tuple[Row, Callable[[Actor, Job], bool]]], things: list[Job], actor: Actor
) -> None:
    Job.objects.all().delete()
    Job.objects.bulk_create(things)
    with book(*(row for row, _ in some)):
        listed = list(policy.scope(actor, "see", KIND).values_list("pk", flat=True))
        assert len(listed) == len(set(listed))
        for job in things:
            decision = policy.can(actor, "see", KIND, job.pk)
            assert decision.allowed == (job.pk in listed) == expected(actor, job, some)
            assert decision.reason


def test_what_no_row_allows_is_denied_and_says_so() -> None:
    actor = Actor(roles=frozenset({"admin"}))
    with book():
        assert not policy.can(actor, "see", KIND).allowed
        assert not policy.can(actor, "fly", policy.HOUSE).allowed
        assert policy.can(actor, "fly", policy.HOUSE).reason
        assert not policy.scope(actor, "see", KIND).exists()


def test_a_row_that_forbids_wins_over_every_row_that_allows() -> None:
    allow = policy.row("see", KIND, "viewer", "admin", reason="Everyone may.")
    forbid = policy.row("see", KIND, "admin", reason="Admins may not.", effect="forbid")
    both = Actor(roles=frozenset({"viewer", "admin"}))
    job = ids.new_id()
    Job.objects.create(
        id=job, name="x", subject=job, due_at=clock.now(), created_at=clock.now(),
        updated_at=clock.now(),
    )  # fmt: skip
    with book(allow, forbid):
        assert policy.can(Actor(roles=frozenset({"viewer"})), "see", KIND, job).allowed
        for object_id in (None, job):
            decision = policy.can(both, "see", KIND, object_id)
            assert (decision.allowed, decision.reason) == (False, "Admins may not.")


def test_a_refusal_names_every_way_in() -> None:
    with book(
        policy.row("open", KIND, "moderator", reason="Moderators may."),
        policy.row("open", KIND, "admin", reason="Admins may."),
    ):
        reason = policy.can(Actor(roles=frozenset({"viewer"})), "open", KIND).reason
    assert reason == "Moderators may. Or: Admins may."


def test_who_is_refused_hears_why_and_a_guest_is_asked_to_sign_in() -> None:
    with book(policy.row("open", policy.HOUSE, "clinician", reason="Only clinicians may.")):
        with pytest.raises(Denied) as person:
            policy.require(
                Actor(user_id=ids.new_id(), roles=frozenset({"viewer"})), "open", policy.HOUSE
            )
        with pytest.raises(Denied) as guest:
            policy.require(Actor(), "open", policy.HOUSE)
    assert (person.value.http_status, person.value.code) == (403, "not_allowed")
    assert (guest.value.http_status, guest.value.code) == (401, "sign_in_first")
    assert "Only clinicians may." in guest.value.detail


def test_a_role_that_does_not_exist_cannot_be_given_a_row() -> None:
    with pytest.raises(ValueError, match="surgeon"):
        policy.row("see", KIND, "surgeon", reason="…")
    with pytest.raises(ValueError, match="no such role"):
        policy.row("see", KIND, reason="…")


def test_registering_twice_is_registering_once() -> None:
    one = policy.row("see", KIND, "viewer", reason="…")
    with book(one):
        policy.register([one])
        assert policy.rows() == (one,)
        assert policy.knows("see", KIND)
        assert not policy.knows("edit", KIND)
