"""A clip comes in sealed or not at all: limits first, nothing half-made, a plain sentence."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

import factories
from people import Person, client_for
from wardcast.gate import sandbox
from wardcast.media import actions, queries
from wardcast.media.models import Asset, Intake
from wardcast.notify import queries as inbox
from wardcast.platform import clock, vault
from wardcast.platform.models import VaultKey
from wardcast.posts import queries as posts
from wardcast.posts.models import Post

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 200


def put(client: Client, data: bytes, name: str = "ward.mp4", **extra: str) -> Any:
    return client.put(
        f"/api/v1/uploads?name={name}",
        data,
        content_type="application/octet-stream",
        **{"CONTENT_LENGTH": str(len(data)), **extra},
    )


def problem(answer: Any) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["detail"].endswith(".")
    return answer.status_code, body["code"]


def nothing_stays() -> bool:
    """Neither rows nor keys: without its key a sealed file is noise."""
    rows = (Asset, Intake, VaultKey)
    return not any(each._default_manager.exists() for each in rows)


def told(person: Person) -> list[str]:
    return [each.text for each in inbox.worded(list(inbox.of(person.id)))]


def test_a_clip_is_saved_and_sealed_before_it_is_acknowledged(ana: Person) -> None:
    data = factories.tiny_clip()
    answer = put(client_for(ana), data)
    assert answer.status_code == 201
    body = answer.json()
    assert body["post"]["asset"] == {
        "name": "ward.mp4", "size": len(data), "state": "stored", "duration_ms": None,
        "truncated": False, "refusal": None,
    }  # fmt: skip
    assert body["post"]["way"][0]["detail"] == "Only you can see this."
    row = Asset.objects.get(pk=body["asset_id"])
    assert vault.read(row.sealed_ref) == data
    assert not Intake.objects.exists()


def test_no_plaintext_lies_on_the_disk(ana: Person, do_jobs: Jobs, data_folder: Path) -> None:
    put(client_for(ana), factories.tiny_clip(1, "comment=Harold Okafor bed seven"))
    do_jobs()
    for path in data_folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"ftyp" not in content, path
            assert b"Okafor" not in content, path


def test_a_real_clip_becomes_playable_and_its_author_hears_it(ana: Person, do_jobs: Jobs) -> None:
    client = client_for(ana)
    post_id = put(client, factories.tiny_clip()).json()["post_id"]
    do_jobs()
    post = client.get(f"/api/v1/studio/posts/{post_id}").json()
    assert post["asset"]["state"] == "ready"
    assert 950 <= post["asset"]["duration_ms"] <= 1100
    assert post["way"][1]["state"] == "done"
    part = client.get(post["preview_url"], headers={"Range": "bytes=0-99"})
    assert part.status_code == 206
    assert part.headers["Cache-Control"] == "no-store"
    assert b"ftyp" in part.content
    assert any("is ready to play" in each for each in told(ana))


def test_a_render_has_two_rungs_an_mp4_and_a_poster_and_none_of_the_originals_words(
    ana: Person, do_jobs: Jobs
) -> None:
    put(client_for(ana), factories.tiny_clip(1, "comment=Harold Okafor bed seven"))
    do_jobs()
    row = Asset.objects.get()
    assert row.renders.get().poster_ms is not None
    render = queries.render(row.renders.get().pk)
    assert render.state == "ready"
    assert {"master.m3u8", "clip.mp4", "poster.jpg"} <= set(render.files)
    assert sum(name.endswith("_init.mp4") for name in render.files) >= 2
    assert render.hash == render.files["clip.mp4"].sha256
    for file in render.files.values():
        assert b"Okafor" not in vault.read(file.ref)
    assert any("Okafor" in tag.value for tag in queries.tags(row.pk))
    assert "Okafor" not in str(row.probe)


def test_a_file_that_claims_ten_gigabytes_is_refused_before_a_byte_is_read(ana: Person) -> None:
    class Unread(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("nothing may be read")

    answer = client_for(ana).put(
        "/api/v1/uploads?name=x.mp4",
        content_type="application/octet-stream",
        **{"CONTENT_LENGTH": "10000000000", "wsgi.input": Unread()},  # type: ignore[arg-type]
    )
    assert problem(answer) == (413, "too_large")
    assert "500 MB" in answer.json()["detail"]
    assert nothing_stays()


def test_an_upload_without_a_length_is_refused(ana: Person) -> None:
    answer = client_for(ana).put(
        "/api/v1/uploads?name=x.mp4",
        content_type="application/octet-stream",
        CONTENT_LENGTH="",
    )
    assert problem(answer) == (411, "length_required")
    assert nothing_stays()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"Dear diary, this is a text and no video at all.\n" * 50, "not_a_video"),
        (b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n", "disguised_playlist"),
        (b"ffconcat version 1.0\nfile '/etc/passwd'\n", "disguised_playlist"),
        (b'<?xml version="1.0"?><MPD></MPD>', "disguised_playlist"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "not_a_video"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "not_a_video"),
        (b"ID3\x03" + b"\0" * 100, "no_picture"),
    ],
)
def test_what_is_no_clip_is_refused_at_once_and_nothing_stays(
    ana: Person, data: bytes, code: str
) -> None:
    assert problem(put(client_for(ana), data)) == (422, code)
    assert nothing_stays()
    assert not Post.objects.exists()


def test_an_upload_that_breaks_off_leaves_nothing(ana: Person) -> None:
    answer = client_for(ana).put(
        "/api/v1/uploads?name=x.mp4",
        content_type="application/octet-stream",
        **{"CONTENT_LENGTH": "100000", "wsgi.input": io.BytesIO(MP4)},  # type: ignore[arg-type]
    )
    assert problem(answer) == (422, "upload_cut_off")
    assert nothing_stays()


def test_a_connection_that_fails_leaves_nothing(ana: Person) -> None:
    class Gone(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(100)

    from wardcast.platform.http import Invalid

    with pytest.raises(Invalid):
        actions.receive(ana.id, "x.mp4", 5000, Gone(MP4))
    assert nothing_stays()


def test_the_same_file_again_leads_to_the_first_post(ana: Person, ines: Person) -> None:
    data = factories.tiny_clip()
    first = put(client_for(ana), data).json()
    again = put(client_for(ana), data, "other name.mp4")
    assert problem(again) == (409, "duplicate_upload")
    assert again.json()["post_id"] == first["post_id"]
    assert Asset.objects.count() == 1
    assert not Intake.objects.exists()
    assert put(client_for(ines), data).status_code == 201


def test_a_deleted_clip_can_be_brought_again(ana: Person, do_jobs: Jobs) -> None:
    client, data = client_for(ana), factories.tiny_clip()
    first = put(client, data).json()
    do_jobs()
    assert client.delete(f"/api/v1/studio/posts/{first['post_id']}").status_code == 200
    assert nothing_stays()
    assert put(client, data).status_code == 201


def test_without_a_sandbox_nothing_is_taken(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    none = sandbox.SandboxStatus(sandbox.Tier.NONE, "neither works", "install bubblewrap")
    monkeypatch.setattr(sandbox, "detect", lambda: none)
    answer = put(client_for(ana), MP4)
    assert problem(answer) == (503, "no_sandbox")
    assert nothing_stays()


@pytest.mark.parametrize("who", ["cleo", "dev", "ada", "mara"])
def test_only_verified_clinicians_upload(who: str, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    assert problem(put(client_for(person), MP4)) == (403, "not_allowed")
    assert problem(put(client_for(), MP4)) == (401, "sign_in_first")


def test_an_upload_needs_the_pages_token(ana: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_for(ana).cookies
    assert problem(put(client, MP4)) == (403, "csrf_failed")
    assert nothing_stays()


def _made(path: Path, *words: str) -> bytes:
    import subprocess

    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *words, str(path)], check=True)
    return path.read_bytes()


def test_sound_without_a_picture_is_refused_in_the_gates_words(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    data = _made(tmp_path / "a.mp4", *"-f lavfi -i sine=duration=1 -c:a aac".split())
    client = client_for(ana)
    post_id = put(client, data).json()["post_id"]
    do_jobs()
    post = client.get(f"/api/v1/studio/posts/{post_id}").json()
    assert post["asset"]["state"] == "refused"
    assert post["asset"]["refusal"]["code"] == "no_picture"
    assert post["way"][1]["state"] == "failed"
    assert any("no moving picture" in each for each in told(ana))
    answer = client.post(f"/api/v1/studio/posts/{post_id}/check")
    assert problem(client.patch(
        f"/api/v1/studio/posts/{post_id}", {"title": "x" * 121}, content_type="application/json"
    ))[0] == 422  # fmt: skip
    assert answer.status_code in (409, 422)


def test_a_clip_that_is_too_long_is_refused(ana: Person, do_jobs: Jobs, tmp_path: Path) -> None:
    data = _made(
        tmp_path / "long.mp4",
        *"-f lavfi -i color=size=32x32:rate=1:duration=190 -c:v libx264".split(),
        *"-preset ultrafast -pix_fmt yuv420p".split(),
    )
    client = client_for(ana)
    post_id = put(client, data).json()["post_id"]
    do_jobs()
    post = client.get(f"/api/v1/studio/posts/{post_id}").json()
    assert post["asset"]["refusal"]["code"] == "too_long"
    assert "3 min" in post["asset"]["refusal"]["detail"]


def test_a_truncated_recording_is_used_as_far_as_it_goes_and_said(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    whole = _made(
        tmp_path / "whole.mp4",
        *"-f lavfi -i testsrc2=size=180x320:rate=30:duration=2".split(),
        *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 15".split(),
        *"-movflags frag_keyframe+empty_moov".split(),
    )
    client = client_for(ana)
    post_id = put(client, whole[: len(whole) * 3 // 4]).json()["post_id"]
    do_jobs()
    post = client.get(f"/api/v1/studio/posts/{post_id}").json()
    assert post["asset"]["state"] == "ready"
    assert post["asset"]["truncated"] is True
    assert post["way"][1]["state"] == "done"


def test_a_webm_without_a_length_is_fine(ana: Person, do_jobs: Jobs, tmp_path: Path) -> None:
    data = _made(
        tmp_path / "b.webm",
        *"-f lavfi -i testsrc2=size=90x160:rate=20:duration=1 -c:v libvpx".split(),
        *"-deadline realtime -cpu-used 8 -b:v 300k -f webm -live 1".split(),
    )
    client = client_for(ana)
    post_id = put(client, data, "b.webm").json()["post_id"]
    do_jobs()
    post = client.get(f"/api/v1/studio/posts/{post_id}").json()
    assert post["asset"]["state"] == "ready"
    assert post["way"][1]["state"] == "done"


def test_a_step_that_is_done_twice_leaves_one_render(ana: Person, do_jobs: Jobs) -> None:
    from wardcast.media import rendering
    from wardcast.platform import jobs

    put(client_for(ana), factories.tiny_clip())
    do_jobs()
    row = Asset.objects.get()
    render = row.renders.get()
    before = dict(render.files)
    (job,) = jobs.of(render.pk)
    rendering.render_lowest(job)
    rendering.render_rest(job)
    render.refresh_from_db()
    assert render.files == before


def test_what_a_killed_step_has_sealed_is_gone_when_it_runs_again(
    ana: Person, do_jobs: Jobs, django_capture_on_commit_callbacks: Any
) -> None:
    from wardcast.media import looking, rendering, sealed
    from wardcast.platform import jobs

    put(client_for(ana), factories.tiny_clip())
    (probe,) = [job for job in jobs.due() if job.name == actions.PROBE]
    looking.probe_original(probe)
    render = Asset.objects.get().renders.get()
    half = vault.put(sealed.part_key(render.pk, "lowest"), b"half a segment")
    (job,) = jobs.of(render.pk)
    with django_capture_on_commit_callbacks(execute=True):
        key = sealed.fresh_key(render.pk, "lowest")
    with pytest.raises(vault.Broken):
        vault.read(half.ref)
    assert key == sealed.part_key(render.pk, "lowest")
    rendering.render_lowest(job)
    render.refresh_from_db()
    assert render.state == "lowest_ready"


def test_a_gate_that_is_broken_is_retried_and_the_file_is_not_blamed(
    ana: Person, monkeypatch: pytest.MonkeyPatch, do_jobs: Jobs
) -> None:
    from wardcast.gate import probe as gate
    from wardcast.gate.errors import GateBroken
    from wardcast.media import looking
    from wardcast.platform import jobs

    def broken(*args: object, **kwargs: object) -> None:
        raise GateBroken("sandbox_failed", "The sandbox did not start.")

    put(client_for(ana), factories.tiny_clip())
    (job,) = [each for each in jobs.due() if each.name == actions.PROBE]
    with monkeypatch.context() as patched:
        patched.setattr(gate, "probe", broken)
        with pytest.raises(GateBroken):
            looking.probe_original(job)
    assert Asset.objects.get().state == "stored"
    do_jobs()
    assert Asset.objects.get().state == "ready"


def test_an_upload_that_was_killed_is_swept(ana: Person, do_jobs: Jobs) -> None:
    from datetime import timedelta

    from wardcast.platform import ids

    killed = ids.new_id()
    Intake.objects.create(id=killed, started_at=clock.now())
    vault.put(killed, b"half an upload")
    put(client_for(ana), factories.tiny_clip())
    do_jobs()
    assert Intake.objects.filter(pk=killed).exists()
    clock.advance(timedelta(hours=4))
    do_jobs()
    assert not Intake.objects.exists()
    assert not vault.has_key(killed)
    assert vault.has_key(Asset.objects.get().pk)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\Users\\ana\\ward.mp4", "a\u202eb\x00.mp4"]
)
def test_a_files_name_is_for_display_alone(ana: Person, name: str) -> None:
    asset_id = actions.receive(ana.id, name, len(MP4), io.BytesIO(MP4))
    shown = queries.asset(asset_id).name
    assert "/" not in shown
    assert "\\" not in shown
    assert shown.isprintable()


def test_the_draft_of_an_upload_belongs_to_who_brought_it(ana: Person, ines: Person) -> None:
    body = put(client_for(ana), factories.tiny_clip()).json()
    post = posts.post(UUID(body["post_id"]))
    assert (post.author_id, post.state, post.lane) == (ana.id, "draft", "lesson")
    for client in (client_for(ines), client_for()):
        answer = client.get(f"/api/v1/studio/posts/{body['post_id']}")
        assert answer.status_code in (401, 404)
        preview = client.get(f"/api/v1/media/drafts/{body['post_id']}/clip.mp4")
        assert preview.status_code in (401, 404)
