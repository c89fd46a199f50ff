"""Uploads that can go on after a break: tus 1.0.0 (https://tus.io/protocols/resumable-upload).

Extensions: creation, creation-with-upload, checksum, expiration, termination. What tus calls a
conflict is an offset alone, so that its clients ask and go on; a file that was brought before is
therefore refused with 422 here. Once an upload is finished, `Wardcast-Post` names its draft post.
"""

import hashlib
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from wardcast.api.operation import route
from wardcast.api.signed_in import user_of
from wardcast.media import uploads
from wardcast.media.actions import Duplicate
from wardcast.media.uploads import Checksum, UploadView
from wardcast.platform import config, limits
from wardcast.platform.http import Invalid, Refused, Request
from wardcast.posts import drafts
from wardcast.posts import queries as posts

router = Router(tags=["media"])

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
BODY = "application/offset+octet-stream"
_CHECKSUMS: dict[str, Callable[[], uploads.Hash]] = {
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
}
_PREFIX = "/api/v1/tus/"
_HOUR = 3600
_METADATA_CHARS = 4000

_PROBLEM = {"application/problem+json": {"schema": {"type": "object"}}}


def _documented(good: int, says: str, *, body: bool = False) -> dict[str, Any]:
    """Options of a route: what the description of the API tells of an operation of the protocol,
    whose answers are headers."""
    told: dict[str, Any] = {
        "responses": {
            good: {"description": says},
            400: {"description": "What is wrong, in words", "content": _PROBLEM},
        }
    }
    if body:
        told["requestBody"] = {
            "content": {BODY: {"schema": {"type": "string", "format": "binary"}}}
        }
    return {"openapi_extra": told, "response": {good: None}}


class UnfinishedOut(Schema):
    """An upload that can go on: `offset` of `length` bytes are here."""

    id: UUID
    name: str
    length: int
    offset: int
    created_at: datetime
    expires_at: datetime


@route(
    partial(router.api_operation, ["OPTIONS"]),
    "/tus/",
    verb="create_post",
    **_documented(204, "Versions, extensions and limits, as headers"),
)
def tus_options(request: Request) -> HttpResponse:
    """Says which versions and extensions of the protocol are spoken, and the largest size."""
    return _answer(
        204,
        {
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(config.current().max_upload_bytes),
            "Tus-Checksum-Algorithm": ",".join(_CHECKSUMS),
        },
    )


@route(router.get, "/tus/", verb="create_post", response=list[UnfinishedOut])
def unfinished_uploads(request: Request) -> list[UploadView]:
    """What you have begun to upload and not finished, the latest first."""
    return uploads.unfinished(user_of(request))


@route(
    router.post,
    "/tus/",
    verb="create_post",
    **_documented(201, "Its address, in `Location`", body=True),
)
def tus_create(request: Request) -> HttpResponse:
    """Opens an upload of `Upload-Length` bytes; the first of them may come with it."""
    _must_speak(request)
    me = user_of(request)
    metadata = request.headers.get("Upload-Metadata", "")
    name = _metadata(metadata).get("filename", "")
    length = _number(request, "Upload-Length")
    limits.hit(f"upload:{me}", limit=120, per_seconds=_HOUR, what="uploaded clips")
    found = uploads.begin(me, name, length, metadata)
    address = f"{_PREFIX}{found.id}"
    if request.headers.get("Content-Type", "").startswith(BODY):
        found = _send(request, found.id, 0)
    return _answer(201, {"Location": address, **_standing(found)})


@route(
    partial(router.api_operation, ["HEAD"]),
    "/tus/{uuid:upload_id}",
    verb="see",
    kind="media.upload",
    param="upload_id",
    **_documented(200, "How far it is, in `Upload-Offset`"),
)
def tus_head(request: Request, upload_id: UUID) -> HttpResponse:
    """Says how far an upload is."""
    _must_speak(request)
    found = uploads.stands(upload_id)
    uploads.must_be_open(found)
    headers = {
        "Upload-Length": str(found.length),
        "Cache-Control": "no-store",
        **_standing(found),
    }
    if found.metadata:
        headers["Upload-Metadata"] = found.metadata
    return _answer(200, headers)


