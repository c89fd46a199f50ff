"""JSON over HTTP: the studio, publishing, and what moderators do about posts."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Path, Query, Router, Schema
from pydantic import Field

from wardcast.api import studio
from wardcast.api.operation import route
from wardcast.api.paging import page_by
from wardcast.api.schemas.nothing import NothingOut
from wardcast.api.schemas.studio import SpeechOut, StudioPostOut, StudioPostsOut
from wardcast.api.schemas.text import Text
from wardcast.api.signed_in import user_of
from wardcast.platform import limits
from wardcast.platform.http import Conflict, Request
from wardcast.posts import actions, drafts, lineage, queries, retrying
from wardcast.posts.captions import MOST_CHARS
from wardcast.posts.rules import Held

router = Router(tags=["posts"])

_POST = "posts.post"
_VERSION = "posts.version"
_HOUR = 3600
_PAGE = 20
_TEXT = 50_000  # the rules say the real limits, and in words


class DraftIn(Schema):
    """What an author changes; what is left out stays."""

    title: Annotated[Text | None, Field(max_length=_TEXT)] = None
    text: Annotated[Text | None, Field(max_length=_TEXT)] = None
    script: Annotated[Text | None, Field(max_length=_TEXT)] = None
    lane: Annotated[Text | None, Field(max_length=100)] = None
    visibility: Annotated[Text | None, Field(max_length=100)] = None


class CaptionsIn(Schema):
    """Captions, as WebVTT or SRT; whether they are of what is spoken, null to leave that."""

    text: Annotated[Text, Field(max_length=2 * MOST_CHARS)]
    spoken: bool | None = None


class ListenIn(Schema):
    """How to listen: `recognised` by a model, or `aligned` with the typed script."""

    how: Literal["recognised", "aligned"]


class SpokenIn(Schema):
    """Whether captions are of what is spoken; of at most one language they are."""

    spoken: bool


class CoverIn(Schema):
    """The moment whose picture stands for the clip, in ms of the original's clock."""

    at_ms: Annotated[int, Field(ge=0, le=2**31 - 1)]


class SourceIn(Schema):
    """A part of another post's clip, in ms of that clip as it plays, and where in the post's own
    clip as it plays it begins; null where that is not known."""

    start_ms: Annotated[int, Field(ge=0, le=2**31 - 1)]
    end_ms: Annotated[int, Field(ge=0, le=2**31 - 1)]
    at_ms: Annotated[int | None, Field(ge=0, le=2**31 - 1)] = None


class ReasonIn(Schema):
    """Why a moderator does it; the author reads it."""

    reason: Annotated[Text, Field(max_length=_TEXT)] = ""


class PublishedOut(Schema):
    """It is public."""

    state: Literal["public"]
    post_id: UUID


@route(router.get, "/studio/posts", verb="list_own_posts", response=StudioPostsOut)
def studio_posts(request: Request, cursor: str = "") -> dict[str, Any]:
    """The author's own posts, those changed last first."""
    mine = queries.by_author(user_of(request))
    return page_by(
        mine, "updated_at", cursor, _PAGE, lambda rows: studio.listed(queries.posts_of(rows))
    )


@route(
    router.get, "/studio/posts/{uuid:post_id}", verb="see_draft", kind=_POST, param="post_id",
    response=StudioPostOut,
)  # fmt: skip
def studio_post(request: Request, post_id: UUID) -> dict[str, Any]:
    """A post and its way, for its author."""
    return studio.post(post_id)


@route(
    router.patch, "/studio/posts/{uuid:post_id}", verb="edit", kind=_POST, param="post_id",
    response=StudioPostOut,
)  # fmt: skip
def save_draft(request: Request, post_id: UUID, body: DraftIn) -> dict[str, Any]:
    """Saves what was changed in a draft."""
    drafts.autosave(post_id, drafts.Changes(**body.dict()))
    return studio.post(post_id)


