"""JSON over HTTP: one's own account, people, follows and blocks."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import orjson
from ninja import Router, Schema
from pydantic import Field

from wardcast.accounts import actions, queries
from wardcast.api.operation import route
from wardcast.api.schemas.names import Lane
from wardcast.api.schemas.people import CredentialDetailOut, PersonOut
from wardcast.api.schemas.text import Text, Words
from wardcast.api.signed_in import user_of
from wardcast.gate.plan import POSTER
from wardcast.media import queries as clips
from wardcast.notify import queries as notify
from wardcast.platform import config, limits, policy
from wardcast.platform.http import NotFound, Request
from wardcast.posts import queries as posts
from wardcast.posts.cards import cards
from wardcast.recall import queries as recall

router = Router(tags=["accounts"])

_USER = "accounts.user"
_HOUR = 3600
_TILES = 60
_TEXT = 2000  # nothing that people write here is longer; the rules say the real limits


class LimitsOut(Schema):
    """What an upload and a comment may not exceed."""

    max_bytes: int
    max_duration_ms: int
    comment_chars: int


class NeedOut(Schema):
    """How many must answer a rehearsal: clinicians, and people who are none."""

    colleagues: int
    lay: int


class HouseOut(Schema):
    """Whose house it is, and by lane who must hear a video of whoever asks before it is public."""

    name: str
    contact: str
    quorum: dict[Lane, NeedOut]


class MeOut(Schema):
    """Who asks, and what the web app needs to know first. A guest has empty fields. `remembered`:
    whether exposures are kept, under a number; not of a guest who has declined."""

    signed_in: bool
    id: UUID | None
    handle: str
    name: str
    email: str
    bio: str
    town: str
    roles: list[str]
    unread: int
    owed: bool
    remembered: bool
    limits: LimitsOut
    host: HouseOut


class ProfileIn(Schema):
    """What a person changes about themselves; what is left out stays."""

    name: Annotated[Text | None, Field(max_length=_TEXT)] = None
    bio: Annotated[Text | None, Field(max_length=_TEXT)] = None
    handle: Annotated[Text | None, Field(max_length=_TEXT)] = None
    town: Annotated[Text | None, Field(max_length=_TEXT)] = None


class TieOut(Schema):
    """What the reader has to do with this person."""

    following: bool
    blocked: bool
    self: bool


class CorrectionOut(Schema):
    """That a post was corrected, as its card says it."""

    notice_id: UUID
    severity: str
    at: datetime
    headline: str


class TileOut(Schema):
    """One post in the grid of an author's page."""

    post_id: UUID
    title: str
    poster: str
    blurhash: str
    published_at: datetime
    correction: CorrectionOut | None


class ProfileOut(Schema):
    """A person's page, with their newest public posts."""

    person: PersonOut
    bio: str
    followers: int
    following_count: int
    posts: list[TileOut]
    mine: TieOut
    credential_detail: CredentialDetailOut | None


class PeopleOut(Schema):
    """People that were found."""

    items: list[PersonOut]


class FollowOut(Schema):
    """Whether the reader follows now, and how many do."""

    following: bool
    followers: int


class BlockOut(Schema):
    """Whether the reader blocks now."""

    blocked: bool


@route(router.get, "/me", verb="see_me", response=MeOut)
def me(request: Request) -> dict[str, Any]:
    """Who asks, the house's limits, and whether something waits to be read."""
    return _me(request.actor)


@route(router.patch, "/me", verb="update_me", response=MeOut)
def update_me(request: Request, body: ProfileIn) -> dict[str, Any]:
    """Changes name, bio, handle or town."""
    user_id = user_of(request)
    limits.hit(f"profile:{user_id}", limit=30, per_seconds=_HOUR, what="changed your profile")
    actions.update_profile(
        user_id, name=body.name, bio=body.bio, handle=body.handle, town=body.town
    )
    return _me(queries.actor_of(user_id))


@route(router.get, "/people", verb="find_people", response=PeopleOut)
def find_people(
    request: Request,
    q: Words = "",
    colleagues: bool = False,
) -> dict[str, Any]:
    """People by name or handle; with `colleagues`, verified clinicians whom one can ask."""
    find = queries.can_be_asked if colleagues else queries.find
    return {"items": find(user_of(request), q)}


@route(
    router.get,
    "/people/{handle}",
    verb="see",
    kind=_USER,
    param="handle",
    field="handle__iexact",
    response=ProfileOut,
)
def person(request: Request, handle: str) -> dict[str, Any]:
    """A person's page."""
    return _profile(request, handle)


