"""Work on a post that failed, tried again because its author asks for it."""

from uuid import UUID

from django.db import transaction

from wardcast.gate.edits import EditList
from wardcast.media import queries as clips
from wardcast.platform import jobs
from wardcast.platform.http import Conflict, NotFound
from wardcast.posts.models import Post
from wardcast.posts.rules import PostState


def retry(post_id: UUID) -> None:
    """Has what failed of a post's latest work done anew: the look at its original, its render, its
    check. Asked again while that is under way, nothing more happens.

    Raises Conflict `nothing_to_retry` when nothing failed, and `retry_cannot_help` when it was the
    file's fault.
    """
    with transaction.atomic():
        known = jobs.last(_worked_on(post_id))
        again = [each for each in known if each.worth_a_retry]
        for each in again:
            jobs.retry(each.id)
    if again or any(each.is_retry for each in known):
        return
    failed = next((each for each in known if each.failed), None)
    if failed is not None:
        raise Conflict(
            "retry_cannot_help",
            f"{failed.detail} The same file would get the same answer again.",
        )
    raise Conflict(
        "nothing_to_retry",
        "Nothing of this post has failed, so there is nothing to try again. Reload the page to see "
        "where it stands.",
    )


def _worked_on(post_id: UUID) -> list[UUID]:
    """What jobs are about that a post waits for: its original, its render, its version. The post is
    locked, so that a new version waits until the retry is written."""
    row = Post.objects.select_for_update().filter(pk=post_id).first()
    if row is None or row.state == PostState.DELETED:
        raise NotFound("post")
    subjects = [row.asset_id, row.working_id]
    if row.working is not None:
        subjects.append(row.working.render_id)
    elif row.asset_id is not None:
        render = clips.render_of(row.asset_id, EditList.from_json(row.edits))
        subjects.append(render.id if render else None)
    return [each for each in subjects if each is not None]
