"""What a person wants to be told by mail, and how they end it without signing in."""

from collections.abc import Iterable
from uuid import UUID

from wardcast.accounts import queries as accounts
from wardcast.notify.models import Choice
from wardcast.platform import config, tickets

_STOP = "reminders"


def reminded_by_mail(user_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these people who are reminded by mail of what they owe: all but who ended it."""
    ids = set(user_ids)
    ended = Choice.objects.filter(user__in=ids, reminded_by_mail=False)
    return ids - set(ended.values_list("user_id", flat=True))


def choose(user_id: UUID, *, by_mail: bool) -> None:
    """Begins or ends reminders by mail."""
    Choice.objects.update_or_create(user_id=user_id, defaults={"reminded_by_mail": by_mail})


def stop_url(user_id: UUID) -> str:
    """The address at which a person ends reminders by mail; it works as long as they are here."""
    return f"{config.current().base_url}/mail/reminders/{tickets.seal(_STOP, str(user_id))}"


def stops(ticket: str) -> bool:
    """Whether this is a whole ticket to end somebody's reminders."""
    return tickets.opened(_STOP, ticket) is not None


def stop(ticket: str) -> None:
    """Ends reminders by mail for whom the ticket was made; one that is not whole ends nothing."""
    found = tickets.opened(_STOP, ticket)
    if found and accounts.account(UUID(found)):
        choose(UUID(found), by_mail=False)
