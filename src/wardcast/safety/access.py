"""Who may do what about a version's safety: this room's rows of the policy."""

from uuid import UUID

from django.db.models import Q

from wardcast.accounts import queries as accounts
from wardcast.platform.policy import HOUSE, Actor, Row, row
from wardcast.safety.models import AttestationDuty

VERSION = "posts.version"
POST = "posts.post"
CONSENT = "safety.consent"
OWN_WORDS = "safety.ownwords"


def _id(actor: Actor) -> UUID:
    assert actor.user_id is not None  # the rows that use it are for people with an account
    return actor.user_id


def _own(actor: Actor) -> Q:
    return Q(post__author=actor.user_id) & ~Q(post__state="deleted")


def _own_posts(actor: Actor) -> Q:
    return Q(author=actor.user_id) & ~Q(state="deleted")


def _own_words(actor: Actor) -> Q:
    return Q(author=actor.user_id)


def _asked(actor: Actor) -> Q:
    """Versions that the actor is asked to look at, for as long as they are: no moderator holds the
    post, and there is no block between author and actor. A block keeps the named person out of
    nothing: it may fall to them."""
    exempt = actor.user_id is None or "named_person" in actor.roles
    blocked = set() if exempt else accounts.blocked_between(_id(actor))
    duties = AttestationDuty.objects.filter(asked=actor.user_id, done_at=None)
    asked = Q(pk__in=duties.values("version"), post__state__in=("draft", "public"))
    return asked & ~Q(post__author__in=blocked)


_AUTHOR = "Only its author may see what the check found."
_CLINICIAN = "Only its author may decide this, while they are a verified clinician."
_CONSENTS = "Only the author of a post knows who consented to be shown in it."
_OWN_WORDS = "Only who said that it is theirs may have it forgotten."
_ASKED = "Only who was asked to look at it may do this, until they have answered."
_LOOKERS = ("clinician", "named_person")

ROWS: tuple[Row, ...] = (
    row("see_report", VERSION, "viewer", reason=_AUTHOR, when=_own),
    row("mark", VERSION, "clinician", reason=_CLINICIAN, when=_own),
    row("redact", VERSION, "clinician", reason=_CLINICIAN, when=_own),
    row("attest", VERSION, "clinician", reason=_CLINICIAN, when=_own),
    row("see_consents", POST, "viewer", reason=_CONSENTS, when=_own_posts),
    row("give_consent", POST, "clinician", reason=_CLINICIAN, when=_own_posts),
    row("withdraw_consent", CONSENT, "viewer", reason=_CONSENTS, when=_own),
    row("see_own_words", HOUSE, "viewer", reason="Only people with an account have own words."),
    row("forget_own_words", OWN_WORDS, "viewer", reason=_OWN_WORDS, when=_own_words),
    row("see", VERSION, *_LOOKERS, reason=_ASKED, when=_asked),
    row("play", VERSION, *_LOOKERS, reason=_ASKED, when=_asked),
    row("see_duty", VERSION, *_LOOKERS, reason=_ASKED, when=_asked),
    row("second_attest", VERSION, *_LOOKERS, reason=_ASKED, when=_asked),
    row("list_duties", HOUSE, "viewer", reason="Only people with an account are asked anything."),
)
