"""The tables of this room: reports of the check, what was decided about findings, consents of those
who are shown, attestations."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardcast.platform.ids import new_id
from wardcast.safety.terms import Terms


class CheckReport(models.Model):
    """What the check said of one version. The words it found lie sealed, never here.

    `index` is `[[finding id, kind, severity, channel], …]`, `channels` `[[name, state], …]`,
    `counts` by severity. From `words_gone_at` on the words are destroyed, and this is what is left.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.OneToOneField("posts.Version", models.CASCADE, related_name="+")
    version_hash = models.CharField(max_length=64)
    sealed_ref = models.CharField(max_length=80, blank=True)
    index = models.JSONField(default=list)
    channels = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    words_gone_at = models.DateTimeField(null=True)


class Consent(models.Model):
    """Somebody's consent to be shown in a post, as its author attests it.

    Who gave it lies sealed under a key of its own, never here; of the signed form there is the
    SHA-256 alone. `kinds` are the kinds of findings that it answers, empty for all; `asset_id` is
    the one clip that it covers, None for whatever clip the post has. It holds through `last_day`.
    `ended_at` is when it was withdrawn, or when the house acted on its end.
    """

    class Ended(models.TextChoices):
        """Why it holds no more."""

        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey("posts.Post", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    who_ref = models.CharField(max_length=80)
    kinds = models.JSONField(default=list)
    asset_id = models.UUIDField(null=True)
    given_on = models.DateField()
    last_day = models.DateField(null=True)
    form_sha256 = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, choices=Ended, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ended_at", "last_day"], name="consent_ends")]

    @property
    def terms(self) -> Terms:
        """What of it decides."""
        return Terms(frozenset(self.kinds), self.asset_id, self.last_day, self.ended_at is not None)


class OwnWords(models.Model):
    """What an author said is their own name, or the words of their own monitor: sealed under a key
    of its own."""

    class What(models.TextChoices):
        """What it is."""

        NAME = "name"
        MONITOR = "monitor"

    id = models.UUIDField(primary_key=True, default=new_id)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    sealed_ref = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["author", "at"], name="own_words")]


class FindingMark(models.Model):
    """What the author decided about one finding, in their name. A mark by a consent holds for as
    long as the consent does."""

    id = models.UUIDField(primary_key=True, default=new_id)
    report = models.ForeignKey(CheckReport, models.CASCADE, related_name="marks")
    finding_id = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    severity = models.CharField(max_length=10)
    action = models.CharField(max_length=20)
    consent = models.ForeignKey(Consent, models.CASCADE, null=True, related_name="marks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "finding_id"], name="one_mark_a_finding")
        ]


class Attestation(models.Model):
    """A person's statement that they looked at what no recogniser could, bound to its hash."""

    class Who(models.TextChoices):
        """In which part."""

        AUTHOR = "author"
        SECOND = "second"
        NAMED_PERSON = "named_person"

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.ForeignKey("posts.Version", models.CASCADE, related_name="+")
    version_hash = models.CharField(max_length=64)
    channels = models.JSONField(default=list)
    who = models.CharField(max_length=12, choices=Who)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    agrees = models.BooleanField(default=True)
    statement = models.TextField()
    at = models.DateTimeField()


class AttestationDuty(models.Model):
    """Somebody was asked to look at a version. While it is open, they may see that version."""

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.ForeignKey("posts.Version", models.CASCADE, related_name="+")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    who = models.CharField(max_length=12, choices=Attestation.Who)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(done_at=None), name="one_duty_at_a_time"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["asked", "done_at"], name="duty_asked")]