@route(
    router.patch,
    "/tus/{uuid:upload_id}",
    verb="send",
    kind="media.upload",
    param="upload_id",
    **_documented(204, "The bytes are kept", body=True),
)
def tus_send(request: Request, upload_id: UUID) -> HttpResponse:
    """Takes the bytes from `Upload-Offset` on. They are sealed and synced when this answers."""
    _must_speak(request)
    if request.headers.get("Content-Type", "") != BODY:
        raise Refused(
            "wrong_content_type",
            f"The bytes of an upload are sent as {BODY}. Nothing was kept; send them so.",
            status=415,
        )
    found = _send(request, upload_id, _number(request, "Upload-Offset"))
    return _answer(204, _standing(found))


@route(
    router.delete,
    "/tus/{uuid:upload_id}",
    verb="discard",
    kind="media.upload",
    param="upload_id",
    **_documented(204, "Nothing of it is here any more"),
)
def tus_discard(request: Request, upload_id: UUID) -> HttpResponse:
    """Gives an unfinished upload up: its key is destroyed."""
    _must_speak(request)
    uploads.forget(upload_id)
    return _answer(204, {})


def speaks(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: every answer under these addresses names the protocol's version, refusals too;
    and a POST can stand for a method that something between us and the client does not let pass."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(_PREFIX):
            return get_response(request)
        instead = request.headers.get("X-HTTP-Method-Override", "").upper()
        if request.method == "POST" and instead in ("PATCH", "DELETE", "HEAD"):
            request.method = instead
        response = get_response(request)
        response.headers["Tus-Resumable"] = VERSION
        if response.status_code == 412:
            response.headers["Tus-Version"] = VERSION
        return response

    return middleware


def _answer(status: int, headers: dict[str, str]) -> HttpResponse:
    response = HttpResponse(status=status, headers={"Cache-Control": "no-store", **headers})
    if status == 204:
        del response.headers["Content-Type"]
    return response


def _standing(found: UploadView) -> dict[str, str]:
    headers = {"Upload-Offset": str(found.offset)}
    if not found.finished:
        headers["Upload-Expires"] = format_datetime(found.expires_at, usegmt=True)
    elif post_id := posts.id_of_asset(found.id):
        headers["Wardcast-Post"] = str(post_id)
    return headers


def _send(request: Request, upload_id: UUID, offset: int) -> UploadView:
    size = request.META.get("CONTENT_LENGTH") or ""
    if not size.isascii() or not size.isdigit():
        raise Refused(
            "length_required",
            "The request did not say how many bytes it brings, so nothing was kept. Say it in "
            "Content-Length.",
            status=411,
        )
    body = cast(BinaryIO, request)
    checksum = _checksum(request.headers.get("Upload-Checksum"))
    try:
        return drafts.send_on(request.actor, upload_id, offset, int(size), body, checksum)
    except Duplicate as again:
        again.http_status = Invalid.status
        raise


def _must_speak(request: Request) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Refused(
            "tus_version",
            f"Uploads here speak version {VERSION} of the tus protocol. Nothing was done; say "
            f"“Tus-Resumable: {VERSION}”.",
            status=412,
        )


def _number(request: Request, header: str) -> int:
    said = request.headers.get(header, "")
    if not said.isascii() or not said.isdigit() or len(said) > 15:
        raise Refused(
            "bad_header",
            f"{header} is missing or is no number of bytes, so nothing was done. Say it as digits.",
        )
    return int(said)


def _metadata(said: str) -> dict[str, str]:
    """The pairs of `Upload-Metadata`: a key, and its value in base64."""
    pairs = [pair.split(" ") for pair in said.split(",")] if said else []
    try:
        if len(said) > _METADATA_CHARS or any(len(pair) > 2 or not pair[0] for pair in pairs):
            raise ValueError(said)
        return {
            key: b64decode(value[0] if value else "", validate=True).decode()
            for key, *value in pairs
        }
    except (NotBase64, ValueError) as error:
        raise Refused(
            "bad_header",
            "Upload-Metadata cannot be read, so nothing was begun. It is “key value” pairs with "
            f"commas between them, values in base64, at most {_METADATA_CHARS:,} letters.",
        ) from error


def _checksum(said: str | None) -> Checksum | None:
    """What `Upload-Checksum` promises: the kind, and the hash in base64."""
    if said is None:
        return None
    kind, _, encoded = said.partition(" ")
    try:
        return Checksum(_CHECKSUMS[kind](), b64decode(encoded, validate=True))
    except (KeyError, NotBase64) as error:
        raise Refused(
            "bad_checksum",
            "Upload-Checksum cannot be used, so nothing was kept. It is the kind "
            f"({' or '.join(_CHECKSUMS)}) and the hash in base64.",
        ) from error
