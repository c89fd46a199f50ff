"""The corrections of a house by mail, for anyone with an address.

Nothing is kept of an address until whoever reads its mail has pressed the button behind a sealed
link; then the address and until when it was told, and after the way out nothing again. A round
mails each subscriber once a day at most, with all that was corrected since; that they are told is
written before the mail leaves, so that nobody gets the same twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from wardcast.accounts import queries as accounts
from wardcast.notify import letters
from wardcast.platform import config, limits, tickets
from wardcast.platform.http import Invalid, TooMany, Unavailable
from wardcast.platform.policy import Actor
from wardcast.recall import cards, mailed, queries
from wardcast.recall.models import Subscriber
from wardcast.recall.queries import NoticeView

EACH = timedelta(minutes=10)
"""How often it is looked who is to be told something."""
APART = timedelta(days=1)
"""Between two mails to one subscriber."""
CONFIRMED_WITHIN = timedelta(days=3)
AT_ONCE = 1000
"""The most mails in one round."""

_SETTLES = timedelta(minutes=2)  # a notice may be written later than the moment that it bears
_MOST = 30
_CHARS = 254
_DAY, _HOUR = 86_400, 3600
_OF_ADDRESS, _OF_PLACE, _OF_HOUSE = 3, 10, 200
_CONFIRM, _STOP = "confirm corrections", "stop corrections"


def ask(address: str, place: str) -> None:
    """Sends the link that subscribes an address, whether or not it is subscribed: so that nobody
    learns which of the two. Raises `Invalid`, `TooMany` and `Unavailable`.

    An address gets three links a day; past that, nothing is sent and the same is said.
    """
    address = _plain(address)
    what = "asked for corrections by mail"
    where = tickets.mark("place", place)
    limits.hit(f"corrections at {where}", limit=_OF_PLACE, per_seconds=_HOUR, what=what)
    limits.hit("corrections here", limit=_OF_HOUSE, per_seconds=_HOUR, what=what)
    mark = tickets.mark(_CONFIRM, address)
    try:
        limits.hit(f"corrections to {mark}", limit=_OF_ADDRESS, per_seconds=_DAY, what=what)
    except TooMany:
        return
    try:
        with letters.line() as line:
            line.take(_question(address))
    except (OSError, SMTPException) as error:
        raise Unavailable(
            "mail_not_sent",
            "Our mail server did not take the mail, so nothing was sent. Try again in a few "
            "minutes.",
        ) from error


def asked(ticket: str) -> bool:
    """Whether this is a whole ticket to subscribe, made within three days."""
    return _to_confirm(ticket) is not None


def confirm(ticket: str, now: datetime) -> None:
    """Subscribes the address that the ticket was sent to; twice is once."""
    if address := _to_confirm(ticket):
        Subscriber.objects.get_or_create(address=address, defaults={"told_until": now})


def stops(ticket: str) -> bool:
    """Whether this is a whole ticket to end a subscription."""
    return tickets.opened(_STOP, ticket) is not None


def stop(ticket: str) -> None:
    """Ends the subscription of the address that the ticket was sent to, and forgets the address."""
    if address := tickets.opened(_STOP, ticket):
        Subscriber.objects.filter(address=address).delete()


def send(now: datetime, at_once: int = AT_ONCE) -> int:
    """Tells subscribers what was corrected since they were told last; answers how many mails the
    mail server took. Raises `OSError` or `SMTPException` where it does not answer."""
    until = now - _SETTLES
    since = queries.corrected_last(until)
    if since is None:
        return 0
    waiting = Subscriber.objects.filter(
        Q(mailed_at=None) | Q(mailed_at__lte=now - APART), told_until__lt=since
    ).order_by("pk")
    return sum(_tell(each, until, now) for each in list(waiting[:at_once]))


def _tell(subscriber: Subscriber, until: datetime, now: datetime) -> bool:
    notices = queries.corrected(subscriber.told_until, until)
    mine = Subscriber.objects.filter(pk=subscriber.pk)
    with letters.line() as line:
        # Who ended it meanwhile is gone; of two workers one alone finds it as it was read.
        if not mine.filter(told_until=subscriber.told_until).update(
            told_until=until, mailed_at=now
        ):
            return False
        if line.take(_letter(subscriber.address, notices)):
            return True
    mine.filter(told_until=until).update(
        told_until=subscriber.told_until, mailed_at=subscriber.mailed_at
    )
    return False


def _letter(address: str, notices: Sequence[NoticeView]) -> letters.Letter:
    base = config.current().base_url
    about = cards.about(notices, Actor())
    several = f"{len(notices)} corrections" if len(notices) > 1 else "A correction"
    stop_url = f"{base}/mail/corrections/{tickets.seal(_STOP, address)}"
    words = mailed.Mail(
        lead=f"{several} of {_house()}. This is what is right:",
        button="All corrections, newest first",
        url=f"{base}/corrections",
        why="You get this because somebody who reads your mail asked for the corrections of this "
        "house, at most once a day.",
        stop_url=stop_url,
    )
    shown = [mailed.entry(each, about[each.id], None) for each in notices[:_MOST]]
    text, html = mailed.worded(words, shown)
    return letters.Letter(address, f"Wardcast: {several.lower()}", text, html, stop_url)


def _question(address: str) -> letters.Letter:
    ticket = tickets.seal(_CONFIRM, address)
    words = mailed.Mail(
        lead=f"Somebody, perhaps you, wants the corrections of {_house()} sent to this address.",
        button="Yes, send them to me",
        url=f"{config.current().base_url}/corrections/confirm/{ticket}",
        why="The link works for three days. If it was not you, do nothing: your address is not "
        "kept here, and no more mail comes.",
    )
    text, html = mailed.worded(words, ())
    return letters.Letter(address, "Wardcast: confirm that you want corrections", text, html)


def _house() -> str:
    return mailed.line(accounts.host_policy().name)


def _to_confirm(ticket: str) -> str | None:
    return tickets.opened(_CONFIRM, ticket, within=CONFIRMED_WITHIN)


def _plain(address: str) -> str:
    plain = address.strip().lower()
    try:
        validate_email(plain)
    except ValidationError as error:
        raise _no_address() from error
    if len(plain) > _CHARS:
        raise _no_address()
    return plain


def _no_address() -> Invalid:
    return Invalid(
        "bad_address",
        "This is no e-mail address, so nothing was sent. Go back and write it as name@example.org.",
        field="address",
    )
