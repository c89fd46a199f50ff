"""What other rooms and the API learn about people."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CredentialCard:
    """What is shown beside a name: what the person is, and since when that is checked."""

    profession: str
    specialty: str
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as shown beside what they made. `credential` is None unless one is in force."""

    id: UUID
    handle: str
    name: str
    credential: CredentialCard | None


@dataclass(frozen=True, slots=True)
class CredentialDetail:
    """A credential in force, with who checked it and how."""

    profession: str
    specialty: str
    country: str
    checked_how: str
    checked_at: datetime
    checked_by_name: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Account:
    """A person's own account, as they see it."""

    id: UUID
    handle: str
    name: str
    email: str
    bio: str
    town: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's page. `following` and `blocked` are the reader's own doing."""

    person: PersonCard
    bio: str
    followers: int
    following_count: int
    following: bool
    blocked: bool
    is_self: bool
    credential: CredentialDetail | None


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """An account as those who run the house see it."""

    person: PersonCard
    email: str
    is_active: bool
    roles: frozenset[str]
    credential: CredentialDetail | None
