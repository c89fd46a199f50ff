"""Files that an author takes elsewhere: a version's MP4, signed, with captions in its picture or
without.

Made once for each language that a version has captions in, from the MP4 that was checked. It lies
sealed, whether the version is public or not, and is gone when the version is withdrawn: its author
alone gets it, through a view that asks each time.
"""

import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.contrib.staticfiles import finders
from django.db import transaction

from wardcast.check import parse_captions
from wardcast.gate.captioned import Picture, captioned
from wardcast.gate.credentials import Author, Statement
from wardcast.gate.edits import EditList
from wardcast.gate.errors import FileRefused
from wardcast.gate.limits import DEFAULT_LIMITS
from wardcast.gate.picture import expected_frames
from wardcast.gate.plan import CLIP
from wardcast.gate.subtitles import Cue
from wardcast.media import copying
from wardcast.media.measured import probe_from_json
from wardcast.media.models import Render, Shareable
from wardcast.media.sealed import SealedSource, fresh_key, part_key
from wardcast.media.values import File
from wardcast.platform import clock, jobs, signing, vault
from wardcast.platform.http import NotFound
from wardcast.platform.signing import CannotSign

MAKE = "media.share"
_PART = "file"
_STEP_SHOWN = 0.02
_TYPEFACE = ("latin", "latin-ext")


@dataclass(frozen=True, slots=True)
class ShareableView:
    """A file to share. `language` is that of the captions in the picture, empty without; `fraction`
    is 0 to 1 while it is made; `size` in bytes once it is ready."""

    id: UUID
    version_id: UUID
    language: str
    state: str
    fraction: float
    detail: str
    size: int


def of(version_id: UUID) -> list[ShareableView]:
    """A version's files, those without captions first."""
    rows = list(Shareable.objects.filter(version_id=version_id).order_by("language"))
    work = jobs.latest(row.pk for row in rows if row.state == Shareable.State.MAKING)
    return [_view(row, work.get(row.pk)) for row in rows]


def ensure(
    version_id: UUID, render_id: UUID, captions_id: UUID | None, statement: Statement
) -> None:
    """Has a version's file made with these captions in the picture, or without; one that is there
    or being made is left alone, one that failed is begun anew. In the transaction at hand."""
    row, new = Shareable.objects.get_or_create(
        version_id=version_id,
        language=statement.burned_in or "",
        defaults={
            "render_id": render_id,
            "captions_id": captions_id,
            "says": _kept(statement),
            "created_at": clock.now(),
        },
    )
    if row.state == Shareable.State.FAILED:
        row.state, row.failure_detail, new = Shareable.State.MAKING, "", True
        row.save(update_fields=["state", "failure_detail"])
    if new:
        jobs.start(MAKE, subject=row.pk, owner=row.render.asset.owner_id)


def file(version_id: UUID, language: str) -> File:
    """A version's file that is ready; raises `NotFound`."""
    row = Shareable.objects.filter(version_id=version_id, language=language).first()
    if row is None or not row.file:
        raise NotFound("file")
    return File(**row.file)


def forget(rows: Iterable[Shareable]) -> None:
    """Destroys the keys of files to share, and forgets them."""
    for row in rows:
        vault.destroy(part_key(row.pk, _PART))
        row.delete()


def make(job: jobs.JobView) -> None:
    """Makes one file: the captions first, the signature last."""
    row = Shareable.objects.select_related("render__asset").filter(pk=job.subject).first()
    if row is None:
        vault.destroy(part_key(job.subject, _PART))
    elif row.state == Shareable.State.MAKING:
        try:
            _keep(row, _made(row, job.id))
        except FileRefused as refused:
            raise jobs.Permanent(refused.code, refused.detail) from refused
        except (CannotSign, copying.Mismatch) as refused:
            raise jobs.Permanent(refused.code, refused.detail) from refused


def failed(job: jobs.JobView, error: BaseException) -> None:
    """Says at the file why it could not be made."""
    detail = str(error) if isinstance(error, jobs.Permanent) else _OURS
    Shareable.objects.filter(pk=job.subject, state=Shareable.State.MAKING).update(
        state=Shareable.State.FAILED, failure_detail=detail
    )


jobs.work(MAKE, make, queue="media", on_failure=failed)

