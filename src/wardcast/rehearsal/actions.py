"""What happens in a rehearsal: it opens, people are asked, they answer, it is decided."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wardcast.accounts import queries as accounts
from wardcast.accounts.rules import REHEARSAL as WAIVER
from wardcast.accounts.rules import Consent, HostPolicy
from wardcast.notify import actions as notify
from wardcast.platform import audit, clock, jobs, limits, policy
from wardcast.platform.http import Conflict, Denied, Invalid, NotFound
from wardcast.platform.policy import Actor
from wardcast.posts import actions as posts
from wardcast.posts import queries as versions
from wardcast.posts.events import VersionCleared, VersionSuperseded
from wardcast.posts.rules import NOT_REHEARSED, Gate, VersionState
from wardcast.posts.values import VersionFacts
from wardcast.rehearsal import access, queries, rules
from wardcast.rehearsal.models import Invitation, Rehearsal, Verdict
from wardcast.rehearsal.rules import Needs, Unfit

OVERDUE = "rehearsal.overdue"
_BEFORE = (Gate.CHECK, Gate.ATTESTATION)
"""What must be cleared before anybody else is shown a version."""

_INVITED_A_DAY = 100
_DAY = 86_400


def open_for(event: VersionCleared) -> None:
    """Opens the rehearsal of a version once its check and its attestation are cleared."""
    gates = versions.gates(event.version_id)
    if all(gate in gates and gates[gate].cleared for gate in _BEFORE):
        open(event.version_id)


def open(version_id: UUID) -> UUID:  # noqa: A001  # read as `rehearsal.open`
    """Opens a version's rehearsal; a second time changes nothing.

    It passes at once where the lane needs nobody, or where the host has waived it by a consent.
    """
    version = versions.version(version_id)
    host = accounts.host_policy()
    needs = _needs(host, version.lane)
    with transaction.atomic():
        row, new = Rehearsal.objects.get_or_create(
            version_id=version_id,
            defaults={
                "version_hash": version.hash,
                "author_id": version.author_id,
                "lane": version.lane,
                "needs": {"colleagues": needs.colleagues, "lay": needs.lay},
                "opened_at": clock.now(),
            },
        )
        if new:
            audit.record("open", access.REHEARSAL, row.pk, by=None, version=version_id)
            _begin(row, host, version)
        elif row.state in access.RUNNING and version.state is VersionState.READY:
            posts.move(version_id, VersionState.REHEARSING)  # the check was taken back meanwhile
    return row.pk


def invite(actor: Actor, rehearsal_id: UUID, user_ids: Collection[UUID]) -> None:
    """Asks people to watch and answer: clinicians as colleagues, others as lay people.

    More may be asked than have to answer; who was asked already is asked no second time. All of
    them are asked, or nobody is.
    """
    policy.require(actor, "invite", access.REHEARSAL, rehearsal_id)
    wanted = list(dict.fromkeys(user_ids))
    with transaction.atomic():
        row = _running(rehearsal_id)
        asked = set(row.invitations.values_list("user_id", flat=True))
        here = set(
            policy.scope(actor, "see", "accounts.user")
            .filter(pk__in=wanted)
            .values_list("pk", flat=True)
        )
        fresh = [each for each in wanted if each not in asked]
        _fit(
            rules.invitation_fits(
                wanted,
                already=len(asked),
                new=len(fresh),
                unknown=[each for each in wanted if each not in here],
                author=row.author_id,
                apart=accounts.blocked_between(row.author_id),
            )
        )
        limits.hit(
            f"invite:{row.author_id}", limit=_INVITED_A_DAY, per_seconds=_DAY, what="asked people"
        )
        clinicians = accounts.clinicians(fresh)
        now = clock.now()
        Invitation.objects.bulk_create(
            Invitation(
                rehearsal=row,
                user_id=each,
                part=rules.COLLEAGUE if each in clinicians else rules.LAY,
                invited_at=now,
            )
            for each in fresh
        )
        author = accounts.people([row.author_id])[row.author_id]
        notify.tell(
            fresh,
            "rehearse_asked",
            subject=row.pk,
            values={"title": versions.version(row.version_id).title, "author": author.name},
        )


def answer(
    actor: Actor,
    rehearsal_id: UUID,
    says: Mapping[str, bool],
    *,
    line: str,
    moment_ms: int | None,
    watched_ms: int,
) -> None:
    """Takes one person's answers, once, and decides what they change.

    `moment_ms` is a place on the original's clock, `watched_ms` how much of the clip was watched.
    """
    policy.require(actor, "answer", access.REHEARSAL, rehearsal_id)
    line = " ".join(line.split())
    with transaction.atomic():
        row = _running(rehearsal_id)
        invitation = row.invitations.get(user=actor.user_id)
        if row.verdicts.filter(user=actor.user_id).exists():
            raise Conflict(
                "already_answered",
                "You have answered already, and answers cannot be changed. There is nothing more "
                "to do.",
            )
        if invitation.part == rules.COLLEAGUE and not accounts.is_clinician(invitation.user_id):
            raise Denied(
                "You were asked as a clinician, and your credential is no longer in force. Ask an "
                "admin to check it anew, then answer.",
                verb="answer",
            )
        duration = queries.duration_ms(versions.version(row.version_id))
        _fit(rules.watched_fits(watched_ms, duration))
        _fit(rules.answers_fit(says))
        _fit(rules.line_fits(line))
        _fit(rules.moment_fits(moment_ms, duration))
        now = clock.now()
        Verdict.objects.create(
            rehearsal=row,
            user_id=invitation.user_id,
            part=invitation.part,
            answers=dict(says),
            objection=bool(rules.objects(says)),
            look_again=rules.looks_again(says),
            line=line,
            moment_ms=moment_ms,
            watched_ms=watched_ms,
            at=now,
        )
        _settle(row, now)


def confirm_looked(actor: Actor, rehearsal_id: UUID, note: str) -> None:
    """The author has looked again and says what they found; then the rehearsal goes on."""
    policy.require(actor, "looked", access.REHEARSAL, rehearsal_id)
    note = note.strip()
    _fit(rules.note_fits(note, "note"))
    with transaction.atomic():
        row = _running(rehearsal_id)
        now = clock.now()
        row.looked_at, row.looked_note = now, note
        row.save(update_fields=["looked_at", "looked_note"])
        audit.record("looked", access.REHEARSAL, row.pk, by=actor.user_id, reason=note)
        _settle(row, now)


def release(actor: Actor, rehearsal_id: UUID, reason: str) -> None:
    """The host's named person lets a version go on without enough answers, for a reason.

    It is recorded, and the version is shown as not rehearsed.
    """
    policy.require(actor, "release", access.REHEARSAL, rehearsal_id)
    reason = reason.strip()
    _fit(rules.note_fits(reason, "reason"))
    with transaction.atomic():
        row = _running(rehearsal_id)
        now = clock.now()
        outcome = rules.decide(
            row.needed(), _answers(row), row.opened_at, now, looked_at=row.looked_at
        )
        if not isinstance(outcome, rules.Releasable):
            raise Conflict(
                "not_releasable",
                "Answers have come in meanwhile. Reload the page to see what they say.",
            )
        row.released_by, row.release_reason = actor.user_id, reason
        _close(row, Rehearsal.State.RELEASED, reason, now)
        posts.clear(
            row.version_id,
            Gate.REHEARSAL,
            "cleared",
            by=actor.user_id,
            note=f"Released without enough answers. The reason: {reason}",
        )
        posts.set_label(row.version_id, NOT_REHEARSED)
        audit.record(
            "release", access.REHEARSAL, row.pk, by=actor.user_id, reason=reason,
            version=row.version_id,
        )  # fmt: skip
        _tell_author(row, "rehearsal_released", reason=reason)


def close_for(event: VersionSuperseded) -> None:
    """A newer version took over, or the post is gone: nobody needs to hear the older one."""
    Rehearsal.objects.filter(version=event.version_id, state__in=access.RUNNING).update(
        state=Rehearsal.State.CLOSED, closed_at=clock.now()
    )


def tell_overdue(rehearsal_id: UUID) -> None:
    """Tells the host's named person that a rehearsal has had too few answers for 72 hours."""
    row = Rehearsal.objects.filter(pk=rehearsal_id, state=Rehearsal.State.OPEN).first()
    named = accounts.host_policy().named_person
    if row is None or named is None or named == row.author_id:
        return
    outcome = rules.decide(row.needed(), _answers(row), row.opened_at, clock.now(), row.looked_at)
    if isinstance(outcome, rules.Releasable):
        author = accounts.people([row.author_id])[row.author_id]
        title = versions.version(row.version_id).title
        notify.tell(
            [named], "release_asked", subject=row.pk, values={"title": title, "author": author.name}
        )


