"""What a render makes of an original: playable early, equally loud, and nothing left half-made."""

import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import factories
from people import Person, client_for
from wardcast.media import looking, rendering, sweeping
from wardcast.media.models import Asset, Render
from wardcast.media.sealed import part_key
from wardcast.media.values import EARLY
from wardcast.platform import clock, config, jobs, vault

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]


def begun(who: Person, data: bytes) -> str:
    client = client_for(who)
    answer = client.put(
        "/api/v1/uploads?name=ward.mp4",
        data,
        content_type="application/octet-stream",
        CONTENT_LENGTH=str(len(data)),
    )
    assert answer.status_code == 201
    (probing,) = [job for job in jobs.due() if job.subject == Asset.objects.get().pk]
    looking.probe_original(probing)
    post_id: str = answer.json()["post_id"]
    return post_id


def rendering_job() -> jobs.JobView:
    (job,) = jobs.of(Render.objects.get().pk)
    return job


def test_its_author_alone_watches_the_first_seconds_while_the_rest_is_made(
    ana: Person, ben: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_id = begun(ana, factories.tiny_clip(8))
    seen: list[str] = []

    def watched(key: UUID, data: bytes) -> vault.Sealed:  # called for each playlist
        post = client_for(ana).get(f"/api/v1/studio/posts/{post_id}").json()
        if post["early_url"] is not None:
            watch(post)
        return put(key, data)

    def watch(post: dict[str, Any]) -> None:
        assert post["preview_url"] is None
        assert "first seconds" in post["way"][1]["detail"]
        playlist = client_for(ana).get(post["early_url"])
        assert playlist.headers["Cache-Control"] == "no-store"
        text = playlist.content.decode()
        seen.append(text)
        named = re.findall(r'^[^#\n].*$|(?<=URI=")[^"]+', text, re.MULTILINE)
        folder = post["early_url"].rpartition("/")[0]
        parts = [client_for(ana).get(f"{folder}/{name}") for name in named]
        assert {part.status_code for part in parts} == {200}
        path = tmp_path / "early.mp4"
        path.write_bytes(b"".join(part.content for part in parts))
        words = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"]
        length = subprocess.run([*words, str(path)], check=True, capture_output=True, text=True)
        assert float(length.stdout) >= 0.9
        assert client_for(ben).get(post["early_url"]).status_code in (403, 404)
        assert client_for().get(post["early_url"]).status_code in (401, 403, 404)

    put = vault.put
    monkeypatch.setattr(vault, "put", watched)
    rendering.render_lowest(rendering_job())
    assert seen
    assert "EVENT" in seen[0]
    post = client_for(ana).get(f"/api/v1/studio/posts/{post_id}").json()
    assert post["early_url"] is None
    assert post["preview_url"]
    assert EARLY not in Render.objects.get().files


def test_what_was_early_when_a_step_was_killed_is_offered_no_more(
    ana: Person, django_capture_on_commit_callbacks: Any
) -> None:
    post_id = begun(ana, factories.tiny_clip(2))
    row = Render.objects.get()
    gone = vault.put(row.pk, b"#EXTM3U\n")
    file = {"ref": gone.ref, "size": gone.size, "sha256": gone.sha256, "type": "x"}
    Render.objects.update(files={EARLY: file, "120_00007.m4s": file})
    with django_capture_on_commit_callbacks(execute=True):
        rendering.render_lowest(rendering_job())
    assert not {EARLY, "120_00007.m4s"} & set(Render.objects.get().files)
    assert client_for(ana).get(f"/api/v1/studio/posts/{post_id}").json()["preview_url"]


def test_both_steps_of_a_render_do_the_same_to_its_loudness(ana: Person, do_jobs: Jobs) -> None:
    begun(ana, factories.tiny_clip(2))
    do_jobs()
    level = Render.objects.get().level
    assert level is not None
    assert level["gain_db"] != 0


def test_a_draft_s_folder_holds_nothing_but_its_clip(ana: Person, do_jobs: Jobs) -> None:
    post_id = begun(ana, factories.tiny_clip(1))
    do_jobs()
    client = client_for(ana)
    folder = f"/api/v1/media/drafts/{post_id}"
    assert client.get(f"{folder}/master.m3u8").status_code == 200
    for name in ("original.mp4", "probe.json", "..%2fx.mp4", "0_report_120.json"):
        assert client.get(f"{folder}/{name}").status_code in (404, 422)


def lying(part: str) -> set[str]:
    key = part_key(Render.objects.get().pk, part).hex
    return {f"{key}/{path.name}" for path in (config.current().vault / key).glob("*")}


def left_by_a_kill(part: str) -> str:
    """A sealed playlist of the time while a clip grew, which a kill kept from being removed."""
    return vault.put(part_key(Render.objects.get().pk, part), b"#EXTM3U\n").ref


def test_what_a_kill_left_of_a_finished_render_is_swept(ana: Person, do_jobs: Jobs) -> None:
    begun(ana, factories.tiny_clip(1))
    do_jobs()
    named = {kept["ref"] for kept in Render.objects.get().files.values()}
    left = {left_by_a_kill(part) for part in ("lowest", "rest")}
    before = clock.now() + timedelta(minutes=1)
    assert sweeping.sweep_sealed(before - timedelta(hours=1)) == 0
    sweeping.sweep_sealed(before)
    assert (lying("lowest") | lying("rest")) & left == set()
    assert named <= lying("lowest") | lying("rest")


def test_the_sweep_touches_no_render_that_is_being_made(ana: Person, do_jobs: Jobs) -> None:
    begun(ana, factories.tiny_clip(1))
    on_its_way = left_by_a_kill("lowest")
    sweeping.sweep_sealed(clock.now() + timedelta(minutes=1))
    assert on_its_way in lying("lowest")
    do_jobs()
    sweeping.sweep_sealed(clock.now() + timedelta(minutes=1))
    assert on_its_way not in lying("lowest")
