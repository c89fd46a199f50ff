"""How long renders may still take, with all that is before them in the queue."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from wardcast.media import pace
from wardcast.media.measured import probe_from_json
from wardcast.media.models import Render
from wardcast.platform import clock, jobs

_OTHER_SECONDS = 20.0
"""What is taken for work in the same queue that is no render of a measured clip."""


def seconds_left(render_ids: Collection[UUID]) -> dict[UUID, int]:
    """Seconds until renders are finished, by render; those that nothing works on are left out. As
    many queries for many as for one, and none for none."""
    if not render_ids:
        return {}
    queue = jobs.unfinished(work.name for work in jobs.known().values() if work.queue == "media")
    if not any(job.subject in render_ids for job in queue):
        return {}
    expected = _expected({job.subject for job in queue})
    now = clock.now()
    waiting = [_waiting(job, expected.get(job.subject, _OTHER_SECONDS), now) for job in queue]
    ends = pace.ends(waiting, jobs.AT_ONCE)
    return {
        job.subject: max(1, round(ends[job.id]))
        for job in queue
        if job.subject in render_ids and job.subject in expected
    }


def _waiting(job: jobs.JobView, expected: float, now: datetime) -> pace.Waiting:
    spent = (now - job.started_at).total_seconds() if job.started_at else None
    left = pace.still(expected, job.fraction, spent)
    return pace.Waiting(job.id, job.owner or job.subject, left, job.started_at is not None)


def _expected(render_ids: Collection[UUID]) -> dict[UUID, float]:
    """Seconds that renders take in all at this machine's pace."""
    rows = Render.objects.filter(pk__in=render_ids).values_list("pk", "asset__probe")
    a_unit = learned()
    return {pk: a_unit * pace.whole(probe_from_json(probe)) for pk, probe in rows if probe}


def learned() -> float:
    """Seconds a unit of work takes here, of the latest renders."""
    rows = Render.objects.filter(state=Render.State.READY, seconds__gt=0).order_by("-created_at")
    measured = rows.values_list("seconds", "asset__probe")[: pace.LEARNED_FROM]
    return pace.seconds_a_unit(
        [(seconds, pace.whole(probe_from_json(probe))) for seconds, probe in measured if probe]
    )
