"""An original's pictures, as a version leaves them, looked at by the check's eyes."""

from uuid import UUID

from wardcast.check.clips import looking
from wardcast.check.seen import Seen
from wardcast.gate.edits import EditList
from wardcast.media.looking import limits
from wardcast.media.measured import probe_from_json
from wardcast.media.models import Asset
from wardcast.media.sealed import SealedSource


def seen(asset_id: UUID, edits: EditList) -> Seen:
    """What is to be seen in an original once it is edited like this: as sensitive as the original.

    A clip of which much cannot be decoded was not looked at, and the answer says so; raises the
    gate's `GateBroken` where trying again may help.
    """
    asset = Asset.objects.get(pk=asset_id)
    probe = probe_from_json(asset.probe or {})
    return looking.seen(SealedSource(asset.sealed_ref, asset.size), probe, edits, limits())
