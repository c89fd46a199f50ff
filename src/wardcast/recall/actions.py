"""What is done about a version that was wrong: open a notice, note who saw it, forget a viewer."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F, QuerySet, Sum

from wardcast.accounts.viewers import drop_salts
from wardcast.gate.clocks import in_original
from wardcast.notify import actions as notify
from wardcast.platform import audit, clock, jobs, policy
from wardcast.platform.http import Conflict, Invalid
from wardcast.platform.policy import Actor
from wardcast.posts import actions as posts
from wardcast.posts import queries as versions
from wardcast.posts.events import PostPublished
from wardcast.posts.rules import VersionState
from wardcast.posts.values import VersionFacts
from wardcast.recall import (
    asking,
    beside,
    departing,
    drafting,
    effect,
    ledger,
    log,
    passing,
    queries,
    resting,
    rules,
)
from wardcast.recall.ledger import milliseconds
from wardcast.recall.models import Asked, Cohort, Departed, Knock, Notice, Receipt, Reminder
from wardcast.safety import queries as safety

SEAL = "recall.seal"
COUNT = "recall.count"


def open_notice(
    actor: Actor,
    version_id: UUID,
    severity: rules.Severity,
    words: rules.Words,
    *,
    span: tuple[int, int] | None = None,
    privacy: bool = False,
    corrects: UUID | None = None,
    question: asking.Question | None = None,
) -> UUID:
    """Opens a notice on a version that is or was public, and says so on its post.

    From here on everyone who was served the version owes it, unless it is a note; with a `span` (in
    milliseconds of the version's clip as it plays) all but those who are known to have skipped
    that. A withdrawal takes the version's files away; a replacement needs a newer version that is
    public. `corrects` names an earlier notice on this version that was wrong itself; `question` is
    what some who read this one are asked later.

    An author sends few notices that must be seen by themselves (`rules.too_many`); a notice neither
    advertises nor says again what the check found in the video.
    """
    policy.require(actor, "correct", "posts.version", version_id)
    wrong = rules.check(severity, words, span)
    if question and not wrong:
        wrong = asking.check(question, severity, privacy=privacy) or _strays(question)
    if wrong:
        raise Invalid(f"bad_{wrong.where}", wrong.what, field=wrong.where)
    assert actor.user_id is not None  # the policy asks for an account
    with transaction.atomic():
        version = versions.version(version_id)
        span = _in_original(span, version)
        row = Notice(
            post_id=version.post_id,
            version_id=version_id,
            post_number=version.post_number,
            version_serial=version.serial,
            author_id=version.author_id,
            severity=severity,
            span_start_ms=span[0] if span else None,
            span_end_ms=span[1] if span else None,
            what_right=words.what_right.strip(),
            what_wrong=words.what_wrong.strip(),
            what_now=words.what_now.strip(),
            apology=words.apology.strip(),
            privacy=privacy,
            by=actor.user_id,
            at=clock.now(),
        )
        if twin := _twin(row):
            return twin
        if corrects:
            row.corrects = _wrong_one(corrects, version_id)
        _within_limits(row, version)
        _restates_nothing(row, words)
        if question:
            _restates_nothing(row, _as_words(question), field="question")
        if severity is rules.Severity.REPLACE:
            _has_successor(version)
        _open(row, version.title)
        effect.keep(row, question)
        for each in passing.along(row):
            _open(each, versions.version(each.version_id).title)
    return row.pk


def pass_on(event: PostPublished) -> None:
    """A version is public: what was said since its post named the videos that it was made from is
    said of it too."""
    for row in passing.late(event.version_id, event.post_id):
        _open(row, versions.version(event.version_id).title)


def would_reach(version_id: UUID, span: tuple[int, int] | None) -> int:
    """How many a notice on this version, or on a part of its clip, would be owed by now."""
    version = versions.version(version_id)
    return queries.exposed(version.serial, _in_original(span, version))


def shown(actor: Actor, notice_ids: Collection[UUID]) -> None:
    """The viewer's client has painted these notices. Only what is owed is noted; twice is once."""
    owed = queries.owed_among(actor.viewers, _with_corrected(notice_ids))
    _write_receipts(actor, owed)


def acknowledge(actor: Actor, notice_ids: Collection[UUID]) -> bool:
    """The viewer has read these notices; answers whether anything else is owed.

    What is not owed is left out: it can be acknowledged neither before it is owed nor in vain.
    """
    owed = queries.owed_among(actor.viewers, _with_corrected(notice_ids))
    if owed:
        with transaction.atomic():
            _write_receipts(actor, owed)
            Receipt.objects.filter(
                notice__in=owed, viewer=_number(actor), acknowledged_at=None
            ).update(acknowledged_at=milliseconds(clock.now()))
    return queries.owes(actor.viewers)


def erase(viewers: Collection[int]) -> int:
    """Forgets all that one person or device watched, under all their numbers; answers how many
    exposures there were.

    Corrections of what they watched no longer reach them. Where one was open, they stay in its sum
    as one of the exposed, without a number: what they had read stays read, else they are
    unreachable. The sums of a recall that was terminated stay as they are.
    """
    numbers = sorted(viewers)
    with transaction.atomic():
        serials = ledger.seen(numbers)
        for cohort in Cohort.objects.filter(terminated_at=None):
            if cohort.version_serial in serials:
                departing.depart(cohort, numbers, rules.Lost.ERASED)
        Receipt.objects.filter(viewer__in=numbers).delete()
        Reminder.objects.filter(viewer__in=numbers).delete()
        Knock.objects.filter(viewer__in=numbers).delete()
        Asked.objects.filter(viewer__in=numbers).delete()
        drop_salts(numbers)
        return resting.erase(numbers)


def seal(notice_id: UUID) -> None:
    """Closes a notice's cohort: who is served the version from now on sees the correction on it.

    Writes into the notice's log who was in it, as leaves that name nobody, and looks again daily.
    """
    with transaction.atomic():
        row = Notice.objects.select_for_update().get(pk=notice_id)
        if not Cohort.objects.filter(pk=notice_id, sealed_at=None).update(
            sealed_at=F("opened_at") + rules.SEAL_AFTER_MS
        ):
            return
        proof = queries.proof(notice_id)
        assert proof is not None  # its row is locked
        beside.close(row.pk, row.version_serial)
        departed = Departed.objects.filter(notice=row).aggregate(all=Sum("count"))["all"] or 0
        log.sealed(row, queries.members(notice_id), proof.coverage, departed)
        effect.draw(row)
        _count_again(row)


def count(notice_id: UUID) -> None:
    """Writes into the log what a notice has reached, and does so daily for a month, or until it is
    terminated."""
    with transaction.atomic():
        row = Notice.objects.select_for_update().get(pk=notice_id)
        if Cohort.objects.filter(pk=notice_id).exclude(terminated_at=None).exists():
            return
        if proof := queries.proof(notice_id):
            log.counted(notice_id, proof.coverage)
        _count_again(row)


def _count_again(row: Notice) -> None:
    day = (clock.now() - row.at).days + 1
    if day <= rules.LONGEST_CURVE_DAYS:
        jobs.start(
            COUNT,
            subject=row.pk,
            owner=row.by,
            due=row.at + timedelta(days=day),
            job_id=uuid5(row.pk, f"count {day}"),
        )


def _open(row: Notice, title: str) -> None:
    row.save(force_insert=True)
    log.opened(row)
    if rules.Severity(row.severity).is_owed:
        _gather(row)
    _say_on_post(row)
    if row.severity == rules.Severity.WITHDRAW:
        drafting.sent(row)
    _make_known(row, title)


def _in_original(span: tuple[int, int] | None, version: VersionFacts) -> tuple[int, int] | None:
    """The span as it is kept. What was cut out in between nobody has played."""
    parts = in_original(span, version.edits.cuts) if span else ()
    return (parts[0][0], parts[-1][1]) if parts else None


def _wrong_one(notice_id: UUID, version_id: UUID) -> Notice:
    found = Notice.objects.filter(pk=notice_id, version_id=version_id).first()
    if found is None:
        raise Invalid(
            "bad_corrects",
            "There is no such notice on this version that could be corrected. Open the notice that "
            "was wrong and correct it from there.",
            field="corrects",
        )
    return found


def _within_limits(row: Notice, version: VersionFacts) -> None:
    """A moderator reviews and may send more. Taking a video down is always possible, and so is
    mending, in the same day, a notice that was wrong itself."""
    down = row.severity == rules.Severity.WITHDRAW and version.state is VersionState.PUBLIC
    if not rules.Severity(row.severity).is_owed or row.by != row.author_id or down:
        return
    own = Notice.objects.filter(by=row.by, author_id=row.author_id, passed_from=None).exclude(
        severity=rules.Severity.NOTE
    )
    of_version = own.none() if row.corrects_id else own.filter(version_id=row.version_id)
    because = rules.too_many(_times(of_version), _times(own), milliseconds(row.at))
    if because:
        raise Conflict("too_many_notices", because)


def _times(notices: QuerySet[Notice]) -> list[int]:
    return [milliseconds(at) for at in notices.values_list("at", flat=True)]


def _as_words(question: asking.Question) -> rules.Words:
    return rules.Words(question.right, *question.wrong, *[""] * (3 - len(question.wrong)))


def _strays(question: asking.Question) -> rules.Wrong | None:
    wrong = rules.check(rules.Severity.NOTE, _as_words(question), None)
    return replace(wrong, where="question") if wrong else None


def _restates_nothing(row: Notice, words: rules.Words, field: str = "") -> None:
    """No version of the post counts less: what was redacted in one leaked from another."""
    ids = [each.id for each in versions.versions_of(row.post_id)]
    # What was wrong with a privacy notice is kept and shown to nobody.
    shown = replace(words, what_wrong="") if row.privacy else words
    if wrong := rules.restates(shown, safety.found_words(ids, kept=row.privacy)):
        raise Invalid("restates_leak", wrong.what, field=field or wrong.where)


def _twin(row: Notice) -> UUID | None:
    """The same notice sent a moment ago: a second press of the button opens no second one."""
    since = row.at - timedelta(milliseconds=rules.DOUBLE_SUBMIT_MS)
    same = Notice.objects.filter(
        version_id=row.version_id,
        severity=row.severity,
        what_right=row.what_right,
        what_wrong=row.what_wrong,
        what_now=row.what_now,
        apology=row.apology,
        privacy=row.privacy,
        by=row.by,
        at__gt=since,
    )
    return same.values_list("pk", flat=True).first()


def _make_known(row: Notice, title: str) -> None:
    """Writes it into the trail, and tells the author of what another has said."""
    audit.record(
        "correct",
        "posts.version",
        row.version_id,
        by=row.by,
        severity=str(row.severity),
        notice=row.pk,
    )
    if row.by != row.author_id:
        notify.tell(
            [row.author_id],
            "notice_opened",
            subject=row.pk,
            values={"title": title, "severity": str(row.severity)},
        )


def _gather(row: Notice) -> None:
    Cohort.objects.create(
        notice=row,
        post_number=row.post_number,
        version_serial=row.version_serial,
        span_start_ms=row.span_start_ms,
        span_end_ms=row.span_end_ms,
        opened_at=milliseconds(row.at),
    )
    departing.bring_in(row)
    due = row.at + timedelta(milliseconds=rules.SEAL_AFTER_MS)
    jobs.start(SEAL, subject=row.pk, owner=row.by, due=due)


def _has_successor(version: VersionFacts) -> None:
    current = versions.current(version.post_id)
    if current is None or current.serial <= version.serial:
        raise Conflict(
            "no_newer_version",
            "There is no newer public version to send people to. Publish the mended version first, "
            "or withdraw this one.",
        )


def _say_on_post(row: Notice) -> None:
    stamp = {
        "notice_id": str(row.pk),
        "severity": row.severity,
        "at": row.at.isoformat(),
        "headline": row.what_right,
    }
    posts.set_correction(row.version_id, stamp)
    if row.severity == rules.Severity.REPLACE and (current := versions.current(row.post_id)):
        posts.set_correction(current.id, stamp)
    if row.severity == rules.Severity.WITHDRAW:
        posts.withdraw(row.version_id, because=row.what_right)


def _with_corrected(notice_ids: Collection[UUID]) -> set[UUID]:
    """These notices and those that they correct: who reads the right one needs no wrong one."""
    found, new = set(notice_ids), set(notice_ids)
    while new:
        earlier = Notice.objects.filter(corrected_by__in=new).values_list("pk", flat=True)
        new = set(earlier) - found
        found |= new
    return found


def _write_receipts(actor: Actor, owed: Collection[UUID]) -> None:
    now = milliseconds(clock.now())
    Receipt.objects.bulk_create(
        [Receipt(notice_id=notice, viewer=_number(actor), shown_at=now) for notice in sorted(owed)],
        ignore_conflicts=True,
    )


def _number(actor: Actor) -> int:
    return actor.viewer if actor.viewer is not None else min(actor.viewers)
