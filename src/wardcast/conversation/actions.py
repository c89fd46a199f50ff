"""What people do under a post: like it, comment on it, remove a comment."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from wardcast.accounts import queries as accounts
from wardcast.conversation import access, rules
from wardcast.conversation.events import Liked
from wardcast.conversation.models import Comment, Counts, Like
from wardcast.notify import actions as notify
from wardcast.platform import audit, clock, config, events, limits, policy
from wardcast.platform.http import Denied, Invalid, NotFound
from wardcast.platform.policy import Actor
from wardcast.posts import queries as posts

_LIKES_A_MINUTE = 60


def like(actor: Actor, post_id: UUID) -> int:
    """Likes a post and answers how many do; liking twice changes nothing."""
    policy.require(actor, "like", access.POST, post_id)
    user_id = _person(actor)
    limits.hit(f"like:{user_id}", limit=_LIKES_A_MINUTE, per_seconds=60, what="liked clips")
    with transaction.atomic():
        _, new = Like.objects.get_or_create(
            user_id=user_id, post_id=post_id, defaults={"at": clock.now()}
        )
        likes = _count(post_id, likes=1) if new else _likes(post_id)
        if new:
            events.tell(Liked(post_id=post_id, likes=likes))
            _tell_author(actor, post_id, "like", by=str(user_id))
    return likes


def unlike(actor: Actor, post_id: UUID) -> int:
    """Takes a like back and answers how many are left; there may have been none."""
    policy.require(actor, "unlike", access.POST, post_id)
    with transaction.atomic():
        gone, _ = Like.objects.filter(user=_person(actor), post=post_id).delete()
        if not gone:
            return _likes(post_id)
        likes = _count(post_id, likes=-1)
        events.tell(Liked(post_id=post_id, likes=likes))
    return likes


def comment(actor: Actor, post_id: UUID, text: str) -> tuple[Comment, bool]:
    """Writes a comment; answers with it and whether it is new.

    The same words by the same person within ten seconds are the comment that is there already.
    """
    policy.require(actor, "comment", access.POST, post_id)
    user_id = _person(actor)
    words = rules.clean(text)
    if unfit := rules.fits(words, config.current().comment_chars):
        raise Invalid(unfit.code, unfit.because, limit=unfit.limit, length=unfit.length)
    now = clock.now()
    with transaction.atomic():
        _lock(post_id)
        last = Comment.objects.filter(post=post_id, user=user_id, deleted_at=None).last()
        if last and rules.is_double(words, now, last.text, last.at):
            return last, False
        limits.hit(
            f"comment:{user_id}",
            limit=rules.PER_WINDOW,
            per_seconds=rules.WINDOW_SECONDS,
            what="commented",
        )
        row = Comment.objects.create(post_id=post_id, user_id=user_id, text=words, at=now)
        _count(post_id, comments=1)
        _tell_author(actor, post_id, "comment", event_id=row.pk)
    return row, True


def remove(actor: Actor, comment_id: UUID) -> None:
    """Takes a comment away from everyone's eyes; who did it is kept."""
    policy.require(actor, "remove", access.COMMENT, comment_id)
    with transaction.atomic():
        row = Comment.objects.select_for_update().filter(pk=comment_id).first()
        if row is None:
            raise NotFound("comment")
        if row.deleted_at is not None:
            return
        row.deleted_at, row.deleted_by = clock.now(), actor.user_id
        row.save(update_fields=["deleted_at", "deleted_by"])
        _count(row.post_id, comments=-1)
        audit.record(
            "remove", access.COMMENT, comment_id, by=actor.user_id, own=row.user_id == actor.user_id
        )


def _count(post_id: UUID, *, likes: int = 0, comments: int = 0) -> int:
    """Adds in the database, so that two at once both count; answers how many likes there are."""
    Counts.objects.get_or_create(post_id=post_id)
    Counts.objects.filter(pk=post_id).update(
        likes=F("likes") + likes, comments=F("comments") + comments
    )
    return _likes(post_id)


def _likes(post_id: UUID) -> int:
    return Counts.objects.filter(pk=post_id).values_list("likes", flat=True).first() or 0


def _lock(post_id: UUID) -> None:
    """Lets one comment under a post be written at a time: two presses come one after the other."""
    Counts.objects.get_or_create(post_id=post_id)
    Counts.objects.select_for_update().get(pk=post_id)


def _tell_author(
    actor: Actor, post_id: UUID, kind: str, *, event_id: UUID | None = None, **values: str
) -> None:
    shown = posts.current(post_id)
    if shown is None or shown.author_id == actor.user_id:
        return
    who = accounts.people([_person(actor)])[_person(actor)]
    notify.tell(
        [shown.author_id],
        kind,
        subject=post_id,
        values={"title": shown.title, "who": who.name, **values},
        event_id=event_id,
    )


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise Denied("Only people with an account may do this.", signed_in=False)
    return actor.user_id
