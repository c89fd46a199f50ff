"""The page that loads the web app carries what is asked first, and only for who opens it."""

import base64
import json
import re
from typing import Any

import pytest
from django.test import Client

from factories import a_newer_version, a_public_post
from people import Person, client_for
from wardcast.gate import playlists as playlists_
from wardcast.gate.render import MASTER
from wardcast.platform import storage
from wardcast.recall import actions as recall
from wardcast.recall.models import Exposure
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")
OPENS = {"HTTP_SEC_FETCH_MODE": "navigate", "HTTP_SEC_FETCH_DEST": "document"}
CHROMIUM = {**OPENS, "HTTP_SEC_CH_UA": '"Chromium";v="156"'}
DATA = re.compile(r'<script type="application/json" id="first-answers">(.*?)</script>', re.DOTALL)
UNKNOWN = "/p/0193a0a0-0000-7000-8000-000000000000"


def opened(client: Client, path: str = "/", **headers: str) -> dict[str, Any]:
    page = client.get(path, **(headers or OPENS))
    found = DATA.search(page.content.decode())
    kept = page.headers["Cache-Control"]
    assert kept == ("no-store" if found else "no-cache"), "a page for one reader was kept"
    return dict(json.loads(found[1])) if found else {}


def test_the_first_page_of_the_feed_comes_with_the_app_and_is_an_exposure(ana: Person) -> None:
    made = a_public_post(ana, "</script><script>alert(1)</script>")
    client = client_for()
    answers = opened(client)
    page = answers["/api/v1/feed?kind=for_you"]
    assert [item["card"]["post_id"] for item in page["items"]] == [str(made.post_id)]
    assert page["items"][0]["card"]["title"].startswith("</script>")
    assert answers["/api/v1/me"] == client.get("/api/v1/me").json()
    assert Exposure.objects.count() == 1
    client.get("/api/v1/feed")
    assert Exposure.objects.count() == 1, "the device was given another number for the same viewer"


def test_one_post_comes_first_at_its_own_address(ana: Person) -> None:
    first = a_public_post(ana, "First")
    a_public_post(ana, "Second")
    answers = opened(client_for(), f"/p/{first.post_id}")
    page = answers[f"/api/v1/feed?kind=for_you&at={first.post_id}"]
    assert page["items"][0]["card"]["title"] == "First"


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ACCEPT": "text/html"},
        {**OPENS, "HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {**OPENS, "HTTP_SEC_FETCH_DEST": "image"},
        {**OPENS, "HTTP_SEC_FETCH_DEST": "iframe"},
    ],
)
def test_who_only_looks_the_address_up_is_no_viewer(ana: Person, headers: dict[str, str]) -> None:
    a_public_post(ana)
    assert opened(client_for(), **headers) == {}
    assert not Exposure.objects.exists()


def test_what_is_owed_comes_before_any_clip(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    client = client_for(ben)
    opened(client)
    recall.open_notice(ana.actor, made.version_id, Severity.CORRECT, WORDS)
    a_newer_version(made)
    text = json.dumps(opened(client, **CHROMIUM))
    assert '"must_see"' in text
    assert f"{storage.MOUNT}/" not in text.replace("/v1/media/", ""), "a clip's address left"


def test_a_post_that_is_not_there_is_left_to_the_app(ana: Person) -> None:
    a_public_post(ana)
    assert opened(client_for(), UNKNOWN) == {}
    assert opened(client_for(), "/studio") == {}
    assert not Exposure.objects.exists()


def playlists(folder: str, *rungs: str) -> str:
    """Writes a clip's playlists as the gate does; gives that of all sizes."""
    master = storage.path(folder, MASTER)
    assert master
    variants = [
        playlists_.Variant(rung, 900_000, 500_000, int(rung), int(rung) * 2, 25, "avc1,mp4a")
        for rung in rungs
    ]
    text = playlists_.master_playlist(variants)
    master.write_text(text)
    for rung in rungs:
        name = playlists_.playlist_name(rung)
        master.with_name(name).write_text(playlists_.media_playlist(rung, [1.0, 0.5]))
        master.with_name(playlists_.init_name(rung)).write_bytes(b"init of " + rung.encode())
    return text


def test_chromium_learns_what_its_player_would_ask_for(ana: Person) -> None:
    a_public_post(ana)
    client = client_for()
    answers = opened(client)
    hls = answers["/api/v1/feed?kind=for_you"]["items"][0]["card"]["media"]["hls"]
    assert hls not in answers, "another browser was sent what it cannot use"
    text = playlists(hls.split("/")[-2], "360", "720")
    came = opened(client, **CHROMIUM)[hls]
    base = hls.removesuffix(MASTER)
    assert came["base"] == base
    assert list(came["playlists"]) == [MASTER, "360.m3u8", "720.m3u8"]
    assert came["playlists"][MASTER] == text
    assert base64.b64decode(came["inits"]["360_init.mp4"]) == b"init of 360"
    assert came["segment"] == "360_00000.m4s"
    link = client.get("/", **CHROMIUM).headers["Link"]
    assert link == f"<{base}360_00000.m4s>; rel=preload; as=fetch; crossorigin"
    saving = client.get("/", **CHROMIUM, HTTP_SAVE_DATA="on")
    assert "Link" not in saving.headers
    storage.withdraw(hls.split("/")[-2])
    assert hls not in opened(client, **CHROMIUM), "a clip that is no longer public"
