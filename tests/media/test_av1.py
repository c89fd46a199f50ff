"""Sizes in AV1: made when nobody waits any more, and taken in by what is public already."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest

import factories
from media.test_rungs import brought, killing
from people import Person, client_for
from wardcast.gate.errors import GateBroken
from wardcast.media import actions, av1, late, queries, rows, rules, tasks
from wardcast.media.models import Publication, Render
from wardcast.media.sealed import part_key, render_keys
from wardcast.platform import config, jobs, storage, vault
from wardcast.platform.models import Job
from wardcast.posts import actions as posts
from wardcast.posts import cards

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Jobs = Callable[[], int]


@pytest.fixture
def wanted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A house that makes AV1."""
    monkeypatch.setenv("WARDCAST_AV1", "1")
    config.current.cache_clear()
    yield
    monkeypatch.undo()
    config.current.cache_clear()


def until_ready(who: Person) -> str:
    """A clip of one second in its sizes of H.264; answers its post."""
    post_id = brought(who, factories.tiny_clip(1))
    while waiting := [job for job in jobs.due() if job.name != av1.MAKE]:
        for job in waiting:
            jobs.handed(job.id)
            jobs.perform(job.id, lambda _, step: step())
    return post_id


def av1_job() -> jobs.JobView:
    (job,) = [job for job in jobs.of(Render.objects.get().pk) if job.name == av1.MAKE]
    return job


def public(ana: Person) -> factories.Made:
    """A public post whose clip is there in H.264 alone."""
    return factories.a_public_post(ana)


def seal_av1(row: Render) -> Render:
    for name in ("360av1_init.mp4", "360av1_00000.m4s", "360av1.m3u8", "av1.m3u8"):
        one = vault.put(part_key(row.pk, "rung 360av1"), name.encode())
        kept = {"ref": one.ref, "size": one.size, "sha256": one.sha256, "type": "x"}
        row.files = {**row.files, name: kept}
    row.save(update_fields=["files"])
    return row


def render_of(made: factories.Made) -> Render:
    found = Publication.objects.select_related("render").get(version_id=made.version_id).render
    assert found
    return found


def folder_of(made: factories.Made) -> str:
    return Publication.objects.get(version_id=made.version_id).folder


def in_folder(made: factories.Made) -> dict[str, bytes]:
    folder = config.current().public / folder_of(made)
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def card(made: factories.Made) -> dict[str, Any]:
    cards._kept.clear()  # as after the five minutes that a card is kept
    media: dict[str, Any] = orjson.loads(cards.cards([made.version_id])[made.version_id])["media"]
    return media


def test_a_house_that_does_not_want_it_makes_none(ana: Person, do_jobs: Jobs) -> None:
    brought(ana, factories.tiny_clip(1))
    do_jobs()
    row = Render.objects.get()
    assert row.state == "ready"
    assert not [name for name in row.files if rules.is_av1(name)]
    assert not Job.objects.filter(name=av1.MAKE)


@pytest.mark.usefixtures("wanted")
def test_it_comes_after_a_clip_is_finished_and_changes_nothing_of_it(ana: Person) -> None:
    until_ready(ana)
    before = Render.objects.get()
    assert before.state == "ready", "it can be cleared and published without waiting"
    job = av1_job()
    assert jobs.known()[job.name].queue == "later"
    jobs.perform(job.id, lambda _, step: step())
    row = Render.objects.get()
    assert [each["rung"] for each in row.av1] == ["120av1", "180av1"]
    assert {each["codecs"][:5] for each in row.av1} == {"av01."}
    assert (row.variants, row.clip_sha256) == (before.variants, before.clip_sha256)
    assert {name: row.files[name] for name in before.files} == before.files
    assert row.seconds == before.seconds, "how long H.264 takes is learned from H.264 alone"
    master = vault.read(row.files["av1.m3u8"]["ref"]).decode()
    assert master.index("120av1.m3u8") < master.index("180av1.m3u8")
    assert "avc1" not in master
    assert "av01" not in vault.read(row.files["master.m3u8"]["ref"]).decode()


@pytest.mark.usefixtures("wanted")
def test_only_what_failed_is_made_again_and_nothing_half_made_goes_public(ana: Person) -> None:
    until_ready(ana)
    with killing(lambda line: "180av1_init.mp4" in line), pytest.raises(GateBroken):
        av1.make(av1_job())
    row = Render.objects.get()
    assert [each["rung"] for each in row.av1] == ["120av1"]
    assert "120av1.m3u8" in row.files
    assert not [name for name in rules.published(row.files) if rules.is_av1(name)]
    first = row.files["120av1_00000.m4s"]
    with killing(lambda line: "120av1_init.mp4" in line) as killed:
        av1.make(av1_job())
    assert not killed
    row = Render.objects.get()
    assert row.files["120av1_00000.m4s"] == first
    assert {"120av1.m3u8", "180av1.m3u8", "av1.m3u8"} <= set(rules.published(row.files))


