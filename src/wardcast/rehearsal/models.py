"""The tables of rehearsal: what is rehearsed, who was asked, what they answered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardcast.platform.ids import new_id
from wardcast.rehearsal import rules


class Rehearsal(models.Model):
    """One version, heard by others before it is public. `needs` are numbers of answers by part.

    `because` says in words how it ended, or why the author is to look again.
    """

    class State(models.TextChoices):
        """open ⇄ look_again → passed | objected | released | closed (a newer version took over)."""

        OPEN = "open"
        LOOK_AGAIN = "look_again"
        PASSED = "passed"
        OBJECTED = "objected"
        RELEASED = "released"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.OneToOneField("posts.Version", models.CASCADE, related_name="+")
    version_hash = models.CharField(max_length=64)
    author = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    lane = models.CharField(max_length=20)
    needs = models.JSONField()
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    because = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    looked_note = models.CharField(max_length=rules.NOTE_CHARS, blank=True)
    waived_by = models.UUIDField(null=True)
    released_by = models.UUIDField(null=True)
    release_reason = models.CharField(max_length=rules.NOTE_CHARS, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "opened_at"], name="rehearsal_waiting")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="released")
                | (Q(released_by__isnull=False) & ~Q(release_reason="")),
                name="a_release_has_someone_and_a_reason",
            )
        ]

    def needed(self) -> rules.Needs:
        """How many answers it needs."""
        return rules.Needs(**self.needs)


class Invitation(models.Model):
    """A person is asked to watch and answer, as a colleague or as a lay person."""

    id = models.UUIDField(primary_key=True, default=new_id)
    rehearsal = models.ForeignKey(Rehearsal, models.CASCADE, related_name="invitations")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    part = models.CharField(max_length=10)
    invited_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rehearsal", "user"], name="asked_once"),
            models.CheckConstraint(
                condition=Q(part__in=[rules.COLLEAGUE, rules.LAY]), name="asked_as_one_of_two"
            ),
        ]


class Verdict(models.Model):
    """What an invited person answered. Written once and never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    rehearsal = models.ForeignKey(Rehearsal, models.CASCADE, related_name="verdicts")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    part = models.CharField(max_length=10)
    answers = models.JSONField()
    objection = models.BooleanField()
    look_again = models.BooleanField()
    line = models.CharField(max_length=rules.LINE_CHARS, blank=True)
    moment_ms = models.PositiveIntegerField(null=True)
    watched_ms = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rehearsal", "user"], name="answers_once")
        ]
