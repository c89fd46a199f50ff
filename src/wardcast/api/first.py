"""What the web app asks first at an address, answered with the page that loads it.

A round trip is saved where it counts most. It is the operations themselves that answer, so that the
policy is asked, what is owed comes first and exposures are kept as always.
"""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

import orjson

from wardcast.api import accounts, watch
from wardcast.feed.queries import Kind
from wardcast.media import beginning
from wardcast.platform import policy
from wardcast.platform.http import Refused, Request

_FEEDS: Final[dict[str, Kind]] = {"/": "for_you", "/following": "following"}
_POST: Final = re.compile(r"/p/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class First:
    """Ready JSON by the address that the app would ask for it, and the address of the segment that
    a browser can begin to load meanwhile; both empty where nothing is known ahead."""

    answers: dict[str, bytes]
    segment: str = ""


_NOTHING: Final = First({})


def first(request: Request) -> First:
    """What the app is to know at once at the address that is opened.

    Only a person's browser that opens a page learns something: whoever just looks the address up,
    as previews and prefetching do, watches nothing, and must not be written down as a viewer.
    """
    asked = _feed(request.path)
    if asked is None or not _is_opened(request):
        return _NOTHING
    kind, at = asked
    if request.actor.nameless:
        return _NOTHING  # its browser looks first whether a correction stands before any clip
    try:
        policy.require(request.actor, "watch_feed", policy.HOUSE)
        page = watch.feed(request, kind, at=at).content
    except Refused:
        return _NOTHING  # the app asks by itself and shows why not
    me = accounts.MeOut.model_validate(accounts.me(request))
    query = urlencode({"kind": kind, **({"at": str(at)} if at else {})})
    answers = {f"/api/v1/feed?{query}": page, "/api/v1/me": orjson.dumps(me.model_dump())}
    return _with_beginning(request, answers, orjson.loads(page))


def _with_beginning(request: Request, answers: dict[str, bytes], page: dict[str, Any]) -> First:
    """With what the first clip's player begins with, for a browser whose own player can use it:
    Chromium, the only one that says what it is by a header of its own."""
    if not page.get("items") or "Sec-CH-UA" not in request.headers:
        return First(answers)
    hls = page["items"][0]["card"]["media"]["hls"]
    found = beginning.of(hls)
    if found is None:
        return First(answers)
    saves = request.headers.get("Save-Data", "") == "on"
    segment = "" if saves else found.base + found.segment
    return First({**answers, hls: orjson.dumps(found)}, segment)


def _feed(path: str) -> tuple[Kind, UUID | None] | None:
    """Which feed the app asks for at an address of its own, and the post that it begins with."""
    if kind := _FEEDS.get(path):
        return kind, None
    post = _POST.fullmatch(path)
    return ("for_you", UUID(post[1])) if post else None


def _is_opened(request: Request) -> bool:
    """Whether a browser says that somebody opens this page (Fetch Metadata, Sec-Purpose)."""
    headers = request.headers
    return (
        request.method == "GET"
        and headers.get("Sec-Fetch-Mode") == "navigate"
        and headers.get("Sec-Fetch-Dest") == "document"
        and "prefetch" not in headers.get("Sec-Purpose", "")
    )
