"""The termination of a recall, as of a product (21 CFR 7.55): from then on nobody owes the notice.

It stands where it stood, its sums are never counted again, and its log says why it ended.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wardcast.platform import audit, clock, config, policy
from wardcast.platform.http import Conflict
from wardcast.platform.policy import Actor
from wardcast.recall import closing, engines, frozen, log, queries, rules
from wardcast.recall.ledger import milliseconds
from wardcast.recall.models import Cohort, Notice, Termination
from wardcast.recall.queries import Ended, Proof

END = "end_recall"
NOTICE = "recall.notice"


def decide(proof: Proof) -> closing.MayEnd | closing.NotYet:
    """Whether a recall may be terminated by a person, by what it has reached."""
    return closing.may_end(
        proof.coverage.whole,
        goal=proof.goal,
        quiet_days=config.current().recall_quiet_days,
        opened_at=milliseconds(proof.notice.at),
        sealed=proof.sealed_at is not None,
        told_last=proof.coverage.told_last,
        now=milliseconds(proof.at),
    )


def end(actor: Actor, notice_id: UUID) -> Ended:
    """Terminates a recall for a person of the house; of one that is over, answers how it ended."""
    policy.require(actor, END, NOTICE, notice_id)
    with transaction.atomic():
        proof = _hold(notice_id)
        if proof.ended:
            return proof.ended
        found = decide(proof)
        if isinstance(found, closing.NotYet):
            raise Conflict("recall_goes_on", f"This recall cannot be ended yet. {found.because}")
        _end(proof, found, actor.user_id)
    return _ended(notice_id)


def end_due(now: datetime) -> int:
    """Terminates the recalls that may be by the house's own rule; answers how many."""
    waiting = Cohort.objects.filter(terminated_at=None).exclude(sealed_at=None)
    old = waiting.filter(
        opened_at__lte=milliseconds(now) - closing.LEAST_OPEN_DAYS * rules.DAY_MS,
        notice__privacy=False,
    ).exclude(notice__severity=rules.Severity.WITHDRAW)
    return sum(_end_by_rule(each) for each in old.order_by("pk").values_list("pk", flat=True))


def _end_by_rule(notice_id: UUID) -> bool:
    with transaction.atomic():
        proof = _hold(notice_id)
        notice = proof.notice
        if proof.ended or not closing.ends_itself(notice.severity, privacy=notice.privacy):
            return False
        found = decide(proof)
        if isinstance(found, closing.NotYet):
            return False
        _end(proof, found, None)
    return True


def _hold(notice_id: UUID) -> Proof:
    """The sums, with nobody erasing meanwhile: they would be kept half erased."""
    engines.current().alone()
    # Whoever leaves the sum holds the notice's key, and waits for the line above.
    Notice.objects.select_for_update(no_key=True).get(pk=notice_id)
    proof = queries.proof(notice_id)
    assert proof is not None  # its row is locked
    return proof


def _end(proof: Proof, found: closing.MayEnd, by: UUID | None) -> None:
    notice_id, now = proof.notice.id, milliseconds(clock.now())
    coverage = proof.coverage.ended()
    Termination.objects.create(
        notice_id=notice_id,
        at=now,
        because=found.because,
        words=found.words,
        by=by,
        goal=proof.goal,
        coverage=frozen.kept(coverage, *map(_at, (proof.first_at, proof.last_at))),
    )
    Cohort.objects.filter(pk=notice_id).update(terminated_at=now)
    log.terminated(notice_id, coverage, found, goal=proof.goal, by_person=by is not None)
    audit.record(END, NOTICE, notice_id, by=by, because=found.because.value)


def _ended(notice_id: UUID) -> Ended:
    proof = queries.proof(notice_id)
    assert proof is not None
    assert proof.ended is not None
    return proof.ended


def _at(moment: datetime | None) -> int | None:
    return milliseconds(moment) if moment else None
