"""What this room does when others tell of clips and people: handlers, wired in the project."""

from django.db.models import F

from wardcast.accounts.events import PersonChanged
from wardcast.media import queries as clips
from wardcast.media.events import AssetRefused, RenderFailed, RenderPlayable, RenderReady
from wardcast.notify import actions as notify
from wardcast.platform import events
from wardcast.posts.events import VersionRendered
from wardcast.posts.models import Post, Standing, Version
from wardcast.posts.rules import OPEN_STATES, PostState


def asset_refused(event: AssetRefused) -> None:
    """Tells an author why a clip cannot be used."""
    for post in Post.objects.filter(asset=event.asset_id).exclude(state=PostState.DELETED):
        _tell_refused(post, event.detail, event)


def render_playable(event: RenderPlayable) -> None:
    """Tells an author that a new draft can be played."""
    asset_id = clips.render(event.render_id).asset_id
    for post in Post.objects.filter(asset=asset_id, working=None, state=PostState.DRAFT):
        notify.tell(
            [post.author_id],
            "clip_ready",
            subject=post.pk,
            values={"title": post.title},
            event_id=event.render_id,
        )


def render_ready(event: RenderReady) -> None:
    """Binds the versions that waited for this render to its bytes."""
    digest = clips.render(event.render_id).hash
    waiting = Version.objects.select_related("post").filter(
        render=event.render_id, render_hash="", state__in=OPEN_STATES
    )
    for version in waiting:
        version.render_hash = digest
        version.save(update_fields=["render_hash"])
        events.tell(
            VersionRendered(
                post_id=version.post_id,
                version_id=version.pk,
                author_id=version.post.author_id,
            )
        )


def render_failed(event: RenderFailed) -> None:
    """Tells an author that the clip could not be rendered, and why."""
    asset_id = clips.render(event.render_id).asset_id
    for post in Post.objects.filter(asset=asset_id).exclude(state=PostState.DELETED):
        _tell_refused(post, event.detail, event)


def person_changed(event: PersonChanged) -> None:
    """Cards that name this person are made anew."""
    Standing.objects.filter(version__post__author=event.user_id).update(revision=F("revision") + 1)


def _tell_refused(post: Post, detail: str, event: events.Event) -> None:
    notify.tell(
        [post.author_id],
        "clip_refused",
        subject=post.pk,
        values={"title": post.title, "detail": detail},
        event_id=event.event_id,
    )
