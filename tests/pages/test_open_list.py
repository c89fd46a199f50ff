"""The signed list of open notices: small, whole, the same for all, and kept by caches."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client

from factories import Made, a_public_post
from people import Person, client_for
from wardcast.platform import clock, config, ids
from wardcast.posts import actions as posts
from wardcast.recall import actions, ledger, open_list
from wardcast.recall.models import Cohort, Notice
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")
LIST, TEXTS = "/notices/open.json", "/notices/open/texts.json"
NOON = datetime(2026, 11, 30, 12, 1, tzinfo=UTC)


def opened(made: Made, severity: Severity = Severity.CORRECT, **more: Any) -> UUID:
    return actions.open_notice(made.author.actor, made.version_id, severity, WORDS, **more)


def verified(body: bytes) -> dict[str, Any]:
    """What a list says, once the house's published key has vouched for each byte of it."""
    key = bytes.fromhex(client_for().get("/.well-known/wardcast-proof-key").content.decode())
    before, found, signature = body.rpartition(b',"signature":"')
    assert found
    assert signature.endswith(b'"}')
    Ed25519PublicKey.from_public_bytes(key).verify(
        bytes.fromhex(signature.removesuffix(b'"}').decode()), before + b"}"
    )
    said: dict[str, Any] = json.loads(body)
    return said


def test_a_notice_is_listed_from_the_moment_that_it_is_opened(ana: Person) -> None:
    made, other = a_public_post(ana, "Inhalers"), a_public_post(ana, "Spacers")
    assert verified(client_for().get(LIST).content)["notices"] == []
    notice = opened(made, span=(1000, 2000))
    opened(other, Severity.NOTE)
    said = verified(client_for().get(LIST).content)
    at = ledger.milliseconds(Notice.objects.get(pk=notice).at)
    assert said["notices"] == [
        {
            "at": at,
            "id": str(notice),
            "severity": "correct",
            "span": [1000, 2000],
            "version": made.version_id.hex[-16:],
        }
    ]
    assert said["serial"] >= at
    assert str(made.version_id) not in json.dumps(said)


def test_its_bytes_are_canonical_and_no_other_bytes_pass(ana: Person) -> None:
    opened(a_public_post(ana, "Inhalers"))
    body = client_for().get(LIST).content
    said = verified(body)
    signature = said.pop("signature")
    line = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert body.decode() == f'{line[:-1]},"signature":"{signature}"}}'
    for wrong in (body.replace(b"correct", b"replace"), body.replace(b'"at":1', b'"at":2')):
        assert wrong != body
        with pytest.raises(InvalidSignature):
            verified(wrong)


def test_any_cache_may_keep_it_and_nobody_is_known_by_asking(ana: Person, ben: Person) -> None:
    opened(a_public_post(ana, "Inhalers"))
    member = client_for(ben)
    member.cookies["wardcast_device"] = "some-token"
    for client in (client_for(), member):
        for address in (LIST, TEXTS):
            answer = client.get(address)
            assert answer.status_code == 200
            assert answer.headers["Cache-Control"] == (
                "public, max-age=60, stale-while-revalidate=600"
            )
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert "Vary" not in answer.headers
            assert not answer.cookies
            again = client.get(address, HTTP_IF_NONE_MATCH=answer.headers["ETag"])
            assert (again.status_code, again.content) == (304, b"")
            assert "Vary" not in again.headers


def test_it_is_issued_anew_each_five_minutes_and_says_so_by_its_serial(ana: Person) -> None:
    notice = opened(a_public_post(ana, "Inhalers"))
    Notice.objects.filter(pk=notice).update(at=NOON)
    first = open_list.newest(NOON + timedelta(seconds=1))
    said = verified(first)
    assert said["serial"] == ledger.milliseconds(NOON)
    assert said["issued_at"] == "2026-11-30T12:01:00.000+00:00"
    assert said["valid_until"] == "2026-11-30T13:01:00.000+00:00"
    assert open_list.newest(NOON + timedelta(minutes=3, seconds=59)) == first
    later = verified(open_list.newest(NOON + timedelta(minutes=4)))
    assert later["serial"] > said["serial"]
    assert later["notices"] == said["notices"]


def test_it_drops_what_is_older_than_any_history_is_kept(ana: Person) -> None:
    notice = opened(a_public_post(ana, "Inhalers"))
    Notice.objects.filter(pk=notice).update(at=NOON - timedelta(days=366))
    assert verified(open_list.newest(NOON))["notices"] == []


def test_a_recall_that_has_ended_is_open_no_more(ana: Person) -> None:
    notice = opened(a_public_post(ana, "Inhalers"))
    assert len(verified(client_for().get(LIST).content)["notices"]) == 1
    Cohort.objects.filter(pk=notice).update(terminated_at=1)
    for address in (LIST, TEXTS):
        assert verified(client_for().get(address).content)["notices"] == []


def test_two_hundred_notices_fit_into_32_kilobytes(ana: Person) -> None:
    made = a_public_post(ana, "Inhalers")
    longest = {"span_start_ms": 119_000, "span_end_ms": 120_000, "severity": "withdraw"}
    Notice.objects.bulk_create(
        Notice(
            post_id=made.post_id, post_number=made.number, version_id=ids.new_id(),
            version_serial=n, author_id=ana.id, by=ana.id, at=clock.now(),
            what_right="Keep taking it.", what_wrong="I said stop.", apology="Sorry.", **longest,
        )
        for n in range(open_list.MOST + 5)
    )  # fmt: skip
    body = client_for().get(LIST).content
    assert len(verified(body)["notices"]) == 200
    assert len(body) <= 32_000
    longest_entry = max(len(json.dumps(each)) for each in json.loads(body)["notices"])
    assert longest_entry * 200 <= 32_000


def test_the_texts_are_asked_for_as_a_whole_and_say_what_the_card_says(ana: Person) -> None:
    notice = opened(a_public_post(ana, "Inhalers"))
    (said,) = verified(client_for().get(TEXTS).content)["notices"]
    assert said["id"] == str(notice)
    assert said["title"] == "Inhalers"
    assert said["by"]["name"] == "Dr Ana Araujo"
    assert (said["what_right"], said["what_wrong"]) == (WORDS.what_right, WORDS.what_wrong)
    assert said["proof_url"] == f"/notices/{notice}/coverage"
    assert "version_id" not in said


def test_a_privacy_notice_stays_neutral_and_a_held_post_is_not_named(
    ana: Person, ada: Person
) -> None:
    secret = a_public_post(ana, "Mister Okafor's knee")
    words = Words("Please do not share it.", "I named Mister Okafor.", "", "I am sorry.")
    actions.open_notice(ana.actor, secret.version_id, Severity.WITHDRAW, words, privacy=True)
    held = a_public_post(ana, "Somebody's ward")
    opened(held)
    posts.hold(held.post_id, ada.id, "Somebody can be recognised.")
    body = Client().get(TEXTS).content + Client().get(LIST).content
    assert b"Okafor" not in body
    assert b"ward" not in body.replace(b"wardcast", b"")


def test_a_house_that_keeps_for_good_lists_for_good(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARDCAST_KEEP_DAYS", "0")
    config.current.cache_clear()
    try:
        notice = opened(a_public_post(ana))
        clock.advance(timedelta(days=800))
        listed = json.loads(open_list.newest())["notices"]
    finally:
        monkeypatch.undo()
        config.current.cache_clear()
    assert [each["id"] for each in listed] == [str(notice)]
