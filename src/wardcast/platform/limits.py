"""Rate limits that hold across processes: a counter per key and window, a row each.

Django's database cache would not do: its `incr` reads, then writes, so that two at once count as
one, and it keeps what it wrote for five minutes whatever the window is.
"""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F

from wardcast.platform import clock
from wardcast.platform.http import TooMany
from wardcast.platform.models import Use


def hit(key: str, *, limit: int, per_seconds: int, what: str) -> None:
    """Counts one use of `key`; raises `TooMany` past `limit` uses in the present window.

    `what` completes the sentence "You have … too often".
    """
    moment = int(clock.now().timestamp())
    wait = per_seconds - moment % per_seconds
    window = datetime.fromtimestamp(moment + wait, UTC)
    with transaction.atomic():
        row, first = Use.objects.get_or_create(key=key, until=window)
        if first:
            Use.objects.filter(until__lte=clock.now()).delete()
        Use.objects.filter(pk=row.pk).update(count=F("count") + 1)
        count = Use.objects.values_list("count", flat=True).get(pk=row.pk)
    if count > limit:
        raise TooMany(
            "too_often",
            f"You have {what} too often. Nothing was changed; try again in {wait} seconds.",
            retry_after=wait,
        )
