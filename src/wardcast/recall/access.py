"""Who may open notices and who may read them: this room's rows of the policy."""

from django.db.models import Q

from wardcast.platform.policy import HOUSE, Actor, Row, row

POST = "posts.post"
VERSION = "posts.version"
NOTICE = "recall.notice"
_ALL = ("guest", "viewer")


def _was_public(actor: Actor) -> Q:
    return Q(public_at__isnull=False)


def _own_and_was_public(actor: Actor) -> Q:
    return Q(public_at__isnull=False, post__author_id=actor.user_id)


def _own_posts(actor: Actor) -> Q:
    return Q(author=actor.user_id) & ~Q(state="deleted")


def _public_or_held(actor: Actor) -> Q:
    return Q(state__in=("public", "held"))


ROWS: tuple[Row, ...] = (
    row(
        "see_notice_drafts",
        POST,
        "viewer",
        reason="Its author may read what is drafted about it.",
        when=_own_posts,
    ),
    row(
        "see_notice_drafts",
        POST,
        "moderator",
        reason="Moderators may read what is drafted about it.",
        when=_public_or_held,
    ),
    row(
        "correct",
        VERSION,
        "viewer",
        reason="Only the author of a video may correct it, once it has been public.",
        when=_own_and_was_public,
    ),
    row(
        "correct",
        VERSION,
        "moderator",
        reason="Only moderators may correct others' videos, once they have been public.",
        when=_was_public,
    ),
    row(
        "see_reach",
        VERSION,
        "moderator",
        "admin",
        reason="Only moderators and admins may see who watched a video, and each look is noted.",
        when=_was_public,
    ),
    row("see", NOTICE, *_ALL, reason="Everyone may read a notice and what it has reached."),
    row(
        "end_recall",
        NOTICE,
        "moderator",
        "admin",
        reason="Only moderators and admins may end a recall, once it has done what it could.",
    ),
    row("list_notices", HOUSE, *_ALL, reason="Everyone may read the list of corrections."),
    row(
        "follow_corrections",
        HOUSE,
        *_ALL,
        reason="Everyone may have the corrections of this house sent to their own address.",
    ),
    row(
        "count_beside",
        NOTICE,
        *_ALL,
        reason="Whoever was shown a notice without a device token may have it counted.",
    ),
    row("answer_notices", HOUSE, *_ALL, reason="Everyone answers for what they were shown."),
)
