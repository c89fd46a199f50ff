"""Copying a clip into the public store takes time: what happens meanwhile is asked about again."""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest

import factories
from people import Person
from wardcast.media import actions as media
from wardcast.media.models import Publication
from wardcast.platform import clock, storage
from wardcast.posts import actions, drafts, queries
from wardcast.posts.models import Clearance, Post
from wardcast.posts.rules import Held, VersionState

pytestmark = pytest.mark.django_db


def publish_while(made: factories.Made, does: Callable[[], object]) -> object:
    """Publishes, and does something else once the files are copied; nothing of them may stay."""
    copy = media.publish
    folders = []

    def copied(*args: object) -> None:
        copy(*args)  # type: ignore[arg-type]
        folders.extend(Publication.objects.values_list("folder", flat=True))
        does()

    with patch("wardcast.posts.actions.media.publish", copied):
        said = actions.publish(made.version_id, made.author.id)
    assert [storage.path(each, "clip.mp4") for each in folders] == [None]
    return said


def revoke(made: factories.Made) -> None:
    actions.revoke(made.version_id, "check", "A name was found.")


def supersede(made: factories.Made) -> None:
    drafts.autosave(made.post_id, drafts.Changes(title="Another title"))
    actions.cut(made.post_id)


def object_to(made: factories.Made) -> None:
    actions.clear(made.version_id, "rehearsal", "objected", by=None, note="It laughs at a patient.")


def hold(made: factories.Made) -> None:
    Post.objects.filter(pk=made.post_id).update(state="held")


def expire(made: factories.Made) -> None:
    soon = clock.now() + timedelta(minutes=1)
    Clearance.objects.filter(version=made.version_id).update(expires_at=soon)
    clock.advance(timedelta(minutes=2))


@pytest.mark.parametrize("happens", [revoke, supersede, object_to, hold, expire])
def test_a_version_that_is_not_cleared_any_more_once_it_is_copied_is_not_published(
    ana: Person, happens: Callable[[factories.Made], None]
) -> None:
    made = factories.a_cleared_post(ana)
    assert isinstance(publish_while(made, lambda: happens(made)), Held)
    assert queries.version(made.version_id).state is not VersionState.PUBLIC
    assert not Publication.objects.exists()
    assert isinstance(actions.publish(made.version_id, ana.id), Held)
