"""Rendering a clip, step by step: what was made stays, and only what failed is tried again.

The lowest rung comes first and is playable early. All others come from one decode. Where that fails
and not through the file's fault (the gate broke, or all of them at once were past a limit), each
rung is tried by itself, first the one that the published MP4 is made of: without it there is no
clip. Without one of the others there is: it is finished without, says what it lacks, and gets it
later if a further try succeeds.
"""

import logging
import time
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction

from wardcast.gate.edits import EditList
from wardcast.gate.errors import FileRefused, GateBroken, GateError
from wardcast.gate.ladder import Rung
from wardcast.gate.loudness import level_for
from wardcast.gate.plan import CLIP
from wardcast.gate.playlists import master_playlist
from wardcast.gate.render import MASTER, Rendered, render
from wardcast.gate.sound import AS_IT_IS
from wardcast.media import actions, av1, covers, pace, rows, rules
from wardcast.media.events import RenderFailed, RenderPlayable, RenderReady
from wardcast.media.looking import limits, why
from wardcast.media.measured import (
    level_from_json,
    level_to_json,
    variant_from_json,
    variant_to_json,
)
from wardcast.media.models import Render
from wardcast.media.sealed import fresh_key, rung_part
from wardcast.media.values import EARLY
from wardcast.platform import events, jobs, vault

_LOG = logging.getLogger("wardcast.media")
_STEP_SHOWN = 0.02
"""Progress is written when it has moved by this much."""
_ALMOST = 0.99
"""Where a clip stands that is finished but for sizes that it lacks."""


def render_lowest(job: jobs.JobView) -> None:
    """Makes the lowest rung, with which the clip can be played."""
    row = rows.waiting(job)
    if row is None or row.state != Render.State.WAITING:
        return
    probe = rows.probe(row)
    try:
        level = level_for(rows.source(row), probe, EditList.from_json(row.edits), limits())
    except FileRefused as refused:
        raise _permanent(refused) from refused
    row.level = level_to_json(level)
    row.files = {}  # those of a step that was killed lie under the key that goes now
    row.variants, row.lacking, row.seconds = [], {}, 0.0
    row.save(update_fields=["level", "files", "variants", "lacking", "seconds"])
    ends = pace.lowest_share(probe)
    part = _Part("lowest", (rows.ladder(row).lowest,), 0.0, ends, clip=True, first=True)
    try:
        made = _make(job, row, part)
    except FileRefused as refused:
        raise _permanent(refused) from refused
    with transaction.atomic():
        row.state = Render.State.LOWEST_READY
        _keep(row, made)
        events.tell(RenderPlayable(render_id=row.pk))


def render_rest(job: jobs.JobView) -> None:
    """Makes the other rungs and the MP4; then what viewers get is there."""
    row = rows.waiting(job)
    if row is None or row.state != Render.State.LOWEST_READY:
        return
    if not row.lacking and _made_at_once(job, row):
        return
    _make_apart(job, row)


def render_lacking(job: jobs.JobView) -> None:
    """Tries once more the rungs that a finished clip lacks; raises `GateBroken` while one of them
    still fails through the house's own fault."""
    row = rows.waiting(job)
    if row is None or row.state != Render.State.READY:
        return
    for rung in rows.ladder(row).rest:
        if row.lacking.get(rung.name) == jobs.OURS:
            _try(job, row, _Part(rung_part(rung), (rung,), _ALMOST, 1.0, clip=False))
    if jobs.OURS in row.lacking.values():
        raise GateBroken("rungs_lacking", f"Still lacking: {', '.join(row.lacking)}.")


def render_failed(job: jobs.JobView, error: BaseException) -> None:
    """Says at the render why it failed. One that is finished stays so, whatever it lacks."""
    code, detail = why(error)
    unfinished = (Render.State.WAITING, Render.State.LOWEST_READY)
    failed = Render.objects.filter(pk=job.subject, state__in=unfinished).update(
        state=Render.State.FAILED, failure_code=code, failure_detail=detail
    )
    if failed:
        events.tell(RenderFailed(render_id=job.subject, code=code, detail=detail))


def render_again(job: jobs.JobView) -> None:
    """Takes back that a render failed."""
    actions.reopen(Render.objects.select_for_update().filter(pk=job.subject).first())


@dataclass(frozen=True, slots=True)
class _Part:
    """What one call of the renderer makes: the name that its vault key comes from, its rungs, from
    where to where it brings the job (0 to 1), whether the MP4 is made of its highest, and whether
    nothing was made before: then the poster is made too, and segments are shown early."""

    name: str
    rungs: tuple[Rung, ...]
    start: float
    end: float
    clip: bool
    first: bool = False


@dataclass(frozen=True, slots=True)
class _Made:
    """What a part has made: its files as the row keeps them, the lines of the master playlist, what
    the gate says of them, where the playlists lie of the time while it grew, and how long it took.
    """

    part: _Part
    files: dict[str, dict[str, Any]]
    variants: list[dict[str, Any]]
    rendered: Rendered
    grown: list[str]
    seconds: float


def _made_at_once(job: jobs.JobView, row: Render) -> bool:
    """Makes all of the rest from one decode; False where each rung must be tried by itself."""
    rungs = rows.ladder(row).rest
    try:
        begins = pace.lowest_share(rows.probe(row))
        made = _make(job, row, _Part("rest", rungs, begins, 1.0, clip=True))
    except (FileRefused, GateBroken) as error:
        if len(rungs) == 1 or not rules.may_succeed_apart(error):
            raise _permanent(error) from error
        _LOG.warning("render %s: %s; now each rung by itself", row.pk, error)
        row.lacking = {rung.name: jobs.OURS for rung in rungs}
        row.save(update_fields=["lacking"])
        return False
    with transaction.atomic():
        _keep(row, made)
        _finish(row)
    return True


