"""A post's caption tracks: one a language, at most one of them in what is spoken. Values only.

They stand in a row as `[[language, asset id, whether that is spoken], …]`, what is spoken first,
the others by their tags, so that equal tracks are equal rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

MOST = 30
"""Languages that one post may have captions in."""


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in one language (BCP 47), and the asset that holds them."""

    language: str
    asset_id: UUID
    spoken: bool = False


Tracks = tuple[Track, ...]


def from_row(kept: Sequence[Sequence[Any]]) -> Tracks:
    """What `to_row` wrote."""
    return tuple(Track(language, UUID(asset), spoken) for language, asset, spoken in kept)


def to_row(tracks: Iterable[Track]) -> list[list[Any]]:
    """The tracks as they stand in a row."""
    return [[each.language, str(each.asset_id), each.spoken] for each in ordered(tracks)]


def ordered(tracks: Iterable[Track]) -> Tracks:
    """What is spoken first, the others by their tags."""
    return tuple(sorted(tracks, key=lambda each: (not each.spoken, each.language)))


def find(tracks: Iterable[Track], language: str) -> Track | None:
    """The track in a language."""
    return next((each for each in tracks if each.language == language), None)


def find_asset(tracks: Iterable[Track], asset_id: UUID) -> Track | None:
    """The track that an asset holds."""
    return next((each for each in tracks if each.asset_id == asset_id), None)


def with_track(tracks: Tracks, language: str, asset_id: UUID, spoken: bool | None) -> Tracks:
    """The tracks with this one in place of the one in its language. `spoken` None leaves the mark
    as it is; the first track of all is marked."""
    before = find(tracks, language)
    if spoken is None:
        spoken = before.spoken if before else not tracks
    added = Track(language, asset_id, spoken)
    rest = [each for each in tracks if each.language != language]
    return ordered([added, *(replace(each, spoken=each.spoken and not spoken) for each in rest)])


def without(tracks: Tracks, language: str) -> Tracks:
    """The tracks without the one in this language. No other becomes the spoken one by that."""
    return tuple(each for each in tracks if each.language != language)


def with_spoken(tracks: Tracks, language: str | None) -> Tracks:
    """The tracks with the mark moved to one language; None for none of them."""
    return ordered(replace(each, spoken=each.language == language) for each in tracks)


def main(tracks: Tracks) -> Track | None:
    """The track of what is spoken, else the first."""
    return ordered(tracks)[0] if tracks else None
