"""What other rooms and the API learn about posts and versions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wardcast.gate.edits import NO_EDITS, EditList
from wardcast.posts.rules import Gate, VersionState
from wardcast.posts.tracks import Tracks, main


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version as other rooms see it. `render_hash` is empty until the clip is finished."""

    id: UUID
    post_id: UUID
    post_number: int
    author_id: UUID
    number: int
    serial: int
    hash: str
    state: VersionState
    lane: str
    title: str
    text: str
    script: str
    asset_id: UUID | None
    tracks: Tracks
    cover_ms: int | None
    edits: EditList
    render_id: UUID | None
    render_hash: str
    created_at: datetime
    public_at: datetime | None
    superseded_at: datetime | None
    because: str
    is_working: bool

    @property
    def captions_id(self) -> UUID | None:
        """The asset of its main caption track: what is spoken, else the first."""
        track = main(self.tracks)
        return track.asset_id if track else None

    @property
    def rendered(self) -> bool:
        """Whether its clip is finished, so that clearances can be bound to it."""
        return bool(self.render_hash)

    @property
    def is_edited(self) -> bool:
        """Whether anything of the original is covered, muted or cut out."""
        return self.edits != NO_EDITS

    @property
    def awaits_render(self) -> bool:
        """Whether it is edited and its finished clip, which is to be looked at, not there yet."""
        return self.is_edited and not self.rendered


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post as other rooms see it; its words are the draft's."""

    id: UUID
    number: int
    author_id: UUID
    lane: str
    state: str
    visibility: str
    title: str
    text: str
    script: str
    tracks: Tracks
    cover_ms: int | None
    edits: EditList
    asset_id: UUID | None
    current_id: UUID | None
    working_id: UUID | None
    updated_at: datetime
    published_at: datetime | None
    held_reason: str
    held_by: UUID | None
    held_at: datetime | None


@dataclass(frozen=True, slots=True)
class Source:
    """A part of another post's clip that a post was made from. The part lies in that clip as it
    plays, `at_ms` in the post's own as it plays; None where it is not known. `title` is
    empty where not everyone may watch that clip; `stays` tells that the post was public with it."""

    post_id: UUID
    version_id: UUID
    author_id: UUID
    title: str
    start_ms: int
    end_ms: int
    at_ms: int | None
    stays: bool


@dataclass(frozen=True, slots=True)
class Derived:
    """A version that holds a part of another post's clip, and where, in its own original's clock;
    None where that is not known."""

    version: VersionFacts
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Published:
    """It is public now, or was already."""

    post_id: UUID
    version_id: UUID


@dataclass(frozen=True, slots=True)
class GateView:
    """One gate of a version: whether it is cleared, and its latest verdict's note."""

    gate: Gate
    cleared: bool
    objected: bool
    note: str
