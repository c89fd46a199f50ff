"""What is done about a version's safety: examined, marked, redacted, attested."""

from collections.abc import Collection, Mapping
from typing import Literal
from uuid import UUID

from django.db import transaction

from wardcast.accounts import queries as accounts
from wardcast.accounts.rules import SECOND_ATTESTATION
from wardcast.check import Finding, Lexicon, Material, sights
from wardcast.check import examine as look
from wardcast.check.clips.editing import SHORTEST_MS, uncut, with_steps
from wardcast.check.clips.gathering import container_tags
from wardcast.check.redaction import (
    Choice,
    RedactionPlan,
    UnknownFinding,
    apply_captions,
    apply_text,
    plan,
)
from wardcast.check.span import TimeSpan
from wardcast.gate.edits import EditList
from wardcast.media import actions as media
from wardcast.media import queries as clips
from wardcast.media import showing, speech
from wardcast.notify import actions as notify
from wardcast.platform import audit, clock, jobs, policy
from wardcast.platform.http import Conflict, Invalid, NotFound
from wardcast.platform.policy import Actor
from wardcast.posts import actions as posts
from wardcast.posts import drafts, tracks
from wardcast.posts import queries as versions
from wardcast.posts.rules import Gate, VersionState
from wardcast.posts.tracks import Tracks
from wardcast.posts.values import VersionFacts
from wardcast.safety import left, marks, own, reports, rules, terms, weights
from wardcast.safety.models import Attestation, AttestationDuty, CheckReport, Consent
from wardcast.safety.rules import CONSENT, MINE, NAMES, REDACTED, Found
from wardcast.safety.settling import close_duties, settle

VERSION = "posts.version"
EXAMINE = "safety.examine"
How = Literal["bleep", "mute"]


def examine(version_id: UUID) -> None:
    """Has a version examined and keeps the report, sealed. Done twice, the second changes nothing.

    Its original must have been measured, and an edited clip be finished. What the author said about
    the same words in the version before is taken over.
    """
    version = versions.facts(version_id)
    if version is None or version.asset_id is None or reports.find(version_id):
        return
    if version.state is not VersionState.CHECKING or version.awaits_render:
        return
    report = look(_material(version, version.asset_id), weights.current())
    sealed_ref = reports.seal(version_id, report)
    with transaction.atomic():
        row = CheckReport.objects.create(
            version_id=version_id,
            version_hash=version.hash,
            sealed_ref=sealed_ref,
            index=[
                [each.id, each.kind, each.severity.value, each.channel] for each in report.findings
            ],
            channels=[[each.name, each.state] for each in report.channels],
            counts=report.summary,
            created_at=clock.now(),
        )
        marks.take_over(version, row, report)
        marks.tell_post(row)
        settle(version_id)


def mark(
    actor: Actor,
    version_id: UUID,
    finding_id: str,
    action: str,
    note: str = "",
    consent: UUID | None = None,
) -> None:
    """Says what the author decided about a finding; once nothing is left, the check is cleared.

    What is shown with consent names the consent that it rests on. A name that is the author's own
    answers each place where it stands, and is remembered for their later clips.
    """
    policy.require(actor, "mark", VERSION, version_id)
    with transaction.atomic():
        version = _open(version_id)
        row = reports.need(version_id)
        reports.need_words(row)
        found = next((each for each in reports.index_of(row) if each.id == finding_id), None)
        if found is None:
            raise NotFound("finding")
        if wrong := rules.mark_fits(found, action, note):
            raise Invalid(wrong.code, wrong.because)
        given = _consent(version, found, action, consent)
        for each in (found, *_of_the_same(row, found, action)):
            marks.put(row, each, action, actor.user_id, note=note.strip(), consent=given)
        if action == MINE:
            _remember(version, row, found, note.strip())
        audit.record(
            "mark", VERSION, version.id, by=actor.user_id, finding=finding_id, action=action
        )
        marks.tell_post(row)
        settle(version_id)


