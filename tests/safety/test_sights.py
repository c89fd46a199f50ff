"""A wristband and a face in a clip: found where and when they are, covered, and found no more."""

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image

import drawn
import factories
from people import Person, client_for
from wardcast.gate import picture
from wardcast.gate.edits import Cover
from wardcast.gate.probe import Probe
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.posts import queries as versions
from wardcast.safety import actions, marks, queries

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Jobs = Callable[[], int]
BAND = "HALL, Margaret\nDOB 14/03/1944 F\nMRN 00447291"


def draw(shown: Image.Image, now: float) -> None:
    shown.paste(drawn.somebody(260), (20 + round(40 * now), 60))
    if 0.5 <= now < 1.5:
        drawn.words(shown, BAND, (60, 600), 30, 6)
    drawn.words(shown, "Wash your hands", (60, 850), 36)


def examined(person: Person, do_jobs: Jobs, tmp_path: Path) -> UUID:
    clip = drawn.clip(tmp_path / "ward.mp4", 3, draw)
    post_id = drafts.begin(person.actor, "ward.mp4", len(clip), factories.stream(clip))
    drafts.autosave(post_id, drafts.Changes(title="Washing hands"))
    do_jobs()
    version_id = posts.cut(post_id)
    do_jobs()
    return version_id


def test_what_is_seen_is_covered_and_then_found_no_more(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    first = examined(ana, do_jobs, tmp_path)
    found = queries.checked(first)
    kinds = {each.kind for each in found.open}
    assert {"form", "face"} <= kinds
    assert found.report.picture == (540, 960)
    report = client_for(ana).get(f"/api/v1/versions/{first}/report").json()
    assert report["picture"] == {"width": 540, "height": 960}
    (band,) = [each for each in report["findings"] if each["kind"] == "form"]
    assert band["label"] == "A form in the picture"
    # Where something moves all the time, two pictures a second are read: it is covered until then.
    assert band["time"]["start_ms"] <= 500 < 1_400 < band["time"]["end_ms"] <= 2_000
    spot = band["track"]["spots"][0]
    assert spot["top"] <= 640 < spot["bottom"]
    (face,) = [each for each in report["findings"] if each["kind"] == "face"]
    assert (face["channel"], face["severity"]) == ("faces", "ask")

    second = actions.redact(ana.actor, first, [each.id for each in found.open], "mute")
    edits = versions.version(second).edits
    assert edits.mutes == ()
    assert edits.covers
    do_jobs()
    after = queries.checked(second)
    assert after.open == ()
    states = {each.name: each.state for each in after.report.channels}
    assert (states["screen"], states["faces"]) == ("checked", "checked")
    assert versions.version(second).state == "rehearsing"  # no sound: every channel was checked


def test_a_face_that_is_covered_stays_covered_in_later_versions(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    first = examined(ana, do_jobs, tmp_path)
    faces = [each.id for each in queries.checked(first).open if each.kind == "face"]
    second = actions.redact(ana.actor, first, faces, "mute")
    covers = versions.version(second).edits.covers
    do_jobs()
    rest = [each.id for each in queries.checked(second).open]
    third = actions.redact(ana.actor, second, rest, "mute")
    assert set(covers) < set(versions.version(third).edits.covers)


def test_a_face_is_kept_by_its_owners_word(ana: Person, do_jobs: Jobs, tmp_path: Path) -> None:
    first = examined(ana, do_jobs, tmp_path)
    (face,) = [each.id for each in queries.checked(first).open if each.kind == "face"]
    actions.mark(ana.actor, first, face, "accepted")
    assert face not in {each.id for each in queries.checked(first).open}


def test_a_face_that_is_mine_stays_so_while_something_else_is_covered(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    first = examined(ana, do_jobs, tmp_path)
    found = queries.checked(first).open
    (face,) = [each.id for each in found if each.kind == "face"]
    actions.mark(ana.actor, first, face, "mine")
    rest = [each.id for each in found if each.id != face]
    second = actions.redact(ana.actor, first, rest, "mute")
    do_jobs()
    after = queries.checked(second)
    assert [each.kind for each in after.report.findings if each.kind == "face"]
    assert after.open == ()


def test_what_was_said_of_one_face_is_not_taken_for_another(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    first = examined(ana, do_jobs, tmp_path)
    (face,) = [each for each in queries.checked(first).report.findings if each.kind == "face"]
    assert marks.about(face)[-1] == face.id


def test_a_renderer_that_leaves_out_a_cover_is_found_out(
    ana: Person, do_jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = examined(ana, do_jobs, tmp_path)
    plain = picture.on_the_clock

    def forgetful(
        label: str, out: str, of: Probe, size: tuple[int, int], rate: float | None,
        covers: Sequence[Cover] = (),
    ) -> str:  # fmt: skip
        return plain(label, out, of, size, rate)

    monkeypatch.setattr(picture, "on_the_clock", forgetful)
    second = actions.redact(
        ana.actor, first, [each.id for each in queries.checked(first).open], "mute"
    )
    do_jobs()
    assert {"form", "face"} <= {each.kind for each in queries.checked(second).open}
    assert versions.version(second).state == "checking"
