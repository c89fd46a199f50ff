"""The rules of posts: graphs that can be walked, hashes that tell, and gates that hold."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.accounts.rules import LANES, Consent, HostPolicy, Quorum
from wardcast.gate.edits import EditList, Mute
from wardcast.posts import rules
from wardcast.posts.rules import (
    POSTS,
    VERSIONS,
    Bound,
    Clear,
    Cleared,
    Gate,
    Graph,
    Held,
    IllegalMove,
    PostState,
    VersionState,
    WrongGraph,
)

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ANA = UUID(int=1)
BEN = UUID(int=2)
A, B = "a" * 64, "b" * 64

hashes = st.sampled_from(["", A, B])
moments = st.integers(-5, 5).map(lambda days: NOW + timedelta(days=days))
clearances = st.builds(
    Cleared,
    gate=st.sampled_from(Gate),
    verdict=st.sampled_from(["cleared", "objected"]),
    version_hash=hashes,
    render_hash=hashes,
    at=st.integers(-5, 0).map(lambda days: NOW + timedelta(days=days)),
    expires_at=st.none() | moments,
    revoked_at=st.none() | moments,
)
bounds = st.builds(
    Bound, state=st.sampled_from(VersionState), version_hash=hashes, render_hash=hashes
)
gates = st.frozensets(st.sampled_from(Gate))


class _Light(StrEnum):
    RED = "red"
    GREEN = "green"
    BROKEN = "broken"


@pytest.mark.parametrize(
    "after",
    [
        {_Light.RED: {_Light.GREEN}, _Light.GREEN: {_Light.BROKEN}},
        {_Light.RED: {_Light.RED}, _Light.GREEN: {_Light.BROKEN}, _Light.BROKEN: set()},
        {_Light.RED: {_Light.BROKEN}, _Light.GREEN: {_Light.BROKEN}, _Light.BROKEN: set()},
        {_Light.RED: {_Light.GREEN}, _Light.GREEN: {_Light.RED}, _Light.BROKEN: set()},
    ],
    ids=["a state without a line", "a state after itself", "never reached", "no way to an end"],
)
def test_a_graph_that_cannot_be_walked_is_refused_when_it_is_made(
    after: dict[_Light, set[_Light]],
) -> None:
    with pytest.raises(WrongGraph):
        Graph(_Light.RED, {state: frozenset(nexts) for state, nexts in after.items()})


@given(st.lists(st.sampled_from(VersionState), max_size=12))
def test_no_walk_makes_a_version_public_that_was_not_cleared(wanted: list[VersionState]) -> None:
    state, cleared = VersionState.DRAFT, False
    for to in wanted:
        if VERSIONS.may(state, to):
            state = to
            cleared = cleared or to is VersionState.CLEARED
    assert cleared or state not in (VersionState.PUBLIC, VersionState.WITHDRAWN)


def test_what_is_superseded_or_withdrawn_stays_so() -> None:
    assert not VERSIONS.after[VersionState.SUPERSEDED]
    assert not VERSIONS.after[VersionState.WITHDRAWN]
    assert not POSTS.after[PostState.DELETED]
    with pytest.raises(IllegalMove):
        VERSIONS.require(VersionState.SUPERSEDED, VersionState.PUBLIC)


@given(bounds, st.lists(clearances, max_size=8), gates)
def test_what_may_be_published_has_every_gate_for_exactly_these_bytes(
    version: Bound, have: list[Cleared], required: frozenset[Gate]
) -> None:
    if rules.may_publish(version, have, required, NOW) != Clear():
        return
    assert version.state is VersionState.CLEARED
    assert version.render_hash
    for gate in required:
        latest = [
            each
            for each in have
            if each.gate is gate
            and each.revoked_at is None
            and (each.version_hash, each.render_hash) == (version.version_hash, version.render_hash)
            and (each.expires_at is None or each.expires_at > NOW)
        ]
        assert any(each.verdict == "cleared" for each in latest)


@given(bounds, st.lists(clearances, max_size=8), gates, st.sampled_from(Gate))
def test_asking_for_more_never_makes_more_publishable(
    version: Bound, have: list[Cleared], required: frozenset[Gate], more: Gate
) -> None:
    if isinstance(rules.may_publish(version, have, required, NOW), Held):
        assert isinstance(rules.may_publish(version, have, required | {more}, NOW), Held)


@given(bounds, st.lists(clearances, max_size=8), gates)
def test_a_refusal_says_why(version: Bound, have: list[Cleared], required: frozenset[Gate]) -> None:
    decision = rules.may_publish(version, have, required, NOW)
    assert isinstance(decision, Clear) or decision.because.endswith(".")


def test_a_later_objection_outweighs_an_earlier_clearance() -> None:
    version = Bound(VersionState.CLEARED, A, B)
    earlier = Cleared(Gate.CHECK, "cleared", A, B, NOW - timedelta(hours=2))
    later = Cleared(Gate.CHECK, "objected", A, B, NOW - timedelta(hours=1))
    assert isinstance(rules.may_publish(version, [later, earlier], {Gate.CHECK}, NOW), Held)


@given(st.sampled_from(LANES), st.booleans())
def test_check_and_attestation_are_always_required(lane: str, official: bool) -> None:
    waives = frozenset({"second_attestation", "rehearsal"})
    consent = Consent(UUID(int=9), lane, None, waives, "Solo.", None, NOW)
    host = HostPolicy(standing=(consent,))
    need = rules.required(lane, official=official, host=host, author_id=ANA)
    assert {Gate.CHECK, Gate.ATTESTATION} <= need
    assert (Gate.REHEARSAL in need) == (official and lane != "off_duty")


def test_a_consent_for_one_author_is_for_them_alone() -> None:
    consent = Consent(UUID(int=9), "lesson", ANA, frozenset({"rehearsal"}), "Solo.", None, NOW)
    host = HostPolicy(standing=(consent,))
    assert Gate.REHEARSAL not in rules.required("lesson", host=host, author_id=ANA)
    assert Gate.REHEARSAL in rules.required("lesson", host=host, author_id=BEN)
    assert Gate.REHEARSAL in rules.required("humour", host=host, author_id=ANA)


def test_an_off_duty_clip_needs_nobody_unless_the_host_says_otherwise() -> None:
    assert Gate.REHEARSAL not in rules.required("off_duty", host=HostPolicy(), author_id=ANA)
    strict = HostPolicy(quorum={"off_duty": Quorum(1, 0)})
    assert Gate.REHEARSAL in rules.required("off_duty", host=strict, author_id=ANA)


words = st.text(max_size=20)
edit_lists = st.lists(
    st.integers(0, 50).map(lambda at: Mute(at * 1000, at * 1000 + 400)), unique=True, max_size=3
).map(lambda mutes: EditList(tuple(sorted(mutes))))
parts = st.fixed_dictionaries(
    {
        "original": st.sampled_from([A, B]),
        "edits": edit_lists,
        "captions": st.sampled_from(
            [(), (("en", A, True),), (("en", A, False),), (("de", A, True),), (("en", B, True),)]
        ),
        "title": words,
        "text": words,
        "script": words,
        "cover_ms": st.sampled_from([None, 0, 1_500]),
    }
)


@given(parts, parts)
def test_versions_have_one_hash_exactly_when_they_are_the_same(one: dict, other: dict) -> None:  # type: ignore[type-arg]
    same = rules.version_hash(**one) == rules.version_hash(**other)
    assert same == (one == other)


@given(st.text(max_size=200), st.text(max_size=50), st.text(max_size=50))
def test_words_are_refused_with_a_sentence(title: str, text: str, script: str) -> None:
    wrong = rules.words_fit(title, text, script)
    fits = len(title) <= rules.TITLE_CHARS and "\0" not in title + text + script
    assert (wrong is None) == fits
    assert wrong is None or wrong.because.endswith(".")