def unmark(actor: Actor, version_id: UUID, finding_id: str) -> None:
    """Takes back what the author said about a finding, while nobody else was asked about the
    version; the check waits for an answer again. Where nothing was said, nothing happens."""
    policy.require(actor, "mark", VERSION, version_id)
    with transaction.atomic():
        version = _open(version_id)
        if version.state not in (VersionState.CHECKING, VersionState.READY):
            raise Conflict(
                "others_look",
                "Colleagues look at this version already, so its findings stay as they are "
                "answered. Change the clip to have it checked again.",
            )
        row = reports.need(version_id)
        said = row.marks.filter(finding_id=finding_id).exclude(action=REDACTED).first()
        if said is None:
            return
        said.delete()
        if said.action == MINE and row.words_gone_at is None:
            report = reports.opened(row)
            found = next(each for each in report.findings if each.id == finding_id)
            row.marks.filter(
                finding_id__in=sights.words_in(report, finding_id), action=MINE
            ).delete()
            own.take_back(version.author_id, found)
        audit.record("unmark", VERSION, version.id, by=actor.user_id, finding=finding_id)
        marks.tell_post(row)
        if rules.open_findings(reports.index_of(row), reports.answered(row)):
            posts.revoke(version_id, Gate.CHECK, "")


def _of_the_same(row: CheckReport, found: Found, action: str) -> list[Found]:
    """What is answered with a finding: whose own the monitor is, theirs are the words on it."""
    if action != MINE:
        return []
    words = set(sights.words_in(reports.opened(row), found.id)) - reports.marks_of(row).keys()
    return [each for each in reports.index_of(row) if each.id in words]


def redact(
    actor: Actor,
    version_id: UUID,
    finding_ids: Collection[str],
    how: How,
    choices: Mapping[str, Choice] | None = None,
) -> UUID:
    """Redacts the chosen findings, each by its choice, or else: sound by silence or a tone, words
    by others, what is seen by black that follows it. Answers the new version, which is rendered and
    examined again. The old one is superseded for good."""
    policy.require(actor, "redact", VERSION, version_id)
    if not finding_ids:
        raise Invalid("nothing_chosen", "No finding was chosen. Choose at least one, then redact.")
    with transaction.atomic():
        version = _open(version_id)
        row = reports.need(version_id)
        report = reports.opened(row)
        asset = clips.asset(_asset_of(version))
        try:
            steps = plan(report, finding_ids, how, duration_ms=asset.duration_ms, choices=choices)
        except UnknownFinding as error:
            raise NotFound("finding") from error
        if not steps.finding_ids:
            raise Invalid(
                "cannot_be_redacted",
                "Without the voice that speaks most nothing of the clip would be left. Say whose "
                "it is, or choose something else.",
            )
        marks.put_redacted(row, steps.finding_ids, actor.user_id)
        drafts.autosave(version.post_id, _redacted(version, steps, asset.duration_ms or 0))
        audit.record(
            "redact", VERSION, version_id, by=actor.user_id, findings=len(steps.finding_ids)
        )
        return posts.cut(version.post_id)


def attest(actor: Actor, version_id: UUID, ask: UUID | None = None) -> None:
    """The author states that they looked at what no recogniser could, and asks a second clinician;
    without one to ask, the host's named person. A standing consent of the host makes the author's
    statement enough.

    Asking somebody else instead closes the first one's duty.
    """
    policy.require(actor, "attest", VERSION, version_id)
    with transaction.atomic():
        version = _open(version_id)
        row = reports.need(version_id)
        _check_first(version)
        _state(version, row, Attestation.Who.AUTHOR, actor.user_id)
        waived = accounts.host_policy().waived(version.lane, version.author_id)
        if SECOND_ATTESTATION in waived:
            note = "Stated by its author; the host's standing consent waives a second clinician."
            posts.clear(version_id, Gate.ATTESTATION, "cleared", by=actor.user_id, note=note)
            close_duties(version_id)
            return
        _ask(version, ask)


def second_attest(actor: Actor, version_id: UUID, *, agrees: bool, note: str = "") -> None:
    """The person who was asked states that they looked too, or says why not; then their duty is
    done, and they see the version no more."""
    policy.require(actor, "second_attest", VERSION, version_id)
    if not agrees and not note.strip():
        raise Invalid(
            "note_missing", "Say in a few words what the author should change, then send it."
        )
    if len(note) > rules.NOTE_CHARS:
        raise Invalid(
            "note_too_long",
            f"The note has {len(note):,} characters; at most {rules.NOTE_CHARS} fit. Shorten it, "
            "then send it.",
        )
    with transaction.atomic():
        version = _open(version_id)
        row = reports.need(version_id)
        duty = AttestationDuty.objects.select_for_update().get(
            version=version_id, asked=actor.user_id, done_at=None
        )
        who = Attestation.Who(duty.who)
        _state(version, row, who, actor.user_id, agrees=agrees, note=note.strip())
        duty.done_at = clock.now()
        duty.save(update_fields=["done_at"])
        if agrees:
            posts.clear(version_id, Gate.ATTESTATION, "cleared", by=actor.user_id)
        else:
            posts.clear(
                version_id, Gate.ATTESTATION, "objected", by=actor.user_id, note=note.strip()
            )
        notify.tell(
            [version.author_id],
            "attested" if agrees else "attest_objected",
            subject=version.post_id,
            values={"title": version.title, "because": note.strip()},
            event_id=duty.pk,
        )


