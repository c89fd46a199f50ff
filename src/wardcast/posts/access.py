"""Who may do what with posts and versions: this room's rows of the policy, and the one door.

Access and amplification are two things: these rows are about access alone.
"""

from uuid import UUID

from django.db.models import Q

from wardcast.accounts import queries as accounts
from wardcast.platform.policy import HOUSE, Actor, Row, row

POST = "posts.post"
VERSION = "posts.version"
_ALL = ("guest", "viewer")
_OPEN_TO_ALL = ("public", "unlisted")


def _open_posts(actor: Actor) -> Q:
    """Public, to everyone or to those who have its address."""
    return Q(state="public", visibility__in=_OPEN_TO_ALL)


def _followed_posts(actor: Actor) -> Q:
    """Public to the followers of its author, of whom the actor is one."""
    return Q(state="public", visibility="followers", author__in=accounts.follows(_id(actor)))


def _own(actor: Actor) -> Q:
    return Q(author=actor.user_id) & ~Q(state="deleted")


def _own_unheld(actor: Actor) -> Q:
    return Q(author=actor.user_id) & ~Q(state__in=("deleted", "held"))


def _barred(actor: Actor) -> set[UUID]:
    """Authors with whom the actor has a block, either way. A block does not keep those out who look
    after the house: or one could escape moderation by it."""
    if actor.roles & {"moderator", "named_person"}:
        return set()
    return accounts.blocked_between(_id(actor))


def _by_blocked(actor: Actor) -> Q:
    return Q(author__in=_barred(actor))


def _public_or_held(actor: Actor) -> Q:
    return Q(state__in=("public", "held"))


def _public(actor: Actor) -> Q:
    return Q(state="public")


def _held(actor: Actor) -> Q:
    return Q(state="held")


def _open_versions(actor: Actor) -> Q:
    return Q(state="public", post__state="public", post__visibility__in=_OPEN_TO_ALL)


def _followed_versions(actor: Actor) -> Q:
    return Q(
        state="public",
        post__state="public",
        post__visibility="followers",
        post__author__in=accounts.follows(_id(actor)),
    )


def _own_versions(actor: Actor) -> Q:
    return Q(post__author=actor.user_id) & ~Q(post__state="deleted")


def _own_working_versions(actor: Actor) -> Q:
    return _own_versions(actor) & Q(post__working__isnull=False)


def _shown_versions(actor: Actor) -> Q:
    """What a moderator must be able to watch: public, or held after it was."""
    return Q(state="public", post__state__in=("public", "held"))


def _rehearsing_versions(actor: Actor) -> Q:
    """What the named person must be able to watch: it may fall to them to release it."""
    return Q(state="rehearsing", post__state__in=("draft", "public"))


def _versions_by_blocked(actor: Actor) -> Q:
    return Q(post__author__in=_barred(actor))


def _id(actor: Actor) -> UUID:
    assert actor.user_id is not None  # the rows that use it are for people with an account
    return actor.user_id


_BLOCKED = "There is a block between you and the author."
_AUTHOR = "Only its author may do this."
_CLINICIAN = "Only verified clinicians may do this, with clips of their own."

ROWS: tuple[Row, ...] = (
    row("create_post", HOUSE, "clinician", reason="Only verified clinicians may upload clips."),
    row("list_own_posts", HOUSE, "viewer", reason="Only people with an account have a studio."),
    row("list_posts", HOUSE, "moderator", "admin", reason="Only moderators may list all posts."),
    row("see", POST, *_ALL, reason="Everyone may see what is public.", when=_open_posts),
    row("see", POST, "viewer", reason="Its author's followers may see it.", when=_followed_posts),
    row("see", POST, "viewer", reason="Its author may see it.", when=_own),
    row("see", POST, "moderator", reason="Moderators may see it.", when=_public_or_held),
    row("see", POST, "viewer", reason=_BLOCKED, when=_by_blocked, effect="forbid"),
    row("see_draft", POST, "viewer", reason=_AUTHOR, when=_own),
    row("edit", POST, "clinician", reason=_CLINICIAN, when=_own),
    row("check", POST, "clinician", reason=_CLINICIAN, when=_own_unheld),
    row("retry", POST, "clinician", reason=_CLINICIAN, when=_own_unheld),
    row("share", POST, "viewer", reason=_AUTHOR, when=_own_unheld),
    row("delete", POST, "viewer", reason=_AUTHOR, when=_own),
    row("hold", POST, "moderator", reason="Only moderators may hold a post.", when=_public),
    row("restore", POST, "moderator", reason="Only moderators may restore a post.", when=_held),
    row("see", VERSION, *_ALL, reason="Everyone may see what is public.", when=_open_versions),
    row(
        "see", VERSION, "viewer", reason="Its author's followers may see it.",
        when=_followed_versions,
    ),
    row("see", VERSION, "viewer", reason="Its author may see it.", when=_own_versions),
    row("see", VERSION, "moderator", reason="Moderators may see it.", when=_shown_versions),
    row(
        "see", VERSION, "named_person", reason="The host's named person may see it.",
        when=_rehearsing_versions,
    ),
    row("see", VERSION, "viewer", reason=_BLOCKED, when=_versions_by_blocked, effect="forbid"),
    row("play", VERSION, *_ALL, reason="Everyone may watch what is public.", when=_open_versions),
    row(
        "play", VERSION, "viewer", reason="Its author's followers may watch it.",
        when=_followed_versions,
    ),
    row("play", VERSION, "viewer", reason="Its author may watch it.", when=_own_versions),
    row("play", VERSION, "moderator", reason="Moderators may watch it.", when=_shown_versions),
    row(
        "play", VERSION, "named_person",
        reason="The host's named person may watch what is being rehearsed.",
        when=_rehearsing_versions,
    ),
    row("play", VERSION, "viewer", reason=_BLOCKED, when=_versions_by_blocked, effect="forbid"),
    row("publish", VERSION, "clinician", reason=_CLINICIAN, when=_own_working_versions),
)  # fmt: skip
