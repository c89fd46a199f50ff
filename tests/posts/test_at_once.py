"""Two who do the same thing at the same moment: it is done once, and numbers stay dense."""

from pathlib import Path

import pytest

import factories
from at_once import at_once
from people import Person, make, verified

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def surgeon() -> Person:
    return verified(make("ana"))


def test_publishing_at_once_is_publishing_once(surgeon: Person, tmp_path: Path) -> None:
    made = factories.a_cleared_post(surgeon)
    lines = at_once(
        tmp_path,
        4,
        f"""
from uuid import UUID
from wardcast.posts import actions
print(type(actions.publish(UUID({str(made.version_id)!r}), UUID({str(surgeon.id)!r}))).__name__)
""",
        after="""
from wardcast.media.models import Publication
from wardcast.notify.models import Notification
print(Publication.objects.count(), Notification.objects.filter(kind="published").count())
""",
    )
    assert lines == ["Published"] * 4 + ["1 1"]


def test_cutting_at_once_cuts_one_version(surgeon: Person, tmp_path: Path) -> None:
    post_id = factories.a_draft(surgeon)
    lines = at_once(
        tmp_path,
        4,
        f"""
from uuid import UUID
from wardcast.platform.http import Conflict
from wardcast.posts import actions
try:
    actions.cut(UUID({str(post_id)!r}))
    print("cut")
except Conflict as refused:
    print(refused.code)
""",
        after="""
from wardcast.posts.models import Version
print(Version.objects.count())
""",
    )
    assert sorted(lines[:4]) == ["already_submitted"] * 3 + ["cut"]
    assert lines[4] == "1"


def test_posts_that_are_begun_at_once_get_dense_numbers(surgeon: Person, tmp_path: Path) -> None:
    lines = at_once(
        tmp_path,
        6,
        f"""
from django.db import transaction
from uuid import UUID
from wardcast.media import actions as media
from wardcast.posts import drafts
with transaction.atomic():
    track = media.store_captions(UUID({str(surgeon.id)!r}), f"WEBVTT {{number}}")
    drafts.draft(UUID({str(surgeon.id)!r}), track)
print("begun")
""",
        after="""
from wardcast.posts.models import Post
print(*sorted(Post.objects.values_list("number", flat=True)))
""",
    )
    assert lines == ["begun"] * 6 + ["1 2 3 4 5 6"]


def test_the_same_file_at_once_is_one_clip(surgeon: Person, tmp_path: Path) -> None:
    lines = at_once(
        tmp_path,
        4,
        f"""
import io
from uuid import UUID
from wardcast.accounts import queries
from wardcast.media.actions import Duplicate
from wardcast.posts import drafts
data = b"\\0\\0\\0\\x18ftypmp42" + b"\\0" * 5000
try:
    drafts.begin(queries.actor_of(UUID({str(surgeon.id)!r})), "x.mp4", len(data), io.BytesIO(data))
    print("saved")
except Duplicate as again:
    print("duplicate" if again.extra["post_id"] else "lost")
""",
        after="""
from wardcast.media.models import Asset, Intake
from wardcast.platform.models import VaultKey
from wardcast.posts.models import Post
print(Asset.objects.count(), Post.objects.count(), Intake.objects.count(), VaultKey.objects.count())
""",
    )
    assert sorted(lines[:4]) == ["duplicate"] * 3 + ["saved"]
    assert lines[4] == "1 1 0 1"
