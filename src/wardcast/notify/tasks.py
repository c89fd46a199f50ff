"""Mail that must not be lost."""

from django.conf import settings
from django.core.mail import EmailMessage

from wardcast.accounts import queries as accounts
from wardcast.notify import kinds
from wardcast.notify.models import Notification
from wardcast.platform import clock, config, jobs

MAIL = "notify.mail"


@jobs.task(MAIL, retries=8)
def mail(job: jobs.JobView) -> None:
    """Sends one notification by mail, unless it was read meanwhile or its reader is gone.

    Killed between sending and noting it, it sends again: the message's id stays the same, by which
    mail programs show it once.
    """
    row = Notification.objects.filter(pk=job.subject, read_at=None, mailed_at=None).first()
    address = accounts.mail_of([row.user_id]).get(row.user_id) if row else None
    if row is None or address is None:
        return
    text = kinds.sentence(row.kind, row.values)
    link = config.current().base_url + kinds.link(row.kind, row.subject_id, row.values)
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    EmailMessage(
        subject=f"Wardcast: {_short(text)}",
        body=f"{text}\n\n{link}\n\nYou get this because it waits for you. Wardcast",
        to=[address],
        headers={"Message-ID": f"<{row.pk}@{host}>"},
    ).send()
    Notification.objects.filter(pk=row.pk).update(mailed_at=clock.now())


def _short(text: str) -> str:
    """The first line of a mail: one line, no longer than a phone shows."""
    line = " ".join(text.split())
    return line if len(line) <= 90 else f"{line[:89].rstrip()}…"
