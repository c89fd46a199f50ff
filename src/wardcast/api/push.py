"""JSON over HTTP: browsers that let the house knock when a correction waits."""

from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from wardcast.accounts import browsers
from wardcast.api.operation import route
from wardcast.platform import limits, webpush
from wardcast.platform.http import Conflict, Invalid, Request

router = Router(tags=["accounts"])
_HOUR = 3600


class PushKeyOut(Schema):
    """The key (base64url, an uncompressed point) that a browser is to expect knocks from."""

    key: str


class BrowserIn(Schema):
    """What `PushManager.subscribe` has given: an address and two keys in base64url."""

    endpoint: Annotated[str, Field(max_length=webpush.LONGEST_ADDRESS)]
    p256dh: Annotated[str, Field(max_length=200)]
    auth: Annotated[str, Field(max_length=100)]


class EndpointIn(Schema):
    """The address of a browser."""

    endpoint: Annotated[str, Field(max_length=webpush.LONGEST_ADDRESS)]


class KnockOut(Schema):
    """Whether the house knocks at this browser now."""

    on: bool


@route(router.get, "/push", verb="see_push", response=PushKeyOut)
def push_key(request: Request) -> dict[str, str]:
    """The key of this house."""
    return {"key": webpush.public_key()}


@route(router.post, "/push", verb="choose_push", response=KnockOut)
def begin_push(request: Request, body: BrowserIn) -> dict[str, Any]:
    """Lets the house knock at a browser, for a person or a guest's device."""
    viewer = request.actor.viewer
    if viewer is None:
        raise Conflict(
            "nothing_watched",
            "Nothing was watched on this device yet, so no correction can wait for it. Watch a "
            "video first.",
        )
    limits.hit(f"push:{viewer}", limit=30, per_seconds=_HOUR, what="changed this")
    try:
        browser = webpush.browser(body.endpoint, body.p256dh, body.auth)
    except webpush.NotThere as error:
        raise Invalid(
            "bad_endpoint",
            "This is no address of a browser that the house can reach. Turn it off and on again.",
            field="endpoint",
        ) from error
    browsers.keep(viewer, browser)
    return {"on": True}


@route(router.post, "/push/end", verb="choose_push", response=KnockOut)
def end_push(request: Request, body: EndpointIn) -> dict[str, Any]:
    """Forgets a browser; whoever knows its address may say so."""
    browsers.drop(body.endpoint)
    return {"on": False}
