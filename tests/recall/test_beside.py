"""Who declines the token is owed nothing here, is counted beside the sum, and is not known."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from factories import Made, a_public_post
from people import Person, client_for
from wardcast.accounts.models import DeviceViewer, PushAddress, Viewer
from wardcast.platform import clock
from wardcast.recall import actions, beside, queries
from wardcast.recall.models import Exposure
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")


def opened(made: Made, severity: Severity = Severity.CORRECT) -> UUID:
    return actions.open_notice(made.author.actor, made.version_id, severity, WORDS)


def choose(client: Client, *, remember: bool) -> Any:
    return client.put("/api/v1/me/device", {"remember": remember}, content_type="application/json")


def nameless() -> Client:
    client = client_for()
    assert choose(client, remember=False).json() == {"remembered": False}
    return client


def views(made: Made, notice: UUID) -> tuple[int, int, int]:
    found = beside.of(notice, made.serial)
    return found.feed, found.embed, found.shown


def test_who_declines_watches_on_and_leaves_no_exposure(ana: Person) -> None:
    made = a_public_post(ana)
    client = nameless()
    for _ in range(2):
        page = client.get("/api/v1/feed").json()
        assert [item["card"]["version_id"] for item in page["items"]] == [str(made.version_id)]
    assert client.get(f"/v/{made.post_id}").status_code == 200
    assert not Exposure.objects.exists()
    assert not DeviceViewer.objects.exists()
    me = client.get("/api/v1/me").json()
    assert (me["remembered"], me["owed"], me["signed_in"]) == (False, False, False)
    notice = opened(made)
    assert client.get("/api/v1/feed").json()["kind"] == "clips"  # the browser itself looks
    assert views(made, notice) == (4, 0, 0)


def test_the_cookie_that_says_so_is_the_same_for_all_and_lasts(ana: Person) -> None:
    a_public_post(ana)
    one, other = nameless(), nameless()
    found = {client.cookies["wardcast_device"].value for client in (one, other)}
    assert found == {"off"}
    one.cookies["wardcast_device"]["max-age"] = 1
    one.get("/api/v1/feed")
    assert one.cookies["wardcast_device"]["max-age"] == 365 * 24 * 3600
    assert not one.cookies["wardcast_device"]["httponly"]


def test_declining_erases_what_the_device_watched_and_its_number(ana: Person) -> None:
    made = a_public_post(ana)
    client = client_for()
    client.get("/api/v1/feed")
    number = Exposure.objects.get().viewer
    PushAddress.objects.create(
        id="a", viewer_id=number, endpoint="https://push.example/a", point=b"", secret=b"",
        at=clock.now(),
    )  # fmt: skip
    notice = opened(made)
    choose(client, remember=False)
    assert not Exposure.objects.exists()
    assert not DeviceViewer.objects.exists()
    assert not PushAddress.objects.exists()
    assert Viewer.objects.get(pk=number).erased_at
    proof = queries.proof(notice)
    assert proof
    whole = proof.coverage.whole
    assert (whole.exposed, whole.unreachable) == (1, 1)


def test_who_lets_the_device_be_remembered_again_begins_anew(ana: Person) -> None:
    made = a_public_post(ana)
    client = nameless()
    client.get("/api/v1/feed")
    assert choose(client, remember=True).json() == {"remembered": True}
    client.get("/api/v1/feed")
    assert Exposure.objects.get().version_serial == made.serial
    assert client.get("/api/v1/me").json()["remembered"]
    assert client.cookies["wardcast_device"].value != "off"
    assert client.cookies["wardcast_device"]["httponly"]


def test_of_who_is_signed_in_nothing_is_erased_by_it(ana: Person, ben: Person) -> None:
    a_public_post(ana)
    client = client_for(ben)
    client.get("/api/v1/feed")
    assert choose(client, remember=False).status_code == 403
    assert Exposure.objects.count() == 1


def test_a_notice_that_was_shown_is_counted_beside_the_sum(ana: Person) -> None:
    made = a_public_post(ana)
    notice = opened(made)
    answer = Client().post(f"/api/v1/notices/{notice}/beside")
    assert answer.status_code == 200
    assert not answer.cookies
    proof = queries.proof(notice)
    assert proof
    assert proof.coverage.whole.exposed == 0
    assert views(made, notice) == (0, 0, 1)
    said = client_for().get(f"/notices/{notice}/coverage.json").json()
    assert said["beside_the_sum"] == {"feed": 0, "embed": 0, "shown": 1}
    assert said["coverage"]["exposed"] == 0
    page = client_for().get(f"/notices/{notice}/coverage").content.decode()
    assert "Nobody who is known here had watched version 1" in page
    assert "Correction shown without a token</dt><dd>1 time<" in page


def test_a_note_is_not_counted_and_no_place_counts_on_and_on(ana: Person) -> None:
    made, other = a_public_post(ana), a_public_post(ana)
    note, notice = opened(made, Severity.NOTE), opened(other)
    Client().post(f"/api/v1/notices/{note}/beside")
    assert views(made, note) == (0, 0, 0)
    for _ in range(199):
        Client().post(f"/api/v1/notices/{notice}/beside")
    assert Client().post(f"/api/v1/notices/{notice}/beside").status_code == 429
    assert views(other, notice) == (0, 0, 199)


def test_views_after_the_sealing_carry_the_correction_and_do_not_count(ana: Person) -> None:
    made = a_public_post(ana)
    client = nameless()
    client.get("/api/v1/feed")
    notice = opened(made)
    client.get("/api/v1/feed")
    assert views(made, notice) == (2, 0, 0)
    actions.seal(notice)
    client.get("/api/v1/feed")
    assert views(made, notice) == (2, 0, 0)
