"""Identifiers: UUIDv7 for what is listed by time, random text for what must not be guessed."""

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0

# RFC 9562, section 6.2, method 3: the 12 bits of rand_a carry a fraction of the millisecond, so
# that ids made in one process within one millisecond still sort in the order they were made.
_FRACTION = 4096


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562), strictly increasing within this process."""
    global _last
    with _lock:
        ticks = time.time_ns() * _FRACTION // 1_000_000
        _last = ticks = max(ticks, _last + 1)
    milliseconds, fraction = divmod(ticks, _FRACTION)
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | fraction << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def public_id() -> str:
    """An unguessable name for a public folder: 144 random bits, safe in URLs and file names."""
    return secrets.token_hex(18)
