"""The tables of this room: what was uploaded, what was made of it, what is public."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardcast.platform.ids import new_id


class Intake(models.Model):
    """An upload that is on its way in. What is left of one that broke off is swept by this row.

    Its id becomes the asset's, and is the vault key that the bytes are sealed under.
    """

    id = models.UUIDField(primary_key=True)
    started_at = models.DateTimeField()


class Upload(models.Model):
    """An upload that may break off and go on: `offset` bytes of `length` are here and synced.

    Its id is the vault key of its parts and becomes the asset's. A finished one stays until it
    expires, so that a client which never got the last answer learns how it ended. `metadata` is
    what the client sent with it, word for word.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    metadata = models.TextField(blank=True)
    length = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)


class Part(models.Model):
    """Bytes of an upload that lie sealed, from `start` on."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    start = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    ref = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "start"], name="each_byte_once")
        ]


class Asset(models.Model):
    """Something that a person brought: an original clip or a caption track. It never changes.

    `name` is what its owner called it, for display alone. `probe` is what the gate measured;
    the container's tags lie sealed, since they can hold a place or a name.
    """

    class Kind(models.TextChoices):
        """What it is."""

        ORIGINAL = "original"
        CAPTIONS = "captions"

    class State(models.TextChoices):
        """stored → ready | refused."""

        STORED = "stored"
        READY = "ready"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=new_id)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    sealed_ref = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State, default=State.STORED)
    probe = models.JSONField(null=True)
    tags_ref = models.CharField(max_length=80, blank=True)
    refusal_code = models.CharField(max_length=60, blank=True)
    refusal_detail = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "sha256"],
                condition=Q(kind="original"),
                name="an_original_once_an_owner",
            )
        ]


class Render(models.Model):
    """What viewers get of an original with some edits: the same edits are rendered once.

    `edits` is the edit list's canonical JSON; `files` is `{name: {ref, size, sha256, type}}` of
    what lies sealed; `variants` are the master playlist's lines, `av1` those of the sizes that are
    there in AV1 too; times in ms, sizes in pixels.
    `seconds` is how long making all of it took. `lacking` says of rungs that could not be made why:
    "ours", or the limit that they are past. `level` is what is done to its loudness, the same for
    every rung; `poster_ms` is the moment that the poster shows, and `blurhash` stands for it until
    it is there.
    """

    class State(models.TextChoices):
        """waiting → lowest_ready → ready; failed from either."""

        WAITING = "waiting"
        LOWEST_READY = "lowest_ready"
        READY = "ready"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="renders")
    edits = models.TextField()
    edits_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    duration_ms = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    clip_sha256 = models.CharField(max_length=64, blank=True)
    files = models.JSONField(default=dict)
    variants = models.JSONField(default=list)
    av1 = models.JSONField(default=list)
    lacking = models.JSONField(default=dict)
    seconds = models.FloatField(default=0.0)
    level = models.JSONField(null=True)
    poster_ms = models.PositiveIntegerField(null=True)
    blurhash = models.CharField(max_length=60, blank=True)
    failure_code = models.CharField(max_length=60, blank=True)
    failure_detail = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["asset", "edits_hash"], name="rendered_once")
        ]


class Listening(models.Model):
    """What is said in an original, heard in one of two ways. The words and the script lie sealed.

    `state` is waiting → ready | failed; asked for anew it waits again.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    how = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="waiting")
    detail = models.TextField(blank=True)
    words_ref = models.CharField(max_length=80, blank=True)
    script_ref = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["asset", "how"], name="heard_once_a_way")
        ]


class Cover(models.Model):
    """A picture that an author chose of a render, at a moment of the original's clock.

    `file` is `{ref, size, sha256, type}` of the JPEG that lies sealed under a key of its own.
    """

    class State(models.TextChoices):
        """waiting → ready | failed; failed → waiting."""

        WAITING = "waiting"
        READY = "ready"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id)
    render = models.ForeignKey(Render, models.CASCADE, related_name="+")
    at_ms = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    file = models.JSONField(null=True)
    blurhash = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["render", "at_ms"], name="a_cover_once")
        ]


class Publication(models.Model):
    """A version's files in the public store, under an id that nothing else leads to.

    The row is written before the files are copied, so that a folder left by a kill is known and
    swept. The render's MP4 (`clip_sha256`) was signed on its way and became `signed_sha256`.
    `tracks` are its captions: `[[language, whether that is spoken, file], …]`; `av1` says whether
    the folder holds its sizes in AV1 too.
    """

    class State(models.TextChoices):
        """copying → live ⇄ withdrawn."""

        COPYING = "copying"
        LIVE = "live"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=new_id)
    render = models.ForeignKey(Render, models.SET_NULL, null=True, related_name="+")
    version_id = models.UUIDField(unique=True)
    folder = models.CharField(max_length=64, unique=True)
    tracks = models.JSONField(default=list)
    av1 = models.BooleanField(default=False)
    clip_sha256 = models.CharField(max_length=64, blank=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.COPYING)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class Shareable(models.Model):
    """A version's MP4 for sharing elsewhere, signed; `language` is that of the captions drawn into
    its picture, empty for none.

    `says` is what its content credential says; `file` is `{ref, size, sha256, type}` of what lies
    sealed under a key of its own.
    """

    class State(models.TextChoices):
        """making → ready | failed; failed → making."""

        MAKING = "making"
        READY = "ready"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id)
    version_id = models.UUIDField()
    language = models.CharField(max_length=35, blank=True)
    render = models.ForeignKey(Render, models.CASCADE, related_name="+")
    captions = models.ForeignKey(Asset, models.CASCADE, null=True, related_name="+")
    says = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.MAKING)
    file = models.JSONField(null=True)
    failure_detail = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version_id", "language"], name="shared_once")
        ]
