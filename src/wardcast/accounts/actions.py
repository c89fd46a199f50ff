"""What is done to people, credentials and the host: each a verb, whole in one function."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q

from wardcast.accounts import devices, queries, rules, viewers
from wardcast.accounts.events import (
    Blocked,
    CredentialChecked,
    CredentialRevoked,
    Followed,
    PersonChanged,
)
from wardcast.accounts.middleware import DeviceRequest
from wardcast.accounts.models import Block, Credential, Follow, Host, StandingConsent, User
from wardcast.accounts.rules import Quorum, Unfit
from wardcast.platform import audit, clock, events
from wardcast.platform.http import Conflict, Denied, Invalid, NotFound, Request
from wardcast.platform.ids import new_id
from wardcast.platform.policy import Actor

_USER = "accounts.user"


def create_account(
    *, handle: str, email: str, name: str, password: str | None, user_id: UUID | None = None
) -> UUID:
    """Makes an account without the sign-up page: the first admin's, and the demo's people.

    Without a password nobody can sign in until one is set by mail. The address counts as
    confirmed: whoever runs the house vouches for it.
    """
    handle, email, name = handle.strip().lower(), email.strip().lower(), name.strip()
    _fit(rules.handle_fits(handle), rules.name_fits(name))
    row = User(id=user_id or new_id(), handle=handle, email=email, name=name)
    row.set_password(password)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            EmailAddress.objects.create(user_id=row.pk, email=email, primary=True, verified=True)
    except IntegrityError as error:
        raise Conflict(
            "account_exists",
            f"There is an account with the handle “{handle}” or the address {email} already. "
            "Choose others, or sign in.",
        ) from error
    viewers.of_account(row.pk)
    return row.pk


def update_profile(
    by: UUID,
    *,
    name: str | None = None,
    bio: str | None = None,
    handle: str | None = None,
    town: str | None = None,
) -> None:
    """Changes what a person says about themselves; None leaves a field as it is."""
    changes: dict[str, str] = {}
    if name is not None:
        changes["name"] = name.strip()
        _fit(rules.name_fits(changes["name"]))
    if bio is not None:
        changes["bio"] = bio.strip()
        _fit(rules.bio_fits(changes["bio"]))
    if town is not None:
        changes["town"] = town.strip()
        _fit(rules.town_fits(changes["town"]))
    if handle is not None:
        changes["handle"] = handle.strip().lower()
        _fit(rules.handle_fits(changes["handle"]))
    with transaction.atomic():
        row = _locked(by)
        changes = {field: to for field, to in changes.items() if getattr(row, field) != to}
        if not changes:
            return
        for field, to in changes.items():
            setattr(row, field, to)
        try:
            with transaction.atomic():
                row.save(update_fields=[*changes])
        except IntegrityError as error:
            raise Conflict("handle_taken", rules.HANDLE_TAKEN) from error
        if {"name", "handle"} & changes.keys():
            events.tell(PersonChanged(user_id=by))


def follow(by: UUID, user_id: UUID) -> None:
    """Follows a person; following twice changes nothing."""
    if by == user_id:
        raise Invalid("cannot_follow_oneself", "Nobody can follow themselves. Choose someone else.")
    with transaction.atomic():
        _locked(user_id)
        if user_id in queries.blocked_between(by):
            raise Denied("You and this person have no contact here, so neither can follow.")
        _, new = Follow.objects.get_or_create(
            follower_id=by, followed_id=user_id, defaults={"at": clock.now()}
        )
        if new:
            events.tell(Followed(follower_id=by, followed_id=user_id))


def unfollow(by: UUID, user_id: UUID) -> None:
    """Stops following a person."""
    Follow.objects.filter(follower=by, followed=user_id).delete()


def block(by: UUID, user_id: UUID) -> None:
    """Ends contact with a person: follows between the two go, both ways."""
    if by == user_id:
        raise Invalid("cannot_block_oneself", "Nobody can block themselves. Choose someone else.")
    with transaction.atomic():
        _locked(user_id)
        _, new = Block.objects.get_or_create(
            blocker_id=by, blocked_id=user_id, defaults={"at": clock.now()}
        )
        Follow.objects.filter(
            Q(follower=by, followed=user_id) | Q(follower=user_id, followed=by)
        ).delete()
        if new:
            events.tell(Blocked(blocker_id=by, blocked_id=user_id))


def unblock(by: UUID, user_id: UUID) -> None:
    """Allows contact again; what was followed before stays unfollowed."""
    Block.objects.filter(blocker=by, blocked=user_id).delete()


def verify(
    by: UUID,
    user_id: UUID,
    profession: str,
    specialty: str,
    how: str,
    *,
    country: str = "",
    expires_at: datetime | None = None,
) -> None:
    """Marks a person as a verified clinician; a credential that they had is replaced."""
    if not profession.strip() or not how.strip():
        raise Invalid(
            "credential_incomplete",
            "A credential needs the profession and how it was checked. Fill in both, then send "
            "it again.",
        )
    now = clock.now()
    with transaction.atomic():
        _locked(user_id)
        Credential.objects.filter(user=user_id, revoked_at=None).update(revoked_at=now)
        row = Credential.objects.create(
            user_id=user_id,
            profession=profession.strip(),
            specialty=specialty.strip(),
            country=country.strip(),
            checked_how=how.strip(),
            checked_by_id=by,
            checked_at=now,
            expires_at=expires_at,
        )
        audit.record("verify", _USER, user_id, by=by, reason=row.checked_how, credential=row.pk)
        events.tell(CredentialChecked(user_id=user_id, profession=row.profession))
        events.tell(PersonChanged(user_id=user_id))


def revoke_credential(by: UUID, user_id: UUID, reason: str = "") -> None:
    """Takes a person's credential away, from this moment on."""
    with transaction.atomic():
        _locked(user_id)
        held = Credential.objects.filter(user=user_id, revoked_at=None)
        if not held.update(revoked_at=clock.now()):
            raise Conflict(
                "no_credential",
                "This person has no credential that could be revoked. Nothing was changed.",
            )
        audit.record("revoke_credential", _USER, user_id, by=by, reason=reason)
        events.tell(CredentialRevoked(user_id=user_id))
        events.tell(PersonChanged(user_id=user_id))


