"""JSON over HTTP: the feed, single posts, what was watched, and files that are not public."""

from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Query, Router, Schema
from ninja.utils import check_csrf
from pydantic import Field

from wardcast.accounts import actions as accounts
from wardcast.api.operation import route
from wardcast.api.schemas.feed import ClipsOut, FeedItemOut, MustSeeOut
from wardcast.api.schemas.notices import OwedNoticeOut
from wardcast.feed.queries import Kind
from wardcast.gate.plan import CLIP
from wardcast.platform.http import Refused, Request
from wardcast.watch import actions, pieces
from wardcast.watch.rules import BeaconKind

router = Router(tags=["watch"])

_MOST_EVENTS = 200
_MOST_CLIPS = 20
_MOST_SPANS = 50
_LAST_MS = 2**53  # the largest whole number that JavaScript keeps exactly


class PlayedIn(Schema):
    """A part that was played, in milliseconds of the clip as it plays."""

    start_ms: Annotated[int, Field(ge=0, le=_LAST_MS)]
    end_ms: Annotated[int, Field(ge=0, le=_LAST_MS)]


class BeaconIn(Schema):
    """What was played of a version. `id` is a UUIDv7 made by the client; `at_ms` is since 1970,
    `from_ms` and `to_ms` are on the clip. `finished`: every part of it was played. `played` are all
    the parts that were played so far, where the client knows them; with `skipped`, which says that
    the viewer left the clip, a correction of another part is then not owed."""

    id: UUID
    version_id: UUID
    kind: BeaconKind
    at_ms: Annotated[int, Field(ge=0, le=_LAST_MS)]
    from_ms: Annotated[int | None, Field(ge=0, le=_LAST_MS)] = None
    to_ms: Annotated[int | None, Field(ge=0, le=_LAST_MS)] = None
    played: Annotated[list[PlayedIn] | None, Field(max_length=_MOST_SPANS)] = None


class BeaconsIn(Schema):
    """A batch. `csrf` carries the page's token where no header can, as in `sendBeacon`."""

    events: Annotated[list[BeaconIn], Field(max_length=_MOST_EVENTS)]
    csrf: str = ""


class HeardOut(Schema):
    """How many events were counted now, how many were not this viewer's to tell, and whether a
    correction is owed before the next clip."""

    accepted: int
    ignored: int
    owed: bool


class ErasedOut(Schema):
    """How many videos were forgotten, and what follows from that."""

    erased: int
    detail: str


class DeviceIn(Schema):
    """Whether the device may have a token."""

    remember: bool


class DeviceOut(Schema):
    """Whether the device has a token now, or will at the next video."""

    remembered: bool


_ERASED = (
    "What you watched is erased. Corrections of those videos will not reach you any more; all "
    "corrections stay listed at /corrections."
)


@route(router.get, "/feed", verb="watch_feed", response=ClipsOut | MustSeeOut)
def feed(
    request: Request,
    kind: Kind = "for_you",
    cursor: Annotated[str, Query(max_length=400)] = "",
    at: UUID | None = None,
    size: Annotated[int, Query(ge=1, le=_MOST_CLIPS)] = actions.PAGE,
) -> HttpResponse:
    """The next clips, or the corrections that must be seen first."""
    _know_viewer(request)
    found = actions.serve(request.actor, kind, cursor, size=size, at=at)
    if isinstance(found, actions.MustSee):
        return _json(must_see(found))
    following = orjson.dumps(found.next)
    items = b",".join(found.items)
    return _json(b'{"kind":"clips","items":[' + items + b'],"next":' + following + b"}")


@route(
    router.get,
    "/posts/{uuid:post_id}",
    verb="watch",
    kind="posts.post",
    param="post_id",
    response=FeedItemOut,
)
def post(request: Request, post_id: UUID) -> HttpResponse:
    """One post, as in the feed."""
    _know_viewer(request)
    return _json(actions.serve_one(request.actor, post_id))


@route(router.post, "/beacons", verb="tell_watched", csrf=False, response=HeardOut)
def beacons(request: Request, body: BeaconsIn) -> actions.Heard:
    """What was watched, in one batch; each event is counted once, however often it is told."""
    _check_token(request, body.csrf)
    batch = [
        actions.Beacon(
            each.id, each.version_id, each.kind, each.from_ms, each.to_ms, _spans(each.played)
        )
        for each in body.events
    ]
    return actions.beacons(request.actor, batch)


@route(router.delete, "/me/history", verb="erase_history", response=ErasedOut)
def erase_history(request: Request) -> dict[str, Any]:
    """Erases what was watched by this person, or on this device; and says what that means."""
    erased = actions.erase_history(request.actor)
    return {"erased": erased, "detail": _ERASED}


@route(router.put, "/me/device", verb="choose_device", response=DeviceOut)
def choose_device(request: Request, body: DeviceIn) -> dict[str, bool]:
    """Whether this guest's device is remembered, so that the house brings it corrections. If not,
    what it watched is erased, and its token with it."""
    if not body.remember:
        actions.erase_history(request.actor)
    accounts.choose_device(request, remember=body.remember)
    return {"remembered": body.remember}


@route(
    router.get,
    "/media/versions/{uuid:version_id}/{file}",
    verb="play",
    kind="posts.version",
    param="version_id",
    openapi_extra={"responses": {200: {"description": "The file"}, 206: {"description": "A part"}}},
)
def play(
    request: Request, version_id: UUID, file: Literal["clip.mp4", "poster.jpg"]
) -> HttpResponse:
    """A part of a version's clip or its poster, of at most 1 MiB, for who may play it."""
    _know_viewer(request)
    played = actions.play(request.actor, version_id, file, request.headers.get("Range", ""))
    return pieces.answer(played, cache="no-store" if file == CLIP else "private, max-age=60")


def must_see(found: actions.MustSee) -> bytes:
    """The answer that stands in the place of clips."""
    notices = [OwedNoticeOut.from_orm(each).model_dump() for each in found.notices]
    return orjson.dumps({"kind": "must_see", "notices": notices})


def _know_viewer(request: Request) -> None:
    # A guest's token is renewed here; who is signed in has a number from the first time on.
    if request.actor.viewer is None or not request.actor.signed_in:
        accounts.ensure_viewer(request)


def _check_token(request: Request, token: str) -> None:
    if token and "HTTP_X_CSRFTOKEN" not in request.META:
        request.META["HTTP_X_CSRFTOKEN"] = token
    if check_csrf(request):
        raise Refused(
            "csrf_failed",
            "The events did not carry this page's token, so none was counted. "
            "Reload the page; they are told again.",
            status=403,
        )


def _spans(played: list[PlayedIn] | None) -> tuple[tuple[int, int], ...] | None:
    return None if played is None else tuple((each.start_ms, each.end_ms) for each in played)


def _json(data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
