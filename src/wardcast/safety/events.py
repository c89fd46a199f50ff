"""Facts about consents that others may hear."""

from dataclasses import dataclass
from uuid import UUID

from wardcast.platform.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEnded(Event):
    """A consent holds no more: `why` is "withdrawn" or "expired". `version_ids` are the versions
    that rest on it and are or were public."""

    consent_id: UUID
    post_id: UUID
    author_id: UUID
    why: str
    version_ids: tuple[UUID, ...]
