"""JSON over HTTP: files that an author takes elsewhere."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from wardcast.accounts import queries as accounts
from wardcast.api.operation import route
from wardcast.api.schemas.sharing import SharingOut
from wardcast.api.schemas.text import Text
from wardcast.api.signed_in import user_of
from wardcast.media import queries as media
from wardcast.platform import limits
from wardcast.platform.http import Request
from wardcast.posts import sharing
from wardcast.watch import pieces

router = Router(tags=["sharing"])

_POST = "posts.post"
_HOUR = 3600
_PLAIN = "plain"
_TAG = r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}"
_ADDRESS = "/api/v1/studio/posts/{post}/shareables/{language}.mp4"


class ShareIn(Schema):
    """The language (BCP 47) of the captions in the picture; null for none."""

    language: Annotated[Text, Field(pattern=f"^{_TAG}$", max_length=35)] | None = None


@route(
    router.get, "/studio/posts/{uuid:post_id}/shareables", verb="share", kind=_POST,
    param="post_id", response=SharingOut,
)  # fmt: skip
def shareables(request: Request, post_id: UUID) -> dict[str, Any]:
    """What may be taken elsewhere, and how far each file is."""
    return _shown(request, post_id)


@route(
    router.post, "/studio/posts/{uuid:post_id}/shareables", verb="share", kind=_POST,
    param="post_id", response=SharingOut,
)  # fmt: skip
def make_shareable(request: Request, post_id: UUID, body: ShareIn) -> dict[str, Any]:
    """Has a signed file made, with captions in its picture or without; once for each language."""
    me = user_of(request)
    limits.hit(f"share:{me}", limit=60, per_seconds=_HOUR, what="had files made")
    sharing.ask(post_id, body.language)
    return _shown(request, post_id)


@route(
    router.get, "/studio/posts/{uuid:post_id}/shareables/{file}", verb="share",
    kind=_POST, param="post_id",
    openapi_extra={"responses": {200: {"description": "The file"}, 206: {"description": "A part"}}},
)  # fmt: skip
def shareable_file(
    request: Request,
    post_id: UUID,
    file: Annotated[str, Path(pattern=rf"^{_TAG}\.mp4$", max_length=40)],
) -> HttpResponse:
    """A part of a finished file, of at most 1 MiB: `plain.mp4` is the one without captions, else it
    is called by their language."""
    language = file.removesuffix(".mp4")
    found = sharing.file(post_id, None if language == _PLAIN else language)

    def take(start: int, end: int) -> bytes:
        return media.read_part(found, start, end)

    wanted = request.headers.get("Range", "")
    return pieces.answer(pieces.read(wanted, found.size, found.type, take), cache="no-store")


def _shown(request: Request, post_id: UUID) -> dict[str, Any]:
    found = sharing.look(post_id)
    me = user_of(request)
    handle = accounts.people([me])[me].handle
    return {
        "because": found.because,
        "version_id": found.version_id,
        "number": found.number,
        "languages": found.languages,
        "files": [
            {
                "language": each.language or None,
                "state": each.state,
                "fraction": each.fraction,
                "detail": each.detail,
                "size": each.size,
                "name": _name(handle, post_id, each.language),
                "url": _ADDRESS.format(post=post_id, language=each.language or _PLAIN),
            }
            for each in found.files
        ],
    }


def _name(handle: str, post_id: UUID, language: str) -> str:
    """What the file is called on the author's device."""
    return (
        "-".join(part for part in ("wardcast", handle, post_id.hex[-8:], language) if part) + ".mp4"
    )
