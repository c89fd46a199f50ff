"""What an actor or a mannequin plays is said to be staged, wherever the post is shown."""

import json
from collections.abc import Callable
from uuid import UUID

import pytest

import factories
from people import Person, client_for
from wardcast.platform.http import Invalid
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.posts import queries as versions
from wardcast.posts.rules import Gate
from wardcast.posts.values import Published
from wardcast.safety import actions, queries

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]
PLAYED = "My patient Harold Okafor came in with chest pain."


def cut(post_id: UUID, do_jobs: Jobs) -> UUID:
    version_id = posts.cut(post_id)
    do_jobs()
    return version_id


def play(ana: Person, version_id: UUID) -> None:
    for finding in queries.checked(version_id).open:
        actions.mark(ana.actor, version_id, finding.id, "staged", "A colleague plays the patient.")


def publish(ana: Person, version_id: UUID) -> None:
    for gate in (Gate.ATTESTATION, Gate.REHEARSAL):
        posts.clear(version_id, gate, "cleared", by=None)
    assert isinstance(posts.publish(version_id, ana.id), Published)


def card(version_id: UUID) -> dict[str, object]:
    found: dict[str, object] = json.loads(versions.cards([version_id])[version_id])
    return found


def test_a_staged_scene_passes_the_check_and_says_so_on_the_post(
    ana: Person, ben: Person, do_jobs: Jobs
) -> None:
    version_id = cut(factories.a_draft(ana, text=PLAYED), do_jobs)
    play(ana, version_id)
    assert queries.checked(version_id).open == ()
    publish(ana, version_id)
    assert card(version_id)["staged"] is True
    post_id = versions.version(version_id).post_id
    assert client_for(ben).get(f"/api/v1/posts/{post_id}").json()["card"]["staged"] is True
    page = client_for().get(f"/v/{post_id}").content.decode()
    assert "Staged scene" in page


def test_a_post_without_a_scene_does_not_say_so(ana: Person) -> None:
    made = factories.a_public_post(ana)
    assert card(made.version_id)["staged"] is False
    assert "Staged scene" not in client_for().get(f"/v/{made.post_id}").content.decode()


def test_it_holds_in_the_next_version_until_the_author_says_otherwise(
    ana: Person, do_jobs: Jobs
) -> None:
    post_id = factories.a_draft(ana, text=PLAYED)
    play(ana, cut(post_id, do_jobs))
    drafts.autosave(post_id, drafts.Changes(title="Another title"))
    second = cut(post_id, do_jobs)
    assert queries.checked(second).open == ()
    (finding,) = queries.checked(second).report.blocking
    assert versions.version(second).state == "ready"
    actions.mark(ana.actor, second, finding.id, "not_a_patient", "A name out of a novel.")
    publish(ana, second)
    assert card(second)["staged"] is False


def test_it_needs_a_note_and_covers_no_secret(ana: Person, do_jobs: Jobs) -> None:
    version_id = cut(factories.a_draft(ana, text=f"{PLAYED} The door code is 4482."), do_jobs)
    by_kind = {each.kind: each for each in queries.checked(version_id).open}
    assert "staged" in by_kind["name"].actions
    with pytest.raises(Invalid) as missing:
        actions.mark(ana.actor, version_id, by_kind["name"].id, "staged", " ")
    assert missing.value.code == "note_missing"
    assert "staged" not in by_kind["access_code"].actions
    with pytest.raises(Invalid) as refused:
        actions.mark(ana.actor, version_id, by_kind["access_code"].id, "staged", "A set.")
    assert refused.value.code == "not_staged"
