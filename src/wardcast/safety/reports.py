"""Reports, sealed: their words lie in the vault under a key of the version's own."""

from collections.abc import Iterable
from uuid import UUID, uuid5

from django.db.models import QuerySet

from wardcast.check import Report, parse_captions
from wardcast.check.report import translation_channel
from wardcast.media import queries as clips
from wardcast.platform import vault
from wardcast.platform.http import Conflict
from wardcast.posts.values import VersionFacts
from wardcast.safety.models import CheckReport
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


def opened(row: CheckReport) -> Report:
    """The report itself, words and all: never log it."""
    return Report.from_json(vault.read(row.sealed_ref))


def index_of(row: CheckReport) -> tuple[Found, ...]:
    """The findings without their words."""
    return tuple(Found(*each) for each in row.index)


def not_checked(row: CheckReport) -> tuple[str, ...]:
    """The channels that nothing examined."""
    return tuple(name for name, state in row.channels if state == "not_checked")


def marks_of(row: CheckReport) -> dict[str, Mark]:
    """The marks on a report, by finding."""
    return {
        each.finding_id: Mark(each.action, each.by_id, each.at, each.note)
        for each in row.marks.all()
    }


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
