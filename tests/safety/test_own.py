"""What an author calls their own is remembered: names and monitors for later clips, a face for the
same clip."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

import factories
from people import Person, client_for
from wardcast.check import Finding, Lexicon, Severity
from wardcast.check.place import Box, Spot, Track
from wardcast.check.policy import DEFAULT
from wardcast.check.report import ChannelState
from wardcast.check.seen import Line, Region, Seen
from wardcast.check.sights import findings
from wardcast.platform import vault
from wardcast.platform.http import Denied
from wardcast.posts import actions as posts
from wardcast.safety import actions, own, queries, same
from wardcast.safety.models import OwnWords

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]
MINE = "My colleague Dr Petra Lindqvist had chest pain when she came in as a patient."


def cut(post_id: UUID, do_jobs: Jobs) -> UUID:
    version_id = posts.cut(post_id)
    do_jobs()
    return version_id


def names(version_id: UUID) -> list[Finding]:
    return [each for each in queries.checked(version_id).open if each.kind in ("name", "staff")]


def track(left: int, top: int, start_ms: int = 0, end_ms: int = 2_000, size: int = 100) -> Track:
    box = Box(left, top, left + size, top + size)
    return Track((Spot(start_ms, box),), end_ms)


def a_face(finding_id: str, where: Track, kind: str = "face") -> Finding:
    return Finding(
        id=finding_id, kind=kind, channel="faces", span=None, time=where.time,
        severity=Severity.ASK, confidence=0.9, text="Face 1", before="", after="", reason="",
        suggestion="", actions=(), track=where,
    )  # fmt: skip


def test_a_name_that_is_ones_own_is_no_finding_in_later_clips(ana: Person, do_jobs: Jobs) -> None:
    first = cut(factories.a_draft(ana, "Lindqvist on spacers", text=MINE), do_jobs)
    whole = max(names(first), key=lambda each: len(each.text))
    assert len(names(first)) == 2
    actions.mark(ana.actor, first, whole.id, "mine", "It is my own name.")
    assert names(first) == []
    assert names(cut(factories.a_draft(ana, text=MINE), do_jobs)) == []


def test_it_is_ones_own_for_nobody_else(ana: Person, ines: Person, do_jobs: Jobs) -> None:
    first = cut(factories.a_draft(ana, text=MINE), do_jobs)
    actions.mark(ana.actor, first, names(first)[0].id, "mine", "It is my own name.")
    assert names(cut(factories.a_draft(ines, text=MINE), do_jobs))


def test_what_is_remembered_is_sealed_seen_and_forgotten_by_its_author_alone(
    ana: Person, ines: Person, do_jobs: Jobs
) -> None:
    first = cut(factories.a_draft(ana, text=MINE), do_jobs)
    actions.mark(ana.actor, first, names(first)[0].id, "mine", "It is my own name.")
    row = OwnWords.objects.get()
    assert "Lindqvist" not in f"{row.__dict__}"
    (item,) = client_for(ana).get("/api/v1/me/own-words").json()["items"]
    assert "Lindqvist" in item["words"]
    assert client_for(ines).get("/api/v1/me/own-words").json()["items"] == []
    with pytest.raises(Denied):
        own.forget(ines.actor, row.pk)
    assert client_for(ana).delete(f"/api/v1/me/own-words/{row.pk}").status_code == 200
    with pytest.raises(vault.Broken):
        vault.read(row.sealed_ref)
    assert names(cut(factories.a_draft(ana, text=MINE), do_jobs))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Name: · Age: · Pulse 72", True),
        ("Name: Margaret Hall · Age: 81", False),
        ("ID 00447291 · Age: 30", False),
        ("Name: · Age: · Bed: 2", False),
        ("Ward 5 · Bed 2", False),
        ("Name: Age: · 12:30 · Pulse 72", True),
        ("Name: · Age: and more than fits…", False),
    ],
)
def test_a_monitors_words_are_kept_only_if_they_identify_nobody(
    ana: Person, text: str, kept: bool
) -> None:
    form = replace(a_face("f", track(0, 0), kind="form"), text=text)
    own.remember(ana.id, form)
    assert bool(own.of(ana.id)) is kept


def test_of_a_face_nothing_is_kept(ana: Person) -> None:
    own.remember(ana.id, a_face("f", track(0, 0)))
    assert own.of(ana.id) == []


def seen(text: str) -> Seen:
    where = track(0, 0)
    region = Region((Line(text, where, 0.9, 30),), where)
    states = tuple(ChannelState(name, "checked") for name in ("screen", "faces"))
    return Seen(540, 960, (region,), (), states)


def test_ones_own_monitor_is_no_finding_and_another_one_is() -> None:
    mine = Lexicon.of([], ["Name: Age: Pulse 72"])
    assert list(findings(seen("Name: Age: Pulse 72"), DEFAULT))
    assert not list(findings(seen("Name: Age: Pulse 81"), DEFAULT, mine))
    assert list(findings(seen("Name: Hall Age: Pulse 81"), DEFAULT, mine))
    assert list(findings(seen("Name: Age: 00447291"), DEFAULT, mine))


def test_a_face_whose_box_has_shifted_is_the_same_and_another_is_not() -> None:
    before = [a_face("old", track(100, 100))]
    assert same.pairs([a_face("new", track(110, 95, end_ms=2_200))], before) == {"new": "old"}
    assert same.pairs([a_face("new", track(300, 100))], before) == {}
    assert same.pairs([a_face("new", track(100, 100, start_ms=1_900, end_ms=9_000))], before) == {}
    assert same.pairs([a_face("new", track(100, 100), kind="form")], before) == {}


def test_of_two_faces_at_one_place_only_the_nearer_is_the_same() -> None:
    before = [a_face("old", track(100, 100))]
    near, far = a_face("near", track(102, 100)), a_face("far", track(125, 100))
    assert same.pairs([far, near], before) == {"near": "old"}
