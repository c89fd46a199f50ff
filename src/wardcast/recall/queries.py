"""What is owed, by whom, and what a notice has reached.

Nothing is written when a notice is opened but the notice and its cohort: what a viewer owes is what
cohorts and the viewer's exposures share, less what was acknowledged.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from wardcast.accounts import queries as accounts
from wardcast.platform import clock, sql
from wardcast.recall import closing, frozen, ledger, packing, rules
from wardcast.recall.ledger import milliseconds, moment
from wardcast.recall.models import Cohort, Departed, Notice, Receipt, Termination

_FRESH_MS = 10_000
"""How old a coverage may be that is shown on a card; the page of the proof is always exact."""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as others read it. Of a privacy notice `what_wrong` is empty: it would repeat the
    leak. `span` in milliseconds of the original's clock."""

    id: UUID
    severity: rules.Severity
    post_id: UUID
    version_id: UUID
    version_serial: int
    author_id: UUID
    by: UUID
    what_right: str
    what_wrong: str
    what_now: str
    apology: str
    privacy: bool
    span: tuple[int, int] | None
    at: datetime
    corrects: UUID | None
    passed_from: UUID | None


@dataclass(frozen=True, slots=True)
class Watched:
    """A version that somebody was served, when first and last, and how far it was played; `played`:
    the seconds that are known, from and up to."""

    version_serial: int
    level: int
    first_at: datetime
    last_at: datetime
    played: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Since:
    """A notice on what somebody had watched, and how it reached them; None for not yet, or where
    they did not owe it."""

    notice: NoticeView
    watched_at: datetime
    shown_at: datetime | None
    read_at: datetime | None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwedNotice:
    """A notice that a viewer must see before any other video, and when they watched it last."""

    notice: NoticeView
    watched_at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """How a recall was terminated: since then nobody owes it, and its sums stay as they were.
    `by_rule`: the house ended it, not a person."""

    at: datetime
    because: closing.Because
    words: str
    by_rule: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What a notice has reached at `at`. It names nobody. `sealed_at` is None while whoever is
    served the version still joins those who owe it."""

    notice: NoticeView
    coverage: rules.Coverage
    goal: float
    first_at: datetime | None
    last_at: datetime | None
    sealed_at: datetime | None
    at: datetime
    ended: Ended | None = None


def owes(viewers: Collection[int]) -> bool:
    """Whether anything is owed under these numbers."""
    return bool(_owed(viewers))


def owed(viewers: Collection[int]) -> tuple[OwedNotice, ...]:
    """All that is owed under these numbers, the gravest first, then the oldest."""
    watched = dict(_owed(viewers))
    if not watched:
        return ()
    rows = list(Notice.objects.filter(pk__in=watched))
    # Who owes a notice and the one that corrects it is spared the one that was wrong.
    mended = {row.corrects_id for row in rows}
    found = [
        OwedNotice(_view(row), moment(watched[row.pk])) for row in rows if row.pk not in mended
    ]
    found.sort(key=lambda each: (each.notice.severity.gravity, each.notice.at, each.notice.id))
    return tuple(found)


def owed_among(viewers: Collection[int], notice_ids: Collection[UUID]) -> set[UUID]:
    """Those of `notice_ids` that are owed under these numbers."""
    return {notice for notice, _ in _owed(viewers)} & set(notice_ids)


def notice(notice_id: UUID) -> NoticeView | None:
    """One notice, or None."""
    row = Notice.objects.filter(pk=notice_id).first()
    return _view(row) if row else None


def of_posts(post_ids: Iterable[UUID]) -> dict[UUID, list[NoticeView]]:
    """The notices about these posts, newest first."""
    found: dict[UUID, list[NoticeView]] = {}
    for row in Notice.objects.filter(post_id__in=list(post_ids)).order_by("-at", "-pk"):
        found.setdefault(row.post_id, []).append(_view(row))
    return found


def correction_of(notice_id: UUID) -> NoticeView | None:
    """The latest notice that says that this one was wrong itself, or None."""
    row = Notice.objects.filter(corrects=notice_id).order_by("-pk").first()
    return _view(row) if row else None


def passed_to(notice_id: UUID) -> list[NoticeView]:
    """The notices that this one was passed along to, on videos made from what it is about."""
    return [_view(row) for row in Notice.objects.filter(passed_from=notice_id).order_by("pk")]


def watched(viewers: Collection[int]) -> list[Watched]:
    """What was served under these numbers, the latest first."""
    found = [
        Watched(
            version,
            fact.level,
            moment(fact.first_at),
            moment(fact.last_at),
            packing.runs(fact.played),
        )
        for version, fact in ledger.seen(viewers).items()
    ]
    return sorted(found, key=lambda each: each.last_at, reverse=True)


def since(viewers: Collection[int]) -> list[Since]:
    """The notices on what these numbers were served before they were opened, or while their cohort
    was open, newest first; also those on parts that were skipped."""
    facts = ledger.seen(viewers)
    rows = Notice.objects.filter(version_serial__in=list(facts)).select_related("cohort")
    told: dict[UUID, tuple[int, int | None]] = {}
    for notice, shown, read in Receipt.objects.filter(viewer__in=list(viewers)).values_list(
        "notice_id", "shown_at", "acknowledged_at"
    ):
        before = told.get(notice)
        told[notice] = (
            min(shown, before[0]) if before else shown,
            read if before is None or before[1] is None else before[1],
        )
    ended = {pk: moment(at) for pk, at in Termination.objects.values_list("pk", "at")}
    found = []
    for row in rows.order_by("-pk"):
        fact = facts[row.version_serial]
        closed = milliseconds(row.at) + rules.SEAL_AFTER_MS
        if ledger.in_time(fact.first_at, closed):
            seen_at, read_at = told.get(row.pk, (None, None))
            found.append(
                Since(
                    _view(row),
                    moment(fact.last_at),
                    moment(seen_at) if seen_at else None,
                    moment(read_at) if read_at else None,
                    ended.get(row.pk),
                )
            )
    return found


def latest(limit: int, before: UUID | None = None) -> list[NoticeView]:
    """Corrections that were owed to somebody, newest first; `before` is the last one read."""
    rows = Notice.objects.exclude(severity=rules.Severity.NOTE)
    if before:
        rows = rows.filter(pk__lt=before)
    return [_view(row) for row in rows.order_by("-pk")[:limit]]


def corrections_since(since: datetime | None, limit: int) -> list[NoticeView]:
    """Corrections that are owed to somebody and opened after `since` (None for ever), newest
    first."""
    rows = Notice.objects.filter(cohort__terminated_at=None).exclude(severity=rules.Severity.NOTE)
    if since:
        rows = rows.filter(at__gt=since)
    return [_view(row) for row in rows.order_by("-at", "-pk")[:limit]]


def corrected_last(until: datetime) -> datetime | None:
    """When the last correction was opened that was owed to somebody, of those until then."""
    rows = Notice.objects.exclude(severity=rules.Severity.NOTE).filter(at__lte=until)
    return rows.order_by("-at").values_list("at", flat=True).first()


def corrected(since: datetime, until: datetime) -> list[NoticeView]:
    """Corrections that were owed to somebody, opened after `since` until `until`, newest first;
    without those that another of them corrects."""
    rows = Notice.objects.exclude(severity=rules.Severity.NOTE)
    found = list(rows.filter(at__gt=since, at__lte=until).order_by("-at", "-pk"))
    mended = {row.corrects_id for row in found}
    return [_view(row) for row in found if row.pk not in mended]


def proof(notice_id: UUID, now: datetime | None = None) -> Proof | None:
    """What a notice has reached, exactly, or None where there is no such notice."""
    row = Notice.objects.filter(pk=notice_id).first()
    if row is None:
        return None
    now = now or clock.now()
    cohort = Cohort.objects.filter(pk=notice_id).first()
    goal = accounts.host_policy().recall_goal
    if cohort is None:  # a note is owed by nobody
        nobody = rules.coverage(
            exposed=(), told=(), roots={}, unreachable=(), accounts=(),
            opened_at=milliseconds(row.at), now=milliseconds(now),
        )  # fmt: skip
        return Proof(_view(row), nobody, goal, None, None, None, now)
    if cohort.terminated_at is not None:
        return _frozen(row, cohort, now)
    exposed, first, last = _exposed(cohort)
    roots = accounts.roots(exposed)
    receipts = Receipt.objects.filter(notice=row)
    told = [
        rules.Told(viewer, shown, read)
        for viewer, shown, read in receipts.values_list("viewer", "shown_at", "acknowledged_at")
    ]
    linked = accounts.roots(each.viewer for each in told)
    heads = set(roots.values())
    coverage = rules.coverage(
        exposed=exposed,
        told=told,
        roots={**linked, **roots},
        unreachable=accounts.unreachable(heads),
        accounts=accounts.account_numbers(heads),
        departed=[
            rules.Gone(
                rules.Group(each.group),
                rules.Outcome(each.outcome),
                each.told_at,
                rules.Lost(each.why),
                each.count,
            )
            for each in Departed.objects.filter(notice=row)
        ],
        opened_at=cohort.opened_at,
        now=milliseconds(now),
    )
    return Proof(
        _view(row),
        coverage,
        goal,
        moment(first) if first else None,
        moment(last) if last else None,
        moment(cohort.sealed_at) if cohort.sealed_at else None,
        now,
    )


def _frozen(row: Notice, cohort: Cohort, now: datetime) -> Proof:
    end = Termination.objects.get(pk=row.pk)
    first, last = frozen.served(end.coverage)
    return Proof(
        _view(row),
        frozen.coverage(end.coverage),
        end.goal,
        moment(first) if first else None,
        moment(last) if last else None,
        moment(cohort.sealed_at) if cohort.sealed_at else None,
        now,
        Ended(moment(end.at), closing.Because(end.because), end.words, end.by is None),
    )


def members(notice_id: UUID) -> set[int]:
    """Who is in a notice's cohort: a number a person or device."""
    cohort = Cohort.objects.filter(pk=notice_id).first()
    return set(accounts.roots(_exposed(cohort)[0]).values()) if cohort else set()


