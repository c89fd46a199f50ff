"""JSON over HTTP: what those who run the house do with people and the host's settings."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from wardcast.accounts import actions, queries
from wardcast.accounts.rules import Quorum
from wardcast.accounts.values import RosterEntry
from wardcast.api.operation import route
from wardcast.api.schemas.names import Lane, Waiver
from wardcast.api.schemas.people import CredentialDetailOut, PersonOut
from wardcast.api.schemas.text import Text, Words
from wardcast.api.signed_in import user_of
from wardcast.platform.http import NotFound, Request

router = Router(tags=["console"])

_USER = "accounts.user"
_CONSENT = "accounts.standingconsent"
Line = Annotated[Text, Field(max_length=200)]
Reason = Annotated[Text, Field(max_length=500)]


class ConsolePersonOut(Schema):
    """An account as those who run the house see it."""

    person: PersonOut
    email: str
    active: bool
    roles: list[str]
    credential_detail: CredentialDetailOut | None


class ConsolePeopleOut(Schema):
    """Accounts that were found."""

    items: list[ConsolePersonOut]


class VerifyIn(Schema):
    """What a person is and how that was checked."""

    profession: Annotated[Text, Field(max_length=60)]
    specialty: Annotated[Text, Field(max_length=80)] = ""
    country: Annotated[Text, Field(max_length=60)] = ""
    how: Line
    expires_at: datetime | None = None


class RolesIn(Schema):
    """Both flags, as they shall be."""

    moderator: bool
    admin: bool


class QuorumIn(Schema):
    """How many must answer a rehearsal."""

    colleagues: Annotated[int, Field(ge=0, le=20)]
    lay: Annotated[int, Field(ge=0, le=20)]


class ConsentOut(Schema):
    """A standing consent in force; `author` null means every author."""

    id: UUID
    lane: Lane
    author: PersonOut | None
    waives: list[Waiver]
    reason: str
    given_by: PersonOut | None
    given_at: datetime


class HostOut(Schema):
    """What the host has laid down."""

    name: str
    contact: str
    town: str
    named_person: UUID | None
    named: PersonOut | None
    quorum: dict[str, QuorumIn]
    recall_goal: float
    standing_consents: list[ConsentOut]


class HostIn(Schema):
    """What changes; what is left out stays."""

    name: Annotated[Text | None, Field(max_length=80)] = None
    contact: Line | None = None
    town: Annotated[Text | None, Field(max_length=200)] = None
    named_person: UUID | None = None
    quorum: dict[str, QuorumIn] | None = None
    recall_goal: float | None = None


class ConsentIn(Schema):
    """A standing consent to give."""

    lane: Annotated[Text, Field(max_length=40)]
    waives: Annotated[list[str], Field(max_length=2)]
    reason: Reason
    author_id: UUID | None = None


@route(router.get, "/console/people", verb="list_people", response=ConsolePeopleOut)
def console_people(request: Request, q: Words = "") -> dict[str, Any]:
    """Accounts by name, handle or address."""
    return {"items": [_entry(each) for each in queries.roster(q)]}


@route(
    router.post,
    "/console/people/{uuid:user_id}/verify",
    verb="verify",
    kind=_USER,
    param="user_id",
    response=ConsolePersonOut,
)
def verify_person(request: Request, user_id: UUID, body: VerifyIn) -> dict[str, Any]:
    """Marks a person as a verified clinician."""
    actions.verify(
        user_of(request),
        user_id,
        body.profession,
        body.specialty,
        body.how,
        country=body.country,
        expires_at=body.expires_at,
    )
    return _one(user_id)


@route(
    router.delete,
    "/console/people/{uuid:user_id}/credential",
    verb="revoke",
    kind=_USER,
    param="user_id",
    response=ConsolePersonOut,
)
def revoke_credential(request: Request, user_id: UUID, reason: Reason = "") -> dict[str, Any]:
    """Takes a person's credential away."""
    actions.revoke_credential(user_of(request), user_id, reason)
    return _one(user_id)


@route(
    router.post,
    "/console/people/{uuid:user_id}/roles",
    verb="set_roles",
    kind=_USER,
    param="user_id",
    response=ConsolePersonOut,
)
def set_roles(request: Request, user_id: UUID, body: RolesIn) -> dict[str, Any]:
    """Makes a person a moderator or admin, or no longer one."""
    actions.set_roles(user_of(request), user_id, moderator=body.moderator, admin=body.admin)
    return _one(user_id)


@route(router.get, "/console/host", verb="see_host", response=HostOut)
def host(request: HttpRequest) -> dict[str, Any]:
    """What the host has laid down."""
    return _host()


@route(router.patch, "/console/host", verb="change_host", response=HostOut)
def change_host(request: Request, body: HostIn) -> dict[str, Any]:
    """Changes the house's settings."""
    given = body.dict(exclude_unset=True)
    if body.quorum is not None:
        given["quorum"] = {
            lane: Quorum(need.colleagues, need.lay) for lane, need in body.quorum.items()
        }
    actions.change_host(user_of(request), **given)
    return _host()


@route(router.post, "/console/standing-consents", verb="give_consent", response={201: ConsentOut})
def give_consent(request: Request, body: ConsentIn) -> Status[dict[str, Any]]:
    """Waives, for a lane and perhaps one author, the second attestation or the rehearsal."""
    made = actions.give_standing_consent(
        user_of(request), body.lane, body.waives, body.reason, body.author_id
    )
    return Status(201, next(each for each in _host()["standing_consents"] if each["id"] == made))


@route(
    router.delete,
    "/console/standing-consents/{uuid:consent_id}",
    verb="revoke",
    kind=_CONSENT,
    param="consent_id",
    response=HostOut,
)
def revoke_consent(request: Request, consent_id: UUID) -> dict[str, Any]:
    """Takes a standing consent back."""
    actions.revoke_standing_consent(user_of(request), consent_id)
    return _host()


def _entry(entry: RosterEntry) -> dict[str, Any]:
    return {
        "person": entry.person,
        "email": entry.email,
        "active": entry.is_active,
        "roles": sorted(entry.roles),
        "credential_detail": entry.credential,
    }


def _one(user_id: UUID) -> dict[str, Any]:
    entry = queries.roster_entry(user_id)
    if entry is None:
        raise NotFound("person")
    return _entry(entry)


def _host() -> dict[str, Any]:
    laid = queries.host_policy()
    concerned = {laid.named_person, *(each.author for each in laid.standing)}
    concerned |= {each.given_by for each in laid.standing}
    cards = queries.people(each for each in concerned if each)
    return {
        "name": laid.name,
        "contact": laid.contact,
        "town": laid.town,
        "named_person": laid.named_person,
        "named": cards.get(laid.named_person) if laid.named_person else None,
        "quorum": {
            lane: {"colleagues": need.colleagues, "lay": need.lay}
            for lane, need in laid.quorum.items()
        },
        "recall_goal": laid.recall_goal,
        "standing_consents": [
            {
                "id": each.id,
                "lane": each.lane,
                "author": cards.get(each.author) if each.author else None,
                "waives": sorted(each.waives),
                "reason": each.reason,
                "given_by": cards.get(each.given_by) if each.given_by else None,
                "given_at": each.given_at,
            }
            for each in laid.standing
        ],
    }
