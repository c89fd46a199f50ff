"""The shell of the web app, and whether the house answers."""

from collections.abc import Callable, Mapping
from typing import Protocol

from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from wardcast.pages import bundle
from wardcast.platform.http import Request


class Ahead(Protocol):
    """What the app is to know at once."""

    @property
    def answers(self) -> Mapping[str, bytes]:
        """Ready JSON by the address that the app would ask for it."""

    @property
    def segment(self) -> str:
        """The address of a file that the browser is to load meanwhile; empty for none."""


@require_safe
@gzip_page
@ensure_csrf_cookie
def app(request: Request, ahead: Callable[[Request], Ahead]) -> HttpResponse:
    """The page that loads the web app; it finds its way by the address.

    A page that carries answers is for its reader alone, and is kept nowhere.
    """
    first = ahead(request)
    context = {"bundle": bundle.entry(), "answers": _in_a_page(first.answers)}
    answer = render(request, "pages/app.html", context)
    answer.headers["Cache-Control"] = "no-store" if first.answers else "no-cache"
    if first.segment:
        # Begun with the head of the answer, before anything in it was read.
        answer.headers["Link"] = f"<{first.segment}>; rel=preload; as=fetch; crossorigin"
    return answer


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the site and both databases answer: what the supervisor and monitors ask."""
    for alias in ("default", "links"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    return JsonResponse({"answers": True})


def _in_a_page(answers: Mapping[str, bytes]) -> str:
    """Answers as one JSON object that no text in it can end or begin an element of HTML with."""
    if not answers:
        return ""
    parts = (b'"' + name.encode() + b'":' + body for name, body in answers.items())
    text = b"{" + b",".join(parts) + b"}"
    return mark_safe(text.replace(b"<", b"\\u003c").decode())  # noqa: S308  # see above
