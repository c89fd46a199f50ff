"""The durable work of this room: look at an original, render it, sweep what kills have left."""

from wardcast.gate.render import MASTER
from wardcast.media import actions, covers, late, looking, rendering, sweeping, taking, uploads
from wardcast.media.models import Intake, Publication
from wardcast.platform import clock, jobs, storage

jobs.work(
    actions.PROBE,
    looking.probe_original,
    queue="look",
    on_failure=looking.probe_failed,
    on_retry=looking.probe_again,
)
jobs.work(
    actions.RENDER,
    rendering.render_lowest,
    rendering.render_rest,
    rendering.render_lacking,
    queue="media",
    on_failure=rendering.render_failed,
    on_retry=rendering.render_again,
)
jobs.work(covers.TAKE, taking.take_cover, queue="look", on_failure=taking.cover_failed)


@jobs.task(actions.SWEEP)
def sweep(job: jobs.JobView) -> None:
    """Removes what kills have left, and puts the public store right where it and the rows differ.

    Uploads that broke off; sealed files that no key opens or no row names; folders copied for a
    version that never went live; folders that should be public and are not, or the other way round,
    or that lack what was made in AV1 since.
    """
    stale = clock.now() - actions.STALE
    storage.sweep(stale)
    sweeping.sweep_sealed(stale)
    for intake in Intake.objects.filter(started_at__lt=stale):
        actions.forget_intake(intake.pk)
    for row in Publication.objects.filter(state=Publication.State.COPYING, created_at__lt=stale):
        actions.unpublish(row.version_id)
    gone = Publication.objects.filter(state=Publication.State.WITHDRAWN)
    for row in gone:
        storage.withdraw(row.folder, here=True)
    live = Publication.objects.filter(state=Publication.State.LIVE)
    for row in live:
        if storage.path(row.folder, MASTER) is None:
            actions.put_back(row)
    for row in live.filter(av1=False).select_related("render"):
        late.take_in_later(row)
    for folder in storage.amiss(*(rows.values_list("folder", flat=True) for rows in (live, gone))):
        storage.mirror(folder)


@jobs.task(actions.MIRROR)
def mirror(job: jobs.JobView) -> None:
    """Makes the bucket agree with the disk about a folder, whatever became of it meanwhile."""
    storage.mirror(job.payload["folder"])


@jobs.task(uploads.EXPIRE)
def expire(job: jobs.JobView) -> None:
    """Destroys an upload that nobody went on with."""
    uploads.expire(job.subject)
