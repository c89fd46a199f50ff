"""What cannot be used gets a plain sentence and the right status, and leaves all as it was."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from factories import a_draft, a_public_post
from people import Person, client_for

pytestmark = pytest.mark.django_db

JSON = "application/json"


def everything(data: Path) -> dict[str, int]:
    """How many rows each table has, and how many files lie in the vault."""
    rows = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    return {**rows, "vault": sum(each.is_file() for each in (data / "vault").rglob("*"))}


def refused(answer: Any, status: int, code: str) -> None:
    said = answer.json()
    assert (answer.status_code, said["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert said["detail"].endswith(".")
    assert "!" not in said["detail"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ('{"text": "%s"}' % ("x" * 10_000), 422, "comment_too_long"),
        ('{"text": "   "}', 422, "comment_empty"),
        ("{}", 422, "invalid_request"),
        ("[1]", 422, "invalid_request"),
        ("{no", 422, "unreadable_body"),
        (b"\xff\xfe", 422, "unreadable_body"),
    ],
)
def test_a_comment_that_cannot_be_used_says_why_and_leaves_nothing(
    ana: Person, ben: Person, data_folder: Path, body: str | bytes, status: int, code: str
) -> None:
    path = f"/api/v1/posts/{a_public_post(ana).post_id}/comments"
    client = client_for(ben)
    client.get(path)
    before = everything(data_folder)
    refused(client.post(path, body, JSON), status, code)
    assert everything(data_folder) == before


@pytest.mark.parametrize("token", ["", "wrong", "x" * 64])
def test_a_wrong_token_does_nothing(
    ana: Person, ben: Person, data_folder: Path, token: str
) -> None:
    path = f"/api/v1/posts/{a_public_post(ana).post_id}/comments"
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_for(ben).cookies
    client.get("/")
    before = everything(data_folder)
    refused(client.post(path, '{"text": "x"}', JSON, HTTP_X_CSRFTOKEN=token), 403, "csrf_failed")
    assert everything(data_folder) == before


def test_a_second_submit_says_so_and_starts_nothing(ana: Person, data_folder: Path) -> None:
    path = f"/api/v1/studio/posts/{a_draft(ana)}/check"
    client = client_for(ana)
    assert client.post(path).status_code == 200
    before = everything(data_folder)
    refused(client.post(path), 409, "already_submitted")
    after = everything(data_folder)
    assert {name for name in before if before[name] != after[name]} <= {"platform.Use"}


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("-f lavfi -i color=size=6000x3000:rate=1:duration=1 -c:v libx264", "too_many_pixels"),
        ("-f lavfi -i sine=duration=1 -c:a aac", "no_picture"),
    ],
)
def test_a_file_that_is_refused_later_can_be_deleted_without_a_trace(
    ana: Person,
    do_jobs: Callable[[], int],
    data_folder: Path,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Callable[..., Any],
    source: str,
    code: str,
) -> None:
    made = tmp_path / "clip.mp4"
    command = ["ffmpeg", "-nostdin", "-v", "error", *source.split(), str(made)]
    subprocess.run(command, check=True)
    client = client_for(ana)
    before = everything(data_folder)
    answer = client.put("/api/v1/uploads?name=a.mp4", made.read_bytes(), "application/octet-stream")
    do_jobs()
    path = f"/api/v1/studio/posts/{answer.json()['post_id']}"
    found = client.get(path).json()
    assert (found["asset"]["state"], found["asset"]["refusal"]["code"]) == ("refused", code)
    refused(client.post(f"{path}/check"), 422, "no_title")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(path).status_code == 200
    after = everything(data_folder)
    kept = ("vault", "media.Asset", "media.Render", "media.Intake", "platform.VaultKey")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
