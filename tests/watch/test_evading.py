"""Nobody gets past what they owe, nor at a clip without being noted, by any address there is."""

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from factories import Made, a_newer_version, a_public_post
from people import PASSWORD, Person, client_for, make
from wardcast.accounts import actions as accounts
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.recall import actions as recall
from wardcast.recall.models import Exposure
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")
FOLDER = re.compile(rb"(?<!/v1)/(?:media|clips)/")
"""An address in the public store; with it, a clip can be played that nobody is asked about."""


def correct(made: Made, severity: Severity = Severity.CORRECT) -> None:
    recall.open_notice(made.author.actor, made.version_id, severity, WORDS)


def tell(client: Client, made: Made) -> None:
    event = {
        "id": str(uuid.uuid4()), "version_id": str(made.version_id), "kind": "skipped", "at_ms": 1,
    }  # fmt: skip
    client.post("/api/v1/beacons", {"events": [event]}, "application/json")


def ways_to(*posts_: Made) -> Iterator[str]:
    for made in posts_:
        yield f"/api/v1/feed?at={made.post_id}"
        yield f"/api/v1/feed?at={made.post_id}&kind=following"
        yield f"/api/v1/posts/{made.post_id}"
        yield f"/v/{made.post_id}"
        yield f"/v/{made.post_id}?next=/v/{made.post_id}"
        yield f"/api/v1/media/versions/{made.version_id}/clip.mp4"
    yield "/api/v1/feed"
    yield "/api/v1/feed?kind=following"
    yield "/api/v1/feed?size=1&cursor=0"
    yield "/api/v1/people/ana"
    yield "/api/v1/me"
    yield "/corrections"


@pytest.mark.parametrize("who", ["follower", "guest"])
def test_no_address_gives_a_clip_to_who_owes_a_correction(
    ana: Person, ben: Person, who: str
) -> None:
    wrong, other = a_public_post(ana), a_public_post(ana, "Another one")
    client = client_for(ben) if who == "follower" else client_for()
    client.get(f"/api/v1/posts/{wrong.post_id}")
    correct(wrong)
    tell(client, wrong)
    before = Exposure.objects.count()
    for address in ways_to(wrong, other):
        answer = client.get(address, HTTP_RANGE="bytes=0-99")
        assert not FOLDER.search(answer.content), address
        assert answer["Content-Type"] != "video/mp4", address
    assert Exposure.objects.count() == before


def test_who_owes_may_watch_the_mended_version_and_nothing_else(ana: Person, ben: Person) -> None:
    wrong, other = a_public_post(ana), a_public_post(ana, "Another one")
    client = client_for(ben)
    client.get(f"/api/v1/posts/{wrong.post_id}")
    newer = a_newer_version(wrong)
    correct(wrong, Severity.REPLACE)

    def play(made: Made) -> int:
        path = f"/api/v1/media/versions/{made.version_id}/clip.mp4"
        return client.get(path, HTTP_RANGE="bytes=0-9").status_code

    assert (play(newer), play(other), play(wrong)) == (206, 409, 404)


def test_an_address_of_a_file_is_handed_out_with_an_exposure_alone(
    ana: Person, cleo: Person
) -> None:
    made = a_public_post(ana)
    client = client_for(cleo)
    page = client.get("/api/v1/people/ana")
    (tile,) = page.json()["posts"]
    assert not FOLDER.search(page.content)
    poster = client.get(tile["poster"])
    assert (poster.status_code, poster["Content-Type"]) == (200, "image/jpeg")
    assert poster["Cache-Control"] == "private, max-age=60"
    assert not Exposure.objects.exists()
    client.get(f"/api/v1/media/versions/{made.version_id}/clip.mp4", HTTP_RANGE="bytes=0-9")
    assert Exposure.objects.count() == 1


def owed_card(client: Client) -> dict[str, Any]:
    answer = client.get("/api/v1/feed")
    (card,) = answer.json()["notices"]
    assert not FOLDER.search(answer.content)
    return dict(card)


