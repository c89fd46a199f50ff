"""What others may hear of uploads and renders."""

from dataclasses import dataclass
from uuid import UUID

from wardcast.platform.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetReady(Event):
    """The gate knows what the original is and accepts it."""

    asset_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRefused(Event):
    """The gate refuses the original; `detail` says why, for its owner."""

    asset_id: UUID
    code: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetHeard(Event):
    """The house's recogniser has heard what it could of an original."""

    asset_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderPlayable(Event):
    """The lowest rung is made: the clip can be played."""

    render_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderReady(Event):
    """Everything that viewers get is made and was read back."""

    render_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderFailed(Event):
    """The render failed for good; `detail` says why, for the original's owner."""

    render_id: UUID
    code: str
    detail: str
