"""The corrections of this house for readers of feeds: Atom, RSS and JSON Feed."""

import re
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from wardcast.accounts import queries as accounts
from wardcast.pages import door
from wardcast.pages.notices import listed
from wardcast.platform import config
from wardcast.platform.http import Request
from wardcast.recall import queries

_ENTRIES = 50
_KEEP = "public, max-age=300"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ABOUT = "Videos that proved wrong, and what is right."


@require_safe
@door.opens("list_notices")
def atom(request: Request) -> HttpResponse:
    """The corrections as Atom (RFC 4287)."""
    return _xml(request, Atom1Feed, "corrections.atom")


@require_safe
@door.opens("list_notices")
def rss(request: Request) -> HttpResponse:
    """The corrections as RSS 2.0."""
    return _xml(request, Rss201rev2Feed, "corrections.rss")


@require_safe
@door.opens("list_notices")
def json_feed(request: Request) -> HttpResponse:
    """The corrections as JSON Feed 1.1."""
    base = config.current().base_url
    items = [
        {
            "id": each["url"],
            "url": each["url"],
            "title": each["title"],
            "content_text": each["text"],
            "date_published": each["at"].isoformat(),
            "authors": [{"name": each["by"]}],
            "tags": [each["severity"]],
        }
        for each in _entries(request)
    ]
    answer = JsonResponse(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": _title(),
            "description": _ABOUT,
            "home_page_url": f"{base}/corrections",
            "feed_url": f"{base}/corrections.json",
            "language": "en",
            "items": items,
        },
        content_type="application/feed+json",
    )
    answer.headers["Cache-Control"] = _KEEP
    return answer


def _xml(request: Request, form: type[Atom1Feed | Rss201rev2Feed], name: str) -> HttpResponse:
    base = config.current().base_url
    feed = form(
        title=_title(),
        link=f"{base}/corrections",
        description=_ABOUT,
        language="en",
        feed_url=f"{base}/{name}",
    )
    for each in _entries(request):
        feed.add_item(
            title=each["title"],
            link=each["url"],
            unique_id=each["url"],
            description=each["text"],
            pubdate=each["at"],
            updateddate=each["at"],
            author_name=each["by"],
            categories=(each["severity"],),
        )
    answer = HttpResponse(content_type=feed.content_type)
    answer.headers["Cache-Control"] = _KEEP
    feed.write(answer, "utf-8")
    return answer


def _entries(request: Request) -> list[dict[str, Any]]:
    """Plain text throughout: nothing in a feed is HTML of somebody's."""
    base = config.current().base_url
    found = []
    for each in listed(queries.latest(_ENTRIES), request.actor, reach=False):
        notice, about = each["notice"], each["about"]
        wrong = f"What was wrong: {notice.what_wrong}" if notice.what_wrong else ""
        lines = (f"{each['kind']}: {about.title}", notice.what_now, wrong, notice.apology)
        text = "\n\n".join([*(line for line in lines if line), f"Signed: {about.by.name}"])
        found.append(
            {
                "url": f"{base}/notices/{notice.id}",
                "title": _NO_XML.sub("", notice.what_right),
                "text": _NO_XML.sub("", text),
                "at": notice.at,
                "by": _NO_XML.sub("", about.by.name),
                "severity": notice.severity.value,
            }
        )
    return found


def _title() -> str:
    return f"{accounts.host_policy().name}: corrections"
