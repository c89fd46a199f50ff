"""How long the words are kept that a check found, and what was heard of a clip. Then they are
destroyed: what was decided about which kind of thing, by whom and when, stays for the record."""

from datetime import datetime, timedelta

from django.db import transaction

from wardcast.media import speech
from wardcast.platform import clock, config
from wardcast.posts import actions as posts
from wardcast.posts import queries as versions
from wardcast.posts.values import VersionFacts
from wardcast.safety import reports
from wardcast.safety.models import CheckReport


def end_of(version: VersionFacts) -> datetime:
    """When a version's words are destroyed: some days after it was published or a newer one took
    its place; some more after it was cut where neither has happened."""
    house = config.current()
    over = version.public_at or version.superseded_at
    if over is not None:
        return over + timedelta(days=house.words_days)
    return version.created_at + timedelta(days=house.draft_words_days)


def destroy_old_words() -> None:
    """Destroys all words that have been kept for long enough; done again it changes nothing."""
    now = clock.now()
    rows = CheckReport.objects.filter(words_gone_at=None)
    for pk, version_id in rows.values_list("pk", "version_id"):
        version = versions.facts(version_id)
        if version is not None and end_of(version) <= now:
            with transaction.atomic():
                row = CheckReport.objects.select_for_update().get(pk=pk)
                if row.words_gone_at is None:
                    reports.destroy_words(row)
                    posts.forget_words(version_id)
    _destroy_transcripts(now)


def _destroy_transcripts(now: datetime) -> None:
    """What was heard of an original goes with the words of the last of its versions."""
    kept = speech.kept()
    of = versions.of_assets(kept)
    for asset_id, asked_at in kept.items():
        fallback = asked_at + timedelta(days=config.current().draft_words_days)
        if max([end_of(each) for each in of.get(asset_id, [])], default=fallback) <= now:
            speech.forget(asset_id)
