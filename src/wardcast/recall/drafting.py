"""Notices that the house drafts and people send: a version that was public rests on nothing any
more. Nothing is said to viewers before somebody has read the draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wardcast.platform import audit, clock
from wardcast.posts import queries as versions
from wardcast.posts.values import VersionFacts
from wardcast.recall import rules
from wardcast.recall.models import Notice, NoticeDraft
from wardcast.safety.events import ConsentEnded


@dataclass(frozen=True, slots=True)
class DraftView:
    """A notice to read and send. What was wrong is never shown (`privacy`)."""

    version: VersionFacts
    severity: rules.Severity
    words: rules.Words
    privacy: bool
    at: datetime


def draft(event: ConsentEnded) -> None:
    """Drafts a withdrawal of each version that was public and rested on the consent, unless it was
    withdrawn by a notice already. The same consent drafts once."""
    withdrawn = set(
        Notice.objects.filter(
            version_id__in=event.version_ids, severity=rules.Severity.WITHDRAW
        ).values_list("version_id", flat=True)
    )
    for version_id in event.version_ids:
        if version_id in withdrawn:
            continue
        _, new = NoticeDraft.objects.get_or_create(
            version_id=version_id,
            because=event.consent_id,
            defaults={
                "post_id": event.post_id,
                "severity": rules.Severity.WITHDRAW,
                "at": clock.now(),
            },
        )
        if new:
            audit.record(
                "draft_notice", "posts.version", version_id, by=None, because=event.consent_id
            )


def sent(notice: Notice) -> None:
    """A withdrawal was opened: what was drafted for its version is done."""
    NoticeDraft.objects.filter(version_id=notice.version_id, notice=None).update(notice=notice)


def of_posts(post_ids: Iterable[UUID]) -> dict[UUID, list[DraftView]]:
    """What waits to be read and sent, by post: one a version, the latest version first."""
    rows = list(NoticeDraft.objects.filter(post_id__in=list(post_ids), notice=None).order_by("at"))
    facts = versions.versions(row.version_id for row in rows)
    found: dict[UUID, list[DraftView]] = {}
    for row in {row.version_id: row for row in rows}.values():
        if row.version_id in facts:
            found.setdefault(row.post_id, []).append(
                DraftView(
                    facts[row.version_id],
                    rules.Severity(row.severity),
                    rules.WITHDRAWAL,
                    privacy=True,
                    at=row.at,
                )
            )
    for each in found.values():
        each.sort(key=lambda one: -one.version.number)
    return found
