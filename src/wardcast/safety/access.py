"""Who may do what about a version's safety: this room's rows of the policy."""

from django.db.models import Q

from wardcast.accounts import queries as accounts
from wardcast.platform.policy import HOUSE, Actor, Row, row
from wardcast.safety.models import AttestationDuty

VERSION = "posts.version"


def _own(actor: Actor) -> Q:
    return Q(post__author=actor.user_id) & ~Q(post__state="deleted")


def _asked(actor: Actor) -> Q:
    """Versions that the actor is asked to look at, for as long as they are: no moderator holds the
    post, and there is no block between author and actor."""
    blocked = accounts.blocked_between(actor.user_id) if actor.user_id else set()
    duties = AttestationDuty.objects.filter(asked=actor.user_id, done_at=None)
    asked = Q(pk__in=duties.values("version"), post__state__in=("draft", "public"))
    return asked & ~Q(post__author__in=blocked)


_AUTHOR = "Only its author may see what the check found."
_CLINICIAN = "Only its author may decide this, while they are a verified clinician."
_ASKED = "Only who was asked to look at it may do this, until they have answered."
_LOOKERS = ("clinician", "named_person")

ROWS: tuple[Row, ...] = (
    row("see_report", VERSION, "viewer", reason=_AUTHOR, when=_own),
    row("mark", VERSION, "clinician", reason=_CLINICIAN, when=_own),
    row("redact", VERSION, "clinician", reason=_CLINICIAN, when=_own),
    row("attest", VERSION, "clinician", reason=_CLINICIAN, when=_own),
    row("see", VERSION, *_LOOKERS, reason=_ASKED, when=_asked),
    row("play", VERSION, *_LOOKERS, reason=_ASKED, when=_asked),
    row("see_duty", VERSION, *_LOOKERS, reason=_ASKED, when=_asked),
    row("second_attest", VERSION, *_LOOKERS, reason=_ASKED, when=_asked),
    row("list_duties", HOUSE, "viewer", reason="Only people with an account are asked anything."),
)
