"""A post's way: always one place where it is now, and one thing to do next."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from wardcast.posts.rules import Gate, VersionState
from wardcast.posts.way import Facts, Wait, Work, way

INES = UUID(int=3)
sentences = st.sampled_from(["", "It is no video."])
waits = st.dictionaries(
    st.sampled_from(Gate),
    st.builds(
        Wait,
        action=st.sampled_from(["wait", "review", "attest", "ask", "look_again"]),
        detail=st.just("Somebody is awaited."),
        awaited=st.sampled_from([(), (INES,)]),
    ),
)
some_facts = st.builds(
    Facts,
    title=st.sampled_from(["", "Spacers"]),
    refusal=sentences,
    failure=sentences,
    measured=st.booleans(),
    growing=st.booleans(),
    playable=st.booleans(),
    rendered=st.booleans(),
    lacking=st.sampled_from([(), ("480",), ("480", "720")]),
    work=st.none()
    | st.builds(Work, fraction=st.floats(0, 1), eta_s=st.none() | st.integers(1, 99)),
    version=st.none() | st.sampled_from(VersionState),
    objection=st.none() | st.tuples(st.sampled_from(Gate), st.just("A face.")),
    changed=st.booleans(),
    cleared=st.frozensets(st.sampled_from(Gate)),
    required=st.frozensets(st.sampled_from(Gate)),
    waits=waits,
    is_public=st.booleans(),
    held=sentences,
    corrected=st.booleans(),
)


@given(some_facts)
def test_every_way_has_all_its_steps_in_order_and_words_for_each(facts: Facts) -> None:
    found = way(facts)
    assert [step.step for step in found.steps] == [
        "saved", "rendered", "checked", "attested", "rehearsed", "public",
    ]  # fmt: skip
    assert all(step.detail for step in found.steps)
    assert found.next_text


@given(some_facts)
def test_nothing_is_said_to_be_done_that_no_gate_has_cleared(facts: Facts) -> None:
    names = dict(zip(("checked", "attested", "rehearsed"), Gate, strict=True))
    for step in way(facts).steps:
        if step.step in names and step.state == "done":
            assert names[step.step] in facts.cleared
        if step.step == "public" and step.state == "done":
            assert facts.version is VersionState.PUBLIC


@given(some_facts)
def test_publishing_is_offered_for_what_is_cleared_and_unchanged_alone(facts: Facts) -> None:
    if way(facts).next == "publish":
        assert facts.version is VersionState.CLEARED
        assert not any([facts.changed, facts.held, facts.refusal, facts.objection])


def test_a_new_draft_asks_for_its_title_then_for_the_check() -> None:
    assert way(Facts(measured=True)).next == "write"
    assert way(Facts(title="Spacers", measured=True)).next == "check"


def test_who_is_awaited_is_named_at_the_step_where_it_is_now() -> None:
    facts = Facts(
        title="Spacers",
        rendered=True,
        version=VersionState.READY,
        cleared=frozenset({Gate.CHECK}),
        waits={Gate.ATTESTATION: Wait("wait", "Asked.", (INES,))},
    )
    steps = {step.step: step for step in way(facts).steps}
    assert (steps["attested"].state, steps["attested"].awaited) == ("now", (INES,))
    assert steps["rehearsed"].state == "waiting"
