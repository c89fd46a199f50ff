"""What others may hear from the accounts."""

from dataclasses import dataclass
from uuid import UUID

from wardcast.platform.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed(Event):
    """Somebody began to follow somebody."""

    follower_id: UUID
    followed_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked(Event):
    """Somebody blocked somebody; follows between the two are gone."""

    blocker_id: UUID
    blocked_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Event):
    """What is shown beside a person's name changed: name, handle or credential."""

    user_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialChecked(Event):
    """Somebody is a verified clinician from now on."""

    user_id: UUID
    profession: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRevoked(Event):
    """Somebody is no longer a verified clinician."""

    user_id: UUID
