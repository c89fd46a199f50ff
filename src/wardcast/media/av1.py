"""The sizes of a finished clip once more in AV1: about half the bytes for the same look.

Work of its own, in a queue of its own, begun once a clip is finished: nobody waits for it, and
without it there is H.264. Each size is made by itself, and kept as soon as it is made. They have a
playlist of their own (`wardcast.gate.playlists.AV1_MASTER`), which is there once all of them are: a
player stays in one codec, so one that lacks its smallest size would stall on a poor line.

What is published meanwhile takes them in later: they come from the render that was examined, under
names that its folder does not hold yet, and nothing that is there changes.
"""

import logging
from typing import Any, BinaryIO

from django.db import transaction

from wardcast.gate.edits import EditList
from wardcast.gate.errors import FileRefused
from wardcast.gate.ladder import Rung, in_av1
from wardcast.gate.playlists import AV1_MASTER, master_playlist
from wardcast.gate.render import render
from wardcast.gate.sound import AS_IT_IS
from wardcast.media import late, rows
from wardcast.media.looking import limits
from wardcast.media.measured import level_from_json, variant_from_json, variant_to_json
from wardcast.media.models import Publication, Render
from wardcast.media.sealed import AV1_PART, fresh_key, rung_part
from wardcast.platform import config, jobs, vault

MAKE = "media.av1"
_LOG = logging.getLogger("wardcast.media")


def begin(row: Render) -> None:
    """Has them made where the house wants them, in the transaction at hand."""
    if config.current().av1:
        side = {"short_side": rows.probe(row).short_side}
        jobs.start(MAKE, subject=row.pk, owner=row.asset.owner_id, payload=side)


def make(job: jobs.JobView) -> None:
    """Makes the sizes that are missing, the smallest first, then their playlist. What fails through
    no fault of the file is tried again, and then without what was made."""
    row = rows.waiting(job)
    if row is None or row.state != Render.State.READY:
        return
    rungs = in_av1(rows.ladder(row)).rungs
    made = {each["rung"] for each in row.av1}
    for number, rung in enumerate(rungs):
        if rung.name not in made:
            _make(row, rung)
        jobs.report(job.id, "av1", (number + 1) / len(rungs))
    if AV1_MASTER not in row.files:
        _finish(row)


def failed(job: jobs.JobView, error: BaseException) -> None:
    """Says in the log that a clip stays without."""
    _LOG.warning("render %s stays without AV1: %s", job.subject, error)


jobs.work(MAKE, make, queue="later", on_failure=failed)


def _make(row: Render, rung: Rung) -> None:
    """Has the gate make one size, and keeps it."""
    key = fresh_key(row.pk, rung_part(rung))
    sealed: dict[str, vault.Sealed] = {}

    def sink(name: str, data: BinaryIO) -> None:
        sealed[name] = vault.seal(key, data)

    try:
        made = render(
            rows.source(row),
            rows.probe(row),
            EditList.from_json(row.edits),
            [rung],
            sink=sink,
            limits=limits(),
            clip=False,
            poster=False,
            level=level_from_json(row.level) if row.level else AS_IT_IS,
        )
    except FileRefused as refused:
        raise jobs.Permanent(refused.code, refused.detail) from refused
    (of_rung,) = made.rungs
    _keep(row, sealed, [variant_to_json(of_rung.variant)])


def _finish(row: Render) -> None:
    """Seals their playlist; with it they count, and what is public gets them."""
    text = master_playlist([variant_from_json(each) for each in row.av1])
    sealed = vault.put(fresh_key(row.pk, AV1_PART), text.encode("ascii"))
    with transaction.atomic():
        _keep(row, {AV1_MASTER: sealed}, [])
        for public in Publication.objects.select_related("render").filter(
            render=row, state=Publication.State.LIVE
        ):
            late.take_in_later(public)


def _keep(row: Render, sealed: dict[str, vault.Sealed], lines: list[dict[str, Any]]) -> None:
    """Notes files and lines of the playlist. The row may be at work elsewhere too, for a size in
    H.264 that came late: so its files are read anew, and locked."""
    with transaction.atomic():
        rows.lock(row, "files", "av1")
        row.files = {**row.files, **{name: rows.kept(name, one) for name, one in sealed.items()}}
        row.av1 = [*row.av1, *lines]
        row.save(update_fields=["files", "av1"])
