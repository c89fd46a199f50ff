"""What this room does when others tell of clips and versions: handlers, wired in the project."""

from uuid import UUID, uuid5

from wardcast.media import queries as clips
from wardcast.media import speech
from wardcast.media.events import AssetHeard, AssetReady
from wardcast.platform import jobs
from wardcast.posts import queries as versions
from wardcast.posts.events import (
    PostDeleted,
    VersionCut,
    VersionObjected,
    VersionRendered,
    VersionSuperseded,
)
from wardcast.safety import actions, consents, settling
from wardcast.safety.actions import EXAMINE


def version_cut(event: VersionCut) -> None:
    """Has a new version examined, once its original was measured and heard: anew where what was
    heard of it was destroyed. One in which something is covered, muted or cut out waits until it is
    rendered too, since it is the finished clip that is examined."""
    speech.listen_again(event.asset_id)
    if clips.asset(event.asset_id).state == "ready" and not speech.awaited(event.asset_id):
        _examine_made(event.version_id)


def asset_ready(event: AssetReady) -> None:
    """Has the versions examined that were cut before their original was measured."""
    if not speech.awaited(event.asset_id):
        _examine_all(event.asset_id)


def asset_heard(event: AssetHeard) -> None:
    """Has the versions examined that waited until their original was heard."""
    _examine_all(event.asset_id)


def version_rendered(event: VersionRendered) -> None:
    """The clip is finished: what was examined can be cleared, what waited for it is examined."""
    settling.settle(event.version_id)
    version = versions.facts(event.version_id)
    if version and version.asset_id and not speech.awaited(version.asset_id):
        _examine_made(event.version_id)


def version_superseded(event: VersionSuperseded) -> None:
    """Nobody looks at a version whose place a newer one has taken."""
    settling.close_duties(event.version_id)


def version_objected(event: VersionObjected) -> None:
    """Nobody looks at a version that somebody objects to."""
    settling.close_duties(event.version_id)


def post_deleted(event: PostDeleted) -> None:
    """What was found in a deleted post is forgotten with it."""
    for version_id in event.version_ids:
        actions.forget(version_id)
    consents.forget(event.post_id)


def _examine_all(asset_id: UUID) -> None:
    for version in versions.being_checked(asset_id):
        _examine_made(version.id)


def _examine_made(version_id: UUID) -> None:
    version = versions.facts(version_id)
    if version is None or version.awaits_render:
        return
    jobs.start(
        EXAMINE, subject=version_id, owner=version.author_id, job_id=uuid5(version_id, EXAMINE)
    )
