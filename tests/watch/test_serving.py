"""What is owed comes first, and whoever may have seen a version is known before they see it."""

import json
import uuid
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factories import BLURHASH, Made, a_cleared_post, a_newer_version, a_public_post
from people import Person, client_for
from wardcast.accounts import viewers
from wardcast.feed.models import Candidate
from wardcast.platform import clock
from wardcast.platform.policy import Actor
from wardcast.posts import actions as posts
from wardcast.recall import actions as recall
from wardcast.recall import ledger
from wardcast.recall.models import Exposure
from wardcast.recall.rules import Severity, Words
from wardcast.watch import actions as watch

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")


def feed(client: Client, **query: str) -> dict[str, Any]:
    answer = client.get("/api/v1/feed", query)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def shown(page: dict[str, Any]) -> list[str]:
    assert page["kind"] == "clips", page
    return [item["card"]["version_id"] for item in page["items"]]


def tell(client: Client, version_id: object, kind: str, **more: Any) -> dict[str, Any]:
    event = {"id": str(uuid.uuid4()), "version_id": str(version_id), "kind": kind, "at_ms": 1}
    return batch(client, [{**event, **more}])


def batch(client: Client, events: list[dict[str, Any]]) -> dict[str, Any]:
    answer = client.post("/api/v1/beacons", {"events": events}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def correct(made: Made, severity: Severity = Severity.CORRECT) -> str:
    return str(recall.open_notice(made.author.actor, made.version_id, severity, WORDS))


def exposed(made: Made) -> dict[int, int]:
    rows = Exposure.objects.filter(version_serial=made.serial)
    return dict(rows.values_list("viewer", "level"))


def test_a_guest_watches_without_an_account_and_is_remembered_by_device(ana: Person) -> None:
    made = a_public_post(ana)
    guest = client_for()
    page = feed(guest)
    assert shown(page) == [str(made.version_id)]
    assert page["next"] is None
    cookie = guest.cookies["wardcast_device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    feed(guest)
    assert len(exposed(made)) == 1
    feed(client_for())
    assert len(exposed(made)) == 2


def test_a_card_carries_what_is_needed_and_why_it_is_here(ana: Person, ben: Person) -> None:
    made = a_public_post(ana, "How to use a spacer")
    (item,) = feed(client_for(ben))["items"]
    assert item["why"] == {"code": "follow", "text": "You follow Dr Ana Araujo"}
    assert item["mine"] == {"liked": False, "following": True}
    assert item["counts"] == {"likes": 0, "comments": 0}
    assert item["card"]["title"] == "How to use a spacer"
    assert item["card"]["media"]["mp4"].startswith("/clips/")
    assert item["card"]["media"]["blurhash"] == BLURHASH
    assert item["card"]["media"]["rungs"] == [360]
    assert item["card"]["post_id"] == str(made.post_id)


def test_the_exposure_is_kept_before_an_address_is_looked_up(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    client = client_for(ben)

    def die(*args: object) -> None:
        raise KeyboardInterrupt

    with (
        patch("wardcast.watch.actions.posts.cards", die),
        pytest.raises(KeyboardInterrupt),
    ):
        client.get("/api/v1/feed")
    assert exposed(made) == {ben.actor.viewer: ledger.SERVED}


def test_nothing_is_served_when_the_exposure_cannot_be_kept(ana: Person, ben: Person) -> None:
    a_public_post(ana)
    client = client_for(ben)
    client.raise_request_exception = False

    def full(batch: object) -> None:
        raise OSError("no space left")

    with patch("wardcast.watch.actions.ledger.record", full):
        answer = client.get("/api/v1/feed")
    assert answer.status_code == 500
    assert b"/media/" not in answer.content


def test_all_exposures_of_a_page_are_one_statement(ana: Person, ben: Person) -> None:
    for number in range(4):
        a_public_post(ana, f"Part {number}")
    client = client_for(ben)
    with CaptureQueriesContext(connection) as seen:
        assert len(shown(feed(client))) == 4
    writes = [each["sql"] for each in seen if each["sql"].startswith("INSERT INTO recall_exposure")]
    assert len(writes) == 1


def test_an_author_is_not_exposed_to_their_own_clip(ana: Person) -> None:
    made = a_public_post(ana)
    client = client_for(ana)
    assert shown(feed(client, at=str(made.post_id))) == [str(made.version_id)]
    assert exposed(made) == {}


def test_a_correction_comes_before_any_video_until_it_is_read(
    ana: Person, ben: Person, cleo: Person
) -> None:
    made = a_public_post(ana)
    other = a_public_post(ana, "Another one")
    client = client_for(ben)
    feed(client)
    notice = correct(made)
    page = feed(client)
    assert page["kind"] == "must_see"
    (owed,) = page["notices"]
    assert owed["id"] == notice
    assert owed["what_right"] == "Keep taking it."
    assert owed["author"]["handle"] == "ana"
    assert owed["by"]["handle"] == "ana"
    assert owed["coverage"] == {"exposed": 1, "shown": 0, "acknowledged": 0}
    assert owed["poster"] is None
    assert b"/media/" not in client.get("/api/v1/feed").content
    answer = client.get(f"/api/v1/posts/{other.post_id}")
    assert (answer.status_code, answer.json()["code"]) == (409, "correction_owed")
    ids = {"ids": [notice]}
    assert client.post("/api/v1/notices/shown", ids, "application/json").json() == {}
    assert feed(client)["kind"] == "must_see"
    read = client.post("/api/v1/notices/acknowledge", ids, "application/json")
    assert read.json() == {"owed": False}
    assert feed(client)["kind"] == "clips"
    assert feed(client_for(cleo))["kind"] == "clips"


def test_a_note_is_owed_by_nobody(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    client = client_for(ben)
    feed(client)
    correct(made, Severity.NOTE)
    (item,) = feed(client)["items"]
    assert item["card"]["correction"]["severity"] == "note"


def test_a_guest_owes_by_device_and_still_owes_after_signing_in(
    ana: Person, ben: Person, fast_passwords: None
) -> None:
    made = a_public_post(ana)
    guest = client_for()
    feed(guest)
    correct(made)
    assert feed(guest)["kind"] == "must_see"
    token = guest.cookies["wardcast_device"].value
    viewers.link(ben.id, token)
    assert feed(client_for(ben))["kind"] == "must_see"


def test_the_gravest_comes_first(ana: Person, ben: Person) -> None:
    light, grave = a_public_post(ana), a_public_post(ana, "Another one")
    client = client_for(ben)
    feed(client)
    correct(light)
    correct(grave, Severity.WITHDRAW)
    severities = [notice["severity"] for notice in feed(client)["notices"]]
    assert severities == ["withdraw", "correct"]


def test_the_newer_version_can_be_looked_at_while_its_notice_is_owed(
    ana: Person, ben: Person
) -> None:
    made = a_public_post(ana)
    client = client_for(ben)
    feed(client)
    newer = a_newer_version(made)
    correct(made, Severity.REPLACE)
    (owed,) = feed(client)["notices"]
    assert owed["changed"] == {
        "post_id": str(made.post_id),
        "version_id": str(newer.version_id),
        "start_ms": 0,
        "end_ms": 4000,
    }
    assert owed["poster"].endswith("/poster.jpg")
    answer = client.get(f"/api/v1/posts/{made.post_id}")
    assert answer.status_code == 200
    card = answer.json()["card"]
    assert card["version_id"] == str(newer.version_id)
    assert card["correction"]["severity"] == "replace"


def test_a_withdrawn_version_is_served_to_nobody(ana: Person, ben: Person, cleo: Person) -> None:
    made = a_public_post(ana)
    client = client_for(ben)
    (item,) = feed(client)["items"]
    clip = item["card"]["media"]["mp4"]
    assert client.get(clip, HTTP_RANGE="bytes=0-9").status_code == 206
    correct(made, Severity.WITHDRAW)
    assert client.get(clip, HTTP_RANGE="bytes=0-9").status_code == 404
    assert shown(feed(client_for(cleo))) == []


def test_a_held_post_is_served_to_nobody_until_it_is_restored(
    ana: Person, ben: Person, dev: Person
) -> None:
    made = a_public_post(ana)
    client = client_for(ben)
    posts.hold(made.post_id, dev.id, "Is this right?")
    assert shown(feed(client)) == []
    assert client.get(f"/api/v1/posts/{made.post_id}").status_code == 404
    posts.restore(made.post_id, dev.id)
    assert shown(feed(client)) == [str(made.version_id)]


def test_one_post_can_be_asked_for_first(ana: Person, ben: Person) -> None:
    made = [a_public_post(ana, f"Part {number}") for number in range(3)]
    page = feed(client_for(ben), at=str(made[0].post_id))
    assert shown(page)[0] == str(made[0].version_id)
    assert page["items"][0]["why"]["code"] == "asked"
    assert len(set(shown(page))) == 3


def test_a_post_that_is_not_open_looks_like_none(ana: Person, cleo: Person) -> None:
    made = a_public_post(ana, visibility="followers")
    for client in (client_for(), client_for(cleo)):
        for path in (f"/api/v1/posts/{made.post_id}", f"/api/v1/posts/{uuid.uuid4()}"):
            assert client.get(path).status_code == 404
    assert exposed(made) == {}


def test_a_wrong_cursor_is_refused_as_problem_details(ben: Person) -> None:
    answer = client_for(ben).get("/api/v1/feed", {"cursor": "?"})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "bad_cursor"


def test_answers_with_addresses_are_not_stored(ana: Person) -> None:
    a_public_post(ana)
    assert client_for().get("/api/v1/feed")["Cache-Control"] == "no-store"


def test_a_beacon_raises_the_level_and_is_counted_once(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    client = client_for(ben)
    feed(client)
    event = {"id": str(uuid.uuid4()), "version_id": str(made.version_id), "at_ms": 1}
    finished = {**event, "kind": "finished"}
    assert batch(client, [finished]) == {"accepted": 1, "ignored": 0, "owed": False}
    assert batch(client, [finished]) == {"accepted": 0, "ignored": 0, "owed": False}
    assert tell(client, made.version_id, "frame")["accepted"] == 1
    assert exposed(made) == {ben.actor.viewer: ledger.FINISHED}


def test_what_was_watched_does_not_come_back_and_what_flashed_by_does(
    ana: Person, ben: Person
) -> None:
    made = a_public_post(ana)
    client = client_for(ben)
    feed(client)
    tell(client, made.version_id, "frame")
    assert shown(feed(client)) == [str(made.version_id)]
    tell(client, made.version_id, "two_seconds")
    assert shown(feed(client)) == []
    assert shown(feed(client, kind="following")) == [str(made.version_id)]


def test_the_answer_to_beacons_says_that_a_correction_is_owed(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    client = client_for(ben)
    feed(client)
    correct(made)
    assert tell(client, made.version_id, "skipped", from_ms=0, to_ms=900)["owed"] is True
    assert batch(client, [])["owed"] is True


def test_versions_that_a_viewer_was_not_served_are_ignored_and_counted(
    ana: Person, ben: Person
) -> None:
    made = a_public_post(ana)
    client = client_for(ben)
    assert tell(client, uuid.uuid4(), "frame") == {"accepted": 0, "ignored": 1, "owed": False}
    assert tell(client, made.version_id, "finished")["ignored"] == 1
    assert exposed(made) == {}
    assert tell(client_for(), made.version_id, "finished")["ignored"] == 1


def test_the_first_malformed_event_is_named(ben: Person) -> None:
    good = {
        "id": str(uuid.uuid4()), "version_id": str(uuid.uuid4()), "kind": "frame", "at_ms": 1,
    }  # fmt: skip
    bad = [{**good, "kind": "stared"}, {**good, "version_id": "nonsense"}]
    answer = client_for(ben).post("/api/v1/beacons", {"events": [good, *bad]}, "application/json")
    assert answer.status_code == 422
    assert "events.1.kind" in answer.json()["detail"]


@pytest.mark.parametrize("events", [None, "x", [1], [{}], [{"id": 1}]])
def test_nonsense_is_refused_and_nothing_is_kept(ben: Person, events: object) -> None:
    client = client_for(ben)
    answer = client.post("/api/v1/beacons", {"events": events}, "application/json")
    assert answer.status_code == 422


def test_a_batch_has_at_most_two_hundred_events(ben: Person) -> None:
    events = [
        {"id": str(uuid.uuid4()), "version_id": str(uuid.uuid4()), "kind": "frame", "at_ms": 1}
        for _ in range(201)
    ]
    client = client_for(ben)
    answer = client.post("/api/v1/beacons", {"events": events}, "application/json")
    assert answer.status_code == 422
    assert batch(client, events[:200])["ignored"] == 200


def test_a_farewell_carries_the_token_in_its_body(ana: Person) -> None:
    made = a_public_post(ana)
    client = Client(enforce_csrf_checks=True)
    client.get("/")
    feed(client)
    event = {
        "id": str(uuid.uuid4()), "version_id": str(made.version_id), "kind": "frame", "at_ms": 1,
    }  # fmt: skip
    token = client.cookies["csrftoken"].value

    def send(csrf: str) -> Any:
        body = {"events": [event], "csrf": csrf}
        return client.generic(
            "POST", "/api/v1/beacons", json.dumps(body), "text/plain;charset=UTF-8"
        )

    assert send("wrong").status_code == 403
    assert send("").json()["code"] == "csrf_failed"
    assert send(token).json()["accepted"] == 1


def test_private_playback_is_exposure_for_everyone_but_the_author(
    ana: Person, dev: Person, cleo: Person
) -> None:
    made = a_cleared_post(ana)
    path = f"/api/v1/media/versions/{made.version_id}/clip.mp4"
    own = client_for(ana).get(path, HTTP_RANGE="bytes=0-99")
    assert own.status_code == 206
    assert own["Cache-Control"] == "no-store"
    assert own["X-Content-Type-Options"] == "nosniff"
    assert own["Content-Range"].startswith("bytes 0-99/")
    assert exposed(made) == {}
    assert client_for(cleo).get(path).status_code == 404
    assert client_for().get(path).status_code == 404
    assert exposed(made) == {}
    public = a_public_post(ana, "Another one")
    path = f"/api/v1/media/versions/{public.version_id}/clip.mp4"
    assert client_for(dev).get(path, HTTP_RANGE="bytes=0-").status_code == 206
    assert exposed(public) == {dev.actor.viewer: ledger.SERVED}


def test_only_the_clip_and_its_poster_can_be_played(ana: Person) -> None:
    made = a_cleared_post(ana)
    client = client_for(ana)
    for name in ("master.m3u8", "..%2fkeys", "original.mp4"):
        answer = client.get(f"/api/v1/media/versions/{made.version_id}/{name}")
        assert answer.status_code in (404, 422)
    poster = client.get(f"/api/v1/media/versions/{made.version_id}/poster.jpg")
    assert (poster.status_code, poster["Content-Type"]) == (200, "image/jpeg")


def test_a_range_outside_of_the_file_is_said_to_be(ana: Person) -> None:
    made = a_cleared_post(ana)
    path = f"/api/v1/media/versions/{made.version_id}/clip.mp4"
    answer = client_for(ana).get(path, HTTP_RANGE="bytes=900000-")
    assert (answer.status_code, answer.json()["code"]) == (416, "no_such_range")


def test_ids_of_counted_events_are_forgotten_after_a_month(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    client = client_for(ben)
    feed(client)
    event = {"version_id": str(made.version_id), "kind": "frame", "at_ms": 1}
    old = {**event, "id": str(uuid.UUID(int=7))}
    assert batch(client, [old])["accepted"] == 1
    clock.advance(timedelta(days=31))
    batch(client, [{**event, "id": str(uuid.UUID(int=256))}])
    assert batch(client, [old])["accepted"] == 1


def test_liking_reaches_the_feed(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    client = client_for(ben)
    assert client.post(f"/api/v1/posts/{made.post_id}/like").json() == {"likes": 1}
    assert Candidate.objects.get(post_id=made.post_id).likes == 1
    (item,) = feed(client)["items"]
    assert item["counts"]["likes"] == 1
    assert item["mine"]["liked"] is True


def test_whoever_is_served_has_a_number(ana: Person) -> None:
    a_public_post(ana)
    with pytest.raises(LookupError, match="ensure_viewer"):
        watch.serve(Actor(), "for_you")
    assert watch.beacons(Actor(), []) == watch.Heard(0, 0, owed=False)


def test_a_correction_of_a_part_is_owed_by_all_but_those_who_told_that_they_skipped_it(
    ana: Person, ben: Person, cleo: Person, ines: Person, dev: Person
) -> None:
    made = a_public_post(ana)
    skipped, played, silent, again = (client_for(each) for each in (ben, cleo, ines, dev))
    for client in (skipped, played, silent, again):
        feed(client)
    without = [{"start_ms": 0, "end_ms": 1000}, {"start_ms": 3000, "end_ms": 4000}]
    tell(skipped, made.version_id, "skipped", played=without)
    tell(played, made.version_id, "skipped", played=[{"start_ms": 0, "end_ms": 1200}])
    # In the background only so far: what comes after is not known.
    tell(silent, made.version_id, "two_seconds", played=without)
    tell(again, made.version_id, "skipped", played=without)
    clock.advance(timedelta(minutes=5))
    again.get(f"/api/v1/posts/{made.post_id}")
    tell(again, made.version_id, "skipped", played=without)

    span = {"start_ms": 1000, "end_ms": 2000}
    address = f"/api/v1/versions/{made.version_id}"
    assert client_for(ana).get(f"{address}/exposed", span).json() == {"exposed": 3}
    assert client_for(ana).get(f"{address}/exposed").json() == {"exposed": 4}
    words = {"what_right": "a", "what_wrong": "b", "apology": "c"}
    body = {"severity": "correct", **words, "span": span}
    client_for(ana).post(f"{address}/notices", body, content_type="application/json")

    assert feed(skipped)["kind"] == "clips"
    for client in (played, silent, again):
        assert feed(client)["kind"] == "must_see"


def test_who_plays_the_part_after_all_owes_its_correction(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    client = client_for(ben)
    feed(client)
    tell(client, made.version_id, "skipped", played=[{"start_ms": 0, "end_ms": 500}])
    span = (1000, 2000)
    recall.open_notice(ana.actor, made.version_id, Severity.CORRECT, WORDS, span=span)
    assert feed(client)["kind"] == "clips"
    played = [{"start_ms": 1900, "end_ms": 2500}]
    assert tell(client, made.version_id, "two_seconds", played=played)["owed"]
