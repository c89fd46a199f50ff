"""Videos, corrections and proofs need no JavaScript, and no page goes past what is owed."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client

from factories import Made, a_newer_version, a_public_post
from people import Person, client_for
from wardcast.media.models import Publication
from wardcast.platform import signing, storage
from wardcast.posts import actions as posts
from wardcast.posts.models import Post
from wardcast.recall import actions as recall
from wardcast.recall import ledger
from wardcast.recall.models import Exposure
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")


def opened(
    made: Made,
    severity: Severity = Severity.CORRECT,
    words: Words = WORDS,
    by: Person | None = None,
) -> str:
    actor = (by or made.author).actor
    return str(recall.open_notice(actor, made.version_id, severity, words))


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content
    return answer.content.decode()


def test_a_permalink_plays_without_javascript_and_counts_as_watching(
    ana: Person, ben: Person
) -> None:
    made = a_public_post(ana, "How to use a spacer")
    page = text(client_for(ben), f"/v/{made.post_id}")
    assert "How to use a spacer" in page
    assert re.search(r'<source src="/clips/[0-9a-f]+/clip.mp4"', page)
    assert "Physician, surgery · checked" in page
    assert re.findall("<script[^>]*>", page) == ['<script type="application/ld+json">']
    assert "style=" not in page
    row = Exposure.objects.get()
    assert (row.version_serial, row.viewer) == (made.serial, ben.actor.viewer)
    assert row.level == ledger.SERVED


def test_whoever_looks_only_whether_a_link_holds_has_not_watched(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    answer = client_for(ben).head(f"/v/{made.post_id}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert not Exposure.objects.exists()


def test_a_guest_gets_a_device_from_a_permalink(ana: Person) -> None:
    made = a_public_post(ana)
    guest = client_for()
    text(guest, f"/v/{made.post_id}")
    assert guest.cookies["wardcast_device"].value
    assert Exposure.objects.count() == 1


def test_without_javascript_the_correction_comes_first_as_well(ana: Person, ben: Person) -> None:
    made, other = a_public_post(ana), a_public_post(ana, "Another one")
    client = client_for(ben)
    text(client, f"/v/{made.post_id}")
    notice = opened(made)
    page = text(client, f"/v/{other.post_id}")
    assert "Keep taking it." in page
    assert "/clips/" not in page
    assert "/media/" not in page
    answer = client.post("/notices/read", {"id": [notice], "next": f"/v/{other.post_id}"})
    assert (answer.status_code, answer["Location"]) == (302, f"/v/{other.post_id}")
    assert "/clips/" in text(client, f"/v/{other.post_id}")


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "", "x:y"])
def test_the_form_leads_back_into_this_house_alone(ben: Person, to: str) -> None:
    answer = client_for(ben).post("/notices/read", {"id": ["x", str(uuid4())], "next": to})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_form_needs_the_pages_token() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/notices/read", {"id": []}).status_code == 403


def test_a_withdrawn_video_says_so_and_shows_what_is_right(ana: Person) -> None:
    made = a_public_post(ana, "Stop your inhaler")
    opened(made, Severity.WITHDRAW)
    page = text(client_for(), f"/v/{made.post_id}", 410)
    assert "Keep taking it." in page
    assert "Stop your inhaler" not in page
    assert "/clips/" not in page


def test_a_post_that_is_not_open_looks_like_none(ana: Person, cleo: Person, dev: Person) -> None:
    held, followers = a_public_post(ana), a_public_post(ana, visibility="followers")
    posts.hold(held.post_id, dev.id, "Is this right?")
    for client in (client_for(), client_for(cleo)):
        for post_id in (held.post_id, followers.post_id, uuid4()):
            page = text(client, f"/v/{post_id}", 404)
            assert "There is nothing here" in page


def test_a_notice_is_public_and_leads_to_its_proof(ana: Person, ben: Person) -> None:
    made = a_public_post(ana, "How to use a spacer")
    text(client_for(ben), f"/v/{made.post_id}")
    notice = opened(made)
    page = text(client_for(), f"/notices/{notice}")
    for words in ("Keep taking it.", "I said stop.", "I am sorry.", "How to use a spacer"):
        assert words in page
    assert f"/notices/{notice}/coverage" in page
    assert "0 of the 1 people" in page
    assert "/clips/" not in page


def test_the_proof_adds_up_in_the_picture_the_table_and_the_file(
    ana: Person, ben: Person, cleo: Person
) -> None:
    made = a_public_post(ana)
    for person in (ben, cleo):
        text(client_for(person), f"/v/{made.post_id}")
    notice = opened(made)
    recall.acknowledge(cleo.actor, [recall.Notice.objects.get().pk])
    page = text(client_for(), f"/notices/{notice}/coverage")
    assert "2 = 1 + 0 + 1 + 0" in page
    widths = re.findall(r'<rect class="\w+" x="[\d.]+%" width="([\d.]+)%"', page)
    assert sum(float(width) for width in widths) == pytest.approx(100)
    assert "style=" not in page
    assert "<script" not in page
    found = client_for().get(f"/notices/{notice}/coverage.json").json()
    assert found["coverage"] == {
        "exposed": 2, "owed": 1, "shown_only": 0, "acknowledged": 1, "unreachable": 0,
        "not_reached": 0,
    }  # fmt: skip
    for words in ("Ben", "Cleo", str(ben.id)):
        assert words not in page


def test_the_proof_of_a_note_or_of_nobody_says_so(ana: Person) -> None:
    made = a_public_post(ana)
    note, nobody = opened(made, Severity.NOTE), opened(made)
    assert "Nobody owes it" in text(client_for(), f"/notices/{note}/coverage")
    assert "Nobody had watched" in text(client_for(), f"/notices/{nobody}/coverage")
    assert text(client_for(), f"/notices/{note}")


def test_there_is_no_page_for_a_notice_that_does_not_exist() -> None:
    for path in ("", "/coverage", "/coverage.json"):
        text(client_for(), f"/notices/{uuid4()}{path}", 404)


def test_corrections_are_listed_newest_first_in_pages(ana: Person, dev: Person) -> None:
    assert "Nothing has been corrected yet" in text(client_for(), "/corrections")
    made = a_public_post(ana)
    opened(made, Severity.NOTE)
    first = opened(made)
    for number in range(20):
        words = replace(WORDS, what_now=f"Read page {number}.")
        last = opened(made, words=words, by=dev)
    page = text(client_for(), "/corrections")
    assert page.count("<li>\n") == 20
    assert last in page
    assert first not in page
    older = re.search(r"/corrections\?before=[0-9a-f-]+", page)
    assert older
    assert first in text(client_for(), older.group())
    assert text(client_for(), "/corrections?before=x")


def test_a_replaced_version_points_to_the_newer_one(ana: Person) -> None:
    made = a_public_post(ana)
    a_newer_version(made)
    notice = opened(made, Severity.REPLACE)
    assert "The newer version" in text(client_for(), f"/notices/{notice}")
    assert "Replaced a version that was wrong" in text(client_for(), f"/v/{made.post_id}")


def test_a_public_clip_comes_in_pieces_of_at_most_a_mebibyte(ana: Person) -> None:
    made = a_public_post(ana)
    page = text(client_for(), f"/v/{made.post_id}")
    found = re.search(r"/clips/(\w+)/clip.mp4", page)
    assert found
    path = storage.path(found.group(1), "clip.mp4")
    assert path is not None
    data = bytes(range(256)) * 10_000
    path.write_bytes(data)
    client = client_for()
    got = b""
    while len(got) < len(data):
        answer = client.get(found.group(), HTTP_RANGE=f"bytes={len(got)}-")
        assert answer.status_code == 206
        assert len(answer.content) <= 1024 * 1024
        last = len(got) + len(answer.content) - 1
        assert answer["Content-Range"] == f"bytes {len(got)}-{last}/{len(data)}"
        assert answer["Cache-Control"] == "public, max-age=60"
        got += answer.content
    assert got == data
    beyond = client.get(found.group(), HTTP_RANGE="bytes=99999999-")
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(data)}")
    assert client.get(found.group()).status_code == 400
    assert client.head(found.group(), HTTP_RANGE="bytes=0-1").status_code == 206


def test_a_permalink_says_who_signed_the_file_and_leads_to_the_root_certificate(
    ana: Person,
) -> None:
    page = text(client_for(), f"/v/{a_public_post(ana).post_id}")
    assert f"signed by {signing.signer().name}" in page
    assert "/.well-known/wardcast-ca.pem" in page
    root = client_for().get("/.well-known/wardcast-ca.pem")
    assert root.content.decode() == signing.signer().root
    assert b"PRIVATE" not in root.content
    Publication.objects.update(signed_by="")  # as published before clips were signed
    assert "signed by" not in text(client_for(), f"/v/{Post.objects.get().pk}")


def test_there_is_no_way_out_of_the_public_store(client: Client) -> None:
    for path in ("/clips/../clip.mp4", "/clips/x/clip.mp4", "/clips/..%2f..%2fkeys/clip.mp4"):
        answer = client.get(path, HTTP_RANGE="bytes=0-1")
        assert answer.status_code != 206
        assert answer["Content-Type"] != "video/mp4"
