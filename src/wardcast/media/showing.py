"""An original's pictures, as a version leaves them, for those who look at all of it."""

from collections.abc import Callable
from uuid import UUID

from wardcast.gate.edits import EditList
from wardcast.gate.pictures import Picture, pictures
from wardcast.media.looking import limits
from wardcast.media.measured import probe_from_json
from wardcast.media.models import Asset
from wardcast.media.sealed import SealedSource


def size_of(asset_id: UUID) -> tuple[int, int]:
    """An original's upright width and height in pixels, once it was measured."""
    probe = probe_from_json(Asset.objects.get(pk=asset_id).probe or {})
    return probe.width, probe.height


def show(asset_id: UUID, edits: EditList, *, every_ms: int, see: Callable[[Picture], None]) -> None:
    """Shows the picture each `every_ms` in turn; they are as sensitive as the original.

    Raises the gate's `FileRefused` for a clip of which much cannot be decoded, and `GateBroken`
    where trying again may help.
    """
    asset = Asset.objects.get(pk=asset_id)
    probe = probe_from_json(asset.probe or {})
    source = SealedSource(asset.sealed_ref, asset.size)
    pictures(source, probe, every_ms=every_ms, see=see, edits=edits, limits=limits())
