"""What this room passes on between rooms that do not know each other; wired in the project."""

from wardcast.conversation.events import Liked
from wardcast.feed import actions as feed


def liked(event: Liked) -> None:
    """Lets the feed know how often a post is liked."""
    feed.recount(event.post_id, event.likes)
