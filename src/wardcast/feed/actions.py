"""What changes in the feeds: candidates come and go, likes count, what was watched stays away."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from wardcast.feed import rules
from wardcast.feed.models import Candidate, Seen
from wardcast.posts.events import (
    PostDeleted,
    PostHeld,
    PostPublished,
    PostRestored,
    ReachChanged,
    VersionWithdrawn,
    VisibilityChanged,
)


def admit(event: PostPublished) -> None:
    """Opens a post to the feeds, or puts its newer version in the place of the older.

    It keeps its likes, and the time of its first publication: a correction is not news.
    """
    amplified = _amplified(event.reach)
    at = round(event.published_at.timestamp() * 1000)
    row, made = Candidate.objects.get_or_create(
        post_id=event.post_id,
        defaults={
            "post_number": event.post_number,
            "version_id": event.version_id,
            "version_serial": event.version_serial,
            "author_id": event.author_id,
            "lane": event.lane,
            "visibility": event.visibility,
            "published_at": at,
            "score": rules.score(0, at),
            "amplified": amplified,
        },
    )
    if made:
        return
    row.version_id, row.version_serial = event.version_id, event.version_serial
    row.lane, row.visibility, row.open = event.lane, event.visibility, True
    row.amplified = amplified
    row.save(
        update_fields=["version_id", "version_serial", "lane", "visibility", "open", "amplified"]
    )


def close_held(event: PostHeld) -> None:
    """Takes a held post out of every feed."""
    Candidate.objects.filter(post_id=event.post_id).update(open=False)


def close_withdrawn(event: VersionWithdrawn) -> None:
    """Takes a post out of every feed if the version that was withdrawn is the one it shows."""
    Candidate.objects.filter(version_id=event.version_id).update(open=False)


def amplify(event: ReachChanged) -> None:
    """Shows a version in feeds, or no more; who has its address watches it as before."""
    Candidate.objects.filter(version_id=event.version_id).update(amplified=_amplified(event.reach))


def show_to(event: VisibilityChanged) -> None:
    """Shows a post to others than before."""
    Candidate.objects.filter(post_id=event.post_id).update(visibility=event.visibility)


def reopen(event: PostRestored) -> None:
    """Lets a restored post into the feeds again, if it is public again."""
    if event.public:
        Candidate.objects.filter(post_id=event.post_id).update(open=True)


def forget(event: PostDeleted) -> None:
    """Forgets a post that was deleted."""
    Candidate.objects.filter(post_id=event.post_id).delete()


def recount(post_id: UUID, likes: int) -> None:
    """Takes over how often a post is liked."""
    row = Candidate.objects.filter(post_id=post_id).first()
    if row is None:
        return
    row.likes, row.score = likes, rules.score(likes, row.published_at)
    row.save(update_fields=["likes", "score"])


def remember_seen(viewer: int, post_numbers: Collection[int]) -> None:
    """The viewer has watched these; once is enough. One statement."""
    if not post_numbers:
        return
    places = ", ".join(["(%s, %s)"] * len(post_numbers))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO feed_seen (viewer, post_number) VALUES {places}"  # noqa: S608
            " ON CONFLICT DO NOTHING",
            [value for number in sorted(post_numbers) for value in (viewer, number)],
        )


def forget_seen(viewers: Collection[int]) -> None:
    """Forgets all that was watched under these numbers."""
    Seen.objects.filter(viewer__in=viewers).delete()


def _amplified(reach: int | None) -> bool:
    return reach != 0
