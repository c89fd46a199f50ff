"""Candidates for tests: what a publication would have told the feed."""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from wardcast.feed import actions
from wardcast.platform.ids import new_id
from wardcast.posts.events import PostPublished

NOW = datetime(2026, 11, 14, 8, 0, tzinfo=UTC)
_numbers = count(1)


def listed(
    author: UUID,
    *,
    days_old: float = 0.0,
    visibility: str = "public",
    post_id: UUID | None = None,
    number: int | None = None,
) -> PostPublished:
    """A post of `author` that feeds may show from now on."""
    number = number or next(_numbers)
    event = PostPublished(
        post_id=post_id or new_id(),
        version_id=new_id(),
        author_id=author,
        post_number=number,
        version_serial=number,
        lane="lesson",
        visibility=visibility,
        published_at=NOW - timedelta(days=days_old),
        first=True,
    )
    actions.admit(event)
    return event
