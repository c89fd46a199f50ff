"""What is said becomes captions that are proposed, and never published by themselves."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import factories
from check.adapters.tiny import write_model
from check.adapters.voices import clip_saying
from people import Person, client_for
from wardcast.media.models import Listening
from wardcast.platform import config, vault
from wardcast.posts import actions, drafts, queries

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]
SAID = "Keep your blue inhaler with you. Wash your hands."


def mute_clip(folder: Path) -> bytes:
    out = folder / "mute.mp4"
    subprocess.run(
        [
            *"ffmpeg -nostdin -v error -f lavfi -i testsrc2=size=90x160:rate=10:duration=1".split(),
            *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p".split(), str(out),
        ],
        check=True,
    )  # fmt: skip
    return out.read_bytes()


def a_spoken_draft(ana: Person, do_jobs: Jobs, folder: Path, script: str = SAID) -> UUID:
    clip = clip_saying(SAID, folder)
    post_id = drafts.begin(ana.actor, "said.mp4", len(clip), factories.stream(clip))
    drafts.autosave(post_id, drafts.Changes(title="Inhalers", script=script))
    do_jobs()
    return post_id


def listen(ana: Person, post_id: UUID, how: str = "aligned") -> Any:
    return client_for(ana).post(
        f"/api/v1/studio/posts/{post_id}/speech", {"how": how}, content_type="application/json"
    )


@pytest.mark.slow
def test_a_typed_script_becomes_captions_that_are_proposed_and_not_published(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    post_id = a_spoken_draft(ana, do_jobs, tmp_path)
    assert [each["state"] for each in listen(ana, post_id).json()["heard"]] == ["waiting"]
    do_jobs()
    found = client_for(ana).get(f"/api/v1/studio/posts/{post_id}/speech").json()["heard"]
    assert [(each["how"], each["state"], each["language"]) for each in found] == [
        ("aligned", "ready", "en")
    ]
    assert "Wash your hands." in found[0]["webvtt"]
    assert queries.post(post_id).tracks == ()
    drafts.set_captions(post_id, found[0]["webvtt"], found[0]["language"])
    assert queries.post(post_id).tracks[0].spoken


@pytest.mark.slow
def test_a_script_that_is_not_what_is_said_is_refused_with_a_sentence(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    other = "The committee will meet on Thursday to discuss the budget for the new library."
    post_id = a_spoken_draft(ana, do_jobs, tmp_path, other)
    listen(ana, post_id)
    do_jobs()
    (heard,) = client_for(ana).get(f"/api/v1/studio/posts/{post_id}/speech").json()["heard"]
    assert heard["state"] == "failed"
    assert "word by word" in heard["detail"]


@pytest.fixture
def recogniser() -> Iterator[None]:
    """A house with a (very small) model of Whisper."""
    home = config.current().data / "models"
    write_model(home / "whisper" / "tiny")
    yield
    shutil.rmtree(home)


@pytest.mark.slow
@pytest.mark.usefixtures("recogniser")
def test_where_the_house_can_recognise_it_listens_by_itself(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    post_id = a_spoken_draft(ana, do_jobs, tmp_path)
    found = client_for(ana).get(f"/api/v1/studio/posts/{post_id}/speech").json()
    assert found["recognises"]
    assert [(each["how"], each["state"]) for each in found["heard"]] == [("recognised", "ready")]
    clip = factories.tiny_clip()  # a tone, and nobody speaks
    wordless = drafts.begin(ana.actor, "tone.mp4", len(clip), factories.stream(clip))
    do_jobs()
    (heard,) = client_for(ana).get(f"/api/v1/studio/posts/{wordless}/speech").json()["heard"]
    assert (heard["state"], heard["webvtt"]) == ("ready", "")


@pytest.mark.slow
@pytest.mark.usefixtures("recogniser")
def test_a_clip_without_sound_is_not_listened_to(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    clip = mute_clip(tmp_path)
    drafts.begin(ana.actor, "mute.mp4", len(clip), factories.stream(clip))
    do_jobs()
    assert not Listening.objects.exists()


@pytest.mark.slow
def test_what_was_heard_is_destroyed_with_the_post(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    post_id = a_spoken_draft(ana, do_jobs, tmp_path)
    listen(ana, post_id)
    do_jobs()
    row = Listening.objects.get()
    keys = [UUID(ref.partition("/")[0]) for ref in (row.words_ref, row.script_ref)]
    assert all(vault.has_key(key) for key in keys)
    actions.delete(post_id, ana.id)
    assert not any(vault.has_key(key) for key in keys)
    assert not Listening.objects.exists()


@pytest.mark.parametrize(
    ("script", "how", "code"),
    [
        ("", "aligned", "no_script"),
        ("Dolor de pecho: lo que hay que saber de los síntomas en la casa", "aligned",
         "script_not_english"),
        ("Keep it near.", "recognised", "no_recogniser"),
    ],
)  # fmt: skip
def test_what_cannot_be_listened_to_is_said_before_any_work(
    ana: Person, script: str, how: str, code: str
) -> None:
    assert config.current().whisper_model is None
    post_id = factories.a_draft(ana)
    drafts.autosave(post_id, drafts.Changes(script=script))
    answer = listen(ana, post_id, how)
    assert answer.json()["code"] == code
    assert not Listening.objects.exists()


def test_a_stranger_hears_nothing_of_a_draft(ana: Person, ben: Person) -> None:
    post_id = factories.a_draft(ana)
    assert client_for(ben).get(f"/api/v1/studio/posts/{post_id}/speech").status_code == 404
