"""Work on a clip that failed through no fault of the file: its author has it tried again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import factories
from people import Person, client_for
from wardcast.media.models import Asset, Render
from wardcast.platform import config, jobs
from wardcast.posts.models import Post, Version

pytestmark = pytest.mark.django_db


def work() -> None:
    """Does what is due as the worker does, with a failure at once where it would try thrice."""
    while waiting := jobs.due():
        for job in waiting:
            jobs.handed(job.id)
            try:
                jobs.perform(job.id, lambda _, step: step())
            except Exception as error:  # noqa: BLE001  # whatever it is, the worker would fail it
                jobs.fail(job.id, error)


def work_on(name: str) -> None:
    """Does the due jobs of one name alone."""
    for job in [each for each in jobs.due() if each.name == name]:
        jobs.handed(job.id)
        jobs.perform(job.id, lambda _, step: step())


@contextmanager
def away(ref: str) -> Iterator[None]:
    """A sealed file is out of reach, as on a disk that answers no more, for a while."""
    path: Path = config.current().vault / ref
    hidden = path.with_name("hidden")
    path.rename(hidden)
    yield
    hidden.rename(path)


def bring(client: Client, data: bytes) -> str:
    answer = client.put(
        "/api/v1/uploads?name=ward.mp4", data, content_type="application/octet-stream"
    )
    assert answer.status_code == 201
    post_id: str = answer.json()["post_id"]
    return post_id


def seen(client: Client, post_id: str) -> dict[str, Any]:
    post: dict[str, Any] = client.get(f"/api/v1/studio/posts/{post_id}").json()
    return post


def step(post: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in post["way"] if each["step"] == name)
    return found


def retry(client: Client, post_id: str) -> Any:
    return client.post(f"/api/v1/studio/posts/{post_id}/retry")


def test_a_look_that_failed_is_tried_again_and_the_clip_goes_its_way(ana: Person) -> None:
    client = client_for(ana)
    post_id = bring(client, factories.tiny_clip())
    with away(Asset.objects.get().sealed_ref):
        work()
    failed = seen(client, post_id)
    assert step(failed, "rendered")["state"] == "failed"
    assert "not the file's fault" in step(failed, "rendered")["detail"]
    assert failed["next_action"]["code"] == "retry"
    again = retry(client, post_id)
    assert again.status_code == 200
    assert step(again.json(), "rendered")["state"] == "now"
    work()
    assert step(seen(client, post_id), "rendered")["state"] == "done"


def test_a_render_that_failed_is_tried_again(ana: Person) -> None:
    client = client_for(ana)
    post_id = bring(client, factories.tiny_clip())
    work_on("media.probe")
    with away(Asset.objects.get().sealed_ref):
        work()
    assert Render.objects.get().state == "failed"
    assert seen(client, post_id)["next_action"]["code"] == "retry"
    assert retry(client, post_id).status_code == 200
    work()
    assert step(seen(client, post_id), "rendered")["state"] == "done"


def test_a_check_that_failed_says_so_and_is_tried_again(ana: Person) -> None:
    client = client_for(ana)
    post_id = bring(client, factories.tiny_clip())
    body = {"text": "WEBVTT\n\n00:00.000 --> 00:00.900\nWash your hands.\n"}
    url = f"/api/v1/studio/posts/{post_id}"
    assert (
        client.put(f"{url}/captions/en", body, content_type="application/json").status_code == 200
    )
    client.patch(url, {"title": "Hands"}, content_type="application/json")
    work()
    assert client.post(f"{url}/check").status_code == 200
    with away(Asset.objects.get(kind="captions").sealed_ref):
        work()
    failed = seen(client, post_id)
    assert step(failed, "checked")["state"] == "failed"
    assert failed["next_action"]["code"] == "retry"
    assert retry(client, post_id).status_code == 200
    assert step(seen(client, post_id), "checked")["state"] == "now"
    work()
    assert seen(client, post_id)["working"]["examined"]
    assert Version.objects.count() == 1


def test_asked_twice_it_is_tried_once(ana: Person) -> None:
    client = client_for(ana)
    post_id = bring(client, factories.tiny_clip())
    with away(Asset.objects.get().sealed_ref):
        work()
    assert [retry(client, post_id).status_code for _ in range(3)] == [200, 200, 200]
    assert [job.state for job in jobs.of(Asset.objects.get().pk)] == ["failed", "queued"]


def test_what_failed_again_can_be_tried_again(ana: Person) -> None:
    client = client_for(ana)
    post_id = bring(client, factories.tiny_clip())
    with away(Asset.objects.get().sealed_ref):
        work()
        assert retry(client, post_id).status_code == 200
        work()
    assert seen(client, post_id)["next_action"]["code"] == "retry"
    assert retry(client, post_id).status_code == 200
    work()
    assert step(seen(client, post_id), "rendered")["state"] == "done"


def test_a_file_that_is_refused_is_not_tried_again(ana: Person) -> None:
    client = client_for(ana)
    post_id = bring(client, factories.tiny_clip()[:2_000])
    work()
    assert Asset.objects.get().state == "refused"
    assert seen(client, post_id)["next_action"]["code"] == "none"
    answer = retry(client, post_id)
    assert (answer.status_code, answer.json()["code"]) == (409, "retry_cannot_help")
    assert Asset.objects.get().refusal_detail in answer.json()["detail"]


def test_what_runs_or_is_done_is_not_tried_again(ana: Person) -> None:
    client = client_for(ana)
    post_id = bring(client, factories.tiny_clip())
    for _ in ("it waits", "it is done"):
        answer = retry(client, post_id)
        assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_retry")
        work()


def test_its_author_alone_has_it_tried_again(ana: Person, ines: Person, cleo: Person) -> None:
    post_id = bring(client_for(ana), factories.tiny_clip())
    with away(Asset.objects.get().sealed_ref):
        work()
    assert retry(client_for(ines), post_id).status_code == 404
    assert retry(client_for(cleo), post_id).status_code in (403, 404)
    assert retry(client_for(), post_id).status_code in (401, 404)
    Post.objects.update(state="held")
    assert retry(client_for(ana), post_id).status_code == 403
    assert not [job for job in jobs.due() if job.name == "media.probe"]
