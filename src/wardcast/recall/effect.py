"""Did the correction arrive? A few who read it are asked once, at a later visit (`asking`).

What is kept of a viewer is that they were asked, under their number; what they answered is counted
and kept of nobody.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from wardcast.platform import clock, config, sql
from wardcast.platform.http import Conflict, Invalid
from wardcast.platform.policy import Actor
from wardcast.recall import asking, log, rules
from wardcast.recall.asking import Arrived, Question
from wardcast.recall.ledger import milliseconds, moment
from wardcast.recall.models import Asked, AskedLater, Effect, Notice, Receipt


@dataclass(frozen=True, slots=True)
class Asking:
    """The question for one viewer, its statements in their order."""

    notice_id: UUID
    read_at: datetime
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the answer was right (None for none), and what is."""

    right: bool | None
    what_right: str


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A viewer who is to be asked: under which number, and who they are in the notice's cohort."""

    number: int
    pseudonym: bytes
    read_at: int


def keep(notice: Notice, question: Question | None) -> None:
    """Keeps what its author asks about a notice later."""
    if question:
        AskedLater.objects.create(
            notice=notice, right=question.right.strip(), wrong=[w.strip() for w in question.wrong]
        )


def draw(notice: Notice) -> None:
    """Settles who is asked, once the cohort is sealed: by the log's root, which nobody could know
    when the notice was written. Who reads it later has drawn by then."""
    said = _first(notice)
    if not asking.may_ask(rules.Severity(said.severity), privacy=said.privacy):
        return
    sealed = log.seal_of(notice.pk)
    laid = config.current()
    tickets = (asking.ticket(sealed.root, each) for each in sealed.leaves)
    Effect.objects.get_or_create(
        notice=notice,
        defaults={
            "root": sealed.root,
            "bar": asking.bar(tickets, laid.check_share, laid.check_most),
            "most": laid.check_most,
        },
    )


def next_of(actor: Actor, now: datetime | None = None) -> Asking | None:
    """The question that this viewer is to be asked now, of the notice that they read first."""
    drawn = _drawn(actor.viewers, now or clock.now())
    if not drawn:
        return None
    notice_id, found = min(drawn.items(), key=lambda each: (each[1].read_at, each[0]))
    statements = _question(notice_id).statements
    return Asking(
        notice_id,
        moment(found.read_at),
        tuple(statements[each] for each in asking.order(len(statements), found.pseudonym)),
    )


def shown(actor: Actor, notice_id: UUID) -> None:
    """The viewer's client has painted the question: they are asked it now and never again."""
    found = _drawn(actor.viewers, clock.now()).get(notice_id)
    if found is None:
        return
    with transaction.atomic():
        row = Effect.objects.select_for_update().get(pk=notice_id)
        if row.asked >= row.most:
            return
        new = sql.rows(
            "INSERT INTO recall_asked (notice_id, viewer, done) VALUES (%s, %s, %s)"
            " ON CONFLICT (notice_id, viewer) DO NOTHING RETURNING viewer",
            [sql.key(notice_id), found.number, False],
        )
        if new:
            Effect.objects.filter(pk=notice_id).update(asked=F("asked") + 1)


def answer(actor: Actor, notice_id: UUID, choice: int | None) -> Verdict:
    """Counts an answer, by its place among the statements as the viewer saw them, and forgets whose
    it was; None where they would rather not say."""
    shown(actor, notice_id)  # an answer may come although the word that it was painted was lost
    with transaction.atomic():
        row = (
            Asked.objects.select_for_update()
            .filter(notice=notice_id, viewer__in=sorted(actor.viewers), done=False)
            .order_by("viewer")
            .first()
        )
        if row is None:
            raise Conflict("not_asked", "You are not asked about this correction, or not any more.")
        question = _question(notice_id)
        right = _is_right(notice_id, row.viewer, choice, len(question.statements))
        Asked.objects.filter(notice=notice_id, viewer=row.viewer).update(done=True)
        if right is not None:
            name = "right" if right else "wrong"
            Effect.objects.filter(pk=notice_id).update(**{name: F(name) + 1})
    return Verdict(right, question.right)


def result(notice_id: UUID) -> Arrived | None:
    """What the check has found so far; None where nobody is asked about the notice."""
    row = Effect.objects.filter(pk=notice_id).first()
    return Arrived(row.asked, row.right + row.wrong, row.right) if row else None


def _drawn(viewers: Collection[int], now: datetime) -> dict[UUID, _Drawn]:
    """Which notices this viewer is to be asked about: they read it hours ago, drew below its bar,
    were not asked yet, and nobody has said since that it was wrong itself."""
    if not viewers:
        return {}
    at = milliseconds(now)
    numbers = sorted(viewers)
    read: dict[UUID, tuple[int, int]] = {}
    for notice, viewer, when in Receipt.objects.filter(
        viewer__in=numbers,
        acknowledged_at__lte=at - asking.AFTER_MS,
        acknowledged_at__gt=at - asking.WITHIN_MS,
        notice__effect__isnull=False,
        notice__corrected_by=None,
    ).values_list("notice_id", "viewer", "acknowledged_at"):
        assert when is not None
        read[notice] = min(read.get(notice, (viewer, when)), (viewer, when))
    told = set(
        Asked.objects.filter(notice__in=read, viewer__in=numbers).values_list("notice", flat=True)
    )
    bars = Effect.objects.filter(pk__in=set(read) - told, asked__lt=F("most"))
    found = {}
    for row in bars:
        number, when = read[row.pk]
        own = log.pseudonym(row.pk, number)
        if own is not None and asking.ticket(row.root, own) < row.bar:
            found[row.pk] = _Drawn(number, own, when)
    return found


def _first(notice: Notice) -> Notice:
    """The notice that this one was passed along from, if it was."""
    while notice.passed_from:
        notice = notice.passed_from
    return notice


def _question(notice_id: UUID) -> Question:
    """The author's, also where the notice was passed along from there, else the two things that
    the notice says itself."""
    notice = _first(Notice.objects.get(pk=notice_id))
    asked = AskedLater.objects.filter(notice=notice).first()
    if asked:
        return Question(asked.right, tuple(asked.wrong))
    return Question(notice.what_right, (notice.what_wrong,))


def _is_right(notice_id: UUID, number: int, choice: int | None, count: int) -> bool | None:
    if choice is None:
        return None
    own = log.pseudonym(notice_id, number)
    if own is None or not 0 <= choice < count:
        raise Invalid("bad_choice", "Choose one of the statements.", field="choice")
    return asking.order(count, own)[choice] == 0
