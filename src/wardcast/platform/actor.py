"""Who asks: what a request, a rule and the policy know of them."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, built once per request by `accounts`.

    `viewer` is the number that exposures are written under; `viewers` are all numbers whose
    exposures this actor answers for (the account's and those of devices linked to it). `nameless`:
    a guest who wants no number, and gets none.
    """

    user_id: UUID | None = None
    viewer: int | None = None
    viewers: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset({"guest"})
    handle: str = ""
    grants: frozenset[str] = frozenset()
    nameless: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether this actor is a person with an account."""
        return self.user_id is not None