def _begin(row: Rehearsal, host: HostPolicy, version: VersionFacts) -> None:
    if row.needed().nobody:
        _pass(row, "Clips of this lane need nobody’s answer.")
        return
    if consent := _consent(host, version):
        row.waived_by = consent.id
        row.save(update_fields=["waived_by"])
        _pass(row, f"The host waived the rehearsal of this lane. The reason: {consent.reason}")
        posts.set_label(version.id, NOT_REHEARSED)
        return
    posts.move(version.id, VersionState.REHEARSING)
    jobs.start(
        OVERDUE,
        subject=row.pk,
        owner=row.author_id,
        due=row.opened_at + rules.RELEASABLE_AFTER + timedelta(seconds=1),
    )


def _settle(row: Rehearsal, now: datetime) -> None:
    """Does what the answers decide."""
    outcome = rules.decide(row.needed(), _answers(row), row.opened_at, now, row.looked_at)
    match outcome:
        case rules.Object(because):
            _close(row, Rehearsal.State.OBJECTED, because, now)
            posts.clear(row.version_id, Gate.REHEARSAL, "objected", by=None, note=because)
            _tell_author(row, "rehearsal_objected", because=because)
        case rules.LookAgain(because):
            if row.state != Rehearsal.State.LOOK_AGAIN or row.because != because:
                _become(row, Rehearsal.State.LOOK_AGAIN, because)
                _tell_author(row, "rehearsal_look_again", because=because)
        case rules.Pass():
            _pass(row, "")
            _tell_author(row, "rehearsal_passed")
        case rules.Wait() | rules.Releasable():
            _become(row, Rehearsal.State.OPEN, "")