@route(
    router.delete, "/studio/posts/{uuid:post_id}", verb="delete", kind=_POST, param="post_id",
    response=NothingOut,
)  # fmt: skip
def delete_post(request: Request, post_id: UUID) -> dict[str, Any]:
    """Deletes a post and everything that was sealed for it."""
    actions.delete(post_id, user_of(request))
    return {}


@route(
    router.get, "/studio/posts/{uuid:post_id}/speech", verb="see_draft", kind=_POST,
    param="post_id", response=SpeechOut,
)  # fmt: skip
def speech(request: Request, post_id: UUID) -> dict[str, Any]:
    """What was heard of a draft's clip, as captions to propose."""
    return studio.speech(post_id)


@route(
    router.post, "/studio/posts/{uuid:post_id}/speech", verb="edit", kind=_POST,
    param="post_id", response=SpeechOut,
)  # fmt: skip
def listen(request: Request, post_id: UUID, body: ListenIn) -> dict[str, Any]:
    """Has a draft's clip listened to: by the house's recogniser, or with what was typed as said."""
    me = user_of(request)
    limits.hit(f"listen:{me}", limit=60, per_seconds=_HOUR, what="had clips listened to")
    drafts.listen(post_id, aligned=body.how == "aligned")
    return studio.speech(post_id)


_CAPTIONS = "/studio/posts/{uuid:post_id}/captions/{language}"
_Language = Annotated[Text, Path(max_length=100)]


@route(
    router.put, _CAPTIONS, verb="edit", kind=_POST, param="post_id", response=StudioPostOut,
)  # fmt: skip
def set_captions(
    request: Request, post_id: UUID, language: _Language, body: CaptionsIn
) -> dict[str, Any]:
    """Gives a draft captions in a language (a BCP 47 tag)."""
    drafts.set_captions(post_id, body.text, language, body.spoken)
    return studio.post(post_id)


@route(
    router.patch, _CAPTIONS, verb="edit", kind=_POST, param="post_id", response=StudioPostOut,
)  # fmt: skip
def mark_captions(
    request: Request, post_id: UUID, language: _Language, body: SpokenIn
) -> dict[str, Any]:
    """Says whether a draft's captions in a language are of what is spoken."""
    drafts.mark_spoken(post_id, language, spoken=body.spoken)
    return studio.post(post_id)


@route(
    router.delete, _CAPTIONS, verb="edit", kind=_POST, param="post_id", response=StudioPostOut,
)  # fmt: skip
def drop_captions(request: Request, post_id: UUID, language: _Language) -> dict[str, Any]:
    """Takes a draft's captions in a language away."""
    drafts.drop_captions(post_id, language)
    return studio.post(post_id)


@route(
    router.get,
    _CAPTIONS + "/file.{ending}",
    verb="see_draft",
    kind=_POST,
    param="post_id",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file",
                "content": {
                    kind: {"schema": {"type": "string"}}
                    for kind in ("text/vtt", "application/x-subrip")
                },
            }
        }
    },
)
def captions_file(
    request: Request, post_id: UUID, language: _Language, ending: Literal["vtt", "srt"]
) -> HttpResponse:
    """A draft's captions in a language as a file to keep: WebVTT or SubRip."""
    name, data, kind = studio.captions_file(post_id, language, ending)
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(data, content_type=kind, headers={**headers, "Cache-Control": "no-store"})


@route(
    router.put, "/studio/posts/{uuid:post_id}/cover", verb="edit", kind=_POST, param="post_id",
    response=StudioPostOut,
)  # fmt: skip
def set_cover(request: Request, post_id: UUID, body: CoverIn) -> dict[str, Any]:
    """Chooses the picture that stands for a draft's clip; it is taken once the clip is made."""
    limits.hit(f"cover:{user_of(request)}", limit=240, per_seconds=_HOUR, what="chosen covers")
    drafts.set_cover(post_id, body.at_ms)
    return studio.post(post_id)


@route(
    router.delete, "/studio/posts/{uuid:post_id}/cover", verb="edit", kind=_POST,
    param="post_id", response=StudioPostOut,
)  # fmt: skip
def drop_cover(request: Request, post_id: UUID) -> dict[str, Any]:
    """Leaves the cover to the house again."""
    drafts.drop_cover(post_id)
    return studio.post(post_id)