def set_roles(by: UUID, user_id: UUID, *, moderator: bool, admin: bool) -> None:
    """Makes a person a moderator or admin, or no longer one. The last admin stays one."""
    with transaction.atomic():
        others = User.objects.select_for_update().filter(is_admin=True, is_active=True)
        row = _locked(user_id)
        if row.is_admin and not admin and not others.exclude(pk=user_id).exists():
            raise Conflict(
                "last_admin",
                "This person is the only admin, and the house needs one. Make someone else an "
                "admin first.",
            )
        row.is_moderator, row.is_admin = moderator, admin
        row.save(update_fields=["is_moderator", "is_admin"])
        audit.record("set_roles", _USER, user_id, by=by, moderator=moderator, admin=admin)


def make_admin(user_id: UUID) -> None:
    """Makes a person an admin from the command line, where nobody is signed in."""
    with transaction.atomic():
        row = _locked(user_id)
        row.is_admin = True
        row.save(update_fields=["is_admin"])
        audit.record("set_roles", _USER, user_id, by=None, reason="createadmin", admin=True)


def set_named_person(by: UUID | None, user_id: UUID | None) -> None:
    """Names the person whom the host lets release and attest, or nobody."""
    change_host(by, named_person=user_id)


_UNSAID: Any = object()


def change_host(
    by: UUID | None,
    *,
    name: str | None = None,
    contact: str | None = None,
    town: str | None = None,
    named_person: UUID | None = _UNSAID,
    quorum: Mapping[str, Quorum] | None = None,
    recall_goal: float | None = None,
) -> None:
    """Changes what the host lays down; what is not named stays."""
    if name is not None:
        _fit(rules.name_fits(name.strip()))
    if town is not None:
        _fit(rules.town_fits(town.strip()))
    if quorum is not None:
        _fit(rules.quorum_fits(quorum))
    if recall_goal is not None and not 0 < recall_goal <= 1:
        raise Invalid(
            "bad_goal", "The goal of a recall is a share above 0 and up to 1, such as 0.95."
        )
    with transaction.atomic():
        Host.objects.get_or_create(pk=1)
        row = Host.objects.select_for_update().get(pk=1)
        if name is not None:
            row.name = name.strip()
        if contact is not None:
            row.contact = contact.strip()
        if town is not None:
            row.town = town.strip()
        if named_person is not _UNSAID:
            if named_person is not None:
                _locked(named_person)
            row.named_person_id = named_person
        if quorum is not None:
            row.quorum |= {
                lane: {"colleagues": need.colleagues, "lay": need.lay}
                for lane, need in quorum.items()
            }
        if recall_goal is not None:
            row.recall_goal = recall_goal
        row.save()
        audit.record(
            "change_host",
            "accounts.host",
            1,
            by=by,
            name=row.name,
            contact=row.contact,
            town=row.town,
            named_person=row.named_person_id,
            quorum=row.quorum,
            recall_goal=row.recall_goal,
        )


