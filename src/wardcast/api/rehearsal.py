"""JSON over HTTP: what is asked of a person, and how a version is heard before it is public."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from wardcast.accounts import queries as accounts
from wardcast.api.operation import route
from wardcast.api.schemas.names import Lane, Part
from wardcast.api.schemas.people import PersonOut
from wardcast.api.schemas.text import Text
from wardcast.gate.plan import CLIP, POSTER
from wardcast.media import queries as clips
from wardcast.platform.http import NotFound, Request
from wardcast.rehearsal import actions, queries, rules
from wardcast.safety import queries as safety
from wardcast.safety.values import Duty

router = Router(tags=["rehearsal"])

_REHEARSAL = "rehearsal.rehearsal"
_LONG_MS = 24 * 3600 * 1000
_TEXT = 10_000  # the rules say the real limits, and in words


class AttestAskedOut(Schema):
    """A clip that a clinician is asked to look at, since part of it could not be checked."""

    version_id: UUID
    title: str
    author: PersonOut
    asked_at: datetime


class RehearseAskedOut(Schema):
    """A clip that somebody is asked to watch and answer about."""

    rehearsal_id: UUID
    version_id: UUID
    title: str
    author: PersonOut
    part: Part
    invited_at: datetime
    lane: Lane


class ReleasableOut(Schema):
    """A clip that had too few answers in 72 hours; the named person may release it."""

    rehearsal_id: UUID
    version_id: UUID
    title: str
    author: PersonOut
    opened_at: datetime
    lane: Lane


class DutiesOut(Schema):
    """What is asked of a person."""

    attest: list[AttestAskedOut]
    rehearse: list[RehearseAskedOut]
    release: list[ReleasableOut]


class QuestionOut(Schema):
    """One question with yes or no for an answer."""

    id: str
    text: str


class RehearsedVersionOut(Schema):
    """What is watched. `duration_ms` on the clip's own clock."""

    id: UUID
    title: str
    text: str
    duration_ms: int


class OwnAnswerOut(Schema):
    """What the reader answered."""

    answers: dict[str, bool]
    line: str
    moment_ms: int | None


class TaskOut(Schema):
    """A rehearsal as someone who was asked sees it; `asks` is how many were asked."""

    id: UUID
    lane: Lane
    version: RehearsedVersionOut
    author: PersonOut
    preview_url: str
    poster_url: str
    state: str
    part: Part
    asks: int
    answered: bool
    questions: list[QuestionOut]
    own: OwnAnswerOut | None


class AnswerIn(Schema):
    """Six answers by question, one line, a moment; `watched_ms` is how much was watched."""

    answers: Annotated[dict[Text, bool], Field(max_length=20)]
    line: Annotated[Text, Field(max_length=_TEXT)] = ""
    moment_ms: Annotated[int | None, Field(ge=0, le=_LONG_MS)] = None
    watched_ms: Annotated[int, Field(ge=0, le=_LONG_MS)]


class NeedsOut(Schema):
    """How many must answer."""

    colleagues: int
    lay: int


class AskedOut(Schema):
    """Somebody who was asked."""

    person: PersonOut
    part: Part
    answered: bool


class AnswerOut(Schema):
    """What somebody answered, without who or when."""

    objection: bool
    look_again: bool
    line: str
    moment_ms: int | None
    answers: dict[str, bool]


class SuggestionOut(PersonOut):
    """Somebody whom the author could ask."""

    part: Part


class OverviewOut(Schema):
    """A rehearsal as its author sees it; `verdicts` come once it is decided."""

    id: UUID
    state: str
    needs: NeedsOut
    invited: list[AskedOut]
    verdicts: list[AnswerOut]
    because: str
    releasable_at: datetime | None
    suggestions: list[SuggestionOut]


class InviteIn(Schema):
    """Whom to ask."""

    user_ids: Annotated[list[UUID], Field(max_length=100)]


class NoteIn(Schema):
    """What the author found when they looked again."""

    note: Annotated[Text, Field(max_length=_TEXT)]


class ReleaseIn(Schema):
    """Why a clip goes on without enough answers."""

    reason: Annotated[Text, Field(max_length=_TEXT)]


@route(router.get, "/duties", verb="list_duties", response=DutiesOut)
def duties(request: Request) -> dict[str, Any]:
    """What is asked of the reader: attestations, rehearsals, and for the named person releases."""
    actor = request.actor
    return {
        "attest": _to_attest(safety.duties(actor)),
        "rehearse": [
            {**_duty(each), "part": each.part, "invited_at": each.since}
            for each in queries.duties(actor)
        ],
        "release": [{**_duty(each), "opened_at": each.since} for each in queries.releasable(actor)],
    }