_SOURCE = "/studio/posts/{uuid:post_id}/sources/{uuid:source}"


@route(
    router.put, _SOURCE, verb="edit", kind=_POST, param="post_id", response=StudioPostOut,
)  # fmt: skip
def add_source(request: Request, post_id: UUID, source: UUID, body: SourceIn) -> dict[str, Any]:
    """Says that a post was made from a part of another one: corrections of that part reach its
    viewers too."""
    me = user_of(request)
    limits.hit(f"source:{me}", limit=120, per_seconds=_HOUR, what="named sources")
    part = (body.start_ms, body.end_ms)
    lineage.add(request.actor, post_id, source, part, body.at_ms)
    return studio.post(post_id)


@route(
    router.delete, _SOURCE, verb="edit", kind=_POST, param="post_id", response=StudioPostOut,
)  # fmt: skip
def drop_source(request: Request, post_id: UUID, source: UUID) -> dict[str, Any]:
    """Takes that back, as long as the post was not public."""
    lineage.drop(post_id, source)
    return studio.post(post_id)


@route(
    router.post, "/studio/posts/{uuid:post_id}/check", verb="check", kind=_POST, param="post_id",
    response=StudioPostOut,
)  # fmt: skip
def check_post(request: Request, post_id: UUID) -> dict[str, Any]:
    """Cuts a version of the draft, and has it rendered and checked."""
    me = user_of(request)
    limits.hit(f"cut:{me}", limit=120, per_seconds=_HOUR, what="had clips checked")
    actions.cut(post_id)
    return studio.post(post_id)


@route(
    router.post, "/studio/posts/{uuid:post_id}/retry", verb="retry", kind=_POST, param="post_id",
    response=StudioPostOut,
)  # fmt: skip
def retry_post(request: Request, post_id: UUID) -> dict[str, Any]:
    """Has what failed through no fault of the file done anew."""
    limits.hit(
        f"retry:{user_of(request)}", limit=60, per_seconds=_HOUR, what="had work tried again"
    )
    retrying.retry(post_id)
    return studio.post(post_id)


@route(
    router.post, "/versions/{uuid:version_id}/publish", verb="publish", kind=_VERSION,
    param="version_id", response=PublishedOut,
)  # fmt: skip
def publish(request: Request, version_id: UUID) -> dict[str, Any]:
    """Makes a version public, if everything that its lane needs has cleared it."""
    done = actions.publish(version_id, user_of(request))
    if isinstance(done, Held):
        raise Conflict("held", done.because, because=done.because)
    return {"state": "public", "post_id": done.post_id}


@route(
    router.post, "/posts/{uuid:post_id}/hold", verb="hold", kind=_POST, param="post_id",
    response=NothingOut,
)  # fmt: skip
def hold(request: Request, post_id: UUID, body: ReasonIn) -> dict[str, Any]:
    """Holds a post: its files are gone at once, and its author reads why."""
    actions.hold(post_id, user_of(request), body.reason)
    return {}


@route(
    router.post, "/posts/{uuid:post_id}/restore", verb="restore", kind=_POST, param="post_id",
    response=NothingOut,
)  # fmt: skip
def restore(request: Request, post_id: UUID, body: ReasonIn) -> dict[str, Any]:
    """Lets a held post go."""
    actions.restore(post_id, user_of(request), body.reason)
    return {}


@route(router.get, "/console/posts", verb="list_posts", response=StudioPostsOut)
def console_posts(
    request: Request,
    state: Annotated[Literal["public", "held"], Query()] = "held",
    cursor: str = "",
) -> dict[str, Any]:
    """Everyone's posts that are public or held, those changed last first; never a draft."""
    found = queries.in_state(state)
    return page_by(
        found, "updated_at", cursor, _PAGE, lambda rows: studio.moderated(queries.posts_of(rows))
    )
