"""What others read of checks and attestations."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from wardcast.check import Transcript
from wardcast.check.labels import listed
from wardcast.platform import clock, policy, vault
from wardcast.platform.policy import Actor
from wardcast.posts import queries as versions
from wardcast.posts.rules import Gate
from wardcast.posts.values import VersionFacts
from wardcast.posts.way import Wait
from wardcast.safety import reports, rules
from wardcast.safety.access import VERSION
from wardcast.safety.models import Attestation, AttestationDuty, CheckReport, Consent
from wardcast.safety.terms import State
from wardcast.safety.values import Attested, Checked, ConsentView, Duty, Second


def checked(version_id: UUID) -> Checked:
    """A version's report with its words, or what is left once these were destroyed; raises Conflict
    before it was examined."""
    version = versions.version(version_id)
    row = reports.need(version_id)
    return Checked(
        version=version,
        report=reports.bare(row) if row.words_gone_at else reports.opened(row),
        marks=reports.marks_of(row),
        captions=() if row.words_gone_at else reports.captions_of(version),
        words_gone_at=row.words_gone_at,
        attested=_attested([row])[version_id],
        consents=consents_of(version.post_id),
    )


def consents_of(post_id: UUID) -> tuple[ConsentView, ...]:
    """Who consented to be shown in a post, oldest first; those that are over, too."""
    now = clock.now()
    rows = Consent.objects.filter(post=post_id).annotate(used=Count("marks")).order_by("at", "pk")
    return tuple(
        ConsentView(
            id=row.pk,
            who=vault.read(row.who_ref).decode(),
            covers="clip" if row.asset_id else "post",
            kinds=tuple(row.kinds),
            given_on=row.given_on,
            last_day=row.last_day,
            form_sha256=row.form_sha256,
            at=row.at,
            state=_state_of(row, now),
            ended_at=row.ended_at,
            used=row.used,
        )
        for row in rows
    )


def _state_of(row: Consent, now: datetime) -> State:
    if row.ended == Consent.Ended.WITHDRAWN:
        return "withdrawn"
    return "in_force" if row.terms.holds(now) else "expired"


def duties(actor: Actor) -> list[Duty]:
    """What a person is asked to look at and may, oldest first."""
    open_ = policy.scope(actor, "see_duty", VERSION).values("pk")
    rows = AttestationDuty.objects.filter(asked=actor.user_id, done_at=None, version__in=open_)
    return _duties(rows.order_by("asked_at"))


def duty(user_id: UUID, version_id: UUID) -> Duty | None:
    """What a person is asked about one version, or None."""
    rows = AttestationDuty.objects.filter(asked=user_id, version=version_id, done_at=None)
    return next(iter(_duties(rows)), None)


def waits(found: Iterable[VersionFacts]) -> dict[UUID, dict[Gate, Wait]]:
    """What the check and the attestation of versions wait for, for their authors, by version."""
    by_id = {each.id: each for each in found}
    rows = {row.version_id: row for row in reports.among(by_id).prefetch_related("marks__consent")}
    attested = _attested(rows.values())
    unread = {Gate.CHECK: Wait("wait", "Being read for what could identify a patient.")}
    return {
        pk: {
            Gate.CHECK: _check(version, rows[pk]),
            Gate.ATTESTATION: _attestation(attested[pk]),
        }
        if pk in rows
        else unread
        for pk, version in by_id.items()
    }


def spoken(version: VersionFacts) -> Transcript | None:
    """A version's captions of what is said, in the original's clock, or None."""
    tracks = reports.captions_of(version)
    return next((each.transcript for each in tracks if each.spoken), None)


def examined(version_ids: Iterable[UUID]) -> set[UUID]:
    """Which versions were read for what could identify a patient, so that their report is there."""
    return set(reports.among(version_ids).values_list("version_id", flat=True))


def found_words(version_ids: Iterable[UUID], *, kept: bool) -> set[str]:
    """What the check found in these versions that could identify a patient: never log it. What the
    author decided to keep is among it with `kept` alone; words such as “yesterday” never are."""
    found: set[str] = set()
    readable = reports.among(version_ids).filter(words_gone_at=None)
    for row in readable.prefetch_related("marks__consent"):
        marks, report = reports.marks_of(row), reports.opened(row)
        for each in (*report.blocking, *report.asking):
            mark = marks.get(each.id)
            if each.kind in rules.IN_MANY_MOUTHS:
                continue
            if kept or mark is None or not mark.holds or mark.action == rules.REDACTED:
                found.add(each.text)
    return found


def _check(version: VersionFacts, row: CheckReport) -> Wait:
    left = rules.open_findings(reports.index_of(row), reports.answered(row))
    if left:
        things = "1 thing" if len(left) == 1 else f"{len(left)} things"
        return Wait("review", f"{things} to look at in the report.")
    if not version.rendered:
        return Wait("wait", "Read; waits for the clip to be rendered.")
    return Wait("wait", "Wait a moment.")


def _attestation(found: Attested) -> Wait:
    if not found.channels:
        return Wait("none", "Every channel was checked.", skipped=True)
    if not found.author:
        return Wait(
            "attest",
            f"Not checked: {listed(found.channels)}. State that you looked, then ask a colleague.",
        )
    if found.second.state == "asked" and found.second.person:
        return Wait("wait", "A second clinician is asked to look at it.", (found.second.person,))
    return Wait("ask", "Ask a second clinician to look at it too.")


def _attested(rows: Iterable[CheckReport]) -> dict[UUID, Attested]:
    by_id = {row.version_id: row for row in rows}
    said: dict[UUID, list[Attestation]] = {}
    for each in Attestation.objects.filter(version__in=list(by_id)).order_by("at"):
        said.setdefault(each.version_id, []).append(each)
    open_ = AttestationDuty.objects.filter(version__in=list(by_id), done_at=None)
    asked = dict(open_.values_list("version_id", "asked_id"))
    return {
        pk: Attested(
            needed=bool(channels := reports.not_checked(row)),
            channels=channels,
            author=any(
                each.who == Attestation.Who.AUTHOR and each.version_hash == row.version_hash
                for each in said.get(pk, [])
            ),
            second=_second(asked.get(pk), said.get(pk, [])),
        )
        for pk, row in by_id.items()
    }


def _second(asked: UUID | None, said: list[Attestation]) -> Second:
    if asked is not None:
        return Second("asked", asked)
    others = [each for each in said if each.who != Attestation.Who.AUTHOR]
    if not others:
        return Second("none", None)
    return Second("agreed" if others[-1].agrees else "objected", others[-1].by_id)


def _duties(rows: Collection[AttestationDuty]) -> list[Duty]:
    ids = [row.version_id for row in rows]
    facts = versions.versions(ids)
    found = {row.version_id: row for row in reports.among(ids)}
    return [
        Duty(
            version=facts[row.version_id],
            channels=reports.not_checked(found[row.version_id]),
            asked=row.asked_id,
            asked_at=row.asked_at,
        )
        for row in rows
        if row.version_id in facts and row.version_id in found
    ]
