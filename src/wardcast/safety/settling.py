"""When a version has passed the check, and when nobody has to look at it any more."""

from uuid import UUID

from wardcast.notify import actions as notify
from wardcast.platform import clock
from wardcast.posts import actions as posts
from wardcast.posts import queries as versions
from wardcast.posts.rules import Gate, VersionState
from wardcast.posts.values import VersionFacts
from wardcast.safety import marks, reports, rules
from wardcast.safety.models import AttestationDuty


def settle(version_id: UUID) -> None:
    """Clears the check once the report is there, the clip is rendered, and nothing is left to
    answer; and the attestation with it where every channel was checked.

    Called whenever one of these may have become true. What consents have answered is cleared for as
    long as the first of them holds.
    """
    version = versions.facts(version_id)
    row = reports.find(version_id)
    if version is None or row is None or not version.rendered:
        return
    if version.state is not VersionState.CHECKING or not version.is_working:
        return
    left = rules.open_findings(reports.index_of(row), reports.answered(row))
    _say_checked(version, len(left))
    if left:
        return
    posts.clear(version_id, Gate.CHECK, "cleared", by=None, expires=marks.first_end(row))
    if not reports.not_checked(row):
        note = "Every channel was checked."
        posts.clear(version_id, Gate.ATTESTATION, "cleared", by=None, note=note)


def close_duties(version_id: UUID) -> None:
    """Nobody has to look at this version any more, nor can."""
    AttestationDuty.objects.filter(version=version_id, done_at=None).update(done_at=clock.now())


def _say_checked(version: VersionFacts, left: int) -> None:
    notify.tell(
        [version.author_id],
        "check_done",
        subject=version.post_id,
        values={"title": version.title, "findings": left},
        event_id=version.id,
    )