def test_a_correction_leads_nobody_to_a_newer_version_that_is_not_open_to_them(
    ana: Person, ben: Person
) -> None:
    made = a_public_post(ana)
    client, guest = client_for(ben), client_for()
    for each in (client, guest):
        each.get(f"/api/v1/posts/{made.post_id}")
    drafts.autosave(made.post_id, drafts.Changes(visibility="followers"))
    newer = a_newer_version(made)
    correct(made, Severity.REPLACE)
    card = owed_card(client)
    assert card["changed"]["version_id"] == str(newer.version_id)
    assert client.get(card["poster"]).status_code == 200
    assert owed_card(guest)["changed"] is None
    assert owed_card(guest)["poster"] is None
    accounts.block(ana.id, ben.id)
    assert owed_card(client)["changed"] is None
    assert client.get(card["poster"]).status_code == 404


def test_a_notice_names_no_title_to_who_may_not_see_the_post(
    ana: Person, ben: Person, dev: Person, eli: None
) -> None:
    made = a_public_post(ana, "Mister Okafor and his inhaler")
    client = client_for(ben)
    client.get(f"/api/v1/posts/{made.post_id}")
    notice = recall.open_notice(ana.actor, made.version_id, Severity.CORRECT, WORDS)
    pages = [
        f"/notices/{notice}", f"/notices/{notice}/coverage", f"/notices/{notice}/coverage.json",
        f"/api/v1/notices/{notice}", "/corrections", f"/v/{made.post_id}", "/api/v1/feed",
    ]  # fmt: skip
    assert b"Okafor" in client.get(pages[0]).content
    posts.hold(made.post_id, dev.id, "The title names a patient.")
    for who in (client_for(eli), client):
        for page in pages:
            assert b"Okafor" not in who.get(page).content, page
    assert "Okafor" in json.dumps(client_for(dev).get(f"/api/v1/notices/{notice}").json())


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example",
        "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", "http:///evil.example",
        "///evil.example", " //evil.example", "/%5Cevil.example/..//x\r\nSet-Cookie: a=b",
        "evil.example", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["/notices/read", "/accounts/login/"])
def test_no_form_leads_to_another_site(
    form: str, address: str, fast_passwords: None, db: None
) -> None:
    somebody = make("nora", password=PASSWORD)
    fields = {"next": address, "login": somebody.email, "password": PASSWORD}
    answer = Client().post(form, fields)
    assert answer.status_code == 302
    to = urlsplit(urljoin(f"http://testserver{form}", answer["Location"]))
    assert (to.scheme, to.hostname) == ("http", "testserver")
    assert not set("\\\t\r\n") & set(answer["Location"])
    assert "Set-Cookie: a=b" not in str(answer.headers)


@pytest.mark.parametrize("who", ["person", "guest"])
def test_erasing_ones_history_takes_one_out_of_recalls_and_says_so(
    ana: Person, ben: Person, who: str
) -> None:
    made = a_public_post(ana)
    client = client_for(ben) if who == "person" else client_for()
    client.get("/api/v1/feed")
    event = {
        "id": str(uuid.uuid4()), "version_id": str(made.version_id), "kind": "finished", "at_ms": 1,
    }  # fmt: skip
    client.post("/api/v1/beacons", {"events": [event]}, "application/json")
    assert client.get("/api/v1/feed").json()["items"] == []
    answer = client.delete("/api/v1/me/history")
    assert answer.status_code == 200
    assert answer.json()["erased"] == 1
    assert "will not reach you" in answer.json()["detail"]
    assert not Exposure.objects.exists()
    correct(made)
    assert len(client.get("/api/v1/feed").json()["items"]) == 1
    assert client.delete("/api/v1/me/history").json()["erased"] == 1


def test_erasing_takes_nothing_of_anybody_else(ana: Person, ben: Person, cleo: Person) -> None:
    made = a_public_post(ana)
    for person in (ben, cleo):
        client_for(person).get("/api/v1/feed")
    client_for(ben).delete("/api/v1/me/history")
    left = Exposure.objects.filter(version_serial=made.serial).values_list("viewer", flat=True)
    assert [*left] == [cleo.actor.viewer]
    assert client_for().delete("/api/v1/me/history").json()["erased"] == 0
