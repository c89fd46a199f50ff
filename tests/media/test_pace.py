"""How long a clip may still take: by what this machine has shown, with all that is before it."""

from datetime import timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

import factories
from people import Person, client_for
from wardcast.gate.ladder import ladder_for
from wardcast.media import pace, waiting
from wardcast.media.measured import probe_from_json
from wardcast.media.models import Asset, Render
from wardcast.media.pace import Waiting
from wardcast.platform import clock, jobs
from wardcast.platform.models import Job

ANA, BEN = UUID(int=1), UUID(int=2)
PROBE = probe_from_json(factories.PROBE)


def job(owner: UUID, seconds: float, *, running: bool = False) -> Waiting:
    return Waiting(uuid4(), owner, seconds, running)


def test_a_short_clip_does_not_wait_behind_somebody_elses_long_ones() -> None:
    long, longer = job(ANA, 100, running=True), job(ANA, 100)
    short = job(BEN, 5)
    ends = pace.ends([long, longer, short], slots=2)
    assert ends == {long.id: 100, short.id: 5, longer.id: 200}


def test_where_all_slots_are_taken_it_waits_for_the_first_that_is_free() -> None:
    first, second, third = job(ANA, 30, running=True), job(BEN, 10, running=True), job(uuid4(), 5)
    assert pace.ends([first, second, third], slots=2)[third.id] == 15


@given(
    st.lists(st.tuples(st.integers(1, 4), st.floats(0, 900)), max_size=12),
    st.integers(1, 4),
)
def test_every_job_ends_none_before_its_own_work_and_none_later_than_all_of_it(
    made: list[tuple[int, float]], slots: int
) -> None:
    queue = [job(UUID(int=owner), seconds) for owner, seconds in made]
    ends = pace.ends(queue, slots)
    assert set(ends) == {each.id for each in queue}
    for each in queue:
        assert each.seconds <= ends[each.id] <= sum(other.seconds for other in queue) + 0.001


@given(st.floats(1, 900), st.floats(0.2, 5.0))
def test_the_time_left_never_jumps_up_while_work_goes_on_evenly(
    expected: float, slower: float
) -> None:
    """On a machine that is so many times slower or faster than was expected."""
    shares = [number / 200 for number in range(201)]
    left = [pace.still(expected, share, share * expected * slower) for share in shares]
    rises = [later - before for before, later in pairwise(left)]
    assert max(rises) <= expected * 0.05
    assert left[-1] == 0


def test_the_shares_of_the_steps_are_those_of_their_work() -> None:
    ladder = ladder_for(PROBE.short_side)
    lowest, rest = pace.units(PROBE, (ladder.lowest,)), pace.units(PROBE, ladder.rest)
    assert pace.lowest_share(PROBE) == pytest.approx(lowest / (lowest + rest))


def test_the_pace_is_a_guess_until_something_was_rendered_here() -> None:
    assert pace.seconds_a_unit([]) == pace.GUESS
    assert pace.seconds_a_unit([(10.0, 5.0), (100.0, 5.0), (15.0, 5.0)]) == 3.0


@pytest.mark.django_db
def test_an_author_reads_how_long_it_may_take_with_what_is_before_it(ana: Person) -> None:
    client = client_for(ana)
    for seconds in (2, 1):
        data = factories.tiny_clip(seconds)
        answer = client.put("/api/v1/uploads?name=w.mp4", data, content_type="application/x")
        assert answer.status_code == 201
    for each in jobs.due():
        if each.name == "media.probe":
            jobs.perform(each.id, lambda _, step: step())
    Asset.objects.update(probe={**factories.PROBE, "duration_ms": 60_000})
    first, second = Render.objects.order_by("created_at")
    left = waiting.seconds_left({first.pk, second.pk})
    alone = pace.GUESS * pace.whole(probe_from_json(first.asset.probe or {}))
    assert left == {first.pk: round(alone), second.pk: round(2 * alone)}
    post = client.get(f"/api/v1/studio/posts/{answer.json()['post_id']}").json()
    assert post["way"][1]["eta_s"] == left[second.pk]
    running = Job.objects.filter(subject=first.pk, name="media.render")
    running.update(state="running", started_at=clock.now(), fraction=0.5)
    clock.advance(timedelta(seconds=alone / 2))
    assert waiting.seconds_left({first.pk}) == {first.pk: round(alone / 2)}


@pytest.mark.django_db
def test_what_finished_renders_took_says_how_fast_the_house_is(ana: Person) -> None:
    made = factories.a_draft(ana)
    assert waiting.learned() == pace.GUESS
    row = Render.objects.filter(asset__owner=ana.id, state="ready").first()
    assert row, made
    work = pace.whole(probe_from_json(row.asset.probe or {}))
    Render.objects.filter(pk=row.pk).update(seconds=work * 3)
    assert waiting.learned() == pytest.approx(3)
