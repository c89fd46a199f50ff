"""Notices, what they have reached, and the list of them: pages that need no JavaScript."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from wardcast.pages import charts, door, linked
from wardcast.platform import policy
from wardcast.platform.http import Invalid, NotFound, Request
from wardcast.platform.policy import Actor
from wardcast.recall import actions, beside, cards, effect, ending, log, queries
from wardcast.recall.closing import MayEnd
from wardcast.recall.queries import NoticeView, Proof
from wardcast.recall.rules import Counts, Group, Lost

_PAGE = 20

_KINDS = {
    "note": "Note",
    "correct": "Correction",
    "replace": "Replaced",
    "withdraw": "Withdrawn",
}
_TO_VERSION = {
    "note": "Note of {day}, on version {number}",
    "correct": "Correction of {day}, to version {number}",
    "replace": "Version {number} was replaced on {day}",
    "withdraw": "Version {number} was withdrawn on {day}",
}
_TO_VIEWER = {
    "correct": "Correction to a video you watched on {day}",
    "replace": "A video you watched on {day} was replaced",
    "withdraw": "A video you watched on {day} was withdrawn",
}
_ON_CARD = {
    "note": "Note of {day}",
    "correct": "Corrected on {day}",
    "replace": "Replaced a version that was wrong, on {day}",
    "withdraw": "Withdrawn on {day}",
}
_LOST = {
    Lost.DELETED: "whose account is gone",
    Lost.ERASED: "who erased what they had watched",
    Lost.EXPIRED: "whose device is not back for a year, or who watched longer ago than is kept",
}
GROUPS = {Group.SIGNED_IN: "signed in", Group.GUESTS: "guests"}


@require_safe
@door.opens("see", "recall.notice", "notice_id")
def notice(request: Request, notice_id: UUID) -> HttpResponse:
    """What a notice says, and in one line and one bar whom it has reached."""
    proof = _proof(notice_id)
    view = proof.notice
    words = _what(view, request.actor)
    watch = policy.can(request.actor, "watch", "posts.post", view.post_id)
    context = {
        **words,
        **_reach(proof),
        "kind": _dated(view, _KINDS[view.severity] + " of {day}"),
        "initials": initials(words["by"].name),
        "linked": linked.block(linked.of_notice(view, words["about"])),
        "mended": queries.correction_of(notice_id),
        "wrong_one": view.corrects,
        "passed_from": view.passed_from,
        "may_mend": policy.can(request.actor, "correct", "posts.version", view.version_id).allowed,
        "can_watch": watch.allowed,
        "newer": watch.allowed and cards.changed(view, request.actor) is not None,
        "part": _part(words["about"].part),
    }
    return render(request, "pages/notice.html", context)


@require_safe
@door.opens("see", "recall.notice", "notice_id")
def coverage(request: Request, notice_id: UUID) -> HttpResponse:
    """The proof: one bar that adds up, one curve, the numbers."""
    proof = _proof(notice_id)
    words = _what(proof.notice, request.actor)
    kind = _TO_VERSION[proof.notice.severity]
    context = {
        **words,
        **_reach(proof),
        **_curve(proof),
        "kind_of_version": _dated(proof.notice, kind, number=str(words["about"].version_number)),
        "between": _between(proof.first_at, proof.last_at),
        "groups": [*(GROUPS[each] for each in Group), "everyone"],
        "rows": _rows(proof),
        "sum": _sum(proof),
        **_ending(proof, request.actor),
        "arrived": _arrived(notice_id),
        "lost": [
            (_LOST[each], f"{count:,}") for each, count in proof.coverage.lost.items() if count
        ],
        "beside": _beside(proof),
        "passed_from": proof.notice.passed_from,
        "passed_to": _passed(notice_id, request.actor),
        "open": proof.sealed_at is None,
        "may_see_reach": policy.can(
            request.actor, "see_reach", "posts.version", proof.notice.version_id
        ).allowed,
        "at": proof.at,
    }
    return render(request, "pages/coverage.html", context)


@require_safe
@door.opens("see", "recall.notice", "notice_id")
def coverage_json(request: Request, notice_id: UUID) -> HttpResponse:
    """The same numbers for programs."""
    proof = _proof(notice_id)
    found = proof.coverage
    view = proof.notice
    return JsonResponse(
        {
            "notice": str(view.id),
            "severity": view.severity.value,
            "opened_at": view.at.isoformat(),
            "sealed_at": proof.sealed_at.isoformat() if proof.sealed_at else None,
            "as_of": proof.at.isoformat(),
            "coverage": cards.sum_of(found.whole),
            "by_class": {group.value: cards.sum_of(each) for group, each in found.by_group.items()},
            "unreachable_because": {each.value: count for each, count in found.lost.items()},
            "curve": [{"day": each.day, "share": each.share} for each in found.curve],
            "goal": proof.goal,
            "beside_the_sum": asdict(beside.of(view.id, view.version_serial)),
            "ended": cards.end_of(proof.ended),
            "effectiveness": _counted(notice_id),
        }
    )


@require_POST
@door.opens(ending.END, ending.NOTICE, "notice_id")
def end(request: Request, notice_id: UUID) -> HttpResponse:
    """Terminates a recall, for a person of the house who has read why it may be and said so."""
    if request.POST.get("sure") != "yes":
        raise Invalid(
            "not_confirmed",
            "The recall was not ended, since that cannot be undone. Go back, tick that nobody else "
            "will be told, and send it again.",
        )
    ending.end(request.actor, notice_id)
    return HttpResponseRedirect(reverse("coverage", args=[notice_id]))


@require_safe
@door.opens("see", "recall.notice", "notice_id")
def proof_json(request: Request, notice_id: UUID) -> HttpResponse:
    """The signed log as a file."""
    found = log.public(notice_id)
    if found is None:
        raise NotFound("proof")
    answer = JsonResponse(found)
    answer.headers["Content-Disposition"] = f'attachment; filename="proof-{notice_id}.json"'
    return answer


@require_safe
def proof_key(request: HttpRequest) -> HttpResponse:
    """The key (hex) that this house signs its proofs with."""
    return HttpResponse(f"{log.public_key()}\n", content_type="text/plain")


@require_safe
@door.opens("list_notices")
def corrections(request: Request) -> HttpResponse:
    """All corrections, newest first."""
    found = queries.latest(_PAGE + 1, before=_id(request.GET.get("before", "")))
    shown = found[:_PAGE]
    context = {
        "items": listed(shown, request.actor, reach=True),
        "next": shown[-1].id if len(found) > _PAGE else None,
    }
    return render(request, "pages/corrections.html", context)


@require_POST
@door.opens("answer_notices")
def read(request: Request) -> HttpResponse:
    """The form under the must-see page: these were read. Leads back to where the viewer was."""
    ids = [found for each in request.POST.getlist("id") if (found := _id(each))]
    actions.acknowledge(request.actor, ids)
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return HttpResponseRedirect(to if safe and to.startswith("/") else "/")


def must_see(request: HttpRequest, notices: Sequence[cards.NoticeCard]) -> HttpResponse:
    """What stands in the place of a video until it is read."""
    context = {
        "cards": [
            {
                "notice": each,
                "kind": _TO_VIEWER[each.severity].format(day=day(each.watched_at)),
                "initials": initials(each.by.name),
                "reach": f"Shown so far to {each.coverage.shown:,} of the "
                f"{each.coverage.exposed:,} who watched it",
            }
            for each in notices
        ],
        "several": len(notices) if len(notices) > 1 else 0,
        "next": request.get_full_path(),
    }
    answer = render(request, "pages/must_see.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def listed(notices: Sequence[NoticeView], actor: Actor, *, reach: bool) -> list[dict[str, Any]]:
    """Notices for a list, with how many of the exposed were told where that is asked."""
    words = cards.about(notices, actor)
    return [
        {
            "notice": each,
            "about": words[each.id],
            "kind": kind_of(each),
            "reach": told(queries.reached(each.id)) if reach else "",
        }
        for each in notices
    ]


def initials(name: str) -> str:
    """Two letters that stand for a person's picture."""
    words = [word for word in name.split() if word.rstrip(".").lower() not in ("dr", "prof")]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _proof(notice_id: UUID) -> Proof:
    found = queries.proof(notice_id)
    if found is None:
        raise NotFound("notice")
    return found


