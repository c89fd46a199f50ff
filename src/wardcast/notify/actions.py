"""Telling people, and marking what they have read."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from wardcast.accounts import queries as accounts
from wardcast.accounts.events import CredentialChecked, CredentialRevoked, Followed
from wardcast.notify.kinds import KINDS, Kind, Values
from wardcast.notify.models import Notification
from wardcast.notify.tasks import MAIL
from wardcast.platform import clock, jobs


def tell(
    user_ids: Iterable[UUID],
    kind: str,
    *,
    subject: UUID,
    values: Values,
    event_id: UUID | None = None,
) -> None:
    """Tells each person once, in the transaction at hand; some kinds also go out by mail.

    The same event is told once. Where no event is named, the same values about the same subject
    are told once: name the event when the same words can become true again.
    """
    made = KINDS[kind]
    missing = made.needs - values.keys()
    if missing:
        raise LookupError(f"a notification of kind {kind!r} needs {sorted(missing)}")
    key = event_id or uuid5(subject, kind + json.dumps(dict(values), sort_keys=True, default=str))
    now = clock.now()
    with transaction.atomic():
        for user_id in dict.fromkeys(user_ids):
            if made.grouped:
                _tell_grouped(user_id, kind, subject, values, now)
            else:
                _tell_one(user_id, kind, made, subject, values, key, now)


def _tell_one(
    user_id: UUID,
    kind: str,
    made: Kind,
    subject: UUID,
    values: Values,
    key: UUID,
    now: datetime,
) -> None:
    row, new = Notification.objects.get_or_create(
        user_id=user_id,
        kind=kind,
        subject_id=subject,
        key=key,
        defaults={"values": dict(values), "at": now},
    )
    if new and made.mailed:
        jobs.start(MAIL, subject=row.pk, owner=user_id)


def _tell_grouped(user_id: UUID, kind: str, subject: UUID, values: Values, now: datetime) -> None:
    """One unread row a subject, which names the latest person and counts the others.

    It moves to the top when somebody joins; somebody who is in it already changes nothing.
    """
    of_subject = Notification.objects.select_for_update().filter(
        user=user_id, kind=kind, subject_id=subject
    )
    told = [row.values["everyone"] for row in of_subject]
    if any(values["by"] in everyone for everyone in told):
        return
    unread = of_subject.filter(read_at=None).first()
    everyone = [*(unread.values["everyone"] if unread else ()), values["by"]]
    if unread:
        unread.delete()
    Notification.objects.create(
        user_id=user_id,
        kind=kind,
        subject_id=subject,
        key=uuid5(subject, str(values["by"])),
        values={**values, "everyone": everyone, "others": len(everyone) - 1},
        at=now,
    )


def read(user_id: UUID, ids: Sequence[UUID]) -> None:
    """Marks some of a person's own notifications as read."""
    Notification.objects.filter(user=user_id, pk__in=ids, read_at=None).update(read_at=clock.now())


def read_all(user_id: UUID) -> None:
    """Marks everything that a person was told as read."""
    Notification.objects.filter(user=user_id, read_at=None).update(read_at=clock.now())


def followed(event: Followed) -> None:
    """Tells a person who follows them now. Once for each follower, however often they return."""
    card = accounts.people([event.follower_id]).get(event.follower_id)
    if card:
        tell(
            [event.followed_id],
            "follow",
            subject=card.id,
            values={"who": card.name, "handle": card.handle},
            event_id=event.follower_id,
        )


def verified(event: CredentialChecked) -> None:
    """Tells a person that they are a verified clinician."""
    tell(
        [event.user_id],
        "verified",
        subject=event.user_id,
        values={"profession": event.profession},
        event_id=event.event_id,
    )


def credential_revoked(event: CredentialRevoked) -> None:
    """Tells a person that they are a verified clinician no more."""
    tell(
        [event.user_id],
        "credential_revoked",
        subject=event.user_id,
        values={},
        event_id=event.event_id,
    )
