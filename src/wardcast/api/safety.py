"""JSON over HTTP: what the check found, what is decided about it, and who attests the rest."""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Path, Router, Schema
from pydantic import Field

from wardcast.accounts import queries as accounts
from wardcast.api import studio
from wardcast.api.operation import route
from wardcast.api.schemas.nothing import NothingOut
from wardcast.api.schemas.people import PersonOut
from wardcast.api.schemas.studio import ReportOut
from wardcast.api.schemas.text import Text
from wardcast.api.signed_in import user_of
from wardcast.check.redaction import Choice
from wardcast.gate.plan import CLIP, POSTER
from wardcast.media import queries as clips
from wardcast.platform.http import NotFound, Request
from wardcast.safety import actions, queries, rules

router = Router(tags=["safety"])

_VERSION = "posts.version"
_TEXT = 10_000  # the rules say the real limits, and in words


class MarkIn(Schema):
    """What the author says about a finding."""

    finding_id: Annotated[Text, Field(max_length=100)]
    action: Annotated[Text, Field(max_length=100)]
    note: Annotated[Text, Field(max_length=_TEXT)] = ""


class ChoiceIn(Schema):
    """What becomes of one finding: its sound, its words, its time, or a box over it that stands
    still. `words` take the place of the proposed ones."""

    finding_id: Annotated[Text, Field(max_length=100)]
    how: Literal["bleep", "mute", "replace", "cut", "region"]
    words: Annotated[Text, Field(max_length=500)] | None = None


class RedactIn(Schema):
    """Which findings are redacted, and how: each by its choice, the others by `how` their sound is
    covered and by a box that follows what is seen."""

    finding_ids: Annotated[list[Annotated[Text, Field(max_length=100)]], Field(max_length=500)]
    how: Literal["bleep", "mute"]
    choices: Annotated[tuple[ChoiceIn, ...], Field(max_length=500)] = ()


class NewVersionOut(Schema):
    """The version that takes the old one's place."""

    version_id: UUID


class AttestIn(Schema):
    """The author states that they looked; `ask` is a second clinician, or null for the host's named
    person."""

    statement: Literal[True]
    ask: UUID | None = None


class SecondIn(Schema):
    """Whether the second clinician agrees, and if not, what should change."""

    agrees: bool
    note: Annotated[Text, Field(max_length=_TEXT)] = ""


class ToLookAtOut(Schema):
    """The version that somebody is asked to look at."""

    id: UUID
    title: str
    text: str
    duration_ms: int


class AttestDutyOut(Schema):
    """What somebody is asked to look at, with a view to what, and what they state if they agree."""

    version: ToLookAtOut
    author: PersonOut
    channels: list[str]
    statement: str
    preview_url: str
    poster_url: str


@route(
    router.get, "/versions/{uuid:version_id}/report", verb="see_report", kind=_VERSION,
    param="version_id", response=ReportOut,
)  # fmt: skip
def report(request: Request, version_id: UUID) -> dict[str, Any]:
    """What the check found in a version, for its author."""
    return studio.report(version_id)


@route(
    router.post, "/versions/{uuid:version_id}/marks", verb="mark", kind=_VERSION,
    param="version_id", response=ReportOut,
)  # fmt: skip
def mark(request: Request, version_id: UUID, body: MarkIn) -> dict[str, Any]:
    """Says what the author decided about a finding."""
    actions.mark(request.actor, version_id, body.finding_id, body.action, body.note)
    return studio.report(version_id)


@route(
    router.delete, "/versions/{uuid:version_id}/marks/{finding_id}", verb="mark", kind=_VERSION,
    param="version_id", response=ReportOut,
)  # fmt: skip
def unmark(
    request: Request, version_id: UUID, finding_id: Annotated[Text, Path(max_length=100)]
) -> dict[str, Any]:
    """Takes back what the author decided about a finding."""
    actions.unmark(request.actor, version_id, finding_id)
    return studio.report(version_id)


@route(
    router.post, "/versions/{uuid:version_id}/redact", verb="redact", kind=_VERSION,
    param="version_id", response=NewVersionOut,
)  # fmt: skip
def redact(request: Request, version_id: UUID, body: RedactIn) -> dict[str, UUID]:
    """Covers findings in a new version, which is rendered and checked again."""
    choices = {each.finding_id: Choice(each.how, each.words) for each in body.choices}
    made = actions.redact(request.actor, version_id, body.finding_ids, body.how, choices)
    return {"version_id": made}


@route(
    router.post, "/versions/{uuid:version_id}/attest", verb="attest", kind=_VERSION,
    param="version_id", response=ReportOut,
)  # fmt: skip
def attest(request: Request, version_id: UUID, body: AttestIn) -> dict[str, Any]:
    """The author states that they looked at what nothing else did, and asks a second clinician."""
    actions.attest(request.actor, version_id, body.ask)
    return studio.report(version_id)


@route(
    router.get, "/versions/{uuid:version_id}/duty", verb="see_duty", kind=_VERSION,
    param="version_id", response=AttestDutyOut,
)  # fmt: skip
def duty(request: Request, version_id: UUID) -> dict[str, Any]:
    """What somebody who was asked looks at."""
    found = queries.duty(user_of(request), version_id)
    if found is None:
        raise NotFound("version")
    version = found.version
    author = accounts.people([version.author_id])
    render = clips.render(version.render_id) if version.render_id else None
    return {
        "version": {
            "id": version.id,
            "title": version.title,
            "text": version.text,
            "duration_ms": render.duration_ms if render else 0,
        },
        "author": author[version.author_id],
        "channels": [rules.label_of_channel(each) for each in found.channels],
        "statement": rules.statement(found.channels),
        "preview_url": studio.preview(version.id, CLIP),
        "poster_url": studio.preview(version.id, POSTER),
    }


@route(
    router.post, "/versions/{uuid:version_id}/second-attest", verb="second_attest", kind=_VERSION,
    param="version_id", response=NothingOut,
)  # fmt: skip
def second_attest(request: Request, version_id: UUID, body: SecondIn) -> dict[str, Any]:
    """Somebody who was asked says whether they agree."""
    actions.second_attest(request.actor, version_id, agrees=body.agrees, note=body.note)
    return {}