def _pass(row: Rehearsal, because: str) -> None:
    _close(row, Rehearsal.State.PASSED, because, clock.now())
    posts.clear(row.version_id, Gate.REHEARSAL, "cleared", by=None, note=because)
    audit.record(
        "pass", access.REHEARSAL, row.pk, by=None, reason=because, version=row.version_id,
        waived_by=row.waived_by or "",
    )  # fmt: skip


def _become(row: Rehearsal, state: Rehearsal.State, because: str) -> None:
    row.state, row.because = state, because
    row.save(update_fields=["state", "because"])


def _close(row: Rehearsal, state: Rehearsal.State, because: str, now: datetime) -> None:
    row.state, row.because, row.closed_at = state, because, now
    row.save(update_fields=["state", "because", "closed_at", "released_by", "release_reason"])


def _running(rehearsal_id: UUID) -> Rehearsal:
    row = Rehearsal.objects.select_for_update().filter(pk=rehearsal_id).first()
    if row is None:
        raise NotFound("rehearsal")
    if row.state not in access.RUNNING:
        raise Conflict(
            "rehearsal_closed",
            "This is decided already, so nothing was changed. Go back to what else is asked of "
            "you.",
        )
    return row


def _answers(row: Rehearsal) -> list[rules.Answer]:
    return [
        rules.Answer(queries.part_of(each.part), each.answers, each.line, each.at)
        for each in row.verdicts.all()
    ]


def _needs(host: HostPolicy, lane: str) -> Needs:
    quorum = host.quorum[lane]
    return Needs(quorum.colleagues, quorum.lay)


def _consent(host: HostPolicy, version: VersionFacts) -> Consent | None:
    if WAIVER not in host.waived(version.lane, version.author_id):
        return None
    return next(
        each
        for each in host.standing
        if each.lane == version.lane
        and each.author in (None, version.author_id)
        and WAIVER in each.waives
    )


def _tell_author(row: Rehearsal, kind: str, **values: str) -> None:
    version = versions.version(row.version_id)
    notify.tell(
        [row.author_id],
        kind,
        subject=version.post_id,
        values={"title": version.title, **values},
        event_id=row.pk,
    )


def _fit(unfit: Unfit | None) -> None:
    if unfit:
        raise Invalid(unfit.code, unfit.because)