def read_again(actor: Actor, version_id: UUID) -> None:
    """Has a version examined anew whose words were destroyed while it still waited for answers.

    What was answered in it is asked again; the trail keeps who said what.
    """
    policy.require(actor, "mark", VERSION, version_id)
    with transaction.atomic():
        version = _open(version_id)
        row = reports.need(version_id)
        if row.words_gone_at is None or version.state is not VersionState.CHECKING:
            raise Conflict(
                "nothing_to_read",
                "This version needs no reading again. Reload the page to see where it stands.",
            )
        row.delete()
        jobs.start(EXAMINE, subject=version_id, owner=version.author_id)


def forget(version_id: UUID) -> None:
    """Destroys a version's report and closes its duties."""
    close_duties(version_id)
    row = reports.find(version_id)
    if row is not None:
        if row.sealed_ref:
            reports.forget(row.sealed_ref)
        row.delete()


def _material(version: VersionFacts, asset_id: UUID) -> Material:
    asset = clips.asset(asset_id)
    duration_ms = asset.duration_ms or 0
    made = version.render_id if version.is_edited else None
    author = accounts.people([version.author_id]).get(version.author_id)
    names = [author.name, author.handle] if author else []
    captions = reports.captions_of(version)
    spoken = next((each for each in captions if each.spoken), None)
    return Material(
        title=version.title,
        caption=version.text,
        script=version.script,
        captions=spoken.transcript if spoken else None,
        spoken=spoken.language if spoken else "en",
        translations=tuple((e.language, e.transcript) for e in captions if not e.spoken),
        tags=container_tags(clips.tags(asset_id)),
        duration_ms=duration_ms,
        has_audio=asset.has_audio,
        said=speech.said(asset_id, version.script) if asset.has_audio else None,
        voices=showing.voices(asset_id) if asset.has_audio else None,
        muted=tuple(TimeSpan(each.start_ms, each.end_ms) for each in version.edits.unheard),
        seen=(
            showing.seen_made(asset_id, made, version.edits)
            if made and (version.edits.covers or version.edits.cuts)
            else showing.seen(asset_id, version.edits)
        ),
        left_tags=left.tags(made) if made else (),
        left_heard=left.heard(made, version.edits) if made else (),
        lexicon=own.lexicon_of(version.author_id, names),
        posted_at=version.created_at,
        place=accounts.town_of(version.author_id),
    )


def _consent(
    version: VersionFacts, found: Found, action: str, consent: UUID | None
) -> Consent | None:
    """The consent that a mark rests on, in force and covering what was found."""
    if action != CONSENT:
        return None
    if consent is None:
        raise Invalid(
            "no_consent", "Say first who consented, and to what. Then mark what it covers."
        )
    row = Consent.objects.filter(pk=consent, post=version.post_id).first()
    if row is None:
        raise NotFound("consent")
    if wrong := terms.covers(row.terms, found.kind, version.asset_id, clock.now()):
        raise Invalid(wrong.code, wrong.because)
    return row


def _remember(version: VersionFacts, row: CheckReport, found: Found, note: str) -> None:
    report = reports.opened(row)
    said = next(each for each in report.findings if each.id == found.id)
    own.remember(version.author_id, said)
    if found.kind in NAMES:
        for each in _again(report.findings, said):
            again = Found(each.id, each.kind, each.severity.value, each.channel)
            marks.put(row, again, MINE, version.author_id, note=note)


def _again(findings: Collection[Finding], said: Finding) -> list[Finding]:
    """The other places where the same name stands."""
    known = Lexicon.of([said.text])
    return [
        each
        for each in findings
        if each.id != said.id and each.kind in NAMES and known.holds(each.text)
    ]


def _open(version_id: UUID) -> VersionFacts:
    version = versions.version(version_id)
    if not version.is_working or not version.state.is_open:
        raise Conflict(
            "not_open",
            "A newer version has taken the place of this one, or it is public. Open the latest "
            "version and go on there.",
        )
    if version.state is VersionState.OBJECTED:
        raise Conflict(
            "objected_to",
            "Somebody objects to this version. Change the clip, then have it checked again.",
        )
    return version


