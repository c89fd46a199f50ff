"""What a public clip takes in after it was published: its sizes in AV1.

They come from the render that was examined, under names that its folder does not hold yet, and
nothing that is there changes.
"""

from wardcast.gate.playlists import AV1_MASTER
from wardcast.media import copying
from wardcast.media.models import Publication
from wardcast.platform import jobs, storage

TAKE_IN = "media.take_in"


def take_in_later(row: Publication) -> None:
    """Has a public folder take in what it lacks, if anything. In the transaction at hand."""
    if row.render and not row.av1 and AV1_MASTER in row.render.files:
        jobs.start(TAKE_IN, subject=row.pk)


def take_in(job: jobs.JobView) -> None:
    """Brings into a public folder what it lacks, the playlist that leads to it last. One that was
    taken back meanwhile gets it when it is restored."""
    row = Publication.objects.select_related("render").filter(pk=job.subject).first()
    if row is None or row.render is None or row.state != Publication.State.LIVE or row.av1:
        return
    if storage.add(row.folder, copying.late_copies(row.render)):
        Publication.objects.filter(pk=row.pk).update(av1=True)


jobs.work(TAKE_IN, take_in)
