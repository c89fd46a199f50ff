"""What an author decided about findings: kept, taken over from the version before, and told to the
post where its viewers must know."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from wardcast.check import Finding, Report
from wardcast.platform import clock
from wardcast.posts import actions as posts
from wardcast.posts import queries as versions
from wardcast.posts.values import VersionFacts
from wardcast.safety import reports, same, terms
from wardcast.safety.models import CheckReport, Consent, FindingMark
from wardcast.safety.rules import REDACTED, STAGED, Found, mark_fits


def put(
    row: CheckReport,
    found: Found,
    action: str,
    by: UUID | None,
    *,
    note: str = "",
    consent: Consent | None = None,
) -> None:
    """Keeps what was decided about one finding; what was decided before is replaced."""
    FindingMark.objects.update_or_create(
        report=row,
        finding_id=found.id,
        defaults={
            "kind": found.kind,
            "severity": found.severity,
            "action": action,
            "consent": consent,
            "by_id": by,
            "at": clock.now(),
            "note": note,
        },
    )


def put_redacted(row: CheckReport, finding_ids: Iterable[str], by: UUID | None) -> None:
    """Keeps that findings were redacted."""
    known = {each.id: each for each in reports.index_of(row)}
    for finding_id in finding_ids:
        put(row, known[finding_id], REDACTED, by)


def take_over(version: VersionFacts, row: CheckReport, report: Report) -> None:
    """What the author said about the same words before still holds: it was about the words. So does
    what was said of a face or a form of the same original, though its box has shifted.

    Once the words were destroyed, what stands in the same place is still known by its id. A consent
    holds where it covers this version too.
    """
    earlier = _report_before(version)
    if earlier is None:
        return
    now = clock.now()
    marks = {mark.finding_id: mark for mark in earlier.marks.select_related("consent")}
    decided = {pk: mark for pk, mark in marks.items() if mark.action != REDACTED}
    before = () if earlier.words_gone_at else reports.opened(earlier).findings
    said = {about(each): decided[each.id] for each in before if each.id in decided}
    seen: Mapping[str, str] = {}
    if _asset_of(earlier) == version.asset_id:
        seen = same.pairs(report.findings, before)
    for each in report.findings:
        known = decided.get(each.id) or said.get(about(each)) or decided.get(seen.get(each.id, ""))
        if known is not None and _still_fits(known, each, version.asset_id, now):
            FindingMark.objects.create(
                report=row,
                finding_id=each.id,
                kind=each.kind,
                severity=each.severity.value,
                action=known.action,
                consent=known.consent,
                by_id=known.by_id,
                at=known.at,
                note=known.note,
            )


def about(finding: Finding) -> tuple[str, str, str, str]:
    """What a mark was about: the words, or for what has none (a face, a moment) the thing
    itself."""
    what = finding.text if finding.span else finding.id
    return finding.channel, finding.kind, finding.severity.value, what


def tell_post(row: CheckReport) -> None:
    """Has the post say so where its author calls anything in it staged."""
    posts.set_staged(row.version_id, staged=row.marks.filter(action=STAGED).exists())


def first_end(row: CheckReport) -> datetime | None:
    """When the first of the consents ends that findings of this version rest on; None for none."""
    used = Consent.objects.filter(marks__report=row, ended_at=None)
    return terms.earliest_end([each.terms for each in used])


def _report_before(version: VersionFacts) -> CheckReport | None:
    """The report of the latest version before this one that was examined."""
    earlier = [
        each.id for each in versions.versions_of(version.post_id) if each.number < version.number
    ]
    rows = {row.version_id: row for row in reports.among(earlier)}
    return next((rows[pk] for pk in reversed(earlier) if pk in rows), None)


def _asset_of(row: CheckReport) -> UUID | None:
    version = versions.facts(row.version_id)
    return version.asset_id if version else None


def _still_fits(mark: FindingMark, finding: Finding, asset_id: UUID | None, now: datetime) -> bool:
    """Whether a mark answers what was found now: a graver finding may need another answer."""
    if mark.severity != finding.severity.value:
        found = Found(finding.id, finding.kind, finding.severity.value)
        if mark_fits(found, mark.action, mark.note):
            return False
    if mark.consent is None:
        return True
    return terms.covers(mark.consent.terms, finding.kind, asset_id, now) is None
