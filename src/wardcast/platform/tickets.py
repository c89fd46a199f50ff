"""Links that say by themselves what they are for: sealed, so that neither the logs of a server in
between nor who looks over a shoulder reads an address out of one.

Fernet (AES and HMAC) under a key of the purpose's own, which comes from the house's secret: a
ticket for one purpose opens nothing else.
"""

import base64
import hmac
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken

from wardcast.platform import clock, config


def seal(purpose: str, text: str) -> str:
    """A ticket for `purpose` that holds `text`; safe in an address."""
    token = _box(purpose).encrypt_at_time(text.encode(), _seconds())
    return token.decode().rstrip("=")  # mail programs leave a sign at the end out of a link


def opened(purpose: str, ticket: str, *, within: timedelta | None = None) -> str | None:
    """What a ticket for `purpose` holds, or None where it is none or older than `within`."""
    token = ticket + "=" * (-len(ticket) % 4)
    try:
        if within is None:
            return _box(purpose).decrypt(token.encode()).decode()
        ttl = int(within.total_seconds())
        return _box(purpose).decrypt_at_time(token.encode(), ttl, _seconds()).decode()
    except (InvalidToken, UnicodeEncodeError):
        return None


def mark(purpose: str, text: str) -> str:
    """What stands for a text where it must be known again and not be read: nobody else can make it
    from the text."""
    return hmac.digest(_key(purpose), text.encode(), "sha256").hex()


def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(purpose)))


def _key(purpose: str) -> bytes:
    secret = config.current().secret_key().encode()
    return hmac.digest(secret, f"ticket {purpose}".encode(), "sha256")


def _seconds() -> int:
    return int(clock.now().timestamp())
