"""People as the API shows them."""

from datetime import datetime
from uuid import UUID

from ninja import Schema


class CredentialOut(Schema):
    """What is shown beside a name."""

    profession: str
    specialty: str
    checked_at: datetime


class PersonOut(Schema):
    """A person beside what they made; `credential` is null unless one is in force."""

    id: UUID
    handle: str
    name: str
    credential: CredentialOut | None


class CredentialDetailOut(CredentialOut):
    """A credential in force, with who checked it and how."""

    country: str
    checked_how: str
    checked_by_name: str
    expires_at: datetime | None
