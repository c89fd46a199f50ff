"""JSON over HTTP: what the check found, what is decided about it, and who attests the rest."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Path, Router, Schema
from pydantic import Field

from wardcast.accounts import queries as accounts
from wardcast.api import studio
from wardcast.api.operation import route
from wardcast.api.schemas.nothing import NothingOut
from wardcast.api.schemas.people import PersonOut
from wardcast.api.schemas.studio import ConsentsToShowOut, ReportOut
from wardcast.api.schemas.text import Text
from wardcast.api.signed_in import user_of
from wardcast.check import labels
from wardcast.check.redaction import Choice
from wardcast.gate.plan import CLIP, POSTER
from wardcast.media import queries as clips
from wardcast.platform import limits
from wardcast.platform.http import NotFound, Request
from wardcast.safety import actions, consents, own, queries, rules, terms

router = Router(tags=["safety"])

_POST = "posts.post"
_VERSION = "posts.version"
_HOUR = 3600
_TEXT = 10_000  # the rules say the real limits, and in words


class MarkIn(Schema):
    """What the author says about a finding."""

    finding_id: Annotated[Text, Field(max_length=100)]
    action: Annotated[Text, Field(max_length=100)]
    note: Annotated[Text, Field(max_length=_TEXT)] = ""
    consent_id: UUID | None = None


class ConsentToShowIn(Schema):
    """A consent to be shown, as the author attests it; no `kinds` are all. The signed form stays
    with them: only its SHA-256 (hex) comes here, and may be empty."""

    who: Annotated[Text, Field(max_length=_TEXT)]
    covers: Literal["post", "clip"]
    kinds: Annotated[list[Annotated[Text, Field(max_length=100)]], Field(max_length=100)]
    given_on: date
    last_day: date | None = None
    form_sha256: Annotated[Text, Field(max_length=100)] = ""


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


class OwnWordOut(Schema):
    """A name, or the words of a monitor, that somebody called their own."""

    id: UUID
    what: Literal["name", "monitor"]
    words: str
    at: datetime


class OwnWordsOut(Schema):
    """All of them."""

    items: list[OwnWordOut]


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
    actions.mark(
        request.actor, version_id, body.finding_id, body.action, body.note, body.consent_id
    )
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
    router.get, "/studio/posts/{uuid:post_id}/consents", verb="see_consents", kind=_POST,
    param="post_id", response=ConsentsToShowOut,
)  # fmt: skip
def consents_to_show(request: Request, post_id: UUID) -> dict[str, Any]:
    """Who consented to be shown in a post, for its author."""
    return {"items": studio.consents(queries.consents_of(post_id))}


@route(
    router.post, "/studio/posts/{uuid:post_id}/consents", verb="give_consent", kind=_POST,
    param="post_id", response=ConsentsToShowOut,
)  # fmt: skip
def give_consent_to_show(request: Request, post_id: UUID, body: ConsentToShowIn) -> dict[str, Any]:
    """Attests that somebody consented to be shown; the newest stands last."""
    me = user_of(request)
    limits.hit(f"consent:{me}", limit=60, per_seconds=_HOUR, what="attested consents")
    given = terms.Given(
        who=body.who,
        covers=body.covers,
        kinds=tuple(body.kinds),
        given_on=body.given_on,
        last_day=body.last_day,
        form_sha256=body.form_sha256,
    )
    consents.give(request.actor, post_id, given)
    return {"items": studio.consents(queries.consents_of(post_id))}


@route(
    router.post, "/consents/{uuid:consent_id}/withdraw", verb="withdraw_consent",
    kind="safety.consent", param="consent_id", response=NothingOut,
)  # fmt: skip
def withdraw_consent_to_show(request: Request, consent_id: UUID) -> dict[str, Any]:
    """Takes a consent back: a public post that rests on it is held, and a recall is drafted."""
    consents.withdraw(request.actor, consent_id)
    return {}


@route(
    router.post, "/versions/{uuid:version_id}/read-again", verb="mark", kind=_VERSION,
    param="version_id", response=NothingOut,
)  # fmt: skip
def read_again(request: Request, version_id: UUID) -> dict[str, Any]:
    """Has a version examined anew whose words were destroyed before it was answered."""
    me = user_of(request)
    limits.hit(f"cut:{me}", limit=120, per_seconds=_HOUR, what="had clips checked")
    actions.read_again(request.actor, version_id)
    return {}


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


@route(router.get, "/me/own-words", verb="see_own_words", response=OwnWordsOut)
def own_words(request: Request) -> dict[str, Any]:
    """What the asker has said is their own name or monitor, newest first: it makes no finding in
    their clips."""
    return {"items": own.of(user_of(request))}


@route(
    router.delete, "/me/own-words/{uuid:words_id}", verb="forget_own_words",
    kind="safety.ownwords", param="words_id", response=NothingOut,
)  # fmt: skip
def forget_own_words(request: Request, words_id: UUID) -> dict[str, Any]:
    """Forgets one of them."""
    own.forget(request.actor, words_id)
    return {}


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
        "channels": [labels.label_of_channel(each) for each in found.channels],
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
