"""The API as a whole: its routers, its answers to what goes wrong, its description."""

from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

from wardcast.api import (
    accounts,
    console,
    conversation,
    media,
    notify,
    posts,
    push,
    recall,
    rehearsal,
    safety,
    sharing,
    tus,
    watch,
)
from wardcast.platform.http import (
    Invalid,
    NotFound,
    Refused,
    TooLarge,
    problem,
    problem_response,
)

_ROOMS = (
    accounts,
    notify,
    push,
    media,
    tus,
    posts,
    sharing,
    safety,
    rehearsal,
    conversation,
    watch,
    recall,
    console,
)


class _Json(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


def build() -> NinjaAPI:
    """The API with every room's operations."""
    api = NinjaAPI(
        title="Wardcast",
        version="1",
        description="Short video that clinicians can trust with their licence.",
        docs_url=None,  # its page loads scripts from elsewhere
        openapi_url="/openapi.json",
        renderer=_Json(),
        urls_namespace="api",
    )
    for room in _ROOMS:
        api.add_router("/v1", room.router)
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(RequestDataTooBig, _too_big)
    api.add_exception_handler(Http404, _not_there)
    return api


def _refused(request: HttpRequest, error: Refused | type[Refused]) -> HttpResponse:
    if isinstance(error, type):
        raise TypeError(f"{error.__name__} was raised without saying what happened")
    return problem(error, request.path)


def _invalid(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    found = [] if isinstance(error, type) else error.errors
    places = [".".join(str(part) for part in each["loc"][1:]) for each in found]
    first = f"{places[0]}: {found[0]['msg']}" if found and places else "it could not be read"
    return problem_response(
        422,
        "invalid_request",
        f"The request cannot be used ({first}). Correct it, then send it again.",
        request.path,
        errors=[
            {"where": where, "what": each["msg"]} for where, each in zip(places, found, strict=True)
        ],
    )


def _unreadable(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    """The framework raises this where a body is no JSON."""
    refused = Invalid(
        "unreadable_body",
        "What was sent is not JSON, so nothing was done. Correct it, then send it again.",
    )
    return problem(refused, request.path)


def _too_big(request: HttpRequest, error: object) -> HttpResponse:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    refused = TooLarge(
        "body_too_large",
        f"What was sent is larger than {limit or 0:,} bytes, so nothing was done. Send less.",
        limit=limit,
    )
    return problem(refused, request.path)


def _not_there(request: HttpRequest, error: object) -> HttpResponse:
    return problem(NotFound(), request.path)
