"""Who leaves a notice's sum by number and stays in it by count: histories that were erased, and
exposures that ran out."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from wardcast.accounts import queries as accounts
from wardcast.recall import engines, ledger, queries, resting, rules
from wardcast.recall.ledger import milliseconds
from wardcast.recall.models import (
    Asked,
    Cohort,
    Departed,
    Expired,
    Knock,
    Notice,
    Receipt,
    Reminder,
)

_AT_ONCE = 500
"""So many viewers are looked at in one transaction."""


def depart(cohort: Cohort, numbers: Collection[int], why: rules.Lost) -> None:
    """Keeps of these numbers, as far as they are in the cohort, how they stand: people and devices
    once each, without their numbers. Call it before their exposures go."""
    exposed = ledger.in_cohort(
        numbers, cohort.version_serial, cohort.sealed_at, queries.span_of(cohort)
    )
    roots = accounts.roots(exposed)
    receipts = Receipt.objects.filter(notice_id=cohort.pk, viewer__in=list(numbers))
    told = [
        rules.Told(*values)
        for values in receipts.values_list("viewer", "shown_at", "acknowledged_at")
    ]
    linked = accounts.roots(each.viewer for each in told)
    signed_in = accounts.account_numbers(set(roots.values()))
    alike = Counter(
        (
            rules.Group.SIGNED_IN if root in signed_in else rules.Group.GUESTS,
            rules.outcome_of(one, reachable=False),
            one.shown_at,
        )
        for root, one in rules.gather(set(roots), told, {**linked, **roots}).items()
    )
    Departed.objects.bulk_create(
        Departed(
            notice_id=cohort.pk, group=group, outcome=outcome, told_at=at, why=why, count=count
        )
        for (group, outcome, at), count in alike.items()
    )


def bring_in(notice: Notice) -> None:
    """Counts into a new notice those whose exposure to its version has expired."""
    Departed.objects.bulk_create(
        Departed(
            notice=notice,
            group=each.group,
            outcome=rules.Outcome.UNREACHABLE,
            why=rules.Lost.EXPIRED,
            count=each.count,
        )
        for each in Expired.objects.filter(version_serial=notice.version_serial)
    )


def expire(now: datetime, keep: timedelta) -> int:
    """Erases exposures of which the last is longer ago than `keep`, unless a notice that is not as
    old needs them; answers how many, a person or device and a version each.

    What all numbers of a person were served goes together, so that nobody is counted twice.
    """
    since = milliseconds(now - keep)
    gone, last = 0, 0
    while some := ledger.viewers_after(last, _AT_ONCE):
        with transaction.atomic():
            gone += _expire(some, since)
        last = some[-1]
    return gone


def _expire(some: Collection[int], since: int) -> int:
    engines.current().alone()
    people = accounts.all_numbers(some)
    numbers = sorted({number for each in people.values() for number in each})
    ledger.hold(numbers)
    cohorts = list(Cohort.objects.all())
    needed = {
        each.version_serial
        for each in cohorts
        if each.terminated_at is None
        and not rules.is_over(opened_at=each.opened_at, kept_since=since)
    }
    facts = ledger.by_viewer(numbers)
    old: dict[int, dict[int, list[int]]] = {}
    for root, own in people.items():
        last: Counter[int] = Counter()
        for number in own:
            for version, fact in facts.get(number, {}).items():
                last[version] = max(last[version], fact.last_at)
        for version, at in last.items():
            if at < since and version not in needed:
                having = [number for number in own if version in facts.get(number, {})]
                old.setdefault(version, {})[root] = having
    for version, found in old.items():
        theirs = [number for own in found.values() for number in own]
        for cohort in cohorts:
            if cohort.version_serial == version:
                if cohort.terminated_at is None:
                    depart(cohort, theirs, rules.Lost.EXPIRED)
                for table in (Receipt, Reminder, Knock, Asked):
                    table.objects.filter(notice_id=cohort.pk, viewer__in=theirs).delete()
        _count(version, found)
    resting.take_out(
        {version: [n for own in found.values() for n in own] for version, found in old.items()}
    )
    return sum(len(found) for found in old.values())


def _count(version: int, roots: Collection[int]) -> None:
    signed_in = accounts.account_numbers(roots)
    for group, count in (
        (rules.Group.SIGNED_IN, len(signed_in)),
        (rules.Group.GUESTS, len(roots) - len(signed_in)),
    ):
        if count:
            Expired.objects.get_or_create(
                version_serial=version, group=group, defaults={"count": 0}
            )
            Expired.objects.filter(version_serial=version, group=group).update(
                count=F("count") + count
            )
