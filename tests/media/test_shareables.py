"""A file to take elsewhere is signed, its author's alone, and gone when the version is."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

import factories
from gate.conftest import ffmpeg
from people import Person, client_for
from wardcast.gate import credentials
from wardcast.media import shareables
from wardcast.media.models import Shareable
from wardcast.media.sealed import part_key
from wardcast.platform import config, jobs, signing, vault
from wardcast.posts import actions, drafts
from wardcast.posts.models import Version
from wardcast.posts.values import Published

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]
SAID = "Shake it zebra first"
WEBVTT = f"WEBVTT\n\n00:00.000 --> 00:00.900\n{SAID}\n"


def shareables_of(client: Client, post_id: UUID) -> dict[str, Any]:
    answer = client.get(f"/api/v1/studio/posts/{post_id}/shareables")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def ask(client: Client, post_id: UUID, language: str | None) -> Any:
    return client.post(
        f"/api/v1/studio/posts/{post_id}/shareables",
        json.dumps({"language": language}),
        content_type="application/json",
    )


def downloaded(client: Client, url: str) -> bytes:
    """As the web app fetches it: in parts."""
    data = b""
    while True:
        answer = client.get(url, HTTP_RANGE=f"bytes={len(data)}-{len(data) + 9_999}")
        if answer.status_code == 416:
            return data
        assert answer.status_code == 206, answer.content
        assert answer["Cache-Control"] == "no-store"
        data += answer.content


def bring(ana: Person, do_jobs: Jobs, webvtt: str = WEBVTT) -> tuple[UUID, UUID]:
    """A real clip with captions, all of whose gates are cleared; its post and version."""
    answer = client_for(ana).put(
        "/api/v1/uploads?name=x.mp4", factories.tiny_clip(), content_type="application/octet-stream"
    )
    post_id = UUID(answer.json()["post_id"])
    drafts.autosave(post_id, drafts.Changes(title="How to use a spacer"))
    drafts.set_captions(post_id, webvtt)
    drafts.set_captions(post_id, WEBVTT.replace(SAID, "Erst das Zebra"), "de")
    do_jobs()
    version_id = actions.cut(post_id)
    do_jobs()
    factories.clear_all(version_id)
    return post_id, version_id


@pytest.mark.slow
def test_a_file_with_captions_in_the_picture_is_made_signed_and_taken_by_its_author(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    post_id, version_id = bring(ana, do_jobs)
    client = client_for(ana)
    language = "de"
    assert shareables_of(client, post_id)["languages"] == ["en", language]
    made = ask(client, post_id, language).json()
    assert [each["state"] for each in made["files"]] == ["making"]
    do_jobs()
    (file,) = shareables_of(client, post_id)["files"]
    assert (file["state"], file["fraction"], file["language"]) == ("ready", 1.0, language)
    assert file["name"] == f"wardcast-ana-{post_id.hex[-8:]}-{language}.mp4"
    data = downloaded(client, file["url"])
    assert len(data) == file["size"]
    found = credentials.read(io.BytesIO(data), signing.signer().root)
    assert found is not None
    assert found.state == "Trusted"
    said = json.dumps(found.said)
    assert Version.objects.get(pk=version_id).hash in said
    assert "c2pa.addedText" in said
    assert '"language": "de"' in said
    assert '"language": "de"' in said
    assert SAID not in said
    assert seen(data, tmp_path) > 10, "words are drawn in white"


@pytest.mark.slow
def test_a_file_without_captions_is_the_checked_clip_with_a_signature(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    post_id, _ = bring(ana, do_jobs)
    client = client_for(ana)
    assert ask(client, post_id, None).status_code == 200
    do_jobs()
    (file,) = shareables_of(client, post_id)["files"]
    assert file["language"] is None
    data = downloaded(client, file["url"])
    found = credentials.read(io.BytesIO(data), signing.signer().root)
    assert found is not None
    assert found.state == "Trusted"
    assert "c2pa.addedText" not in json.dumps(found.said)
    assert seen(data, tmp_path) == 0


def seen(clip: bytes, folder: Path) -> int:
    """How many white points the picture at half a second has in its lower part; the test picture
    itself has none there."""
    path, raw = folder / "x.mp4", folder / "x.gray"
    path.write_bytes(clip)
    ffmpeg(
        *("-ss", "0.5", "-i", path, "-frames:v", "1"),
        *("-vf", "crop=iw:ih/4:0:ih*0.6", "-pix_fmt", "rgb24", "-f", "rawvideo", raw),
    )
    data = raw.read_bytes()
    return sum(min(data[at : at + 3]) > 225 for at in range(0, len(data), 3))


@pytest.mark.slow
def test_letters_that_cannot_be_drawn_are_said_and_it_can_be_tried_again(
    ana: Person, do_jobs: Jobs
) -> None:
    post_id, _ = bring(ana, do_jobs, WEBVTT.replace("zebra", "\U0001b170"))
    client = client_for(ana)
    ask(client, post_id, "en")
    do_jobs()
    (file,) = shareables_of(client, post_id)["files"]
    assert file["state"] == "failed"
    assert "\U0001b170" in file["detail"]
    assert client.get(file["url"], HTTP_RANGE="bytes=0-9").status_code == 404
    again = ask(client, post_id, "en").json()["files"][0]
    assert (again["state"], again["detail"]) == ("making", "")
    assert do_jobs() == 1


def shared(ana: Person, made: factories.Made, do_jobs: Jobs) -> str:
    """A finished file without captions of a version of tiny files; its address."""
    client = client_for(ana)
    assert ask(client, made.post_id, None).status_code == 200
    do_jobs()
    (file,) = shareables_of(client, made.post_id)["files"]
    assert file["state"] == "ready", file["detail"]
    url: str = file["url"]
    assert client.get(url, HTTP_RANGE="bytes=0-9").status_code == 206
    return url


def lies_nowhere(version_id: UUID, key: UUID) -> bool:
    folder = config.current().vault / key.hex
    return not Shareable.objects.filter(version_id=version_id).exists() and not (
        vault.has_key(key) or folder.exists()
    )


def key_of(made: factories.Made) -> UUID:
    return part_key(Shareable.objects.get(version_id=made.version_id).pk, "file")


def test_it_is_made_once_however_often_it_is_asked_for(ana: Person, do_jobs: Jobs) -> None:
    made = factories.a_public_post(ana)
    shared(ana, made, do_jobs)
    before = Shareable.objects.get().file
    assert ask(client_for(ana), made.post_id, None).json()["files"][0]["state"] == "ready"
    assert do_jobs() == 0
    assert Shareable.objects.get().file == before


def test_nobody_but_its_author_learns_of_it(
    ana: Person, ben: Person, ines: Person, dev: Person, do_jobs: Jobs
) -> None:
    made = factories.a_public_post(ana)
    url = shared(ana, made, do_jobs)
    listed = f"/api/v1/studio/posts/{made.post_id}/shareables"
    for person in (ben, ines, dev, None):
        client = client_for(person)
        assert client.get(url, HTTP_RANGE="bytes=0-9").status_code in (401, 403, 404)
        assert client.get(listed).status_code in (401, 403, 404)
        assert ask(client, made.post_id, None).status_code in (401, 403, 404)


@pytest.mark.parametrize("ends", ["withdrawn", "replaced", "held", "deleted"])
def test_it_is_gone_at_once_when_its_version_is(
    ana: Person, dev: Person, do_jobs: Jobs, ends: str,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:  # fmt: skip
    made = factories.a_public_post(ana)
    url, key = shared(ana, made, do_jobs), key_of(made)
    with django_capture_on_commit_callbacks(execute=True):
        if ends == "withdrawn":
            actions.withdraw(made.version_id, "It was wrong.")
        elif ends == "replaced":
            factories.a_newer_version(made)
        elif ends == "held":
            actions.hold(made.post_id, dev.id, "Somebody asked.")
        else:
            actions.delete(made.post_id, ana.id)
    assert client_for(ana).get(url, HTTP_RANGE="bytes=0-9").status_code in (403, 404)
    assert lies_nowhere(made.version_id, key)


def test_a_cleared_version_that_a_newer_one_replaces_takes_its_file_along(
    ana: Person, do_jobs: Jobs, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    made = factories.a_cleared_post(ana)
    url, key = shared(ana, made, do_jobs), key_of(made)
    with django_capture_on_commit_callbacks(execute=True):
        drafts.autosave(made.post_id, drafts.Changes(title="Another title"))
        actions.cut(made.post_id)
    assert client_for(ana).get(url, HTTP_RANGE="bytes=0-9").status_code == 404
    assert lies_nowhere(made.version_id, key)


def test_a_version_withdrawn_while_its_file_is_made_leaves_none(
    ana: Person, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    made = factories.a_public_post(ana)
    ask(client_for(ana), made.post_id, None)
    row, key = Shareable.objects.get(), key_of(made)
    with django_capture_on_commit_callbacks(execute=True):
        sealed = shareables._made(row, jobs.of(row.pk)[0].id)
        actions.withdraw(made.version_id, "It was wrong.")
        shareables._keep(row, sealed)
    assert lies_nowhere(made.version_id, key)


@pytest.mark.django_db(transaction=True)
def test_a_step_that_was_killed_is_done_again_and_leaves_one_file(
    ana: Person, do_jobs: Jobs
) -> None:
    made = factories.a_public_post(ana)
    ask(client_for(ana), made.post_id, None)
    row, key = Shareable.objects.get(), key_of(made)
    shareables._made(row, jobs.of(row.pk)[0].id)  # and then the worker is gone
    do_jobs()
    row.refresh_from_db()
    assert row.state == "ready"
    assert len(list((config.current().vault / key.hex).iterdir())) == 1


def test_nothing_is_signed_that_not_every_gate_has_cleared(ana: Person, do_jobs: Jobs) -> None:
    client = client_for(ana)
    post_id = factories.a_draft(ana)
    assert "checked first" in shareables_of(client, post_id)["because"]
    version_id = actions.cut(post_id)
    said = shareables_of(client, post_id)
    assert said["because"]
    assert said["version_id"] is None
    refused = ask(client, post_id, None)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_cleared")
    factories.clear_all(version_id)
    made = factories.Made(post_id, 0, version_id, 0, ana)
    url = shared(ana, made, do_jobs)
    actions.revoke(version_id, "check", "Someone recognised a voice.")
    assert client.get(url, HTTP_RANGE="bytes=0-9").status_code == 404
    assert not Shareable.objects.exclude(version_id=version_id).exists()


def test_captions_that_a_version_does_not_have_are_refused(ana: Person) -> None:
    made = factories.a_public_post(ana)
    refused = ask(client_for(ana), made.post_id, "fr")
    assert (refused.status_code, refused.json()["code"]) == (422, "no_such_captions")
    assert not Shareable.objects.exists()
    assert ask(client_for(ana), made.post_id, "{\\an8}").status_code == 422


def test_it_lies_sealed_and_not_in_the_public_store(ana: Person, do_jobs: Jobs) -> None:
    made = factories.a_cleared_post(ana)
    shared(ana, made, do_jobs)
    assert not config.current().public.exists() or not list(config.current().public.iterdir())
    sealed = Shareable.objects.get().file["ref"]
    assert b"ftyp" not in (config.current().vault / sealed).read_bytes()
    assert isinstance(actions.publish(made.version_id, ana.id), Published)


def test_a_clip_that_is_no_longer_what_was_checked_is_not_signed(
    ana: Person, do_jobs: Jobs
) -> None:
    made = factories.a_public_post(ana)
    render = Version.objects.get(pk=made.version_id).render
    assert render
    render.files["clip.mp4"]["sha256"] = "0" * 64
    render.save()
    ask(client_for(ana), made.post_id, None)
    do_jobs()
    (file,) = shareables_of(client_for(ana), made.post_id)["files"]
    assert file["state"] == "failed"
    assert "no longer what was rendered" in file["detail"]
