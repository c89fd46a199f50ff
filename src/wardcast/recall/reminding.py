"""Mail to those who owe a notice, were not shown it and did not come back within three days.

Nothing is fanned out when a notice is opened. When its three days are over, those who have not been
shown it are looked up, and each gets one mail with all that they owe then; one row a notice and
viewer's number is written before the mail leaves. So nobody is written to twice about a notice,
whatever is killed or runs twice; who was being written to in the moment of a kill may get no mail,
and meets the card in the app as before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from wardcast.accounts import queries as accounts
from wardcast.notify import choices, letters
from wardcast.platform import config
from wardcast.recall import cards, mailed, noting, queries
from wardcast.recall.ledger import milliseconds
from wardcast.recall.models import Cohort, Reminder
from wardcast.recall.queries import OwedNotice

EACH = timedelta(minutes=10)
"""How often it is looked who is to be written to."""
DUE_AFTER = timedelta(hours=72)
"""How long after its opening a notice waits for people to come by themselves."""
GIVEN_UP_AFTER = timedelta(days=10)
"""Nobody is written to about a notice that is older: where a house stood still, or its mail server
kept putting somebody off."""
AT_ONCE = 1000
"""The most mails in one round: mail servers turn away who sends more."""


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody who may be written to; `numbers` are all theirs, `number` is their account's."""

    user_id: UUID
    address: str
    number: int
    numbers: frozenset[int]


def remind(now: datetime, at_once: int = AT_ONCE) -> int:
    """Writes to those who are to be reminded now, `at_once` at most; answers how many mails the
    mail server took. Raises `OSError` or `SMTPException` where it does not answer."""
    due = Cohort.objects.filter(
        reminded_at=None, terminated_at=None, opened_at__lte=milliseconds(now - DUE_AFTER)
    ).order_by("opened_at", "pk")
    left = at_once
    for cohort in due:
        people: list[_Person] = []
        if cohort.opened_at > milliseconds(now - GIVEN_UP_AFTER):
            people = _waiting(cohort.pk)
        done = [_write(each, cohort.pk, now) for each in people[:left]]
        left -= sum(each is True for each in done)
        if len(done) == len(people) and False not in done:
            Cohort.objects.filter(pk=cohort.pk).update(reminded_at=milliseconds(now))
        if left <= 0:
            break
    return at_once - left


def _waiting(notice_id: UUID) -> list[_Person]:
    """Who owes a notice unseen, was not written to about it, and wants to be."""
    unshown = queries.unshown(notice_id)
    written = Reminder.objects.filter(notice=notice_id).values_list("viewer", flat=True)
    owners = accounts.owners(set(unshown) - set(written))
    addresses = accounts.mail_of(choices.reminded_by_mail(owners.values()))
    return [
        _Person(user_id, addresses[user_id], number, frozenset(unshown[number]))
        for number, user_id in sorted(owners.items())
        if user_id in addresses
    ]


def _write(person: _Person, notice_id: UUID, now: datetime) -> bool | None:
    """Writes to one person about all that they owe. False where the mail server puts it off, None
    where there is nothing to say (any more)."""
    owed = queries.owed(person.numbers)
    if notice_id not in {each.notice.id for each in owed}:
        return None  # read meanwhile, or a notice that corrects it is owed in its place
    with letters.line() as line:
        named = noting.note(Reminder, person.number, [each.notice.id for each in owed], now)
        if notice_id not in named:
            return None  # another worker was first
        if line.take(_letter(person, [each for each in owed if each.notice.id in named])):
            return True
    Reminder.objects.filter(viewer=person.number, notice__in=named).delete()
    return False


def _letter(person: _Person, owed: list[OwedNotice]) -> letters.Letter:
    base = config.current().base_url
    about = cards.about([each.notice for each in owed], accounts.actor_of(person.user_id))
    several = len(owed) > 1
    waits = f"{len(owed)} corrections wait for you" if several else "A correction waits for you"
    stop_url = choices.stop_url(person.user_id)
    words = mailed.Mail(
        lead=f"{waits}, about {'videos' if several else 'a video'} that you watched. This is what "
        "is right:",
        button="Read what was wrong, and confirm that you know",
        url=f"{base}/",
        why="You get this once for each correction, because you watched the video with your "
        "account and have not been back since.",
        stop_url=stop_url,
    )
    entries = [mailed.entry(each.notice, about[each.notice.id], each.watched_at) for each in owed]
    text, html = mailed.worded(words, entries)
    subject = f"Wardcast: {waits[0].lower()}{waits[1:]}"
    return letters.Letter(person.address, subject, text, html, stop_url)
