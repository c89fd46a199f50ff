"""Clips for followers behind a file server that checks addresses: theirs run out, and tell no
folder's name."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

import factories
from people import Person, client_for
from wardcast.media.models import Publication
from wardcast.platform import config, storage
from wardcast.posts import drafts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _behind_a_file_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("WARDCAST_LINK_SECRET", "between the house and its file server")
    config.current.cache_clear()
    yield
    monkeypatch.undo()
    config.current.cache_clear()


def media_of(person: Person, made: factories.Made) -> dict[str, Any]:
    answer = client_for(person).get(f"/api/v1/posts/{made.post_id}")
    assert answer.status_code == 200
    media: dict[str, Any] = orjson.loads(answer.content)["card"]["media"]
    return media


def folder_of(made: factories.Made) -> str:
    return Publication.objects.get(version_id=made.version_id).folder


def test_a_follower_gets_an_address_that_leads_to_the_very_files(ana: Person, ben: Person) -> None:
    made = factories.a_public_post(ana, visibility="followers")
    hls = media_of(ben, made)["hls"]
    prefix, signature, until, name, file = hls.removeprefix("/").split("/")
    assert (prefix, file, len(signature)) == ("restricted", "master.m3u8", 22)
    assert until.isdigit()
    public = storage.path(folder_of(made), "master.m3u8")
    assert public is not None
    assert (config.current().restricted / name / file).read_bytes() == public.read_bytes()


def test_no_answer_to_a_follower_holds_the_public_folder(ana: Person, ben: Person) -> None:
    made = factories.a_public_post(ana, visibility="followers")
    client = client_for(ben)
    for address in (
        f"/api/v1/posts/{made.post_id}", "/api/v1/feed?kind=following", f"/v/{made.post_id}",
        f"/api/v1/people/{ana.handle}",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert folder_of(made).encode() not in answer.content, address


def test_what_a_player_turns_to_when_the_playlist_has_run_out_never_does(
    ana: Person, ben: Person, cleo: Person
) -> None:
    made = factories.a_public_post(ana, visibility="followers")
    mp4 = media_of(ben, made)["mp4"]
    assert client_for(ben).get(mp4, headers={"Range": "bytes=0-99"}).status_code == 206
    assert client_for(cleo).get(mp4, headers={"Range": "bytes=0-99"}).status_code == 404


def test_a_post_that_is_narrowed_to_followers_changes_its_address_at_once(
    ana: Person, ben: Person
) -> None:
    made = factories.a_public_post(ana)
    assert media_of(ben, made)["hls"] == f"/media/{folder_of(made)}/master.m3u8"
    drafts.autosave(made.post_id, drafts.Changes(visibility="followers"))
    assert media_of(ben, made)["hls"].startswith("/restricted/")
    drafts.autosave(made.post_id, drafts.Changes(visibility="public"))
    assert media_of(ben, made)["hls"] == f"/media/{folder_of(made)}/master.m3u8"


def test_a_link_whose_folder_was_taken_back_leads_nowhere_and_is_swept(
    ana: Person, ben: Person, dev: Person
) -> None:
    from wardcast.platform import clock
    from wardcast.posts import actions

    made = factories.a_public_post(ana, visibility="followers")
    name = media_of(ben, made)["hls"].split("/")[4]
    actions.hold(made.post_id, dev.id, "Wait.")
    assert not (config.current().restricted / name / "master.m3u8").exists()
    storage.sweep(clock.now())
    assert not (config.current().restricted / name).is_symlink()