_OURS = (
    "We could not make this file, and it is not the clip's fault. Try again in a while; if it "
    "stays so, tell whoever runs this house."
)


def _made(row: Shareable, job_id: UUID) -> vault.Sealed:
    """The file, sealed under the row's own key; what an earlier try has left goes first."""
    key = fresh_key(row.pk, _PART)
    ref = row.render.files[CLIP]["ref"]
    with vault.open(ref) as stream:
        copying.prove(stream, CLIP, row.render)
    if row.captions:
        ref = _captioned(row, key, job_id).ref
    jobs.report(job_id, "signing", 0.95)
    # In memory, since what is not public may lie on no disk unsealed.
    with vault.open(ref) as stream, os.fdopen(os.memfd_create("wardcast-signed"), "w+b") as out:
        signing.sign(stream, cast(BinaryIO, out), _statement(row.says))
        sealed = vault.seal(key, cast(BinaryIO, out))
    if row.captions:
        vault.remove(ref)
    return sealed


def _captioned(row: Shareable, key: UUID, job_id: UUID) -> vault.Sealed:
    assert row.captions
    clip = row.render.files[CLIP]
    made: list[vault.Sealed] = []

    def keep(name: str, data: BinaryIO) -> None:
        made.append(vault.seal(key, data))

    captioned(
        SealedSource(clip["ref"], clip["size"]),
        _picture(row.render),
        _cues(vault.read(row.captions.sealed_ref).decode(), EditList.from_json(row.render.edits)),
        sink=keep,
        fonts=_typeface(),
        progress=_Told(job_id),
    )
    return made[0]


def _picture(render: Render) -> Picture:
    probe = probe_from_json(render.asset.probe or {})
    edits = EditList.from_json(render.edits)
    frames = expected_frames(probe, DEFAULT_LIMITS.max_fps, edits=edits)
    return Picture(render.width, render.height, frames, probe.audio_index is not None)


def _cues(webvtt: str, edits: EditList) -> list[Cue]:
    times = (
        (edits.edited_ms(each.start_ms), edits.edited_ms(each.end_ms), each.text)
        for each in parse_captions(webvtt).cues
    )
    return [Cue(start, end, text) for start, end, text in times if start < end]


def _typeface() -> dict[str, bytes]:
    """The web app's typeface, where it is installed."""
    names = (f"atkinson-hyperlegible-next-{each}-wght-normal.woff2" for each in _TYPEFACE)
    found = {name: finders.find(f"fonts/{name}") for name in names}
    return {name: Path(path).read_bytes() for name, path in found.items() if path}


def _keep(row: Shareable, sealed: vault.Sealed) -> None:
    file = {"ref": sealed.ref, "size": sealed.size, "sha256": sealed.sha256, "type": "video/mp4"}
    with transaction.atomic():
        kept = Shareable.objects.filter(pk=row.pk, state=Shareable.State.MAKING).update(
            state=Shareable.State.READY, file=file
        )
        if not kept:  # withdrawn meanwhile
            vault.destroy(part_key(row.pk, _PART))


class _Told:
    """Passes the gate's progress on to the job's row."""

    def __init__(self, job_id: UUID) -> None:
        self._job_id = job_id
        self._last = 0.0

    def __call__(self, share: float) -> None:
        if share - self._last >= _STEP_SHOWN:
            self._last = share
            jobs.report(self._job_id, "captions", share * 0.9)


def _view(row: Shareable, job: jobs.JobView | None) -> ShareableView:
    return ShareableView(
        id=row.pk,
        version_id=row.version_id,
        language=row.language,
        state=row.state,
        fraction=1.0 if row.file else (job.fraction if job else 0.0),
        detail=row.failure_detail,
        size=row.file["size"] if row.file else 0,
    )


def _kept(statement: Statement) -> dict[str, Any]:
    said = asdict(statement)
    checked = statement.author.checked_on
    said["author"]["checked_on"] = checked.isoformat() if checked else None
    return {**said, "edits": statement.edits.to_json()}


def _statement(kept: dict[str, Any]) -> Statement:
    author = kept["author"]
    checked = date.fromisoformat(author["checked_on"]) if author["checked_on"] else None
    return Statement(
        **{
            **kept,
            "author": Author(**{**author, "checked_on": checked}),
            "edits": EditList.from_json(kept["edits"]),
        }
    )
