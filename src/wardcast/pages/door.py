"""How a page is opened: the policy is asked before the view, and a refusal is a page as well."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from wardcast.platform import policy
from wardcast.platform.http import NotFound, Refused, Request

View = Callable[..., HttpResponseBase]


def opens(verb: str, kind: str = policy.HOUSE, param: str | None = None) -> Callable[[View], View]:
    """Declares the verb of the policy that opens a page; `param` names the argument that
    identifies the object. Who may not even know of the object gets 404, as over the API."""

    def declare(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                decision = policy.can(request.actor, verb, kind, kwargs[param] if param else None)
                if not decision.allowed:
                    raise NotFound("page")
                return view(request, *args, **kwargs)
            except Refused as error:
                return refusal(request, error)

        guarded.gate = (verb, kind, param)  # type: ignore[attr-defined]  # the tests read it
        return guarded

    return declare


def for_anybody(
    verb: str, kind: str = policy.HOUSE, param: str | None = None
) -> Callable[[View], View]:
    """As `opens`, for what is the same for everybody and may be kept by caches: it is opened to
    nobody in particular, so that neither a session nor a cookie is read."""

    def declare(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = policy.can(policy.Actor(), verb, kind, kwargs[param] if param else None)
            if not asked.allowed:
                return HttpResponse(status=404, content_type="text/plain")
            return view(request, *args, **kwargs)

        guarded.gate = (verb, kind, param)  # type: ignore[attr-defined]  # the tests read it
        return guarded

    return declare


def refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    """The page that says what could not be done, and what to do next."""
    context = {"detail": error.detail, "status": error.http_status}
    return render(request, "pages/error.html", context, status=error.http_status)