@route(
    router.get, "/rehearsals/{uuid:rehearsal_id}", verb="take_part", kind=_REHEARSAL,
    param="rehearsal_id", response=TaskOut,
)  # fmt: skip
def rehearsal(request: Request, rehearsal_id: UUID) -> dict[str, Any]:
    """What somebody who was asked watches and answers."""
    return _task(request, rehearsal_id)


@route(
    router.post, "/rehearsals/{uuid:rehearsal_id}/answer", verb="answer", kind=_REHEARSAL,
    param="rehearsal_id", response=TaskOut,
)  # fmt: skip
def answer_rehearsal(request: Request, rehearsal_id: UUID, body: AnswerIn) -> dict[str, Any]:
    """Takes the reader's answers, once."""
    actions.answer(
        request.actor,
        rehearsal_id,
        body.answers,
        line=body.line,
        moment_ms=body.moment_ms,
        watched_ms=body.watched_ms,
    )
    return _task(request, rehearsal_id)


@route(
    router.get, "/versions/{uuid:version_id}/rehearsal", verb="oversee", kind=_REHEARSAL,
    param="version_id", field="version_id", response=OverviewOut,
)  # fmt: skip
def version_rehearsal(request: Request, version_id: UUID) -> dict[str, Any]:
    """Who was asked about a version and what came of it."""
    return _overview(_of(version_id))


@route(
    router.post, "/versions/{uuid:version_id}/rehearsal/invite", verb="invite", kind=_REHEARSAL,
    param="version_id", field="version_id", response=OverviewOut,
)  # fmt: skip
def invite(request: Request, version_id: UUID, body: InviteIn) -> dict[str, Any]:
    """Asks people to watch and answer."""
    actions.invite(request.actor, _of(version_id), body.user_ids)
    return _overview(_of(version_id))


@route(
    router.post, "/versions/{uuid:version_id}/rehearsal/looked", verb="looked", kind=_REHEARSAL,
    param="version_id", field="version_id", response=OverviewOut,
)  # fmt: skip
def looked(request: Request, version_id: UUID, body: NoteIn) -> dict[str, Any]:
    """The author has looked again."""
    actions.confirm_looked(request.actor, _of(version_id), body.note)
    return _overview(_of(version_id))


@route(
    router.post, "/versions/{uuid:version_id}/rehearsal/release", verb="release", kind=_REHEARSAL,
    param="version_id", field="version_id", response=OverviewOut,
)  # fmt: skip
def release(request: Request, version_id: UUID, body: ReleaseIn) -> dict[str, Any]:
    """The named person lets a version go on without enough answers."""
    actions.release(request.actor, _of(version_id), body.reason)
    return _overview(_of(version_id))


def _of(version_id: UUID) -> UUID:
    found = queries.id_of(version_id)
    if found is None:
        raise NotFound("rehearsal")
    return found


def _task(request: Request, rehearsal_id: UUID) -> dict[str, Any]:
    task = queries.task(request.actor, rehearsal_id)
    version = task.version
    return {
        "id": task.id,
        "lane": version.lane,
        "version": {
            "id": version.id,
            "title": version.title,
            "text": version.text,
            "duration_ms": task.duration_ms,
        },
        "author": task.author,
        "preview_url": clips.guarded_url(version.id, CLIP),
        "poster_url": clips.guarded_url(version.id, POSTER),
        "state": task.state,
        "part": task.part,
        "asks": task.asks,
        "answered": task.own is not None,
        "questions": rules.QUESTIONS,
        "own": task.own,
    }


def _overview(rehearsal_id: UUID) -> dict[str, Any]:
    found = queries.overview(rehearsal_id)
    return {
        "id": found.id,
        "state": found.state,
        "needs": found.needs,
        "invited": found.invited,
        "verdicts": found.heard,
        "because": found.because,
        "releasable_at": found.releasable_at,
        "suggestions": [
            {
                "id": each.person.id,
                "handle": each.person.handle,
                "name": each.person.name,
                "credential": each.person.credential,
                "part": each.part,
            }
            for each in found.suggestions
        ],
    }


def _duty(each: queries.Duty) -> dict[str, Any]:
    return {
        "rehearsal_id": each.rehearsal_id,
        "version_id": each.version.id,
        "title": each.version.title,
        "author": each.author,
        "lane": each.version.lane,
    }


def _to_attest(found: list[Duty]) -> list[dict[str, Any]]:
    authors = accounts.people({each.version.author_id for each in found})
    return [
        {
            "version_id": each.version.id,
            "title": each.version.title,
            "author": authors[each.version.author_id],
            "asked_at": each.asked_at,
        }
        for each in found
        if each.version.author_id in authors
    ]
