"""JSON over HTTP: notices, and what viewers owe them."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router

from wardcast.accounts import queries as accounts
from wardcast.api.operation import route
from wardcast.api.schemas.nothing import NothingOut
from wardcast.api.schemas.notices import (
    LAST_MS,
    DraftsOut,
    EndedOut,
    ExposedOut,
    LaterAnswerIn,
    LaterQuestionOut,
    LaterVerdictOut,
    NoticeIn,
    NoticeOut,
    NoticesIn,
    OpenedOut,
    OwedOut,
    ProofOut,
    QuestionShownIn,
    SecretOut,
)
from wardcast.media import queries as clips
from wardcast.platform import limits
from wardcast.platform.http import NotFound, Request, place_of
from wardcast.recall import (
    actions,
    asking,
    beside,
    cards,
    drafting,
    effect,
    ending,
    log,
    queries,
    rules,
)

router = Router(tags=["recall"])

_BESIDE = 200
"""So many notices an hour are counted beside their sums from one place: a ward has one address."""


@route(
    router.post,
    "/versions/{uuid:version_id}/notices",
    verb="correct",
    kind="posts.version",
    param="version_id",
    response=OpenedOut,
)
def open_notice(request: Request, version_id: UUID, body: NoticeIn) -> dict[str, UUID]:
    """Opens a notice: everyone who was served the version must see it, unless it is a note."""
    words = rules.Words(body.what_right, body.what_wrong, body.what_now, body.apology)
    span = (body.span.start_ms, body.span.end_ms) if body.span else None
    opened = actions.open_notice(
        request.actor,
        version_id,
        body.severity,
        words,
        span=span,
        privacy=body.privacy,
        corrects=body.corrects,
        question=asking.Question(body.question.right, tuple(body.question.wrong))
        if body.question
        else None,
    )
    return {"notice_id": opened}


@route(
    router.get,
    "/versions/{uuid:version_id}/exposed",
    verb="correct",
    kind="posts.version",
    param="version_id",
    response=ExposedOut,
)
def exposed(
    request: Request,
    version_id: UUID,
    start_ms: Annotated[int | None, Query(ge=0, le=LAST_MS)] = None,
    end_ms: Annotated[int | None, Query(ge=0, le=LAST_MS)] = None,
) -> dict[str, int]:
    """How many people a notice on this version, or on a part of it, would reach; asked before it is
    written."""
    span = None if start_ms is None or end_ms is None else (start_ms, end_ms)
    return {"exposed": actions.would_reach(version_id, span)}


@route(
    router.get,
    "/posts/{uuid:post_id}/notice-drafts",
    verb="see_notice_drafts",
    kind="posts.post",
    param="post_id",
    response=DraftsOut,
)
def drafts(request: Request, post_id: UUID) -> dict[str, Any]:
    """Notices about a post that wait to be read and sent, the latest version's first."""
    found = drafting.of_posts([post_id]).get(post_id, [])
    authors = accounts.people(each.version.author_id for each in found)
    renders = clips.renders(each.version.render_id for each in found if each.version.render_id)
    lasting = {pk: each.duration_ms for pk, each in renders.items()}
    return {
        "items": [
            {
                "version_id": each.version.id,
                "number": each.version.number,
                "title": each.version.title,
                "duration_ms": lasting.get(each.version.render_id or each.version.id, 0),
                "author": authors[each.version.author_id],
                "severity": each.severity,
                "what_right": each.words.what_right,
                "what_wrong": each.words.what_wrong,
                "what_now": each.words.what_now,
                "apology": each.words.apology,
                "privacy": each.privacy,
                "at": each.at,
            }
            for each in found
        ]
    }


@route(
    router.get,
    "/notices/{uuid:notice_id}",
    verb="see",
    kind="recall.notice",
    param="notice_id",
    response=NoticeOut,
)
def notice(request: Request, notice_id: UUID) -> dict[str, Any]:
    """A notice and what it has reached."""
    found = queries.proof(notice_id)
    if found is None:
        raise NotFound("notice")
    return cards.public(found, request.actor)


@route(
    router.post,
    "/notices/{uuid:notice_id}/end",
    verb=ending.END,
    kind=ending.NOTICE,
    param="notice_id",
    response=EndedOut,
)
def end(request: Request, notice_id: UUID) -> queries.Ended:
    """Ends a recall that has done what it could: nobody has to read its notice any more."""
    return ending.end(request.actor, notice_id)


@route(
    router.get,
    "/notices/{uuid:notice_id}/proof",
    verb="see",
    kind="recall.notice",
    param="notice_id",
    response=ProofOut,
)
def proof(request: Request, notice_id: UUID) -> dict[str, Any]:
    """The notice's signed log, for `wardcast verify-proof`. It names nobody."""
    found = log.public(notice_id)
    if found is None:
        raise NotFound("proof")
    return found


@route(
    router.get,
    "/notices/{uuid:notice_id}/mine",
    verb="see",
    kind="recall.notice",
    param="notice_id",
    response=SecretOut,
)
def mine(request: Request, notice_id: UUID) -> dict[str, str | None]:
    """The asker's own secret, by which they find themselves in the proof."""
    return {"secret": log.mine(notice_id, request.actor.viewers)}


@route(router.post, "/notices/shown", verb="answer_notices", response=NothingOut)
def shown(request: Request, body: NoticesIn) -> dict[str, Any]:
    """The viewer's client has painted these notices."""
    actions.shown(request.actor, body.ids)
    return {}


@route(
    router.post,
    "/notices/{uuid:notice_id}/beside",
    verb="count_beside",
    kind="recall.notice",
    param="notice_id",
    csrf=False,
    response=NothingOut,
)
def beside_sum(request: Request, notice_id: UUID) -> dict[str, Any]:
    """A browser without a device token has shown this notice: one more, beside the sum. Neither a
    cookie nor a body is wanted, and nothing of who asks is kept with it."""
    limits.hit(
        f"beside from {place_of(request)}", limit=_BESIDE, per_seconds=3600, what="counted notices"
    )
    beside.shown(notice_id)
    return {}


@route(router.post, "/notices/acknowledge", verb="answer_notices", response=OwedOut)
def acknowledge(request: Request, body: NoticesIn) -> dict[str, bool]:
    """The viewer has read these notices."""
    return {"owed": actions.acknowledge(request.actor, body.ids)}


@route(router.get, "/questions/next", verb="answer_notices", response=LaterQuestionOut)
def next_question(request: Request) -> dict[str, effect.Asking | None]:
    """One question about a correction that this viewer read hours ago, if they were drawn."""
    return {"question": effect.next_of(request.actor)}


@route(router.post, "/questions/shown", verb="answer_notices", response=NothingOut)
def question_shown(request: Request, body: QuestionShownIn) -> dict[str, Any]:
    """The viewer's client has painted the question: it is not asked again."""
    effect.shown(request.actor, body.notice_id)
    return {}


@route(router.post, "/questions/answer", verb="answer_notices", response=LaterVerdictOut)
def answer_question(request: Request, body: LaterAnswerIn) -> effect.Verdict:
    """Counts an answer and forgets whose it was."""
    return effect.answer(request.actor, body.notice_id, body.choice)
