"""What every step reads of a render's row: its original, ladder, and the files that it names."""

from typing import Any

from wardcast.gate.ladder import DEFAULT_LADDER, Ladder, ladder_for
from wardcast.gate.probe import Probe
from wardcast.gate.render import media_type
from wardcast.media.looking import look_at
from wardcast.media.measured import probe_from_json
from wardcast.media.models import Asset, Render
from wardcast.media.sealed import SealedSource, render_keys
from wardcast.platform import jobs, vault


def waiting(job: jobs.JobView) -> Render | None:
    """The job's render, its original measured; None once the draft was deleted. What was sealed for
    it since then lies under keys that came after those that the deletion destroyed: they go too. A
    job whose keys are named by the original's own sizes has its short side as payload."""
    row = Render.objects.select_related("asset").filter(pk=job.subject).first()
    if row is None:
        side = job.payload.get("short_side", DEFAULT_LADDER.rungs[-1].short_side)
        for key in render_keys(job.subject, side):
            if vault.has_key(key):
                vault.destroy(key)
        return None
    if row.asset.state == Asset.State.REFUSED:
        raise jobs.Permanent(row.asset.refusal_code, row.asset.refusal_detail)
    if row.asset.state == Asset.State.STORED:
        look_at(row.asset)
        row.asset.refresh_from_db()
    return row


def lock(row: Render, *fields: str) -> None:
    """Reads these fields of a row anew and keeps others from it until the transaction ends."""
    row.refresh_from_db(fields=fields, from_queryset=Render.objects.select_for_update())


def source(row: Render) -> SealedSource:
    """Its original."""
    return SealedSource(row.asset.sealed_ref, row.asset.size)


def probe(row: Render) -> Probe:
    """What the gate measured of its original."""
    return probe_from_json(row.asset.probe or {})


def ladder(row: Render) -> Ladder:
    """The sizes that it gets."""
    return ladder_for(probe(row).short_side)


def kept(name: str, one: vault.Sealed) -> dict[str, Any]:
    """A sealed file as the row names it."""
    return {"ref": one.ref, "size": one.size, "sha256": one.sha256, "type": media_type(name)}
