"""JSON over HTTP: uploads, and the clip of a draft for its author."""

from typing import Annotated, Any, BinaryIO, cast
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Query, Router, Schema, Status

from wardcast.api import studio
from wardcast.api.operation import route
from wardcast.api.schemas.studio import StudioPostOut
from wardcast.api.schemas.text import Text
from wardcast.api.signed_in import user_of
from wardcast.gate.plan import POSTER
from wardcast.media import queries
from wardcast.platform import limits
from wardcast.platform.http import NotFound, Request
from wardcast.posts import drafts
from wardcast.posts import queries as posts
from wardcast.watch import pieces

router = Router(tags=["media"])

_HOUR = 3600
_FILE = r"^[a-z0-9_]{1,20}\.(mp4|m4s|m3u8|jpg|vtt)$"


class UploadedOut(Schema):
    """The clip is saved, and a draft post was made of it."""

    asset_id: UUID
    post_id: UUID
    post: StudioPostOut


@route(
    router.put,
    "/uploads",
    verb="create_post",
    response={201: UploadedOut},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
)
def upload(request: Request, name: Annotated[Text, Query(max_length=1000)] = "") -> Status[Any]:
    """Takes a clip: the raw bytes, with their Content-Length. It is saved when this answers."""
    me = user_of(request)
    limits.hit(f"upload:{me}", limit=120, per_seconds=_HOUR, what="uploaded clips")
    declared = _length(request.META.get("CONTENT_LENGTH"))
    post_id = drafts.begin(request.actor, name, declared, cast(BinaryIO, request))
    asset_id = posts.post(post_id).asset_id
    made = {"asset_id": asset_id, "post_id": post_id, "post": studio.post(post_id)}
    return Status(201, made)


@route(
    router.get,
    "/media/drafts/{uuid:post_id}/{file}",
    verb="see_draft",
    kind="posts.post",
    param="post_id",
    openapi_extra={"responses": {200: {"description": "The file"}, 206: {"description": "A part"}}},
)
def draft_file(
    request: Request, post_id: UUID, file: Annotated[str, Path(pattern=_FILE)]
) -> HttpResponse:
    """A part of a draft's clip, of at most 1 MiB, for its author alone: `clip.mp4`, `poster.jpg`,
    the playlist that `early_url` names and what it names in turn."""
    post = posts.post(post_id)
    render = posts.playable_render(post)
    if render is None:
        raise NotFound("file")
    poster = file == POSTER
    found = queries.poster(render.id, post.cover_ms) if poster else queries.file(render.id, file)

    def take(start: int, end: int) -> bytes:
        return queries.read_part(found, start, end)

    wanted = request.headers.get("Range", "")
    return pieces.answer(pieces.read(wanted, found.size, found.type, take), cache="no-store")


def _length(declared: str | None) -> int | None:
    """The Content-Length, or None where there is none that can be read."""
    return int(declared) if declared and declared.isascii() and declared.isdigit() else None
