"""The durable work of a cover: its picture out of the finished clip."""

from dataclasses import asdict

from wardcast.gate import probe as gate
from wardcast.gate.errors import FileRefused
from wardcast.gate.frames import still_at
from wardcast.gate.plan import CLIP, POSTER
from wardcast.gate.render import media_type
from wardcast.media import covers
from wardcast.media.looking import limits
from wardcast.media.models import Cover
from wardcast.media.sealed import SealedSource, fresh_key, part_key
from wardcast.media.values import File
from wardcast.platform import jobs, vault


def take_cover(job: jobs.JobView) -> None:
    """Takes the picture that an author chose out of the finished clip, and seals it."""
    row = Cover.objects.select_related("render").filter(pk=job.subject).first()
    if row is None:  # deleted, perhaps while an earlier try sealed it under a key made anew
        vault.destroy(part_key(job.subject, covers.KEY))
        return
    if row.state == Cover.State.READY:
        return
    clip = row.render.files[CLIP]
    source = SealedSource(clip["ref"], clip["size"])
    try:
        still = still_at(source, gate.probe(source, limits()), row.at_ms, limits=limits())
    except FileRefused as refused:
        raise jobs.Permanent(refused.code, refused.detail) from refused
    sealed = vault.put(fresh_key(row.pk, covers.KEY), still.jpeg)
    file = File(sealed.ref, sealed.size, sealed.sha256, media_type(POSTER))
    row.file, row.blurhash, row.state = asdict(file), still.blurhash, Cover.State.READY
    row.save(update_fields=["file", "blurhash", "state"])


def cover_failed(job: jobs.JobView, error: BaseException) -> None:
    """Notes that a cover could not be taken; it is tried again when it is asked for again."""
    Cover.objects.filter(pk=job.subject).update(state=Cover.State.FAILED)
