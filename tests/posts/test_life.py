"""One post's whole life over the API, through the real gate."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

import factories
from people import Person, client_for
from wardcast.media.models import Publication
from wardcast.platform import storage

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]
JSON = "application/json"
WEBVTT = """WEBVTT

NOTE made by Harold's nephew

00:00.000 --> 00:00.900 align:start
So my patient Harold Okafor came in
"""


def ask(client: Client, method: str, path: str, body: object = None) -> Any:
    answer = getattr(client, method)(f"/api/v1/{path}", body or {}, content_type=JSON)
    assert answer.status_code < 300, answer.content
    return answer.json()


def get(client: Client, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def problem(answer: Any) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def upload(client: Client) -> str:
    answer = client.put(
        "/api/v1/uploads?name=clip.mp4",
        factories.tiny_clip(),
        content_type="application/octet-stream",
    )
    assert answer.status_code == 201, answer.content
    return str(answer.json()["post_id"])


def state_of(post: dict[str, Any]) -> dict[str, str]:
    return {step["step"]: step["state"] for step in post["way"]}


def test_from_upload_through_redaction_to_public_and_back(
    ana: Person, ines: Person, dev: Person, mara: Person, do_jobs: Jobs
) -> None:
    author, second, moderator = client_for(ana), client_for(ines), client_for(dev)
    post_id = upload(author)
    post = get(author, f"studio/posts/{post_id}")
    assert post["next_action"]["code"] == "write"
    assert problem(author.post(f"/api/v1/studio/posts/{post_id}/check"))[1] == "no_title"

    # Checked before it was measured: the work goes on by itself.
    ask(author, "patch", f"studio/posts/{post_id}", {"title": "Chest pain", "lane": "lesson"})
    ask(author, "put", f"studio/posts/{post_id}/captions/en", {"text": WEBVTT})
    post = ask(author, "post", f"studio/posts/{post_id}/check")
    assert post["next_action"]["code"] == "wait"
    assert post["working"]["examined"] is False
    assert "nephew" not in post["captions"][0]["webvtt"]
    first = post["working"]["id"]
    assert problem(author.get(f"/api/v1/versions/{first}/report")) == (409, "not_examined")
    do_jobs()

    # What was found is covered in a new version.
    report = get(author, f"versions/{first}/report")
    assert report["verdict"] == "findings"
    (finding,) = [each for each in report["findings"] if each["severity"] == "block"]
    assert (finding["text"], finding["label"]) == ("Harold Okafor", "A name")
    assert finding["time"]["start_ms"] < finding["time"]["end_ms"]
    assert report["can_publish"] is False
    assert report["texts"]["captions"][0]["cues"][0]["text"].startswith("So my patient")
    post = get(author, f"studio/posts/{post_id}")
    assert (post["next_action"]["code"], post["working"]["examined"]) == ("review", True)
    body = {"finding_ids": [finding["id"]], "how": "bleep"}
    version_id = ask(author, "post", f"versions/{first}/redact", body)["version_id"]
    do_jobs()
    report = get(author, f"versions/{version_id}/report")
    assert report["verdict"] == "not_checked"
    assert [each["state"] for each in report["versions"]] == ["superseded", "ready"]
    assert "Okafor" in json.dumps(report.pop("before"))  # its author alone may compare
    assert "Okafor" not in json.dumps(report)
    assert problem(author.post(f"/api/v1/versions/{first}/publish"))[0] == 409

    # Two clinicians attest what nothing else looked at.
    held = author.post(f"/api/v1/versions/{version_id}/publish")
    assert problem(held) == (409, "held")
    assert problem(second.get(f"/api/v1/versions/{version_id}/duty"))[0] == 404
    body = {"statement": True, "ask": str(ines.id)}
    report = ask(author, "post", f"versions/{version_id}/attest", body)
    assert report["attestation"]["second"]["state"] == "asked"
    post = get(author, f"studio/posts/{post_id}")
    (attested,) = [step for step in post["way"] if step["step"] == "attested"]
    assert [person["handle"] for person in attested["awaited"]] == ["ines"]
    duty = get(second, f"versions/{version_id}/duty")
    assert duty["author"]["handle"] == "ana"
    assert duty["channels"] == ["speech"]
    assert duty["statement"] == report["attestation"]["statement"]
    assert "with a view to" in duty["statement"]
    assert second.get(duty["preview_url"]).status_code in (200, 206)
    ask(second, "post", f"versions/{version_id}/second-attest", {"agrees": True})
    assert second.get(duty["preview_url"]).status_code == 404

    # A colleague hears it.
    post = get(author, f"studio/posts/{post_id}")
    assert post["next_action"]["code"] == "ask"
    rehearsal = ask(
        author, "post", f"versions/{version_id}/rehearsal/invite", {"user_ids": [str(ines.id)]}
    )
    answers = {"butt": False, "recognise": False, "laughed_at": False, "imitates": False}
    answers |= {"workplace": False, "waiting_room": True}
    body = {"answers": answers, "line": "Clear.", "moment_ms": None, "watched_ms": 100_000}
    ask(second, "post", f"rehearsals/{rehearsal['id']}/answer", body)
    post = get(author, f"studio/posts/{post_id}")
    assert post["next_action"]["code"] == "publish"

    # Public; held; restored.
    done = ask(author, "post", f"versions/{version_id}/publish")
    assert done == {"state": "public", "post_id": post_id}
    folder = Publication.objects.get(version_id=version_id).folder
    captions = storage.path(folder, "captions.en.vtt")
    assert captions is not None
    assert "[removed]" in captions.read_text()
    assert "Okafor" not in captions.read_text()
    assert set(state_of(get(author, f"studio/posts/{post_id}")).values()) == {"done"}
    assert get(client_for(), f"posts/{post_id}")["card"]["title"] == "Chest pain"
    ask(moderator, "post", f"posts/{post_id}/hold", {"reason": "Somebody recognised it."})
    assert client_for().get(f"/api/v1/posts/{post_id}").status_code in (401, 404)
    post = get(author, f"studio/posts/{post_id}")
    assert post["held"]["reason"] == "Somebody recognised it."
    listed = get(moderator, "console/posts?state=held")["items"]
    assert [each["title"] for each in listed] == ["Chest pain"]
    ask(moderator, "post", f"posts/{post_id}/restore", {"reason": "They agree."})
    assert get(client_for(), f"posts/{post_id}")["card"]["post_id"] == post_id


def test_a_second_submit_is_refused_with_a_sentence(ana: Person) -> None:
    client, post_id = client_for(ana), factories.a_draft(ana)
    ask(client, "post", f"studio/posts/{post_id}/check")
    again = client.post(f"/api/v1/studio/posts/{post_id}/check")
    assert problem(again) == (409, "already_submitted")


@pytest.mark.parametrize(
    ("webvtt", "code", "line"),
    [
        ("Dear diary", "bad_captions", 1),
        ("WEBVTT\n\n00:01.000 -> 00:02.000\nx\n", "no_captions", 1),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nx\n\n1 --> 2\ny\n", "bad_captions", 6),
        ("WEBVTT\n", "no_captions", 1),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n", "bad_captions", 3),
        ("1\r\n00:00:01,000 --> 00:00:61,000\r\nx\r\n", "bad_captions", 2),
    ],
)
def test_captions_that_cannot_be_read_are_refused_with_their_line(
    ana: Person, webvtt: str, code: str, line: int
) -> None:
    post_id = factories.a_draft(ana)
    answer = client_for(ana).put(
        f"/api/v1/studio/posts/{post_id}/captions/en", {"text": webvtt}, content_type=JSON
    )
    assert problem(answer) == (422, code)
    assert answer.json()["line"] == line


def test_captions_come_and_go(ana: Person) -> None:
    client, post_id = client_for(ana), factories.a_draft(ana)
    path = f"studio/posts/{post_id}/captions/en"
    post = ask(client, "put", path, {"text": WEBVTT})
    (track,) = post["captions"]
    assert (track["language"], track["spoken"]) == ("en", True)
    assert track["webvtt"].startswith("WEBVTT")
    post = ask(client, "delete", path)
    assert post["captions"] == []
    assert ask(client, "delete", path)["captions"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"title": "x" * 121},
        {"text": "x" * 2001},
        {"script": "x" * 20_001},
        {"lane": "nonsense"},
        {"visibility": "nonsense"},
        {"title": "a\u0000b"},
    ],
)
def test_words_that_do_not_fit_are_refused_and_nothing_is_saved(
    ana: Person, body: dict[str, str]
) -> None:
    client, post_id = client_for(ana), factories.a_draft(ana, "Kept")
    answer = client.patch(f"/api/v1/studio/posts/{post_id}", body, content_type=JSON)
    assert problem(answer)[0] == 422
    assert get(client, f"studio/posts/{post_id}")["title"] == "Kept"


def test_the_studio_lists_ones_own_posts_alone(ana: Person, ines: Person) -> None:
    factories.a_draft(ana, "Mine")
    factories.a_draft(ines, "Hers")
    titles = [each["title"] for each in get(client_for(ana), "studio/posts")["items"]]
    assert titles == ["Mine"]


def test_moderators_read_what_was_public_and_never_the_draft(ana: Person, dev: Person) -> None:
    made = factories.a_public_post(ana, "Public words")
    ask(client_for(ana), "patch", f"studio/posts/{made.post_id}", {"title": "New draft words"})
    (item,) = get(client_for(dev), "console/posts?state=public")["items"]
    assert item["title"] == "Public words"
    assert "New draft words" not in json.dumps(item)
    assert client_for(dev).get(f"/api/v1/studio/posts/{made.post_id}").status_code == 403


@pytest.mark.parametrize("action", ["nonsense", "accepted"])
def test_a_mark_that_does_not_do_is_refused(ana: Person, do_jobs: Jobs, action: str) -> None:
    client = client_for(ana)
    post_id = factories.a_draft(ana, text="My patient Harold Okafor came in with chest pain.")
    version_id = ask(client, "post", f"studio/posts/{post_id}/check")["working"]["id"]
    do_jobs()
    (finding,) = get(client, f"versions/{version_id}/report")["findings"]
    body = {"finding_id": finding["id"], "action": action, "note": "Fine."}
    answer = client.post(f"/api/v1/versions/{version_id}/marks", body, content_type=JSON)
    assert problem(answer)[0] == 422
    assert problem(
        client.post(
            f"/api/v1/versions/{version_id}/marks", {**body, "action": "consent"}, content_type=JSON
        )
    ) == (422, "no_consent")
    given = {
        "who": "Harold, who agreed in writing",
        "covers": "post",
        "kinds": [],
        "given_on": "2026-01-05",
    }
    (consent,) = ask(client, "post", f"studio/posts/{post_id}/consents", given)["items"]
    body |= {"action": "consent", "consent_id": consent["id"]}
    report = ask(client, "post", f"versions/{version_id}/marks", body)
    assert report["findings"][0]["mark"]["by"] == "Dr Ana Araujo"
    assert report["version"]["state"] == "ready"


def test_nobody_learns_of_a_report_that_is_not_theirs(
    ana: Person, ines: Person, dev: Person, ada: Person, do_jobs: Jobs
) -> None:
    version_id = ask(client_for(ana), "post", f"studio/posts/{factories.a_draft(ana)}/check")[
        "working"
    ]["id"]
    do_jobs()
    for person in (ines, dev, ada):
        answer = client_for(person).get(f"/api/v1/versions/{version_id}/report")
        assert problem(answer) == (404, "not_found")
    assert problem(client_for().get(f"/api/v1/versions/{version_id}/report"))[0] == 401
