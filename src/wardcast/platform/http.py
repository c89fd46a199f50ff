"""What goes wrong over HTTP, as problem details (RFC 9457), and the request that views receive.

    Refused            status and code of one's own
    ├── Invalid        422  what was sent cannot be used
    ├── NotFound       404  there is no such thing, or not for this person
    ├── Denied         403  the policy says no (401 for a guest)
    ├── Conflict       409  it clashes with what is there
    ├── TooLarge       413  it is over a limit
    ├── TooMany        429  it came too often
    └── Unavailable    503  the house cannot do this now

Every `detail` says what happened, to which thing, and what to do next.
"""

from typing import Any, ClassVar

from django.http import HttpRequest, JsonResponse

from wardcast.platform.actor import Actor


class Request(HttpRequest):
    """A request that knows who asks; the accounts' middleware sets `actor`."""

    actor: Actor


_LOCAL = frozenset({"127.0.0.1", "::1", ""})


def place_of(request: HttpRequest) -> str:
    """Where a request comes from. A server in front, on this machine, says it in a header."""
    here = str(request.META.get("REMOTE_ADDR", ""))
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return (told if here in _LOCAL and told else here)[:60]


class Refused(Exception):
    """A request that cannot be answered as asked. `code` is stable; `detail` is for a person."""

    status: ClassVar[int] = 400

    def __init__(
        self, code: str, detail: str, *, status: int | None = None, **extra: object
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.extra = extra
        self.http_status = status or self.status


class Invalid(Refused):
    """What was sent cannot be used."""

    status = 422


class NotFound(Refused):
    """There is no such thing, or not for this person: the two look the same on purpose."""

    status = 404

    def __init__(self, what: str = "page", **extra: Any) -> None:
        super().__init__(
            "not_found",
            f"There is no such {what} here, or it is not open to you. "
            "Check the address, or go back to the feed.",
            **extra,
        )


class Denied(Refused):
    """The policy says no."""

    status = 403

    def __init__(self, reason: str, *, verb: str = "", signed_in: bool = True) -> None:
        if signed_in:
            super().__init__("not_allowed", reason, verb=verb)
        else:
            super().__init__(
                "sign_in_first", f"{reason} Sign in, then try again.", status=401, verb=verb
            )


class Conflict(Refused):
    """It clashes with what is there already."""

    status = 409


class TooLarge(Refused):
    """It is over a limit; the detail names the limit."""

    status = 413


class TooMany(Refused):
    """It came too often; `retry_after` says in how many seconds to come back."""

    status = 429


class Unavailable(Refused):
    """The house cannot do this now; the detail says who can change that."""

    status = 503


def problem(refused: Refused, instance: str = "") -> JsonResponse:
    """The answer for a refusal, as `application/problem+json`."""
    return problem_response(
        refused.http_status, refused.code, refused.detail, instance, **refused.extra
    )


def problem_response(
    status: int, code: str, detail: str, instance: str = "", **extra: Any
) -> JsonResponse:
    """Problem details from their parts; `title` is the code in words."""
    body = {
        **extra,
        "type": f"/problems/{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "code": code,
        "detail": detail,
        "instance": instance,
    }
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    if "retry_after" in extra:
        response["Retry-After"] = str(extra["retry_after"])
    return response
