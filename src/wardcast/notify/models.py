"""The tables of notify."""

from typing import ClassVar

from django.db import models

from wardcast.platform.ids import new_id


class Notification(models.Model):
    """One thing that one person is told. `key` keeps the same event from being told twice."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    key = models.UUIDField()
    values = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind", "subject_id", "key"], name="told_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["user"], condition=models.Q(read_at=None), name="notification_unread"
            )
        ]


class Choice(models.Model):
    """What a person has chosen to be told otherwise than in the app; without a row, all of it."""

    user = models.OneToOneField("accounts.User", models.CASCADE, primary_key=True, related_name="+")
    reminded_by_mail = models.BooleanField(default=True)
