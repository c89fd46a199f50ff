"""A draft that is deleted while it is worked on: sealing makes a key anew, and it goes too."""

from uuid import UUID

import pytest

import factories
from people import Person
from wardcast.check.speech import Speech
from wardcast.media import covers, looking, rendering, speech, taking
from wardcast.media.models import Asset, Cover, Listening, Render
from wardcast.media.sealed import part_key
from wardcast.platform import clock, jobs, vault
from wardcast.posts import actions as posts
from wardcast.posts import drafts

pytestmark = pytest.mark.django_db


def brought(ana: Person) -> UUID:
    """A draft whose original was looked at."""
    clip = factories.tiny_clip(1, "title=Harold Okafor")
    post_id = drafts.begin(ana.actor, "ward.mp4", len(clip), factories.stream(clip))
    looking.look_at(Asset.objects.get())
    return post_id


def begun(subject: UUID) -> jobs.JobView:
    (job,) = jobs.of(subject)
    return job


def test_before_it_was_looked_at(ana: Person) -> None:
    clip = factories.tiny_clip(1, "title=Harold Okafor")
    drafts.begin(ana.actor, "ward.mp4", len(clip), factories.stream(clip))
    asset = Asset.objects.get()
    seen = Asset.objects.get()
    asset.delete()
    looking.look(seen)
    assert not vault.has_key(part_key(seen.pk, "tags"))


def test_while_it_was_rendered(ana: Person) -> None:
    post_id = brought(ana)
    job = begun(Render.objects.get().pk)
    posts.delete(post_id, ana.id)
    left = part_key(job.subject, "lowest")
    vault.put(left, b"sealed by the step that was still at work")
    rendering.render_lowest(job)
    assert not vault.has_key(left)


def test_while_its_cover_was_taken(ana: Person) -> None:
    post_id = brought(ana)
    Render.objects.update(state=Render.State.READY)
    covers.ensure(Render.objects.get().pk, 400)
    job = begun(Cover.objects.get().pk)
    posts.delete(post_id, ana.id)
    left = part_key(job.subject, covers.KEY)
    vault.put(left, b"sealed by the step that was still at work")
    taking.take_cover(job)
    assert not vault.has_key(left)


def test_while_it_was_listened_to(ana: Person) -> None:
    post_id = brought(ana)
    row = Listening.objects.create(asset=Asset.objects.get(), how="aligned", asked_at=clock.now())
    posts.delete(post_id, ana.id)
    speech.keep(row.pk, Speech((), "en", "aligned", "pocketsphinx"))
    assert not vault.has_key(part_key(row.pk, "words"))
