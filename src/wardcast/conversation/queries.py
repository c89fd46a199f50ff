"""What is read of the conversation; a feed asks for a whole page at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wardcast.accounts import queries as accounts
from wardcast.accounts.values import PersonCard
from wardcast.conversation import access
from wardcast.conversation.models import Comment
from wardcast.platform import policy, sql
from wardcast.platform.policy import Actor


@dataclass(frozen=True, slots=True)
class CountsView:
    """How many likes and comments a post has."""

    likes: int = 0
    comments: int = 0


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as one reader sees it. `mine`: they wrote it; `removable`: they may remove it."""

    id: UUID
    author: PersonCard
    text: str
    at: datetime
    mine: bool
    removable: bool


def counts(post_ids: Collection[UUID]) -> dict[UUID, CountsView]:
    """The counts of these posts, in one query; every post that was asked for is there."""
    found = _of_posts("SELECT post_id, likes, comments FROM conversation_counts WHERE", post_ids)
    have = {sql.uuid(post): CountsView(likes, comments) for post, likes, comments in found}
    return {post: have.get(post, CountsView()) for post in post_ids}


def mine(user_id: UUID | None, post_ids: Collection[UUID]) -> set[UUID]:
    """Those of these posts that the person likes, in one query."""
    if user_id is None:
        return set()
    text = "SELECT post_id FROM conversation_like WHERE user_id = %s AND"
    return {sql.uuid(post) for (post,) in _of_posts(text, post_ids, sql.key(user_id))}


def _of_posts(text: str, post_ids: Collection[UUID], *values: object) -> list[tuple[Any, ...]]:
    if not post_ids:
        return []
    keys = [sql.key(each) for each in post_ids]
    return sql.rows(f"{text} post_id IN ({sql.places(keys)})", [*values, *keys])


def comments(actor: Actor, post_id: UUID) -> QuerySet[Comment]:
    """The comments under a post that `actor` may read, for paging."""
    found: QuerySet[Comment] = policy.scope(actor, "see", access.COMMENT).filter(post=post_id)
    return found


def views(actor: Actor, rows: Iterable[Comment]) -> list[CommentView]:
    """Rows as `actor` sees them, with their authors; three queries, however many rows."""
    found = list(rows)
    people = accounts.people({row.user_id for row in found})
    ids = [row.pk for row in found]
    removable = set(
        policy.scope(actor, "remove", access.COMMENT)
        .filter(pk__in=ids)
        .values_list("pk", flat=True)
        if actor.signed_in
        else ()
    )
    return [
        CommentView(
            id=row.pk,
            author=people[row.user_id],
            text=row.text,
            at=row.at,
            mine=row.user_id == actor.user_id,
            removable=row.pk in removable,
        )
        for row in found
    ]
