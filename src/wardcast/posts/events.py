"""What others may hear of posts and versions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wardcast.platform.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfVersion(Event):
    post_id: UUID
    version_id: UUID
    author_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionCut(_OfVersion):
    """A new version exists and is to be examined."""

    asset_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRendered(_OfVersion):
    """The version's clip is finished; clearances can be bound to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionCleared(_OfVersion):
    """One gate has cleared the version; `all` when it was the last that was needed."""

    gate: str
    all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionObjected(_OfVersion):
    """Somebody objects to the version."""

    gate: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSuperseded(_OfVersion):
    """A newer version has taken its place before it was public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionWithdrawn(_OfVersion):
    """A version that was public is so no more; its files are gone. `because` is "replaced" when a
    newer version takes its place."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPublished(_OfVersion):
    """A version is public now: all that a feed needs to know of it."""

    post_number: int
    version_serial: int
    lane: str
    visibility: str
    published_at: datetime
    first: bool
    reach: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachChanged(_OfVersion):
    """Feeds may show the version to `reach` people from now on; None for all."""

    reach: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibilityChanged(Event):
    """A public post is to be seen by others than before."""

    post_id: UUID
    author_id: UUID
    visibility: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostHeld(Event):
    """A moderator holds the post: nobody but its author sees it."""

    post_id: UUID
    author_id: UUID
    reason: str
    by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRestored(Event):
    """The post is no longer held. `public` tells whether it is public again."""

    post_id: UUID
    author_id: UUID
    by: UUID
    public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDeleted(Event):
    """The post is gone, with everything that was sealed for it."""

    post_id: UUID
    author_id: UUID
    version_ids: tuple[UUID, ...]
