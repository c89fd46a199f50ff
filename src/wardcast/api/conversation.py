"""JSON over HTTP: likes and comments."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from wardcast.api.operation import route
from wardcast.api.paging import page
from wardcast.api.schemas.people import PersonOut
from wardcast.api.schemas.text import Text
from wardcast.conversation import actions, queries
from wardcast.platform.http import Request

router = Router(tags=["conversation"])

_POST = "posts.post"
_PAGE = 20


class LikesOut(Schema):
    """How many like the post now."""

    likes: int


class CommentIn(Schema):
    """What a person writes. The house's limit of characters is said when it is passed."""

    text: Text


class CommentOut(Schema):
    """A comment; `mine`: the reader wrote it, `removable`: the reader may remove it."""

    id: UUID
    author: PersonOut
    text: str
    at: datetime
    mine: bool
    removable: bool


class CommentsOut(Schema):
    """Comments, newest first; `next` is the cursor of the following page or null."""

    items: list[CommentOut]
    next: str | None


class DoneOut(Schema):
    """Nothing to say but that it is done."""


@route(
    router.post, "/posts/{uuid:post_id}/like", verb="like", kind=_POST, param="post_id",
    response=LikesOut,
)  # fmt: skip
def like(request: Request, post_id: UUID) -> dict[str, Any]:
    """Likes a post; twice is once."""
    return {"likes": actions.like(request.actor, post_id)}


@route(
    router.delete, "/posts/{uuid:post_id}/like", verb="unlike", kind=_POST, param="post_id",
    response=LikesOut,
)  # fmt: skip
def unlike(request: Request, post_id: UUID) -> dict[str, Any]:
    """Takes a like back."""
    return {"likes": actions.unlike(request.actor, post_id)}


@route(
    router.get, "/posts/{uuid:post_id}/comments", verb="read_comments", kind=_POST,
    param="post_id", response=CommentsOut,
)  # fmt: skip
def comments(request: Request, post_id: UUID, cursor: str = "") -> dict[str, Any]:
    """The comments under a post, newest first."""
    actor = request.actor
    found = queries.comments(actor, post_id)
    return page(found, cursor, _PAGE, lambda rows: queries.views(actor, rows))


@route(
    router.post, "/posts/{uuid:post_id}/comments", verb="comment", kind=_POST, param="post_id",
    response={201: CommentOut, 200: CommentOut},
)  # fmt: skip
def comment(request: Request, post_id: UUID, body: CommentIn) -> Any:
    """Writes a comment: 201, or 200 with the first one when it was sent twice."""
    row, new = actions.comment(request.actor, post_id, body.text)
    return Status(201 if new else 200, queries.views(request.actor, [row])[0])


@route(
    router.delete, "/comments/{uuid:comment_id}", verb="remove", kind="conversation.comment",
    param="comment_id", response=DoneOut,
)  # fmt: skip
def remove_comment(request: Request, comment_id: UUID) -> dict[str, Any]:
    """Removes a comment: one's own, one under one's own post, or any as a moderator."""
    actions.remove(request.actor, comment_id)
    return {}