def _make_apart(job: jobs.JobView, row: Render) -> None:
    """Makes the rungs that are missing one by one: first that of which the MP4 is made, without
    which this raises; then the others, the cheapest first."""
    rest = rows.ladder(row).rest
    needed = rest[-1]
    missing = [rung for rung in rest if row.lacking.get(rung.name) == jobs.OURS]
    missing.sort(key=lambda rung: (rung is not needed, rung.short_side))
    start = pace.lowest_share(rows.probe(row))
    work = [pace.units(rows.probe(row), (rung,)) for rung in missing]
    for rung, share in zip(missing, work, strict=True):
        end = start + (_ALMOST - start) * share / (sum(work) or 1)
        part = _Part(rung_part(rung), (rung,), start, end, clip=rung is needed)
        error = _try(job, row, part)
        if error is not None and rung is needed:
            raise _permanent(error) from error
        start = end
    with transaction.atomic():
        _finish(row)


def _try(job: jobs.JobView, row: Render, part: _Part) -> GateError | None:
    """Makes one rung and keeps it; answers why it could not be made, which the row remembers."""
    (rung,) = part.rungs
    try:
        made = _make(job, row, part)
    except (FileRefused, GateBroken) as error:
        _LOG.warning("render %s lacks %s: %s", row.pk, rung.name, error)
        code = jobs.OURS if isinstance(error, GateBroken) else error.code
        row.lacking = {**row.lacking, rung.name: code}
        row.save(update_fields=["lacking"])
        return error
    row.lacking = {name: why for name, why in row.lacking.items() if name != rung.name}
    with transaction.atomic():
        _keep(row, made)
    return None


def _make(job: jobs.JobView, row: Render, part: _Part) -> _Made:
    """Has the gate make a part, sealed under a key of its own; raises what the gate raises."""
    key = fresh_key(row.pk, part.name)
    sealed: dict[str, vault.Sealed] = {}
    playlists: list[str] = []

    def sink(name: str, data: BinaryIO) -> None:
        sealed[name] = vault.seal(key, data)

    def grown(playlist: str) -> None:
        early = vault.put(key, playlist.encode("ascii"))
        playlists.append(early.ref)
        files = {name: rows.kept(name, one) for name, one in {**sealed, EARLY: early}.items()}
        Render.objects.filter(pk=row.pk, state=Render.State.WAITING).update(files=files)

    began = time.monotonic()
    made = render(
        rows.source(row),
        rows.probe(row),
        EditList.from_json(row.edits),
        part.rungs,
        sink=sink,
        progress=_Told(job.id, part),
        limits=limits(),
        clip=part.clip,
        poster=part.first,
        level=level_from_json(row.level) if row.level else AS_IT_IS,
        early=grown if part.first else None,
        poster_ms=row.poster_ms if part.clip else None,
    )
    variants = [*row.variants, *(variant_to_json(each.variant) for each in made.rungs)]
    variants.sort(key=lambda each: min(each["width"], each["height"]))
    master = master_playlist([variant_from_json(each) for each in variants])
    sealed[MASTER] = vault.put(key, master.encode("ascii"))
    files = {name: rows.kept(name, one) for name, one in sealed.items()}
    return _Made(part, files, variants, made, playlists, time.monotonic() - began)


def _keep(row: Render, made: _Made) -> None:
    """Notes what was made, in the transaction at hand; what it takes the place of goes after it.

    Of a clip that is finished the older master stays for the sweep: it may be on its way out.
    """
    gone = list(made.grown)
    if row.state == Render.State.READY:
        rows.lock(row, "files")  # it may be getting its sizes in AV1 now
    else:
        gone += [row.files[name]["ref"] for name in made.files if name in row.files]
    row.files = {**row.files, **made.files}
    row.variants = made.variants
    row.seconds += made.seconds
    row.duration_ms = made.rendered.duration_ms
    row.blurhash = made.rendered.blurhash or row.blurhash
    if made.rendered.poster_ms is not None:
        row.poster_ms = made.rendered.poster_ms
    if made.part.clip:
        row.width, row.height = made.rendered.width, made.rendered.height
    row.save(
        update_fields=[
            "files", "variants", "lacking", "seconds", "state", "duration_ms", "width", "height",
            "blurhash", "poster_ms",
        ]
    )  # fmt: skip
    transaction.on_commit(lambda: _remove(gone))


def _finish(row: Render) -> None:
    row.state = Render.State.READY
    row.clip_sha256 = row.files[CLIP]["sha256"]
    row.save(update_fields=["state", "clip_sha256"])
    covers.begin_waiting(row.pk)
    av1.begin(row)
    events.tell(RenderReady(render_id=row.pk))


def _permanent(error: GateError) -> Exception:
    """What a step raises: no retry helps against what is the file's fault."""
    if isinstance(error, FileRefused):
        return jobs.Permanent(error.code, error.detail)
    return error


def _remove(refs: list[str]) -> None:
    for ref in refs:
        vault.remove(ref)


class _Told:
    """Passes the gate's progress on to the job's row."""

    def __init__(self, job_id: UUID, part: _Part) -> None:
        self._job_id = job_id
        self._part = part
        self._last = -1.0

    def __call__(self, share: float) -> None:
        part = self._part
        fraction = part.start + (part.end - part.start) * share
        if fraction - self._last >= _STEP_SHOWN:
            self._last = fraction
            jobs.report(self._job_id, "lowest" if part.first else "rest", fraction)
