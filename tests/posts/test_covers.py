"""The picture that stands for a clip: chosen by its author, out of what viewers get."""

import io
from collections.abc import Callable
from uuid import UUID

import pytest
from PIL import Image

from clips import counted_clip, number_on
from factories import a_draft, clear_all
from people import Person, client_for
from wardcast.gate.edits import EditList, Mute
from wardcast.media import covers
from wardcast.media import queries as clips
from wardcast.media.models import Cover
from wardcast.platform import storage, vault
from wardcast.platform.http import Conflict, Invalid
from wardcast.posts import actions, drafts, queries
from wardcast.posts.values import Published

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]


def brought(ana: Person) -> UUID:
    """A draft of a clip that carries the number of each picture, 25 a second."""
    made = client_for(ana).put(
        "/api/v1/uploads?name=a.mp4", counted_clip(3, grain=0), "application/octet-stream"
    )
    assert made.status_code == 201, made.content
    drafts.autosave(UUID(made.json()["post_id"]), drafts.Changes(title="Counted"))
    return UUID(made.json()["post_id"])


def shown(jpeg: bytes) -> int:
    with Image.open(io.BytesIO(jpeg)) as picture:
        assert min(picture.size) >= 700
        return number_on(picture)


@pytest.mark.slow
def test_viewers_see_the_picture_that_the_author_chose(ana: Person, do_jobs: Jobs) -> None:
    post_id = brought(ana)
    do_jobs()
    client = client_for(ana)
    said = client.put(
        f"/api/v1/studio/posts/{post_id}/cover", {"at_ms": 2000}, "application/json"
    ).json()
    assert said["cover"] == {"at_ms": 2000, "state": "waiting"}
    do_jobs()
    said = client.get(f"/api/v1/studio/posts/{post_id}").json()
    assert said["cover"] == {"at_ms": 2000, "state": "taken"}
    assert abs(shown(client.get(said["poster"]).content) - 50) <= 1

    version_id = actions.cut(post_id)
    clear_all(version_id)
    assert isinstance(actions.publish(version_id, ana.id), Published)
    folder = clips.published_urls(version_id).poster.split("/")[-2]
    path = storage.path(folder, "poster.jpg")
    assert path
    assert abs(shown(path.read_bytes()) - 50) <= 1
    assert (
        client.get(f"/api/v1/media/versions/{version_id}/poster.jpg").content == path.read_bytes()
    )


@pytest.mark.slow
def test_a_redacted_version_keeps_the_cover_from_its_own_render(ana: Person, do_jobs: Jobs) -> None:
    post_id = brought(ana)
    do_jobs()
    drafts.set_cover(post_id, 1000)
    first = queries.version(actions.cut(post_id))
    drafts.autosave(post_id, drafts.Changes(edits=EditList((Mute(500, 900),))))
    second = queries.version(actions.cut(post_id))
    assert second.cover_ms == first.cover_ms == 1000
    assert second.render_id != first.render_id
    do_jobs()
    assert second.render_id
    cover = covers.taken(second.render_id, 1000)
    assert abs(shown(vault.read(cover.ref)) - 25) <= 1


def test_the_cover_is_part_of_what_a_version_is(ana: Person) -> None:
    post_id = a_draft(ana)
    first = queries.version(actions.cut(post_id))
    drafts.set_cover(post_id, 1500)
    assert queries.is_changed(queries.post(post_id), first)
    second = queries.version(actions.cut(post_id))
    assert second.hash != first.hash
    drafts.drop_cover(post_id)
    assert queries.version(actions.cut(post_id)).hash == first.hash


def test_nothing_is_published_without_the_cover_that_was_chosen(ana: Person) -> None:
    post_id = a_draft(ana)
    drafts.set_cover(post_id, 1500)
    version_id = actions.cut(post_id)
    clear_all(version_id)
    with pytest.raises(Conflict, match="cover that you have chosen"):
        actions.publish(version_id, ana.id)
    Cover.objects.update(state=Cover.State.FAILED)
    with pytest.raises(Conflict):
        actions.publish(version_id, ana.id)
    assert Cover.objects.get().state == Cover.State.WAITING


@pytest.mark.parametrize("at_ms", [4000, 99_000])
def test_a_cover_lies_within_the_clip(ana: Person, at_ms: int) -> None:
    with pytest.raises(Invalid, match="Choose a moment within it"):
        drafts.set_cover(a_draft(ana), at_ms)


def test_covers_that_nothing_shows_are_forgotten(ana: Person) -> None:
    post_id = a_draft(ana)
    drafts.set_cover(post_id, 500)
    drafts.set_cover(post_id, 700)
    assert list(Cover.objects.values_list("at_ms", flat=True)) == [700]
    actions.cut(post_id)
    drafts.set_cover(post_id, 900)
    assert set(Cover.objects.values_list("at_ms", flat=True)) == {700, 900}
    drafts.drop_cover(post_id)
    assert list(Cover.objects.values_list("at_ms", flat=True)) == [700]


def test_a_cover_waits_for_its_render(ana: Person) -> None:
    post_id = a_draft(ana)
    asset_id = queries.post(post_id).asset_id
    assert asset_id
    edits = EditList((Mute(500, 900),))
    drafts.autosave(post_id, drafts.Changes(edits=edits))
    drafts.set_cover(post_id, 500)
    version = queries.version(actions.cut(post_id))
    assert version.render_id
    with pytest.raises(Conflict):
        covers.taken(version.render_id, 500)


def test_nobody_else_chooses_a_cover(ana: Person, ben: Person) -> None:
    address = f"/api/v1/studio/posts/{a_draft(ana)}/cover"
    for client in (client_for(ben), client_for()):
        assert client.put(address, {"at_ms": 5}, "application/json").status_code in (401, 404)
        assert client.delete(address).status_code in (401, 404)
