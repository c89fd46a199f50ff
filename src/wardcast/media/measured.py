"""What the gate measured, as it is kept: a row's JSON, and the tags sealed apart."""

import json
from dataclasses import asdict
from typing import Any

from wardcast.gate.playlists import Variant
from wardcast.gate.probe import Probe, Tag
from wardcast.gate.sound import Level


def probe_to_json(probe: Probe) -> dict[str, Any]:
    """A probe without its tags."""
    kept = asdict(probe)
    del kept["tags"]
    return kept


def probe_from_json(kept: dict[str, Any], tags: tuple[Tag, ...] = ()) -> Probe:
    """The probe that `probe_to_json` wrote."""
    return Probe(**kept, tags=tags)


def tags_to_bytes(tags: tuple[Tag, ...]) -> bytes:
    """Tags, to be sealed."""
    return json.dumps([[tag.name, tag.value, tag.where] for tag in tags]).encode()


def tags_from_bytes(data: bytes) -> tuple[Tag, ...]:
    """The tags that `tags_to_bytes` wrote."""
    return tuple(Tag(name, value, where) for name, value, where in json.loads(data))


def variant_to_json(variant: Variant) -> dict[str, Any]:
    """A line of the master playlist."""
    return asdict(variant)


def variant_from_json(kept: dict[str, Any]) -> Variant:
    """The variant that `variant_to_json` wrote."""
    return Variant(**kept)


def level_to_json(level: Level) -> dict[str, Any]:
    """What is done to a clip's loudness."""
    return asdict(level)


def level_from_json(kept: dict[str, Any]) -> Level:
    """The level that `level_to_json` wrote."""
    return Level(**kept)
