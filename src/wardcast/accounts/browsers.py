"""Browsers that let the house knock: where each is reached, beside the number that watched there.

Guests have them too. They lie with the links, since an address is a browser's for good.
"""

from collections.abc import Collection, Sequence
from hashlib import sha256

from django.db import transaction

from wardcast.accounts.models import PushAddress
from wardcast.platform import clock
from wardcast.platform.routing import LINKS
from wardcast.platform.webpush import Browser

_MOST = 10
"""So many browsers a number has; the one that was added longest ago makes room."""


def keep(viewer: int, browser: Browser) -> None:
    """Lets the house knock at a browser for this number; whose it was before, it is no more."""
    with transaction.atomic(using=LINKS):
        PushAddress.objects.update_or_create(
            id=_id(browser.endpoint),
            defaults={
                "viewer_id": viewer,
                "endpoint": browser.endpoint,
                "point": browser.point,
                "secret": browser.secret,
                "at": clock.now(),
            },
        )
        own = PushAddress.objects.filter(viewer=viewer).order_by("-at", "pk")
        old = list(own.values_list("pk", flat=True)[_MOST:])
        PushAddress.objects.filter(pk__in=old).delete()


def drop(endpoint: str) -> None:
    """Forgets a browser. Its address is a secret of its own: who knows it may say so."""
    PushAddress.objects.filter(pk=_id(endpoint)).delete()


def of(numbers: Collection[int]) -> list[Browser]:
    """The browsers of these numbers, as one viewer's."""
    rows = PushAddress.objects.filter(viewer__in=list(numbers)).order_by("at", "pk")
    return [Browser(row.endpoint, bytes(row.point), bytes(row.secret)) for row in rows]


def reached(numbers: Sequence[int]) -> set[int]:
    """Those of these numbers that have a browser."""
    found: set[int] = set()
    for at in range(0, len(numbers), 500):
        rows = PushAddress.objects.filter(viewer__in=numbers[at : at + 500])
        found |= set(rows.values_list("viewer_id", flat=True))
    return found


def _id(endpoint: str) -> str:
    return sha256(endpoint.encode()).hexdigest()
