"""Looking at an original: what the gate measures of it, or why it is refused."""

import threading

from django.db import transaction

from wardcast.gate import probe as gate
from wardcast.gate.errors import FileRefused
from wardcast.gate.limits import Limits, limits_for
from wardcast.media import actions, speech
from wardcast.media.events import AssetReady, AssetRefused
from wardcast.media.measured import probe_to_json, tags_to_bytes
from wardcast.media.models import Asset
from wardcast.media.sealed import SealedSource, fresh_key, part_key
from wardcast.platform import config, events, jobs, vault


def limits() -> Limits:
    """The gate's limits with what the operator has set."""
    house = config.current()
    return limits_for(house.max_upload_bytes, house.max_clip_ms)


def probe_original(job: jobs.JobView) -> None:
    """Measures an original. What is refused is refused for good, with the gate's own sentence."""
    jobs.report(job.id, "reading", 0.1)
    look_at(Asset.objects.get(pk=job.subject))


_LOOKING = tuple(threading.Lock() for _ in range(64))
"""A render may look at an original too, when it comes before the look has ended. Two at once would
destroy each other's key. One process does all work, so its locks suffice."""


def look_at(asset: Asset) -> None:
    """Measures an original unless that is done; raises `jobs.Permanent` for one that is refused."""
    with _LOOKING[asset.pk.int % len(_LOOKING)]:
        asset.refresh_from_db(fields=["state"])
        look(asset)


def look(asset: Asset) -> None:
    """Measures an original; nobody else may be at it."""
    if asset.state == Asset.State.READY:
        return
    try:
        found = gate.probe(SealedSource(asset.sealed_ref, asset.size), limits())
    except FileRefused as refused:
        raise jobs.Permanent(refused.code, refused.detail) from refused
    sealed = vault.put(fresh_key(asset.pk, "tags"), tags_to_bytes(found.tags))
    with transaction.atomic():
        now_ready = Asset.objects.filter(pk=asset.pk, state=Asset.State.STORED).update(
            state=Asset.State.READY, probe=probe_to_json(found), tags_ref=sealed.ref
        )
        if now_ready:
            actions.ensure_render(asset.pk)
            speech.listen_by_itself(Asset.objects.get(pk=asset.pk))
            events.tell(AssetReady(asset_id=asset.pk))
    if not now_ready and not Asset.objects.filter(pk=asset.pk).exists():
        vault.destroy(part_key(asset.pk, "tags"))  # deleted meanwhile: sealing made its key anew


def probe_failed(job: jobs.JobView, error: BaseException) -> None:
    """Says at the asset why it is refused."""
    code, detail = why(error)
    refused = Asset.objects.filter(pk=job.subject, state=Asset.State.STORED).update(
        state=Asset.State.REFUSED, refusal_code=code, refusal_detail=detail
    )
    if refused:
        events.tell(AssetRefused(asset_id=job.subject, code=code, detail=detail))


def probe_again(job: jobs.JobView) -> None:
    """Takes back that an original was refused which we could not look at."""
    Asset.objects.filter(pk=job.subject, state=Asset.State.REFUSED, refusal_code=jobs.OURS).update(
        state=Asset.State.STORED, refusal_code="", refusal_detail=""
    )


def why(error: BaseException) -> tuple[str, str]:
    """The code and the sentence for the owner of a clip on which work has failed for good."""
    if isinstance(error, jobs.Permanent):
        return error.code, error.detail
    return (
        jobs.OURS,
        "We could not finish this clip, and it is not the file's fault. "
        "Try again in a while; if it stays so, tell whoever runs this house.",
    )
