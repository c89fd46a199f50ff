"""What one watched oneself, and what was corrected since: a page for its reader alone."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wardcast.pages import door, notices
from wardcast.platform import clock, policy
from wardcast.platform.http import Request
from wardcast.posts import queries as posts
from wardcast.recall import cards, queries
from wardcast.recall.queries import Since, Watched

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


@require_safe
@door.opens("see_history")
def watched_json(request: Request) -> HttpResponse:
    """All of it as a file to keep: what was watched, how far, and how corrections of it arrived."""
    rows = queries.watched(request.actor.viewers)
    answer = JsonResponse(
        {
            "as_of": clock.now().isoformat(),
            "watched": [
                {**about, **_in_full(each)}
                for each, about in zip(rows, _videos(request, rows), strict=True)
            ],
            "corrections": [_in_brief(each) for each in queries.since(request.actor.viewers)],
        },
        json_dumps_params={"indent": 1},
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="what-i-watched.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _in_full(watched: Watched) -> dict[str, Any]:
    return {
        "first_at": watched.first_at.isoformat(),
        "last_at": watched.last_at.isoformat(),
        "how_far": _HOW_FAR[watched.level],
        "seconds_played": watched.played,
    }


def _in_brief(since: Since) -> dict[str, Any]:
    notice = since.notice
    return {
        "notice": str(notice.id),
        "severity": notice.severity.value,
        "what_right": notice.what_right,
        "said_at": notice.at.isoformat(),
        "watched_at": since.watched_at.isoformat(),
        "shown_at": since.shown_at and since.shown_at.isoformat(),
        "read_at": since.read_at and since.read_at.isoformat(),
    }


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
    return [
        {
            **about,
            "last": f"{each.last_at.day} {each.last_at:%b %Y}",
            "how_far": _HOW_FAR[each.level],
        }
        for each, about in zip(rows, _videos(request, rows), strict=True)
    ]


def _videos(request: Request, rows: Sequence[Watched]) -> Iterator[dict[str, Any]]:
    """Which videos these are, in the same order; by name those that the reader may see."""
    versions = posts.of_serials(each.version_serial for each in rows)
    seen = policy.scope(request.actor, "see", "posts.post")
    ids = {version.post_id for version in versions.values()}
    open_ = set(seen.filter(pk__in=ids).values_list("pk", flat=True))
    for each in rows:
        version = versions.get(each.version_serial)
        named = version is not None and version.post_id in open_
        yield {
            "title": (version.title if version and named else "") or cards.UNTITLED,
            "post_id": version.post_id if version and named else None,
            "number": version.number if version else None,
        }
