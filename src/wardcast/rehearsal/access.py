"""Who may watch a version before it is public, answer, invite and release: this room's rows."""

from django.db.models import Q

from wardcast.accounts import queries as accounts
from wardcast.platform import clock
from wardcast.platform.policy import Actor, Row, row
from wardcast.rehearsal import rules
from wardcast.rehearsal.models import Invitation, Rehearsal

REHEARSAL = "rehearsal.rehearsal"
VERSION = "posts.version"
RUNNING = (Rehearsal.State.OPEN, Rehearsal.State.LOOK_AGAIN)
"""The states in which people can be asked and can answer."""

_OPEN = ("draft", "public")
"""A post that a moderator holds, or that was deleted, is shown to nobody who was asked."""


def _author(actor: Actor) -> Q:
    return Q(author=actor.user_id)


def _running_author(actor: Actor) -> Q:
    return _author(actor) & Q(state__in=RUNNING)


def _looking_author(actor: Actor) -> Q:
    return _author(actor) & Q(state=Rehearsal.State.LOOK_AGAIN)


def _invited(actor: Actor) -> Q:
    """Invited, no moderator holds the post, and there is no block between author and actor."""
    blocked = accounts.blocked_between(actor.user_id) if actor.user_id else set()
    asked = Invitation.objects.filter(user=actor.user_id).values("rehearsal")
    return Q(pk__in=asked, version__post__state__in=_OPEN) & ~Q(author__in=blocked)


def _on(condition: Q) -> Q:
    """Narrowed to what goes on now: undecided, the version's check still stands, and no moderator
    holds its post."""
    return condition & Q(
        state__in=RUNNING,
        version__state="rehearsing",
        version__post__state__in=_OPEN,
    )


def _may_answer(actor: Actor) -> Q:
    return _on(_invited(actor))


def _releasable(actor: Actor) -> Q:
    """Open for 72 hours or more, and not the actor's own."""
    due = clock.now() - rules.RELEASABLE_AFTER
    return _on(Q(state=Rehearsal.State.OPEN, opened_at__lte=due) & ~_author(actor))


def _versions(condition: Q) -> Q:
    return Q(pk__in=Rehearsal.objects.filter(_on(condition)).values("version"))


def _rehearsed_by(actor: Actor) -> Q:
    return _versions(_invited(actor))


ROWS: tuple[Row, ...] = (
    row(
        "see",
        VERSION,
        "viewer",
        reason="Before a clip is public, only people whom its author asked may see it.",
        when=_rehearsed_by,
    ),
    row(
        "play",
        VERSION,
        "viewer",
        reason="Before a clip is public, only people whom its author asked may watch it.",
        when=_rehearsed_by,
    ),
    row(
        "see",
        REHEARSAL,
        "viewer",
        reason="Only people whom the author asked take part in a rehearsal.",
        when=_invited,
    ),
    row("see", REHEARSAL, "viewer", reason="Authors see who hears their clips.", when=_author),
    row(
        "see",
        REHEARSAL,
        "named_person",
        "moderator",
        reason="The host's named person and moderators see every rehearsal.",
    ),
    row(
        "take_part",
        REHEARSAL,
        "viewer",
        reason="Only people whom the author asked take part in a rehearsal.",
        when=_invited,
    ),
    row(
        "answer",
        REHEARSAL,
        "viewer",
        reason="Only people whom the author asked may answer, and only until it is decided.",
        when=_may_answer,
    ),
    row(
        "oversee",
        REHEARSAL,
        "viewer",
        reason="Only the author sees who was asked and what came of it.",
        when=_author,
    ),
    row(
        "oversee",
        REHEARSAL,
        "named_person",
        "moderator",
        reason="The host's named person and moderators see every rehearsal.",
    ),
    row(
        "invite",
        REHEARSAL,
        "viewer",
        reason="Only the author chooses whom to ask, and only until it is decided.",
        when=_running_author,
    ),
    row(
        "looked",
        REHEARSAL,
        "viewer",
        reason="Only the author says that they have looked again, once somebody has asked for it.",
        when=_looking_author,
    ),
    row(
        "release",
        REHEARSAL,
        "named_person",
        reason="Only the host's named person may release a clip, never their own, and only after "
        "72 hours without enough answers.",
        when=_releasable,
    ),
)
