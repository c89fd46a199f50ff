"""A single video without JavaScript, and the public clip in pieces."""

from datetime import datetime
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from wardcast.accounts import actions as accounts
from wardcast.accounts.queries import people as people_by_id
from wardcast.check.language import name_of
from wardcast.media import queries as media
from wardcast.pages import bundle, door, linked, notices
from wardcast.platform import config, policy, signing, storage
from wardcast.platform.http import NotFound, Refused, Request
from wardcast.posts import lineage
from wardcast.recall import cards
from wardcast.recall import queries as recall
from wardcast.watch import actions, pieces

_CLIP = "clip.mp4"
_PLAIN = "text/plain; charset=utf-8"
_KEEP = "public, max-age=60"  # a withdrawn clip stops playing within a minute
_LANES = {
    "lesson": "Lesson",
    "patient_story": "Patient story",
    "humour": "Humour",
    "off_duty": "Off duty",
}


@require_safe
@door.opens("watch_feed")
def permalink(request: Request, post_id: UUID) -> HttpResponse:
    """One video with its author, its version and its correction; what must be seen comes first."""
    watch = policy.can(request.actor, "watch", actions.POST, post_id)
    if not watch.allowed:
        return _gone(request, post_id)
    accounts.ensure_viewer(request)
    found = actions.show(request.actor, post_id, seen=_is_sent(request))
    if isinstance(found, actions.MustSee):
        return notices.must_see(request, found.notices)
    about = recall.of_posts([post_id]).get(post_id, [])
    words = cards.about(about, request.actor)
    context = _words(found)
    said = linked.of_video(context["card"], [(each, words[each.id]) for each in about])
    context["linked"] = linked.block(said)
    context["sources"] = _sources(post_id)
    context["alone"] = bundle.alone() if request.actor.nameless else ""
    context["may_see_reach"] = policy.can(
        request.actor, "see_reach", "posts.version", UUID(context["card"]["version_id"])
    ).allowed
    answer = render(request, "pages/permalink.html", context)
    answer.headers["Cache-Control"] = "no-store"  # it hands out addresses, and was counted
    return answer


@require_safe
@xframe_options_exempt
@door.for_anybody("watch_feed")
def embed(request: Request, post_id: UUID) -> HttpResponse:
    """One video for a frame on a page elsewhere. Nobody is known there: no cookie is read or set.
    What was said about the video stands above it; what this browser played before, in such frames,
    it meets with the list of open notices by itself."""
    try:
        context = _words(actions.elsewhere(post_id, seen=_is_sent(request)))
    except NotFound:
        return _framed(_not_shown(request, post_id))
    card = context["card"]
    about = recall.of_posts([post_id]).get(post_id, [])
    stamp = (card["correction"] or {}).get("notice_id")
    context["notice"] = next((each for each in about if str(each.id) == stamp), None)
    context["alone"] = bundle.alone()
    return _framed(render(request, "pages/embed.html", context))


@require_safe
def clip(request: Request, folder: str) -> HttpResponse:
    """A public clip, or a part of it. The folder's name cannot be guessed, and a clip that was
    taken back has left it."""
    path = storage.path(folder, _CLIP)
    if path is None:
        return HttpResponse(status=404, content_type="text/plain")
    try:
        played = pieces.from_disk(path, request.headers.get("Range", ""), "video/mp4")
    except Refused as error:
        answer = HttpResponse(error.detail, status=error.http_status, content_type=_PLAIN)
        if error.http_status == 416:
            answer.headers["Content-Range"] = f"bytes */{error.extra['size']}"
        return answer
    return pieces.answer(played, cache=_KEEP)


@require_safe
def authority(request: Request) -> HttpResponse:
    """The certificate by which readers of content credentials come to trust this house's."""
    try:
        root = signing.signer().root
    except Refused as error:
        return HttpResponse(error.detail, status=error.http_status, content_type=_PLAIN)
    answer = HttpResponse(root, content_type="application/x-pem-file")
    answer.headers["Content-Disposition"] = 'attachment; filename="wardcast-ca.pem"'
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _is_sent(request: Request) -> bool:
    """Whether the page is sent: who looks whether a link still holds (HEAD) sees nothing."""
    return request.method != "HEAD"


def _framed(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"  # it hands out addresses, and was counted
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _not_shown(request: Request, post_id: UUID) -> HttpResponse:
    about = recall.of_posts([post_id]).get(post_id, [])
    owed = [each for each in about if each.severity.is_owed]
    items = notices.listed(owed, policy.Actor(), reach=False)
    context = {"items": items, "url": f"{config.current().base_url}/v/{post_id}"}
    return render(request, "pages/embed.html", context, status=410 if owed else 404)


def _gone(request: Request, post_id: UUID) -> HttpResponse:
    """A video that is not open to this person: the notices about it, or nothing at all."""
    about = recall.of_posts([post_id]).get(post_id, [])
    if not any(each.severity.is_owed for each in about):
        raise NotFound("video")
    context = {"items": notices.listed(about, request.actor, reach=False)}
    return render(request, "pages/gone.html", context, status=410)


def _words(found: dict[str, Any]) -> dict[str, Any]:
    card, base = found["card"], config.current().base_url
    credential = card["author"]["credential"]
    correction = card["correction"]
    return {
        "card": card,
        "tracks": [
            {**each, "name": name_of(each["language"])} for each in card["media"]["captions"]
        ],
        "likes": f"{found['counts']['likes']:,}",
        "url": f"{base}/v/{card['post_id']}",
        "poster": urljoin(base, card["media"]["poster"]),
        "published": datetime.fromisoformat(card["published_at"]),
        "lane": _LANES.get(card["lane"], card["lane"]),
        "initials": notices.initials(card["author"]["name"]),
        "credential": _checked(credential) if credential else "",
        "signed_by": media.signed_by(UUID(card["version_id"])),
        "corrected": notices.stamped(correction) if correction else "",
    }


def _sources(post_id: UUID) -> list[dict[str, Any]]:
    """What the video was made from that everyone may watch."""
    found = [each for each in lineage.sources([post_id]).get(post_id, []) if each.title]
    people = people_by_id({each.author_id for each in found})
    return [{"source": each, "by": people.get(each.author_id)} for each in found]


def _checked(credential: dict[str, Any]) -> str:
    parts = (credential["profession"], credential["specialty"])
    what = ", ".join(part for part in parts if part)
    at = datetime.fromisoformat(credential["checked_at"])
    return f"{what[:1].upper()}{what[1:]} · checked {at.day} {at:%b %Y}"
