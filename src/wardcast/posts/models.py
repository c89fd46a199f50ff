"""The tables of this room: posts, their immutable versions, clearances and standing."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardcast.accounts.rules import LANES
from wardcast.gate.edits import NO_EDITS
from wardcast.platform.ids import new_id
from wardcast.posts import rules


def no_edits() -> str:
    """A new draft's edit list: nothing is edited."""
    return NO_EDITS.to_json()


_LANES = [(lane, lane) for lane in LANES]


class Counter(models.Model):
    """Gives dense numbers, one a time: `number` of posts, `serial` of versions."""

    name = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Post(models.Model):
    """What a clinician publishes. Its words and edits are the draft's; versions keep their own.

    `tracks` are its captions, as `posts.tracks` keeps them; `cover_ms` is the moment of the
    original's clock that its author chose for the poster.
    """

    class State(models.TextChoices):
        """draft → public ⇄ held; deleted from any."""

        DRAFT = "draft"
        SCHEDULED = "scheduled"
        PUBLIC = "public"
        HELD = "held"
        DELETED = "deleted"

    class Visibility(models.TextChoices):
        """Who may see it while it is public."""

        PUBLIC = "public"
        FOLLOWERS = "followers"
        UNLISTED = "unlisted"

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.PositiveIntegerField(unique=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    lane = models.CharField(max_length=20, choices=_LANES, default="lesson")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    title = models.CharField(max_length=rules.TITLE_CHARS, blank=True)
    text = models.TextField(blank=True)
    script = models.TextField(blank=True)
    tracks = models.JSONField(default=list)
    cover_ms = models.PositiveIntegerField(null=True)
    edits = models.TextField(default=no_edits)
    asset = models.ForeignKey("media.Asset", models.SET_NULL, null=True, related_name="+")
    current = models.ForeignKey("posts.Version", models.SET_NULL, null=True, related_name="+")
    working = models.ForeignKey("posts.Version", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    held_reason = models.TextField(blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    held_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["author", "state", "updated_at"], name="post_author"),
            models.Index(fields=["state", "updated_at"], name="post_state"),
        ]


class Version(models.Model):
    """One immutable cut of a post; only its state and what hangs on it ever change."""

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    serial = models.PositiveIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    state = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in rules.VersionState]
    )
    asset = models.ForeignKey("media.Asset", models.SET_NULL, null=True, related_name="+")
    edits = models.TextField()
    title = models.CharField(max_length=rules.TITLE_CHARS)
    text = models.TextField(blank=True)
    script = models.TextField(blank=True)
    tracks = models.JSONField(default=list)
    cover_ms = models.PositiveIntegerField(null=True)
    lane = models.CharField(max_length=20, choices=_LANES)
    render = models.ForeignKey("media.Render", models.SET_NULL, null=True, related_name="+")
    render_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    public_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["post"], condition=Q(state="public"), name="one_public_version"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["render"], name="version_render")]


class Lineage(models.Model):
    """A post holds a part of another post's clip, as its author says. `start_ms` and `end_ms` lie
    in the source's clip as it plays, `at_ms` in the post's own original, None where it is not
    known; `at` is when it was said."""

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey(Post, models.CASCADE, related_name="lineage")
    source = models.ForeignKey(Version, models.CASCADE, related_name="+")
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    at_ms = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "source"], name="source_once"),
            models.CheckConstraint(
                condition=Q(end_ms__gt=models.F("start_ms")), name="a_part_has_a_length"
            ),
        ]


class Clearance(models.Model):
    """One gate's verdict on exactly these words and exactly these rendered bytes."""

    class Verdict(models.TextChoices):
        """What the gate says."""

        CLEARED = "cleared"
        OBJECTED = "objected"

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.ForeignKey(Version, models.CASCADE, related_name="clearances")
    version_hash = models.CharField(max_length=64)
    render_hash = models.CharField(max_length=64)
    gate = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in rules.Gate]
    )
    verdict = models.CharField(max_length=10, choices=Verdict)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)


class Standing(models.Model):
    """What others say about a version. They push it down; cards and feeds read it.

    `revision` grows with each change, so that what was made from an older one is known to be old.
    `reach` is how many it may be shown to, None for all; `staged`, that its author says of
    something in it that it is played.
    """

    version = models.OneToOneField(
        Version, models.CASCADE, primary_key=True, related_name="standing"
    )
    revision = models.PositiveIntegerField(default=1)
    reach = models.PositiveIntegerField(null=True)
    correction = models.JSONField(null=True)
    label = models.CharField(max_length=60, blank=True)
    staged = models.BooleanField(default=False)
    contested = models.BooleanField(default=False)
    evidence = models.JSONField(null=True)
    understanding = models.JSONField(null=True)
