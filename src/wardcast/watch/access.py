"""Who may watch what: this room's rows of the policy.

The feed's own filter repeats these rows in its columns, and a property test holds the two equal.
Playing what is not public is a verb of versions; the rooms that grant it say so themselves.
"""

from uuid import UUID

from django.db.models import Q

from wardcast.accounts import queries as accounts
from wardcast.platform.policy import HOUSE, Actor, Row, row

POST = "posts.post"
_ALL = ("guest", "viewer")


def _public(actor: Actor) -> Q:
    return Q(state="public", visibility__in=("public", "unlisted"), current__isnull=False)


def _followed(actor: Actor) -> Q:
    return Q(
        state="public",
        visibility="followers",
        current__isnull=False,
        author__in=accounts.follows(_id(actor)),
    )


def _own(actor: Actor) -> Q:
    return Q(state="public", current__isnull=False, author=actor.user_id)


def _by_blocked(actor: Actor) -> Q:
    return Q(author__in=accounts.blocked_between(_id(actor)))


def _id(actor: Actor) -> UUID:
    assert actor.user_id is not None  # the rows that use it are for people with an account
    return actor.user_id


ROWS: tuple[Row, ...] = (
    row("watch_feed", HOUSE, *_ALL, reason="Everyone may watch; no account is needed."),
    row("tell_watched", HOUSE, *_ALL, reason="Everyone may tell what they watched."),
    row("see_history", HOUSE, *_ALL, reason="Everyone may see what they watched."),
    row("erase_history", HOUSE, *_ALL, reason="Everyone may erase what they watched."),
    row("watch", POST, *_ALL, reason="Everyone may watch what is public.", when=_public),
    row("watch", POST, "viewer", reason="Its author's followers may watch it.", when=_followed),
    row("watch", POST, "viewer", reason="Its author may watch it.", when=_own),
    row(
        "watch",
        POST,
        "viewer",
        reason="There is a block between you and the author.",
        when=_by_blocked,
        effect="forbid",
    ),
)
