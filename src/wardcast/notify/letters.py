"""Mail that somebody may stop: plain text and HTML, with the way out in its head (RFC 8058).

A mail server can take a mail and never say so. So whoever must not write twice notes first that
they write, with the line to the server open, and takes the note back only where the server said
that it did not take the mail.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from wardcast.platform.ids import new_id

_LOG = logging.getLogger("wardcast.mail")
_FOR_GOOD = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail. `stop_url` is where its reader ends such mails, without signing in; empty where
    it is one of none that come by themselves."""

    to: str
    subject: str
    text: str
    html: str
    stop_url: str = ""


class Line:
    """An open line to the mail server."""

    def __init__(self, backend: object) -> None:
        self._backend = backend

    def take(self, letter: Letter) -> bool:
        """Hands a letter over. False where the server did not take it and may later; True too where
        it never will, since trying again would be in vain.

        Raises `OSError` or `SMTPException` where it is not known whether the server has it.
        """
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        message = EmailMultiAlternatives(
            subject=letter.subject,
            body=letter.text,
            to=[letter.to],
            connection=self._backend,
            headers={"Message-ID": f"<{new_id()}@{host}>", "Auto-Submitted": "auto-generated"},
        )
        if letter.stop_url:
            message.extra_headers["List-Unsubscribe"] = f"<{letter.stop_url}>"
            message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.attach_alternative(letter.html, "text/html")
        try:
            message.send()
        except SMTPRecipientsRefused as error:
            return _settled(max(code for code, _ in error.recipients.values()))
        except SMTPResponseException as error:
            return _settled(error.smtp_code)
        return True


@contextmanager
def line() -> Iterator[Line]:
    """Opens a line; raises `OSError` or `SMTPException` where the server does not answer."""
    backend = get_connection()
    backend.open()
    try:
        yield Line(backend)
    finally:
        backend.close()


def _settled(code: int) -> bool:
    # Neither the address nor the server's words, which may hold it, belong in a log.
    _LOG.warning("the mail server refused a mail with code %d", code)
    return code >= _FOR_GOOD
