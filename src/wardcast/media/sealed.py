"""Originals and renders in the vault: a key for each thing that can be made anew.

A step that was killed has left sealed files that no row names. Each step seals under a key of its
own and destroys that key before it begins, so that nothing half-made stays.
"""

from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID, uuid5

from wardcast.gate.ladder import Rung, in_av1, ladder_for
from wardcast.platform import vault

AV1_PART = "av1"
"""The part of a render that holds the playlist of its sizes in AV1."""


@dataclass(frozen=True, slots=True)
class SealedSource:
    """An original in the vault, as the gate reads it: unsealed as it is read, never on a disk."""

    ref: str
    size: int

    def open(self) -> BinaryIO:
        """A fresh stream of the plaintext."""
        return vault.open(self.ref)


def part_key(of: UUID, part: str) -> UUID:
    """The vault key of one part of a thing."""
    return uuid5(of, part)


def fresh_key(of: UUID, part: str) -> UUID:
    """The same key, once whatever an earlier try has sealed under it is gone."""
    key = part_key(of, part)
    if vault.has_key(key):
        vault.destroy(key)
    return key


def rung_part(rung: Rung) -> str:
    """The part of a render that holds one rung, made by itself."""
    return f"rung {rung.name}"


def render_keys(render_id: UUID, short_side: int | None) -> list[UUID]:
    """Every vault key that a render of an original may have used; the short side in pixels, None
    before it was measured."""
    parts = ["lowest", "rest"]
    if short_side:
        ladder = ladder_for(short_side)
        rungs = (*ladder.rest, *in_av1(ladder).rungs)
        parts += [*(rung_part(rung) for rung in rungs), AV1_PART]
    return [part_key(render_id, part) for part in parts]