def unshown(notice_id: UUID, *, guests: bool = False) -> dict[int, set[int]]:
    """The accounts, and with `guests` the devices, that owe a notice and have not been shown it,
    with all the numbers of each. An account whose exposures were on its devices alone is among
    them."""
    cohort = Cohort.objects.filter(pk=notice_id, terminated_at=None).first()
    if cohort is None:
        return {}
    told = set(Receipt.objects.filter(notice=notice_id).values_list("viewer", flat=True))
    people = accounts.all_numbers(_exposed(cohort)[0])
    wanted = set(people) if guests else accounts.account_numbers(people)
    return {root: own for root, own in people.items() if root in wanted and not own & told}


def exposed(version_serial: int, span: tuple[int, int] | None = None) -> int:
    """How many were served a version until now, an account and its devices once; with a span,
    without those who are known to have skipped it."""
    viewers, _, _ = ledger.cohort(version_serial, None, span)
    return len(set(accounts.roots(viewers).values()))


def reached(notice_id: UUID) -> rules.Counts:
    """What a notice has reached, for its card: at most ten seconds old, since many ask at once."""
    return _reached(notice_id, milliseconds(clock.now()) // _FRESH_MS)


@lru_cache(maxsize=512)
def _reached(notice_id: UUID, period: int) -> rules.Counts:
    found = proof(notice_id)
    return found.coverage.whole if found else rules.Counts()


def _owed(viewers: Collection[int]) -> list[tuple[UUID, int]]:
    """(notice, when it was watched last) of what is owed.

    The few cohorts are met with what the viewer was served: their new rows and the one or two
    segments that hold the rest. How large the ledger is does not matter.
    """
    if not viewers:
        return []
    recalled = sql.rows("SELECT version_serial FROM recall_cohort WHERE terminated_at IS NULL")
    facts = ledger.seen(viewers, {version for (version,) in recalled})
    if not facts:
        return []
    cohorts = sql.rows(
        "SELECT notice_id, version_serial, sealed_at, span_start_ms, span_end_ms"  # noqa: S608
        " FROM recall_cohort WHERE terminated_at IS NULL"
        f" AND version_serial IN ({sql.places(facts)})",
        sorted(facts),
    )
    numbers = sorted(viewers)
    read = {
        notice
        for (notice,) in sql.rows(
            "SELECT notice_id FROM recall_receipt WHERE acknowledged_at IS NOT NULL"  # noqa: S608
            f" AND viewer IN ({sql.places(numbers)})",
            numbers,
        )
    }
    return [
        (sql.uuid(notice), facts[version].last_at)
        for notice, version, sealed_at, start, end in cohorts
        if version in facts
        and notice not in read
        and ledger.in_time(facts[version].first_at, sealed_at)
        and not packing.missed(facts[version], None if start is None else (start, end))
    ]


def _exposed(cohort: Cohort) -> tuple[set[int], int | None, int | None]:
    return ledger.cohort(cohort.version_serial, cohort.sealed_at, span_of(cohort))


def span_of(row: Cohort | Notice) -> tuple[int, int] | None:
    """The span of a notice or cohort, in milliseconds of the original's clock, or None."""
    if row.span_start_ms is None or row.span_end_ms is None:
        return None
    return row.span_start_ms, row.span_end_ms


def _view(row: Notice) -> NoticeView:
    return NoticeView(
        id=row.pk,
        severity=rules.Severity(row.severity),
        post_id=row.post_id,
        version_id=row.version_id,
        version_serial=row.version_serial,
        author_id=row.author_id,
        by=row.by,
        what_right=row.what_right,
        what_wrong="" if row.privacy else row.what_wrong,
        what_now=row.what_now,
        apology=row.apology,
        privacy=row.privacy,
        span=span_of(row),
        at=row.at,
        corrects=row.corrects_id,
        passed_from=row.passed_from_id,
    )
