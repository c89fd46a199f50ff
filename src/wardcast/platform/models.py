"""The platform's tables: jobs (the outbox and what became of them), vault keys, uses that are
limited, the audit trail."""

from typing import ClassVar

from django.db import models

from wardcast.platform.ids import new_id


class Job(models.Model):
    """Work that must not be lost: written in the transaction that asks for it, done by the worker.

    The row's id is the id of the durable workflow that does it.
    """

    class State(models.TextChoices):
        """queued → handed (a workflow has it) → running → done | failed."""

        QUEUED = "queued"
        HANDED = "handed"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id)
    name = models.CharField(max_length=120)
    subject = models.UUIDField()
    owner = models.UUIDField(null=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    stage = models.CharField(max_length=60, blank=True)
    fraction = models.FloatField(default=0.0)
    code = models.CharField(max_length=60, blank=True)
    detail = models.TextField(blank=True)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "due_at"], name="job_due"),
            models.Index(fields=["subject", "created_at"], name="job_subject"),
        ]


class VaultKey(models.Model):
    """A draft's key, wrapped by the master key. Without the row the files are noise."""

    id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()


class Use(models.Model):
    """How often something that is limited was done in the window that ends at `until`."""

    key = models.CharField(max_length=200)
    until = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "until"], name="one_count_a_window")
        ]


class AuditEntry(models.Model):
    """One decision: who did what to which thing, when and why."""

    id = models.UUIDField(primary_key=True, default=new_id)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    by = models.UUIDField(null=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "object_id", "at"], name="audit_object")]
