"""Each finding goes the way that its author chose: cut out, in other words, taken back again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

import factories
from people import Person, client_for
from wardcast.check import parse_captions
from wardcast.check.redaction import Choice
from wardcast.gate import sound
from wardcast.gate.edits import EditList, Span
from wardcast.media.models import Render
from wardcast.platform.http import Conflict, Invalid
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.posts import queries as versions
from wardcast.posts.rules import Gate
from wardcast.safety import actions, queries, reports

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]

WEBVTT = """WEBVTT

00:00.000 --> 00:01.000
Good morning

00:01.000 --> 00:02.000
my patient Harold Okafor came in

00:02.500 --> 00:03.900
with chest pain, and he went home well.
"""


def with_captions(person: Person, do_jobs: Jobs) -> UUID:
    post_id = factories.a_filmed_draft(person, do_jobs, text="About listening.")
    drafts.set_cover(post_id, 3_000)
    drafts.set_captions(post_id, WEBVTT)
    version_id = posts.cut(post_id)
    do_jobs()
    return version_id


def report(person: Person, version_id: UUID) -> dict[str, Any]:
    body: dict[str, Any] = client_for(person).get(f"/api/v1/versions/{version_id}/report").json()
    return body


def named(version_id: UUID) -> str:
    return next(f.id for f in queries.checked(version_id).open if "Okafor" in f.text)


def test_a_moment_that_is_cut_is_gone_from_clip_captions_and_clock(
    ana: Person, do_jobs: Jobs
) -> None:
    first = with_captions(ana, do_jobs)
    found = named(first)
    second = actions.redact(ana.actor, first, [found], "bleep", {found: Choice("cut")})
    version = versions.version(second)
    (cut,) = version.edits.cuts
    assert 1_000 < cut.start_ms < cut.end_ms < 2_000
    gone = cut.end_ms - cut.start_ms
    assert version.edits.mutes == ()
    (shown,) = versions.captions_of(second)
    cues = parse_captions(shown.webvtt).cues
    assert "Okafor" not in shown.webvtt
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [
        (0, 1_000),
        (1_000, 2_000 - gone),
        (2_500 - gone, 3_900 - gone),
    ]
    assert version.cover_ms == 3_000 - gone
    do_jobs()
    after = report(ana, second)
    assert after["findings"] == []
    assert after["duration_ms"] == 4_000 - gone
    assert versions.post(version.post_id).edits.cuts == (cut,)


def test_captions_of_a_cut_clip_are_taken_in_its_own_clock(ana: Person, do_jobs: Jobs) -> None:
    first = with_captions(ana, do_jobs)
    found = named(first)
    second = actions.redact(ana.actor, first, [found], "bleep", {found: Choice("cut")})
    post_id = versions.version(second).post_id
    said = client_for(ana).get(f"/api/v1/studio/posts/{post_id}").json()["captions"]
    drafts.set_captions(post_id, said[0]["webvtt"])
    again = client_for(ana).get(f"/api/v1/studio/posts/{post_id}").json()["captions"]
    assert again == said


def test_a_clip_is_never_cut_to_nothing(ana: Person, do_jobs: Jobs) -> None:
    post_id = factories.a_draft(ana)
    names = "patient Harold Okafor, Harold Okafor, Harold Okafor"
    drafts.set_captions(post_id, f"WEBVTT\n\n00:00.100 --> 00:03.800\n{names}\n")
    version_id = posts.cut(post_id)
    do_jobs()
    found = named(version_id)
    with pytest.raises(Invalid, match="less than a second"):
        actions.redact(ana.actor, version_id, [found], "bleep", {found: Choice("cut")})
    assert versions.version(version_id).is_working


def test_the_authors_own_words_take_the_place_of_those_found(ana: Person, do_jobs: Jobs) -> None:
    first = with_captions(ana, do_jobs)
    found = named(first)
    choice = {"finding_id": found, "how": "replace", "words": "a man I met"}
    answer = client_for(ana).post(
        f"/api/v1/versions/{first}/redact",
        {"finding_ids": [found], "how": "bleep", "choices": [choice]},
        content_type="application/json",
    )
    second = UUID(answer.json()["version_id"])
    version = versions.version(second)
    (kept,) = reports.captions_of(version)
    assert "a man I met came in" in kept.transcript.text
    assert [mute.how for mute in version.edits.mutes] == ["silence"]


def test_the_report_tells_what_was_changed_and_where_the_clip_before_is_played(
    ana: Person, do_jobs: Jobs
) -> None:
    first = with_captions(ana, do_jobs)
    assert report(ana, first)["before"] is None
    found = named(first)
    second = actions.redact(ana.actor, first, [found], "bleep", {found: Choice("mute")})
    do_jobs()
    before = report(ana, second)["before"]
    assert (before["id"], before["number"]) == (str(first), 1)
    assert before["preview_url"] == f"/api/v1/media/versions/{first}/clip.mp4"
    assert {each["what"] for each in before["changes"]} == {"silence", "words"}
    assert any("Okafor" in cue["text"] for cue in before["cues"])
    Render.objects.filter(pk=versions.version(first).render_id).update(files={})
    assert report(ana, second)["before"]["preview_url"] is None


def test_what_was_said_about_a_finding_can_be_taken_back(ana: Person, do_jobs: Jobs) -> None:
    version_id = with_captions(ana, do_jobs)
    for each in queries.checked(version_id).open:
        actions.mark(ana.actor, version_id, each.id, "not_a_patient", "The porter, who agreed.")
    assert versions.gates(version_id)[Gate.CHECK].cleared
    found = queries.checked(version_id).report.findings[0].id
    answer = client_for(ana).delete(f"/api/v1/versions/{version_id}/marks/{found}")
    assert answer.status_code == 200
    assert next(f for f in answer.json()["findings"] if f["id"] == found)["mark"] is None
    assert Gate.CHECK not in versions.gates(version_id)
    actions.unmark(ana.actor, version_id, found)
    actions.mark(ana.actor, version_id, found, "not_a_patient", "The porter, who agreed.")
    assert versions.gates(version_id)[Gate.CHECK].cleared


def test_nothing_is_taken_back_while_colleagues_look(ana: Person, do_jobs: Jobs) -> None:
    version_id = with_captions(ana, do_jobs)
    for each in queries.checked(version_id).open:
        actions.mark(ana.actor, version_id, each.id, "not_a_patient", "The porter, who agreed.")
    posts.move(version_id, "rehearsing")
    found = queries.checked(version_id).report.findings[0].id
    with pytest.raises(Conflict, match="Colleagues"):
        actions.unmark(ana.actor, version_id, found)


def test_a_cut_stays_a_cut_in_later_versions(ana: Person, do_jobs: Jobs) -> None:
    post_id = factories.a_filmed_draft(ana, do_jobs)
    drafts.set_captions(post_id, WEBVTT.replace("with chest pain", "in room 412, bed 7"))
    first = posts.cut(post_id)
    do_jobs()
    found = named(first)
    second = actions.redact(ana.actor, first, [found], "bleep", {found: Choice("cut")})
    do_jobs()
    left = [each.id for each in queries.checked(second).open]
    assert left
    third = actions.redact(ana.actor, second, left, "mute")
    edits = versions.version(third).edits
    assert edits.cuts == versions.version(second).edits.cuts
    assert isinstance(edits.cuts[0], Span)
    assert edits.mutes


def test_nothing_is_examined_before_the_finished_clip_is_there(ana: Person, do_jobs: Jobs) -> None:
    first = with_captions(ana, do_jobs)
    second = actions.redact(ana.actor, first, [named(first)], "mute")
    actions.examine(second)
    assert report(ana, second)["code"] == "not_examined"
    do_jobs()
    assert report(ana, second)["findings"] == []


def test_a_renderer_that_leaves_out_a_mute_is_found_out(
    ana: Person, do_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = with_captions(ana, do_jobs)

    def forgetful(label: str, out: str, edits: EditList, duration_ms: int) -> list[str]:
        return [f"[{label}]anull[{out}]"]

    monkeypatch.setattr(sound, "without_mutes", forgetful)
    second = actions.redact(ana.actor, first, [named(first)], "mute")
    do_jobs()
    (left,) = queries.checked(second).open
    assert (left.kind, left.severity, left.channel) == ("unheard", "block", "speech")
    assert versions.version(second).state == "checking"
