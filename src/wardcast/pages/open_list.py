"""The signed list of open notices and their texts, as files that any cache may keep and any page
may read: neither a cookie nor an address of who asks is looked at."""

from collections.abc import Callable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import condition, require_safe

from wardcast.pages import door
from wardcast.recall import open_list

_KEPT = "public, max-age=60, stale-while-revalidate=600"


def _file(make: Callable[[], bytes]) -> Callable[[HttpRequest], HttpResponseBase]:
    def etag(request: HttpRequest) -> str:
        return f'"{sha256(make()).hexdigest()[:32]}"'

    @require_safe
    @door.for_anybody("list_notices")
    def view(request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = condition(etag_func=etag)(_answer)(request)
        answer.headers["Cache-Control"] = _KEPT
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return answer

    def _answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(make(), content_type="application/json")

    return view


newest = _file(open_list.newest)
texts = _file(open_list.texts)
