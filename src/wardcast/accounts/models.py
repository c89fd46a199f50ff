"""The accounts' tables: people and what is known of them; and, in a database of their own, the
pairs of a person or device with the number that exposures are written under."""

import secrets
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from wardcast.accounts import rules
from wardcast.platform import clock
from wardcast.platform.ids import new_id


class People(BaseUserManager["User"]):
    """Finds people by handle in any case: handles are kept in lower case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this handle."""
        return self.get(handle=(username or "").lower())


class User(AbstractBaseUser):
    """A person with an account. Roles follow from the flags, credentials and the host's row.

    `town` is where they work, for the check alone: no page shows it to anybody else.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    handle = models.CharField(
        max_length=rules.HANDLE_CHARS, unique=True, error_messages={"unique": rules.HANDLE_TAKEN}
    )
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=rules.NAME_CHARS)
    bio = models.CharField(max_length=rules.BIO_CHARS, blank=True)
    town = models.CharField(max_length=rules.TOWN_CHARS, blank=True)
    is_moderator = models.BooleanField(default=False)
    is_admin = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.now)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(handle=Lower("handle")), name="handle_is_lower"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_is_lower"),
        ]


class Credential(models.Model):
    """What a person is, who checked it and how. It counts until it expires or is revoked."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, models.CASCADE, related_name="credentials")
    profession = models.CharField(max_length=60)
    specialty = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=60, blank=True)
    checked_how = models.CharField(max_length=200)
    checked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None), name="one_credential_at_a_time"
            )
        ]


class Follow(models.Model):
    """One person follows another."""

    id = models.UUIDField(primary_key=True, default=new_id)
    follower = models.ForeignKey(User, models.CASCADE, related_name="+")
    followed = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["follower", "followed"], name="follows_once"),
            models.CheckConstraint(condition=~Q(follower=F("followed")), name="not_oneself"),
        ]


class Block(models.Model):
    """One person wants no contact with another."""

    id = models.UUIDField(primary_key=True, default=new_id)
    blocker = models.ForeignKey(User, models.CASCADE, related_name="+")
    blocked = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="blocks_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="blocks_not_oneself"),
        ]


def default_quorum() -> dict[str, dict[str, int]]:
    """Who must answer in each lane unless the host says otherwise, as it is kept."""
    return {
        lane: {"colleagues": need.colleagues, "lay": need.lay}
        for lane, need in rules.DEFAULT_QUORUM.items()
    }


class Host(models.Model):
    """Whose house it is. There is one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=80, default="Wardcast")
    contact = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=rules.TOWN_CHARS, blank=True)
    named_person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    quorum = models.JSONField(default=default_quorum)
    recall_goal = models.FloatField(default=rules.DEFAULT_RECALL_GOAL)
    mode = models.CharField(max_length=20, default="open")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="one_host"),
            models.CheckConstraint(
                condition=Q(recall_goal__gt=0) & Q(recall_goal__lte=1), name="goal_is_a_share"
            ),
        ]


class StandingConsent(models.Model):
    """The host waives, for a lane and perhaps for one author, the second attestation or the
    rehearsal. Never the check."""

    id = models.UUIDField(primary_key=True, default=new_id)
    lane = models.CharField(max_length=20)
    author = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    waives = models.JSONField()
    reason = models.CharField(max_length=500)
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class _Links(models.Model):
    """Lies in the database of links, which the ledger and the feed never read."""

    database = "links"

    class Meta:
        abstract = True


def new_salt() -> bytes:
    """What makes a viewer's secrets unguessable."""
    return secrets.token_bytes(16)


class Viewer(_Links):
    """A dense number that exposures are written under: one an account or device.

    From the salt come the secrets by which a viewer finds themselves in the proof of a recall. Once
    it is dropped, nobody can tell any more which leaf was theirs.
    """

    class Kind(models.TextChoices):
        """Whose number it is."""

        ACCOUNT = "account"
        DEVICE = "device"

    number = models.AutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    salt = models.BinaryField(default=new_salt)


class AccountViewer(_Links):
    """Which number is whose. `user_id` points into the other database."""

    user_id = models.UUIDField(primary_key=True)
    viewer = models.OneToOneField(Viewer, models.CASCADE, related_name="account")


class DeviceViewer(_Links):
    """Which number a guest's device has. Of its token only the hash is kept.

    `merged_into` is the account's number once somebody signed in on the device; its token is dead
    from then on.
    """

    token_hash = models.CharField(primary_key=True, max_length=64)
    viewer = models.OneToOneField(Viewer, models.CASCADE, related_name="device")
    last_seen = models.DateTimeField()
    merged_into = models.IntegerField(null=True, db_index=True)


class PushAddress(_Links):
    """Where a browser is knocked at for a number. The address is the browser's own, so that it lies
    here; `id` is its hash."""

    id = models.CharField(primary_key=True, max_length=64)
    viewer = models.ForeignKey(Viewer, models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1000)
    point = models.BinaryField()
    secret = models.BinaryField()
    at = models.DateTimeField()
