"""The tables of this room: reports of the check, what was decided about findings, attestations."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardcast.platform.ids import new_id


class CheckReport(models.Model):
    """What the check said of one version. The words it found lie sealed, never here.

    `index` is `[[finding id, kind, severity], …]`, `channels` `[[name, state], …]`, `counts` by
    severity.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.OneToOneField("posts.Version", models.CASCADE, related_name="+")
    version_hash = models.CharField(max_length=64)
    sealed_ref = models.CharField(max_length=80)
    index = models.JSONField(default=list)
    channels = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField()


class FindingMark(models.Model):
    """What the author decided about one finding, in their name."""

    id = models.UUIDField(primary_key=True, default=new_id)
    report = models.ForeignKey(CheckReport, models.CASCADE, related_name="marks")
    finding_id = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    severity = models.CharField(max_length=10)
    action = models.CharField(max_length=20)
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