@route(
    router.post,
    "/people/{handle}/follow",
    verb="follow",
    kind=_USER,
    param="handle",
    field="handle__iexact",
    response=FollowOut,
)
def follow(request: Request, handle: str) -> dict[str, Any]:
    """Follows a person."""
    user_id = user_of(request)
    limits.hit(f"follow:{user_id}", limit=200, per_seconds=_HOUR, what="followed people")
    actions.follow(user_id, _id_of(handle))
    return _followed(request, handle)


@route(
    router.delete,
    "/people/{handle}/follow",
    verb="unfollow",
    kind=_USER,
    param="handle",
    field="handle__iexact",
    response=FollowOut,
)
def unfollow(request: Request, handle: str) -> dict[str, Any]:
    """Stops following a person."""
    actions.unfollow(user_of(request), _id_of(handle))
    return _followed(request, handle)


@route(
    router.post,
    "/people/{handle}/block",
    verb="block",
    kind=_USER,
    param="handle",
    field="handle__iexact",
    response=BlockOut,
)
def block(request: Request, handle: str) -> dict[str, bool]:
    """Ends contact with a person, both ways."""
    user_id = user_of(request)
    limits.hit(f"block:{user_id}", limit=100, per_seconds=_HOUR, what="blocked people")
    actions.block(user_id, _id_of(handle))
    return {"blocked": True}


@route(
    router.delete,
    "/people/{handle}/block",
    verb="unblock",
    kind=_USER,
    param="handle",
    field="handle__iexact",
    response=BlockOut,
)
def unblock(request: Request, handle: str) -> dict[str, bool]:
    """Allows contact with a person again."""
    actions.unblock(user_of(request), _id_of(handle))
    return {"blocked": False}


def _me(actor: policy.Actor) -> dict[str, Any]:
    house, host = config.current(), queries.host_policy()
    account = queries.account(actor.user_id) if actor.user_id else None
    return {
        "signed_in": account is not None,
        "id": account.id if account else None,
        "handle": account.handle if account else "",
        "name": account.name if account else "",
        "email": account.email if account else "",
        "bio": account.bio if account else "",
        "town": account.town if account else "",
        "roles": sorted(actor.roles),
        "unread": notify.unread(account.id) if account else 0,
        "owed": recall.owes(actor.viewers),
        "remembered": not actor.nameless,
        "limits": {
            "max_bytes": house.max_upload_bytes,
            "max_duration_ms": house.max_clip_ms,
            "comment_chars": house.comment_chars,
        },
        "host": {
            "name": host.name,
            "contact": host.contact,
            "quorum": {
                lane: {"colleagues": need.colleagues, "lay": need.lay}
                for lane, need in host.asked_of(actor.user_id).items()
            },
        },
    }


def _profile(request: Request, handle: str) -> dict[str, Any]:
    found = queries.profile(request.actor.user_id, handle)
    if found is None:
        raise NotFound("person")
    return {
        "person": found.person,
        "bio": found.bio,
        "followers": found.followers,
        "following_count": found.following_count,
        "posts": _tiles(request.actor, found.person.id),
        "mine": {
            "following": found.following,
            "blocked": found.blocked,
            "self": found.is_self,
        },
        "credential_detail": found.credential,
    }


def _tiles(actor: policy.Actor, author_id: UUID) -> list[dict[str, Any]]:
    seen = policy.scope(actor, "see", "posts.post").values("pk")
    listed = posts.public_by(author_id).filter(pk__in=seen).exclude(visibility="unlisted")
    ids = list(listed.order_by("-published_at").values_list("current_id", flat=True)[:_TILES])
    made = cards(ids)
    shown = (orjson.loads(made[version_id]) for version_id in ids if version_id in made)
    return [
        {
            "post_id": card["post_id"],
            "title": card["title"],
            # The public address of the poster would lead to the clip, past the ledger.
            "poster": clips.guarded_url(card["version_id"], POSTER),
            "blurhash": card["media"]["blurhash"],
            "published_at": card["published_at"],
            "correction": card["correction"],
        }
        for card in shown
    ]


def _followed(request: Request, handle: str) -> dict[str, Any]:
    found = queries.profile(request.actor.user_id, handle)
    if found is None:
        raise NotFound("person")
    return {"following": found.following, "followers": found.followers}


def _id_of(handle: str) -> UUID:
    found = queries.id_of(handle)
    if found is None:
        raise NotFound("person")
    return found