def _what(view: NoticeView, actor: Actor) -> dict[str, Any]:
    about = cards.about([view], actor)[view.id]
    return {"notice": view, "about": about, "by": about.by}


def kind_of(view: NoticeView) -> str:
    """What kind of notice it is, and since when."""
    return _dated(view, _KINDS[view.severity] + ", {day}")


def _passed(notice_id: UUID, actor: Actor) -> list[dict[str, Any]]:
    """The videos made from this one that it was passed along to, with what it has reached there."""
    return listed(queries.passed_to(notice_id), actor, reach=True)


def _reach(proof: Proof) -> dict[str, Any]:
    whole = proof.coverage.whole
    bar = charts.bar(whole, ended=proof.ended is not None)
    return {
        "owed_at_all": proof.notice.severity.is_owed,
        "exposed": f"{whole.exposed:,}" if whole.exposed else "",
        "people": "person" if whole.exposed == 1 else "people",
        "told": f"{whole.told:,}",
        "ended": proof.ended,
        "bar": bar,
        "sum_in_words": "; ".join(f"{part.shown} {part.words}" for part in bar),
    }


def _curve(proof: Proof) -> dict[str, Any]:
    points = proof.coverage.curve
    share = points[-1].share
    return {
        "curve": charts.steps(points, proof.goal),
        "share_now": _percent(share),
        "goal_reached": share >= proof.goal,
        "day_word": "day" if points[-1].day <= 1 else "days",
        "by_day": [(each.day, _percent(each.share)) for each in points],
        "curve_in_words": "The share of viewers who were shown the correction, by day: "
        + ", ".join(f"day {each.day} {_percent(each.share)}" for each in points),
    }


