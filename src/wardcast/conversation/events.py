"""What others may hear from the conversation."""

from dataclasses import dataclass
from uuid import UUID

from wardcast.platform.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Liked(Event):
    """A post's likes changed: it has `likes` now."""

    post_id: UUID
    likes: int
