"""Who may do what to whom: this room's rows of the policy."""

from django.db.models import Q

from wardcast.accounts.models import Block
from wardcast.platform.policy import HOUSE, Actor, Row, row

USER = "accounts.user"
CONSENT = "accounts.standingconsent"
_SIGNED_IN = ("viewer",)
_ALL = ("guest", "viewer")


def _active(actor: Actor) -> Q:
    return Q(is_active=True)


def _others(actor: Actor) -> Q:
    return Q(is_active=True) & ~Q(pk=actor.user_id)


def _who_blocked(actor: Actor) -> Q:
    """Those who want no contact with the actor."""
    return Q(pk__in=Block.objects.filter(blocked=actor.user_id).values("blocker"))


def _hidden(actor: Actor) -> Q:
    """Those who hide from the actor by a block; it hides nobody from those who run the house, or
    one could escape moderation by it."""
    if actor.roles & {"moderator", "named_person", "admin"}:
        return Q(pk__in=[])
    return _who_blocked(actor)


def _whom_blocked(actor: Actor) -> Q:
    """Those with whom the actor wants no contact."""
    return Q(pk__in=Block.objects.filter(blocker=actor.user_id).values("blocked"))


def _in_force(actor: Actor) -> Q:
    return Q(revoked_at=None)


ROWS: tuple[Row, ...] = (
    row("see_me", HOUSE, *_ALL, reason="Everyone may see what the house knows of them."),
    row("update_me", HOUSE, *_SIGNED_IN, reason="Only people with an account have a profile."),
    row("find_people", HOUSE, *_SIGNED_IN, reason="Only people with an account may search people."),
    row("see", USER, *_ALL, reason="Everyone may see a person's page.", when=_active),
    row(
        "see",
        USER,
        *_SIGNED_IN,
        reason="This person's page is not open to you.",
        when=_hidden,
        effect="forbid",
    ),
    row(
        "follow",
        USER,
        *_SIGNED_IN,
        reason="Only people with an account may follow, and only others.",
        when=_others,
    ),
    row(
        "follow",
        USER,
        *_SIGNED_IN,
        reason="This person does not take new followers.",
        when=_who_blocked,
        effect="forbid",
    ),
    row(
        "follow",
        USER,
        *_SIGNED_IN,
        reason="You have blocked this person. Unblock them first, then follow.",
        when=_whom_blocked,
        effect="forbid",
    ),
    row(
        "unfollow",
        USER,
        *_SIGNED_IN,
        reason="Only people with an account follow others.",
        when=_others,
    ),
    row(
        "block",
        USER,
        *_SIGNED_IN,
        reason="Only people with an account may block, and only others.",
        when=_others,
    ),
    row(
        "unblock",
        USER,
        *_SIGNED_IN,
        reason="Only people with an account block others.",
        when=_others,
    ),
    row("see_push", HOUSE, *_ALL, reason="Everyone may be told that a correction waits."),
    row("choose_push", HOUSE, *_ALL, reason="Everyone chooses what their own browser is told."),
    row(
        "choose_device",
        HOUSE,
        "guest",
        reason="Only of a device without an account is it asked whether it may be remembered.",
    ),
    row("list_people", HOUSE, "admin", reason="Only admins may list everyone's accounts."),
    row("verify", USER, "admin", reason="Only admins may verify clinicians.", when=_active),
    row("revoke", USER, "admin", reason="Only admins may revoke a credential.", when=_active),
    row("set_roles", USER, "admin", reason="Only admins may change roles.", when=_active),
    row(
        "see_host",
        HOUSE,
        "admin",
        "named_person",
        "moderator",
        reason="Only those who run the house may see its settings.",
    ),
    row("change_host", HOUSE, "admin", reason="Only admins may change the house's settings."),
    row(
        "give_consent",
        HOUSE,
        "admin",
        "named_person",
        reason="Only admins and the host's named person may give a standing consent.",
    ),
    row(
        "revoke",
        CONSENT,
        "admin",
        "named_person",
        reason="Only admins and the host's named person may take a standing consent back.",
        when=_in_force,
    ),
)
