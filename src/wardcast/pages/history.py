"""What one watched oneself, and what was corrected since: a page for its reader alone."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wardcast.pages import door, notices
from wardcast.platform import policy
from wardcast.platform.http import Request
from wardcast.posts import queries as posts
from wardcast.recall import cards, queries
from wardcast.recall.queries import Since

_MOST = 200
_HOW_FAR = ("not known", "its first picture", "two seconds or more", "to the end")


@require_safe
@door.opens("see_history")
def watched(request: Request) -> HttpResponse:
    """The corrections of what this person or device watched, then all that they watched. Nothing is
    played here, and nothing is owed to see it."""
    since = queries.since(request.actor.viewers)
    words = cards.about([each.notice for each in since], request.actor)
    context = {
        "corrected": [
            {
                "notice": each.notice,
                "about": words[each.notice.id],
                "kind": notices.kind_of(each.notice),
                "watched": notices.day(each.watched_at),
                "told": _told(each),
            }
            for each in since
        ],
        "watched": _watched(request),
        "most": _MOST,
    }
    answer = render(request, "pages/watched.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _told(since: Since) -> str:
    if since.read_at:
        return f"You read it on {notices.day(since.read_at)}."
    if since.shown_at:
        return f"You were shown it on {notices.day(since.shown_at)}."
    if not since.notice.severity.is_owed:
        return "A note: it stands beside the video."
    if since.ended_at:
        return f"You had not read it when its recall ended on {notices.day(since.ended_at)}."
    return "You have not read it yet."


def _watched(request: Request) -> list[dict[str, Any]]:
    rows = queries.watched(request.actor.viewers)[:_MOST]
    versions = posts.of_serials(each.version_serial for each in rows)
    seen = policy.scope(request.actor, "see", "posts.post")
    ids = {version.post_id for version in versions.values()}
    open_ = set(seen.filter(pk__in=ids).values_list("pk", flat=True))
    found = []
    for each in rows:
        version = versions.get(each.version_serial)
        named = version is not None and version.post_id in open_
        found.append(
            {
                "title": (version.title if version and named else "") or cards.UNTITLED,
                "post_id": version.post_id if version and named else None,
                "number": version.number if version else None,
                "last": f"{each.last_at.day} {each.last_at:%b %Y}",
                "how_far": _HOW_FAR[each.level],
            }
        )
    return found
