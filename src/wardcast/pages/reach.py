"""Who watched a version, when and how far: for a house after something has leaked.

Nobody sees a number before they have said why they look, and what they said is kept with their
name. A look is a form that is sent, so that no link and no reload looks by itself.
"""

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from wardcast.accounts import queries as accounts
from wardcast.pages import charts, door, notices
from wardcast.platform import audit, clock
from wardcast.platform.http import Request
from wardcast.posts import queries as posts
from wardcast.posts.values import VersionFacts
from wardcast.recall import queries
from wardcast.recall import reach as recall
from wardcast.recall.reach import Reach, Seen

_VERB, _VERSION = "see_reach", "posts.version"
_LONGEST = 500
_MOST = 100
_HOW_FAR = {
    "served": "got its address; what was played is not known",
    "first_picture": "saw its first picture",
    "two_seconds": "played two seconds or more",
    "to_the_end": "played it to the end",
}
_METHOD = (
    "Counted from the exposures that are written before the address of a file leaves the house: a "
    "person with their devices once, a guest's device once. Times are when a version was first and "
    "last served, in UTC. Seconds played are what the browser told; where none are told, all of it "
    "may have been seen. Who erased their history, or whose time of keeping is over, is not among "
    "them; nor is who watched a copy elsewhere."
)
_COLUMNS = ("viewer", "class", "first_at", "last_at", "how_far", "seconds_played")


@require_http_methods(["GET", "HEAD", "POST"])
@door.opens(_VERB, _VERSION, "version_id")
def reach(request: Request, version_id: UUID) -> HttpResponseBase:
    """Asks why, then shows a version's reach or hands it out as a file."""
    version = posts.version(version_id)
    why = " ".join(request.POST.get("why", "").split())[:_LONGEST]
    form = request.POST.get("as", "page")
    if request.method != "POST" or not why:
        return _page(request, version, {"lacking": request.method == "POST"})
    audit.record(_VERB, _VERSION, version_id, by=request.actor.user_id, reason=why, form=form)
    if form == "csv":
        return _file(_lines(version.serial), "text/csv; charset=utf-8", version, "csv")
    found = recall.reach(version.serial)
    if form == "json":
        words = json.dumps(_told(version, found, why), indent=1)
        return _file(iter([words]), "application/json", version, "json")
    return _page(request, version, {"why": why, **_shown(found), "told": _notices(version)})


def _notices(version: VersionFacts) -> list[dict[str, Any]]:
    """The notices on a version, and what each has reached of those who owe it."""
    return [
        {
            "notice": each,
            "kind": notices.kind_of(each),
            "reach": notices.told(proof.coverage.whole)
            if each.severity.is_owed
            else "owed by nobody",
        }
        for each in queries.of_posts([version.post_id]).get(version.post_id, [])
        if each.version_id == version.id and (proof := queries.proof(each.id))
    ]


def _page(request: Request, version: VersionFacts, more: dict[str, Any]) -> HttpResponse:
    looks = audit.entries(_VERB, _VERSION, version.id, limit=_MOST)
    names = accounts.people(each.by for each in looks if each.by)
    context = {
        "version": version,
        "post": posts.post(version.post_id),
        "longest": _LONGEST,
        "most": _MOST,
        "method": _METHOD,
        "looks": [
            {
                "at": each.at,
                "who": names[each.by].name if each.by in names else "somebody who has left",
                "why": each.reason,
                "form": "" if each.facts.get("form") == "page" else each.facts.get("form"),
            }
            for each in looks
        ],
        **more,
    }
    answer = render(request, "pages/reach.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown(found: Reach) -> dict[str, Any]:
    people = found.people
    return {
        "reach": found,
        "people": f"{people:,}",
        "person": "person or device" if people == 1 else "people and guests’ devices",
        "groups": [
            (notices.GROUPS[group], f"{count:,}") for group, count in found.by_group.items()
        ],
        "how_far": [(_HOW_FAR[name], f"{count:,}") for name, count in found.how_far.items()],
        "last_bar": _moment(found.bars[-1].start) if found.bars else "",
        "width": _long(found.width),
        "bars": charts.columns([each.count for each in found.bars]),
        "bars_in_words": "; ".join(
            f"{_moment(each.start)}: {each.count:,}" for each in found.bars if each.count
        ),
        "by_time": [(_moment(each.start), f"{each.count:,}") for each in found.bars if each.count],
        "seconds": charts.columns(found.by_second),
        "seconds_in_words": "; ".join(
            f"second {number}: {count:,}" for number, count in enumerate(found.by_second)
        ),
        "known": f"{found.known:,}",
    }


def _told(version: VersionFacts, found: Reach, why: str) -> dict[str, Any]:
    return {
        "version": str(version.id),
        "post": str(version.post_id),
        "version_number": version.number,
        "as_of": clock.now().isoformat(),
        "why": why,
        "method": _METHOD,
        "viewers": found.people,
        "by_class": {group.value: count for group, count in found.by_group.items()},
        "first_at": found.first_at.isoformat() if found.first_at else None,
        "last_at": found.last_at.isoformat() if found.last_at else None,
        "how_far": found.how_far,
        "first_served": [
            {"from": each.start.isoformat(), "viewers": each.count} for each in found.bars
        ],
        "first_served_width_seconds": int(found.width.total_seconds()),
        "seconds_known_of": found.known,
        "played_by_second": list(found.by_second),
    }


def _lines(version_serial: int) -> Iterator[str]:
    """A line a viewer. No cell holds what a person wrote, so none can pass for a formula."""
    yield _line(_COLUMNS)
    for each in recall.seen(version_serial):
        yield _line(_cells(each))


def _cells(each: Seen) -> tuple[object, ...]:
    played = "" if each.seconds is None else each.seconds
    first, last = each.first_at.isoformat(), each.last_at.isoformat()
    return each.number, each.group.value, first, last, each.how_far, played


def _line(cells: tuple[object, ...]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _file(
    parts: Iterator[str], content_type: str, version: VersionFacts, ending: str
) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(parts, content_type=content_type)
    name = f"reach-{version.id}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%b %Y, %H:%M}"


def _long(width: timedelta) -> str:
    minutes = int(width.total_seconds()) // 60
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 24 else f"{hours // 24} d"