def _asset_of(version: VersionFacts) -> UUID:
    if version.asset_id is None:
        raise NotFound("clip")
    return version.asset_id


def _check_first(version: VersionFacts) -> None:
    view = versions.gates(version.id).get(Gate.CHECK)
    if view is None or not view.cleared:
        raise Conflict(
            "check_first",
            "The check still has something open, or the clip is still being rendered. Answer what "
            "it found, then state what you looked at.",
        )
    attested = versions.gates(version.id).get(Gate.ATTESTATION)
    if attested and attested.cleared:
        raise Conflict("attested_already", "This was stated already. Go on with the next step.")


def _redacted(version: VersionFacts, steps: RedactionPlan, duration_ms: int) -> drafts.Changes:
    """What a draft becomes once the plan is carried out on this version."""
    edits = with_steps(version.edits, steps, duration_ms)
    if edits.edited_ms(duration_ms) < SHORTEST_MS and edits.cuts:
        raise Invalid(
            "nothing_left",
            "These cuts would leave less than a second of the clip. Mute or cover some of it "
            "instead of cutting.",
        )
    return drafts.Changes(
        title=apply_text(version.title, steps.edits_for("title")),
        text=apply_text(version.text, steps.edits_for("caption")),
        script=apply_text(version.script, steps.edits_for("script")),
        tracks=_redacted_tracks(version, steps),
        edits=edits,
        cover_ms=_moved(version.cover_ms, version.edits, edits),
    )


def _moved(at_ms: int | None, before: EditList, now: EditList) -> int | None:
    """Where a moment of the clip before is in the clip now."""
    return None if at_ms is None else now.edited_ms(before.original_ms(at_ms))


def _redacted_tracks(version: VersionFacts, steps: RedactionPlan) -> Tracks:
    """The version's captions with the plan's words taken out, in every language."""
    kept = version.tracks
    for each in reports.captions_of(version):
        words = uncut(apply_captions(each.transcript, steps.edits_for(each.channel)), steps)
        if words != each.transcript:
            asset_id = media.store_captions(version.author_id, words.to_webvtt())
            kept = tracks.with_track(kept, each.language, asset_id, None)
    return kept


def _state(
    version: VersionFacts,
    row: CheckReport,
    who: Attestation.Who,
    by: UUID | None,
    *,
    agrees: bool = True,
    note: str = "",
) -> None:
    channels = list(reports.not_checked(row))
    Attestation.objects.create(
        version_id=version.id,
        version_hash=version.hash,
        channels=channels,
        who=who,
        by_id=by,
        agrees=agrees,
        statement=rules.statement(channels) if agrees else note,
        at=clock.now(),
    )
    audit.record("attest", VERSION, version.id, by=by, who=who.value, agrees=agrees)


def _named_person(version: VersionFacts) -> UUID:
    """The host's named person, if that is somebody else who is still here."""
    named = accounts.host_policy().named_person
    if named is None or named == version.author_id or not accounts.actor_of(named).signed_in:
        raise Conflict(
            "nobody_to_ask",
            "Choose a colleague who looks at it too. Without one, the host's named person can do "
            "it, but this house has named nobody else who is here. Ask whoever runs it to name "
            "somebody: in the console, under Host, as named person.",
        )
    return named


def _ask(version: VersionFacts, ask: UUID | None) -> None:
    who = Attestation.Who.SECOND
    if ask is None:
        ask, who = _named_person(version), Attestation.Who.NAMED_PERSON
    elif ask == version.author_id:
        raise Invalid("not_oneself", "Choose somebody else: two people have to look at it.")
    elif ask not in accounts.clinicians([ask]) or ask in accounts.blocked_between(
        version.author_id
    ):
        raise Invalid(
            "not_a_colleague",
            "This person cannot be asked: only verified clinicians can look at it for you. "
            "Choose somebody else.",
        )
    close_duties(version.id)
    duty = AttestationDuty.objects.create(
        version_id=version.id, asked_id=ask, who=who, asked_at=clock.now()
    )
    author = accounts.people([version.author_id]).get(version.author_id)
    notify.tell(
        [ask],
        "attest_asked",
        subject=version.id,
        values={"title": version.title, "author": author.name if author else "Somebody"},
        event_id=duty.pk,
    )