def _rows(proof: Proof) -> list[dict[str, Any]]:
    found = [*(proof.coverage.by_group[each] for each in Group), proof.coverage.whole]
    parts = [
        {"words": words, "counts": [f"{getattr(counts, code):,}" for counts in found]}
        for code, words in charts.words_of(ended=proof.ended is not None)
    ]
    return [*parts, {"words": "together", "counts": [f"{counts.exposed:,}" for counts in found]}]


def _sum(proof: Proof) -> str:
    bar = charts.bar(proof.coverage.whole, ended=proof.ended is not None)
    return f"{proof.coverage.whole.exposed:,} = " + " + ".join(part.shown for part in bar)


def _arrived(notice_id: UUID) -> dict[str, Any] | None:
    """What the check of a few readers has found, in words."""
    found = effect.result(notice_id)
    if found is None:
        return None
    low, high = found.bounds
    return {
        "asked": f"{found.asked:,}",
        "answered": f"{found.answered:,}",
        "right": f"{found.right:,}",
        "enough": found.enough,
        "share": _percent(found.right / found.answered) if found.enough else "",
        "between": f"{math.floor(low * 100)} and {math.ceil(high * 100)} %",
    }


def _counted(notice_id: UUID) -> dict[str, Any] | None:
    """The same for programs; of too few answers nothing but how many."""
    found = effect.result(notice_id)
    if found is None:
        return None
    return {
        "asked": found.asked,
        "answered": found.answered,
        "right": found.right if found.enough else None,
        "wilson_95": list(found.bounds) if found.enough else None,
    }


def _ending(proof: Proof, actor: Actor) -> dict[str, Any]:
    """Whether this reader may end the recall, and why they may or may not now."""
    if not proof.notice.severity.is_owed or proof.ended:
        return {}
    if not policy.can(actor, ending.END, ending.NOTICE, proof.notice.id).allowed:
        return {}
    found = ending.decide(proof)
    if isinstance(found, MayEnd):
        return {"may_end": found.words}
    return {"goes_on": found.because}


def told(counts: Counts) -> str:
    """In words, how many of the exposed were shown a notice."""
    if not counts.exposed:
        return "nobody had watched it"
    return f"shown to {counts.told:,} of {counts.exposed:,}"


def _dated(view: NoticeView, words: str, **more: str) -> str:
    return words.format(day=day(view.at), **more)


def _beside(proof: Proof) -> dict[str, str] | None:
    """The views that are in no sum, as numbers are written; None where there are none."""
    found = asdict(beside.of(proof.notice.id, proof.notice.version_serial))
    return {name: f"{count:,}" for name, count in found.items()} if any(found.values()) else None


def _between(first: datetime | None, last: datetime | None) -> str:
    if first is None or last is None:
        return ""
    if first.date() == last.date():
        return f"on {day(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {day(last)}"
    return f"between {day(first)} and {day(last)}"


def _part(span: cards.Span | None) -> str:
    return f"{_clock(span.start_ms)} to {_clock(span.end_ms)}" if span else ""


def _clock(milliseconds: int) -> str:
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"


def day(at: datetime) -> str:
    """A date as people write it."""
    return f"{at.day} {at:%B %Y}"


def stamped(correction: dict[str, Any]) -> str:
    """The words of the stamp that a card carries."""
    at = datetime.fromisoformat(correction["at"])
    return _ON_CARD[correction["severity"]].format(day=day(at))


def _percent(share: float) -> str:
    # Rounded down: 100 % is said of everyone and of nobody less.
    tenths = math.floor(share * 1000 + 1e-9)
    return f"{tenths / 10:.1f} %" if 0 < tenths < 100 else f"{tenths // 10} %"


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
