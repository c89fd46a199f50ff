"""Who may like and comment, and who may remove what others wrote: this room's rows."""

from uuid import UUID

from django.db.models import Q

from wardcast.accounts import queries as accounts
from wardcast.conversation.models import Like
from wardcast.platform import policy
from wardcast.platform.policy import Actor, Row, row

POST = "posts.post"
COMMENT = "conversation.comment"
_ALL = ("guest", "viewer")


def _blocked(actor: Actor) -> set[UUID]:
    return {*accounts.blocked_between(actor.user_id)} if actor.user_id else set()


def _watchable(actor: Actor) -> Q:
    """Public posts that the actor may watch."""
    return Q(pk__in=policy.scope(actor, "see", POST).values("pk"), state="public")


def _open(actor: Actor) -> Q:
    """Those of them whose authors have contact with the actor; a moderator may watch others too."""
    return _watchable(actor) & ~Q(author_id__in=_blocked(actor))


def _liked(actor: Actor) -> Q:
    return Q(pk__in=Like.objects.filter(user=actor.user_id).values("post")) | _open(actor)


def _readable(actor: Actor) -> Q:
    posts = policy.scope(actor, "read_comments", POST).values("pk")
    return Q(deleted_at=None, post__in=posts) & ~Q(user__in=_blocked(actor))


def _own(actor: Actor) -> Q:
    return Q(deleted_at=None, user=actor.user_id)


def _under_own_post(actor: Actor) -> Q:
    return Q(deleted_at=None, post__author_id=actor.user_id)


def _standing(actor: Actor) -> Q:
    return Q(deleted_at=None)


ROWS: tuple[Row, ...] = (
    row(
        "read_comments",
        POST,
        *_ALL,
        reason="Comments can be read where the clip can be watched.",
        when=_watchable,
    ),
    row(
        "like",
        POST,
        "viewer",
        reason="Only people with an account may like a clip, and only one that they may watch.",
        when=_open,
    ),
    row(
        "unlike",
        POST,
        "viewer",
        reason="Only people with an account may take a like back.",
        when=_liked,
    ),
    row(
        "comment",
        POST,
        "viewer",
        reason="Only people with an account may comment on a clip, and only on one that they may "
        "watch.",
        when=_open,
    ),
    row(
        "see",
        COMMENT,
        *_ALL,
        reason="A comment can be read where the clip can be watched.",
        when=_readable,
    ),
    row("remove", COMMENT, "viewer", reason="Who wrote a comment may remove it.", when=_own),
    row(
        "remove",
        COMMENT,
        "viewer",
        reason="The author of the clip may remove it.",
        when=_under_own_post,
    ),
    row("remove", COMMENT, "moderator", reason="Moderators may remove it.", when=_standing),
)
