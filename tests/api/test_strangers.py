"""What is not open to somebody is found at no address, under no id, in no list."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connections, transaction
from django.test import Client

import factories
import reading
from people import Person, client_for, make, verified
from wardcast.accounts import actions as accounts
from wardcast.conversation import actions as conversation
from wardcast.media.models import Publication
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.posts.models import Version
from wardcast.rehearsal import actions as rehearsals
from wardcast.rehearsal import queries as rehearsal
from wardcast.safety import actions as safety
from wardcast.safety import reports

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NAME = "Okafor"
"""A patient's name. Who must not see something must not read it anywhere."""

FILES = ("video/", "image/")


@dataclass(frozen=True)
class World:
    """Posts that strangers must not see, and one for followers."""

    held: UUID
    attested: UUID
    rehearsed: UUID


@pytest.fixture
def world(ana: Person, ben: Person, dev: Person, ines: Person) -> World:
    """Ana's clips in every state in which they are not everyone's. Ines was asked about two."""

    def in_check(title: str) -> UUID:
        version_id = posts.cut(factories.a_draft(ana, title, text=f"{NAME} says: wash your hands."))
        safety.examine(version_id)
        for each in reports.opened(reports.need(version_id)).findings:
            if each.severity.value != "info":
                safety.mark(ana.actor, version_id, each.id, "not_a_patient", "He is fictional.")
        return version_id

    factories.a_draft(ana, f"{NAME}, a draft", script=f"{NAME} again")
    posts.cut(factories.a_draft(ana, f"{NAME}, unexamined"))
    factories.a_cleared_post(ana, f"{NAME}, cleared")
    asked = in_check(f"{NAME}, to attest")
    safety.attest(ana.actor, asked, ines.id)
    heard = in_check(f"{NAME}, to hear")
    posts.clear(heard, "attestation", "cleared", by=None)
    rehearsed = rehearsal.id_of(heard)
    assert rehearsed
    rehearsals.invite(ana.actor, rehearsed, [ines.id])
    gone = factories.a_public_post(ana, f"{NAME}, deleted")
    posts.delete(gone.post_id, ana.id)
    held = factories.a_public_post(ana, f"{NAME}, held")
    conversation.comment(ben.actor, held.post_id, f"Is that {NAME}?")
    posts.hold(held.post_id, dev.id, f"It names {NAME}.")
    mended = factories.a_public_post(ana, f"{NAME}, replaced")
    factories.a_newer_version(mended, "Wash your hands")
    drafts.autosave(mended.post_id, drafts.Changes(title=f"{NAME} once more"))
    posts.cut(mended.post_id)
    factories.a_public_post(ana, "For my followers", visibility="followers")
    return World(held.post_id, asked, heard)


def addresses() -> Iterator[str]:
    yield from reading.addresses()
    every = apps.get_model("posts.post").objects.values_list("pk", flat=True)
    yield from (f"/v/{each}" for each in every)
    yield from (f"/api/v1/feed?at={each}" for each in every)
    yield from ("/corrections", "/api/v1/people?q=ana", "/api/v1/people?colleagues=1")


def read(client: Client, address: str) -> bytes:
    """What is at an address, without a trace; a file's kind where it is one."""
    with transaction.atomic(), transaction.atomic(using="links"):
        answer = client.get(address, HTTP_RANGE="bytes=0-9")
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    assert answer.status_code < 500, address
    kind = answer.headers.get("Content-Type", "")
    return kind.encode() if kind.startswith(FILES) else answer.content


def told(client: Client) -> list[str]:
    """The addresses that tell the name, or play what this client is not to see."""
    return [each for each in addresses() if NAME.encode() in read(client, each)]


def played(client: Client) -> set[str]:
    """Titles of the versions whose clip this client can play."""
    clip = "/api/v1/media/versions/{}/clip.mp4"
    return {
        row.title
        for row in Version.objects.all()
        if read(client, clip.format(row.pk)) == b"video/mp4"
    }


def test_strangers_learn_no_word_and_play_nothing_that_is_not_open(
    world: World, eli: None, cleo: Person, ben: Person
) -> None:
    others = {"guest": eli, "stranger": cleo, "follower": ben, "clinician": verified(make("omar"))}
    for name, person in others.items():
        client = client_for(person)
        assert told(client) == [], name
        followers_only = {"For my followers"} if name == "follower" else set()
        assert played(client) == {"Wash your hands"} | followers_only, name


def test_who_was_asked_sees_what_they_were_asked_about_and_no_longer_than_that(
    world: World, ana: Person, ines: Person, dev: Person
) -> None:
    client = client_for(ines)
    assert played(client) == {f"{NAME}, to attest", f"{NAME}, to hear", "Wash your hands"}
    told_of = told(client)
    assert told_of
    assert not any("report" in each or "studio" in each or "drafts" in each for each in told_of)
    for version_id in (world.attested, world.rehearsed):
        post_id = Version.objects.get(pk=version_id).post_id
        apps.get_model("posts.post").objects.filter(pk=post_id).update(state="held")
    left = [each for each in told(client) if not each.startswith("/api/v1/notifications")]
    assert left == []
    assert played(client) == {"Wash your hands"}


def test_a_block_ends_what_was_asked(world: World, ana: Person, ines: Person) -> None:
    client = client_for(ines)
    accounts.block(ana.id, ines.id)
    left = [each for each in told(client) if not each.startswith("/api/v1/notifications")]
    assert left == []
    assert played(client) == set()
    for address in (f"versions/{world.attested}/second-attest", f"versions/{world.attested}/duty"):
        answer = client.post(f"/api/v1/{address}", {"agrees": True}, "application/json")
        assert answer.status_code in (404, 405)


def test_folders_of_what_is_not_public_any_more_are_empty(world: World, eli: None) -> None:
    client = client_for(eli)
    open_ = 0
    for row in Publication.objects.all():
        status = client.get(f"/clips/{row.folder}/clip.mp4", HTTP_RANGE="bytes=0-9").status_code
        live = row.state == Publication.State.LIVE
        assert status == (206 if live else 404)
        open_ += live
    assert open_ == 2


def test_moderators_read_no_draft_and_no_report(world: World, dev: Person) -> None:
    client = client_for(dev)
    titles = {f"{NAME}, held", "Wash your hands", "For my followers"}
    assert played(client) == titles
    for each in told(client):
        assert "report" not in each
        assert "studio" not in each