@pytest.mark.usefixtures("wanted")
def test_what_is_given_up_leaves_the_clip_as_it_is(
    ana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    post_id = until_ready(ana)
    jobs.fail(av1_job().id, GateBroken("sandbox_failed", "It was killed."))
    assert Render.objects.get().state == "ready"
    assert "stays without AV1" in caplog.text
    post = client_for(ana).get(f"/api/v1/studio/posts/{post_id}").json()
    (line,) = [each for each in post["way"] if each["step"] == "rendered"]
    assert (line["state"], line["detail"]) == ("done", "Ready to play on phones and large screens.")
    assert client_for(ana).post(f"/api/v1/studio/posts/{post_id}/retry").status_code == 200
    assert len([job for job in jobs.due() if job.name == av1.MAKE]) == 1


@pytest.mark.usefixtures("wanted")
def test_a_deleted_draft_leaves_none_of_it(ana: Person) -> None:
    post_id = until_ready(ana)
    av1.make(av1_job())
    job, row = av1_job(), Render.objects.get()
    keys = render_keys(row.pk, 180)
    assert {part_key(row.pk, part) for part in ("rung 120av1", "rung 180av1", "av1")} <= set(keys)
    assert client_for(ana).delete(f"/api/v1/studio/posts/{post_id}").status_code == 200
    assert not [key for key in keys if vault.has_key(key)]
    vault.put(part_key(row.pk, "rung 120av1"), b"sealed by the step that was still at work")
    av1.make(job)
    assert not [key for key in keys if vault.has_key(key)]


@pytest.mark.usefixtures("wanted")
def test_a_size_in_h264_that_comes_late_and_one_in_av1_do_not_lose_each_other(ana: Person) -> None:
    until_ready(ana)
    seen = Render.objects.get()
    av1.make(av1_job())
    assert "av1.m3u8" not in seen.files
    rows.lock(seen, "files")
    assert {"120av1.m3u8", "av1.m3u8"} <= set(seen.files)


def test_what_is_published_with_it_has_it_at_once(ana: Person) -> None:
    made = factories.a_cleared_post(ana)
    seal_av1(Render.objects.get())
    posts.publish(made.version_id, ana.id)
    assert {"av1.m3u8", "360av1_00000.m4s"} <= set(in_folder(made))
    assert queries.published_urls(made.version_id).av1
    assert card(made)["av1"] is True
    assert card(made)["rungs"] == [360], "each size is listed once"
    assert not [job for job in jobs.due() if job.name == late.TAKE_IN]


def test_what_is_public_takes_it_in_later_and_keeps_every_byte(ana: Person, do_jobs: Jobs) -> None:
    made = public(ana)
    before = in_folder(made)
    assert card(made)["av1"] is False
    seal_av1(render_of(made))
    late.take_in_later(Publication.objects.get())
    do_jobs()
    after = in_folder(made)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {
        "av1.m3u8", "360av1.m3u8", "360av1_init.mp4", "360av1_00000.m4s",
    }  # fmt: skip
    assert card(made)["av1"] is True


@pytest.mark.usefixtures("wanted")
def test_finishing_it_brings_it_to_what_is_public(ana: Person, do_jobs: Jobs) -> None:
    made = public(ana)
    row = render_of(made)
    Render.objects.filter(pk=row.pk).update(av1=[])
    for rung in ("240", "360"):  # all sizes but their playlist
        row = seal_av1(Render.objects.get(pk=row.pk))
        variant = {
            "rung": f"{rung}av1", "peak_bps": 1, "average_bps": 1, "width": int(rung),
            "height": 640, "fps": 30.0, "codecs": "av01.0.01M.08",
        }  # fmt: skip
        row.av1 = [*row.av1, variant]
        row.save(update_fields=["av1"])
    row.files = {name: file for name, file in row.files.items() if name != "av1.m3u8"}
    row.save(update_fields=["files"])
    av1.begin(row)
    do_jobs()
    assert b"av01.0.01M.08" in in_folder(made)["av1.m3u8"]
    assert Publication.objects.get().av1


def test_what_was_taken_back_meanwhile_stays_away_and_has_it_when_it_returns(
    ana: Person, dev: Person, do_jobs: Jobs
) -> None:
    made = public(ana)
    seal_av1(render_of(made))
    late.take_in_later(Publication.objects.get())
    posts.hold(made.post_id, dev.id, "It may show a patient.")
    assert not storage.add(folder_of(made), [("x.m4s", factories.stream(b"x"))])
    do_jobs()
    assert in_folder(made) == {}
    assert not Publication.objects.get().av1
    posts.restore(made.post_id, dev.id)
    do_jobs()
    assert "av1.m3u8" in in_folder(made)
    posts.hold(made.post_id, dev.id, "It does.")
    assert in_folder(made) == {}


def test_a_file_that_is_not_what_was_rendered_is_not_taken_in(ana: Person) -> None:
    made = public(ana)
    row = seal_av1(render_of(made))
    row.files["360av1_00000.m4s"]["sha256"] = "0" * 64
    row.save(update_fields=["files"])
    late.take_in_later(Publication.objects.get())
    (job,) = [job for job in jobs.due() if job.name == late.TAKE_IN]
    before = in_folder(made)
    with pytest.raises(Exception, match="no longer what was rendered"):
        late.take_in(job)
    assert in_folder(made) == before


def test_the_sweep_finds_what_a_public_clip_lacks(ana: Person, do_jobs: Jobs) -> None:
    made = public(ana)
    seal_av1(render_of(made))
    job_id = jobs.start(actions.SWEEP, subject=made.version_id)
    tasks.sweep(next(job for job in jobs.due() if job.id == job_id))
    do_jobs()
    assert "av1.m3u8" in in_folder(made)


def test_a_file_of_av1_is_known_by_its_name() -> None:
    assert all(rules.is_av1(name) for name in ("av1.m3u8", "720av1.m3u8", "720av1_00001.m4s"))
    assert not [name for name in ("720.m3u8", "clip.mp4", "master.m3u8") if rules.is_av1(name)]
