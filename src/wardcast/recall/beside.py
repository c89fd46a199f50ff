"""What stands beside a notice's sum: views of who has no number, who declined it or watched on a
page elsewhere. Counts alone: nobody can be owed anything by them, and whoever wants to can raise
them, so that they are never added to the sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from wardcast.recall.models import Beside, Cohort, Viewed
from wardcast.recall.rules import Door

FEED, EMBED = Door.FEED, Door.EMBED

_ONE_MORE = (
    "INSERT INTO recall_viewed AS old (version_serial, door, count) VALUES {}"
    " ON CONFLICT (version_serial, door) DO UPDATE SET count = old.count + 1"
)


@dataclass(frozen=True, slots=True)
class Views:
    """How often the version was served without a number until the notice's cohort was sealed, here
    and on pages elsewhere; and how often such browsers have shown the notice."""

    feed: int
    embed: int
    shown: int


def viewed(versions: Iterable[int], door: Door) -> None:
    """Counts that these were served once more to who has no number; when it returns, it is kept."""
    ordered = sorted(set(versions))
    if not ordered:
        return
    text = _ONE_MORE.format(", ".join(["(%s, %s, 1)"] * len(ordered)))
    with connection.cursor() as cursor:
        cursor.execute(text, [value for each in ordered for value in (each, door.value)])


def shown(notice_id: UUID) -> None:
    """Counts that a browser which remembers for itself has shown a notice that must be seen."""
    if not Cohort.objects.filter(pk=notice_id, terminated_at=None).exists():
        return
    with transaction.atomic():
        Beside.objects.get_or_create(notice_id=notice_id)
        Beside.objects.filter(pk=notice_id).update(shown=F("shown") + 1)


def close(notice_id: UUID, version_serial: int) -> None:
    """Keeps how often the version had been served by now: later views carry the correction."""
    counts = _counts(version_serial)
    Beside.objects.update_or_create(
        notice_id=notice_id, defaults={"feed": counts[FEED], "embed": counts[EMBED]}
    )


def of(notice_id: UUID, version_serial: int) -> Views:
    """The views beside the sum of a notice on this version."""
    row = Beside.objects.filter(pk=notice_id).first()
    told = row.shown if row else 0
    if row is not None and row.feed is not None and row.embed is not None:
        return Views(row.feed, row.embed, told)
    counts = _counts(version_serial)
    return Views(counts[FEED], counts[EMBED], told)


def _counts(version_serial: int) -> dict[Door, int]:
    rows = Viewed.objects.filter(version_serial=version_serial).values_list("door", "count")
    return {FEED: 0, EMBED: 0} | {Door(door): count for door, count in rows}
