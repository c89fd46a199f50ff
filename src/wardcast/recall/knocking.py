"""A knock at the browsers of those who owe a notice and were not back within a day.

It says that a correction waits and nothing else: the card stands in the app. As with mail, one row
a notice and viewer's number is written before it leaves, so that nobody is knocked for twice; it is
taken back where no browser of theirs was told and the push server may take it later.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from wardcast.accounts import browsers
from wardcast.platform import webpush
from wardcast.recall import noting, queries
from wardcast.recall.ledger import milliseconds
from wardcast.recall.models import Cohort, Knock

EACH = timedelta(minutes=10)
"""How often it is looked whom to knock for."""
DUE_AFTER = timedelta(hours=24)
GIVEN_UP_AFTER = timedelta(days=10)
AT_ONCE = 1000
ROUND_S = 300.0
"""How long one round takes, at most and about: push servers may answer slowly."""

WORDS = "A correction waits for you."


@dataclass(frozen=True, slots=True)
class _Viewer:
    """A person or device with browsers; `numbers` are all theirs, `root` the one they count as."""

    root: int
    numbers: frozenset[int]


def knock(now: datetime, at_once: int = AT_ONCE) -> int:
    """Knocks for those who are due, `at_once` at most; answers for how many a browser was told."""
    deadline = time.monotonic() + ROUND_S
    told = 0
    for cohort in Cohort.objects.filter(
        knocked_at=None, terminated_at=None, opened_at__lte=milliseconds(now - DUE_AFTER)
    ).order_by("opened_at", "pk"):
        viewers: list[_Viewer] = []
        if cohort.opened_at > milliseconds(now - GIVEN_UP_AFTER):
            viewers = _waiting(cohort.pk)
        settled = True
        for viewer in viewers:
            if told >= at_once or time.monotonic() > deadline:
                return told
            done = _tell(viewer, cohort.pk, now)
            told += done is True
            settled = settled and done is not False
        if settled:
            Cohort.objects.filter(pk=cohort.pk).update(knocked_at=milliseconds(now))
    return told


def _waiting(notice_id: UUID) -> list[_Viewer]:
    unshown = queries.unshown(notice_id, guests=True)
    done = set(Knock.objects.filter(notice=notice_id).values_list("viewer", flat=True))
    reached = browsers.reached(sorted(number for own in unshown.values() for number in own))
    return [
        _Viewer(root, frozenset(own))
        for root, own in sorted(unshown.items())
        if root not in done and own & reached
    ]


def _tell(viewer: _Viewer, notice_id: UUID, now: datetime) -> bool | None:
    """Knocks for one viewer. False where it may be taken later, None where nothing is to be said
    or nobody is there any more."""
    owed = {each.notice.id for each in queries.owed(viewer.numbers)}
    if notice_id not in owed:
        return None
    noted = noting.note(Knock, viewer.root, owed, now)
    if notice_id not in noted:
        return None
    later = False
    told = False
    for browser in browsers.of(viewer.numbers):
        try:
            webpush.send(browser, WORDS)
            told = True
        except (webpush.Gone, webpush.NotThere):
            browsers.drop(browser.endpoint)
        except webpush.Later:
            later = True
    if told or not later:
        return told or None
    Knock.objects.filter(viewer=viewer.root, notice__in=noted).delete()
    return False
