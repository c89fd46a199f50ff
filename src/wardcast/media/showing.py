"""An original's pictures, as a version leaves them, and what was made of it, looked at and listened
to whole."""

from uuid import UUID

from wardcast.check.clips import hearing, looking
from wardcast.check.seen import Seen
from wardcast.check.voices import Voices
from wardcast.gate.edits import EditList
from wardcast.gate.plan import CLIP
from wardcast.gate.probe import Probe, Tag, probe
from wardcast.gate.speech import speech_sound
from wardcast.media import queries
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
    return looking.seen(
        SealedSource(asset.sealed_ref, asset.size), _original(asset), edits, limits()
    )


def voices(asset_id: UUID) -> Voices | None:
    """Who speaks when in an original, as `wardcast.check.clips.hearing.voices` tells it."""
    asset = Asset.objects.get(pk=asset_id)
    return hearing.voices(SealedSource(asset.sealed_ref, asset.size), _original(asset), limits())


def seen_made(asset_id: UUID, render_id: UUID, edits: EditList) -> Seen:
    """What is to be seen in the very clip that viewers get of a finished render, told in the
    original's pixels and clock; else as `seen`."""
    source, found = _made(render_id)
    original = _original(Asset.objects.get(pk=asset_id))
    return looking.seen_made(source, found, original, edits, limits())


def sound_made(render_id: UUID) -> bytes:
    """All that is heard in that clip: 16 kHz mono, signed 16 bits, little endian; empty where
    there is no sound."""
    source, found = _made(render_id)
    return speech_sound(source, found, limits())


def tags_made(render_id: UUID) -> tuple[Tag, ...]:
    """The tags that are left in that clip."""
    return _made(render_id)[1].tags


def _original(asset: Asset) -> Probe:
    return probe_from_json(asset.probe or {})


def _made(render_id: UUID) -> tuple[SealedSource, Probe]:
    kept = queries.file(render_id, CLIP)
    source = SealedSource(kept.ref, kept.size)
    return source, probe(source, limits())
