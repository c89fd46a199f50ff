"""Who may do what here: this room's rows of the policy."""

from django.db.models import Q

from wardcast.platform.policy import Actor, Row, row

UPLOAD = "media.upload"


def _own(actor: Actor) -> Q:
    return Q(owner=actor.user_id)


def _own_unfinished(actor: Actor) -> Q:
    return Q(owner=actor.user_id, finished_at=None)


_SENDER = "Only verified clinicians may do this, with uploads of their own that are not finished."
_OWNER = "Only who began an upload may do this, and not once it is finished."

ROWS: tuple[Row, ...] = (
    row("see", UPLOAD, "viewer", reason="Only who began an upload may see it.", when=_own),
    row("send", UPLOAD, "clinician", reason=_SENDER, when=_own_unfinished),
    row("discard", UPLOAD, "viewer", reason=_OWNER, when=_own_unfinished),
)