def give_standing_consent(
    by: UUID | None, lane: str, waives: Iterable[str], reason: str, author_id: UUID | None = None
) -> UUID:
    """Waives, for a lane and perhaps one author, the second attestation or the rehearsal."""
    waived = sorted(set(waives))
    _fit(rules.consent_fits(lane, waived, reason))
    with transaction.atomic():
        if author_id is not None:
            _locked(author_id)
        row = StandingConsent.objects.create(
            lane=lane,
            author_id=author_id,
            waives=waived,
            reason=reason.strip(),
            given_by_id=by,
            given_at=clock.now(),
        )
        audit.record(
            "give_standing_consent",
            "accounts.standingconsent",
            row.pk,
            by=by,
            reason=row.reason,
            lane=lane,
            author=author_id,
            waives=", ".join(waived),
        )
        return row.pk


def revoke_standing_consent(by: UUID, consent_id: UUID) -> None:
    """Takes a standing consent back; what was published under it stays."""
    with transaction.atomic():
        found = StandingConsent.objects.filter(pk=consent_id, revoked_at=None)
        if not found.update(revoked_at=clock.now()):
            raise NotFound("standing consent")
        audit.record("revoke_standing_consent", "accounts.standingconsent", consent_id, by=by)


def ensure_viewer(request: Request) -> tuple[int | None, str | None]:
    """The number that exposures of this request are written under, and a token newly handed out.

    A guest's device that has no good token gets one: the middleware sets the cookie on the answer.
    `request.actor` knows the number from here on. A device that wants none gets none, and is told
    to keep saying so for another year.
    """
    actor = request.actor
    if actor.nameless:
        cast(DeviceRequest, request).device_token = devices.NAMELESS
        return None, None
    if actor.user_id is not None and actor.viewer is not None:
        return actor.viewer, None
    if actor.user_id is not None:
        number, token = viewers.of_account(actor.user_id), None
    else:
        number, token = viewers.of_device(request)
        if token:
            cast(DeviceRequest, request).device_token = token
    request.actor = queries.with_viewer(actor, number)
    return number, token


def choose_device(request: Request, *, remember: bool) -> None:
    """Whether a guest's device has a token. Without one its number is erased: call it once what was
    written under the number is gone."""
    token = devices.token_of(request)
    if remember:
        request.actor = Actor() if request.actor.nameless else request.actor
        ensure_viewer(request)
        return
    if token and token != devices.NAMELESS:
        viewers.forget_device(token)
    request.actor = Actor(nameless=True)
    cast(DeviceRequest, request).device_token = devices.NAMELESS


def _fit(*found: Unfit | None) -> None:
    for unfit in found:
        if unfit:
            raise Invalid(unfit.code, unfit.because)


def _locked(user_id: UUID) -> User:
    row = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
    if row is None:
        raise NotFound("person")
    return row
