"""What other rooms and the API learn about assets, renders and publications."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wardcast.gate.edits import EditList

CAPTIONS_FILE = "captions.vtt"
"""What a caption track is called beside its clip; its language comes in between."""
EARLY = "early.m3u8"
"""The playlist of what there is of the lowest rung while it is being made: for its author alone."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the gate takes a file not: a stable code, and a sentence for its owner."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class AssetView:
    """An original or a caption track. Sizes in bytes, times in ms of the original's clock."""

    id: UUID
    owner_id: UUID
    kind: str
    name: str
    size: int
    sha256: str
    state: str
    duration_ms: int | None
    has_audio: bool
    truncated: bool
    refusal: Refusal | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class File:
    """A sealed file of a render: where it lies, its length in bytes, hash and media type."""

    ref: str
    size: int
    sha256: str
    type: str


@dataclass(frozen=True, slots=True)
class RenderView:
    """A render. `hash` is the SHA-256 of its MP4, empty until it is ready; `blurhash` stands for
    its poster until that has loaded, and is empty where there is none; `lacking` names the rungs
    that it is finished without."""

    id: UUID
    asset_id: UUID
    edits: EditList
    state: str
    duration_ms: int
    width: int
    height: int
    hash: str
    files: Mapping[str, File]
    blurhash: str
    lacking: tuple[str, ...]
    failure: Refusal | None

    @property
    def playable(self) -> bool:
        """Whether there is something to watch."""
        return self.state in ("lowest_ready", "ready")

    @property
    def growing(self) -> bool:
        """Whether its first seconds can be watched while the rest is being made."""
        return self.state == "waiting" and EARLY in self.files


@dataclass(frozen=True, slots=True)
class PublicTrack:
    """A caption track, as it is published: its language (BCP 47), and whether that is spoken."""

    language: str
    webvtt: str
    spoken: bool

    @property
    def file(self) -> str:
        """The name of the public file: `captions.de.vtt`."""
        stem, _, ending = CAPTIONS_FILE.partition(".")
        return f"{stem}.{self.language}.{ending}"


@dataclass(frozen=True, slots=True)
class TrackUrl:
    """Where a public caption track is."""

    language: str
    spoken: bool
    url: str


@dataclass(frozen=True, slots=True)
class MediaUrls:
    """Where a published version is played from; captions by language, what is spoken first. `av1`
    says whether its sizes are there in AV1 too: `av1.m3u8` beside `hls`."""

    hls: str
    mp4: str
    poster: str
    captions: tuple[TrackUrl, ...]
    av1: bool = False
