"""Reports, sealed: their words lie in the vault under a key of the version's own."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import QuerySet

from wardcast.check import ChannelState, Finding, Report, Severity, parse_captions
from wardcast.check.report import translation_channel
from wardcast.media import queries as clips
from wardcast.platform import clock, vault
from wardcast.platform.http import Conflict
from wardcast.posts.values import VersionFacts
from wardcast.safety.models import CheckReport, FindingMark
from wardcast.safety.rules import Found
from wardcast.safety.values import Captions, Mark


def seal(version_id: UUID, report: Report) -> str:
    """Seals a version's report under a key of its own; answers its ref.

    What an examination that was killed has sealed under it is destroyed first, so that no report
    lies where no row leads. Call it outside a transaction.
    """
    key = uuid5(version_id, "report")
    if vault.has_key(key):
        vault.destroy(key)
    return vault.put(key, report.to_json().encode()).ref


def forget(ref: str) -> None:
    """Destroys the key of a sealed report: its words are noise from then on."""
    vault.destroy(UUID(ref.partition("/")[0]))


def find(version_id: UUID) -> CheckReport | None:
    """The row of a version's report, or None before it was examined."""
    return CheckReport.objects.filter(version=version_id).first()


def among(version_ids: Iterable[UUID]) -> QuerySet[CheckReport]:
    """The rows of these versions' reports."""
    return CheckReport.objects.filter(version__in=list(version_ids))


def need(version_id: UUID) -> CheckReport:
    """The row of a version's report; raises Conflict before it was examined."""
    row = find(version_id)
    if row is None:
        raise Conflict(
            "not_examined",
            "The check of this version is not done yet. Wait until it is, then try again.",
        )
    return row


def destroy_words(row: CheckReport) -> None:
    """Destroys what was found and the notes about it; kinds, decisions, who and when stay."""
    forget(row.sealed_ref)
    row.sealed_ref, row.words_gone_at = "", clock.now()
    row.save(update_fields=["sealed_ref", "words_gone_at"])
    row.marks.update(note="")


def need_words(row: CheckReport) -> None:
    """Raises Conflict once the words of a report were destroyed: nobody decides about what they
    cannot read."""
    if row.words_gone_at is not None:
        raise Conflict(
            "words_gone",
            "The words of this report were destroyed, since it is old. Have the clip read again to "
            "see what is in it.",
        )


def opened(row: CheckReport) -> Report:
    """The report itself, words and all: never log it. Raises Conflict once they were destroyed."""
    need_words(row)
    return Report.from_json(vault.read(row.sealed_ref))


def bare(row: CheckReport) -> Report:
    """What is left of a report once its words were destroyed: kinds, severities and channels."""
    return Report(
        findings=tuple(
            Finding(
                id=each.id,
                kind=each.kind,
                channel=each.channel,
                span=None,
                time=None,
                severity=Severity(each.severity),
                confidence=0.0,
                text="",
                before="",
                after="",
                reason="",
                suggestion="",
                actions=(),
            )
            for each in index_of(row)
        ),
        channels=tuple(ChannelState(name, state) for name, state in row.channels),
    )


def index_of(row: CheckReport) -> tuple[Found, ...]:
    """The findings without their words."""
    return tuple(Found(*each) for each in row.index)


def not_checked(row: CheckReport) -> tuple[str, ...]:
    """The channels that nothing examined."""
    return tuple(name for name, state in row.channels if state == "not_checked")


def marks_of(row: CheckReport) -> dict[str, Mark]:
    """The marks on a report, by finding; also those that answer it no more."""
    now = clock.now()
    return {each.finding_id: _mark(each, now) for each in row.marks.all()}


def answered(row: CheckReport) -> set[str]:
    """The findings that a mark answers now."""
    return {finding for finding, mark in marks_of(row).items() if mark.holds}


def _mark(row: FindingMark, now: datetime) -> Mark:
    holds = row.consent is None or row.consent.terms.holds(now)
    return Mark(row.action, row.by_id, row.at, row.note, row.consent_id, holds)


def captions_of(version: VersionFacts) -> tuple[Captions, ...]:
    """A version's captions, parsed, each with its channel; what is spoken comes first."""
    return tuple(
        Captions(
            channel="captions" if track.spoken else translation_channel(track.language),
            language=track.language,
            transcript=parse_captions(clips.captions(track.asset_id)),
        )
        for track in version.tracks
    )
