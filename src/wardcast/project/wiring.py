"""Who hears which event, and the policy's rows. Two tables and nothing else.

A handler lives at or above the room of its event and calls down. `INSIDE` handlers write in the
transaction that told the event; `AFTER` handlers are durable and run at least once.
"""

from collections.abc import Callable
from typing import Any, Literal

from wardcast.accounts import access as accounts
from wardcast.accounts.events import (
    CredentialChecked,
    CredentialRevoked,
    Followed,
    PersonChanged,
)
from wardcast.conversation import access as conversation
from wardcast.conversation.events import Liked
from wardcast.feed import access as feed
from wardcast.feed import actions as candidates
from wardcast.media import access as media
from wardcast.media.events import (
    AssetHeard,
    AssetReady,
    AssetRefused,
    RenderFailed,
    RenderPlayable,
    RenderReady,
)
from wardcast.notify import access as notify
from wardcast.notify.actions import credential_revoked, followed, verified
from wardcast.platform import events, policy
from wardcast.posts import access as posts
from wardcast.posts import hearing as post
from wardcast.posts.events import (
    PostDeleted,
    PostHeld,
    PostPublished,
    PostRestored,
    ReachChanged,
    VersionCleared,
    VersionCut,
    VersionObjected,
    VersionRendered,
    VersionSuperseded,
    VersionWithdrawn,
    VisibilityChanged,
)
from wardcast.recall import access as recall
from wardcast.recall import actions as recalls
from wardcast.recall import drafting
from wardcast.rehearsal import access as rehearsal
from wardcast.rehearsal import actions as rehearsals
from wardcast.safety import access as safety
from wardcast.safety import hearing as check
from wardcast.safety.events import ConsentEnded
from wardcast.watch import access as watch
from wardcast.watch import hearing as watched

INSIDE: Literal["inside"] = "inside"
AFTER: Literal["after"] = "after"

HEARD: tuple[tuple[type[events.Event], Callable[[Any], None], events.When], ...] = (
    (Followed, followed, INSIDE),
    (CredentialChecked, verified, INSIDE),
    (CredentialRevoked, credential_revoked, INSIDE),
    (AssetRefused, post.asset_refused, INSIDE),
    (RenderPlayable, post.render_playable, INSIDE),
    (RenderReady, post.render_ready, INSIDE),
    (RenderFailed, post.render_failed, INSIDE),
    (PersonChanged, post.person_changed, INSIDE),
    (AssetReady, check.asset_ready, INSIDE),
    (AssetHeard, check.asset_heard, INSIDE),
    (VersionCut, check.version_cut, INSIDE),
    (VersionRendered, check.version_rendered, INSIDE),
    (VersionSuperseded, check.version_superseded, INSIDE),
    (VersionObjected, check.version_objected, INSIDE),
    (PostDeleted, check.post_deleted, INSIDE),
    (VersionCleared, rehearsals.open_for, INSIDE),
    (VersionSuperseded, rehearsals.close_for, INSIDE),
    (ConsentEnded, drafting.draft, INSIDE),
    (PostPublished, candidates.admit, INSIDE),
    (PostPublished, recalls.pass_on, INSIDE),
    (VersionWithdrawn, candidates.close_withdrawn, INSIDE),
    (VisibilityChanged, candidates.show_to, INSIDE),
    (ReachChanged, candidates.amplify, INSIDE),
    (PostHeld, candidates.close_held, INSIDE),
    (PostRestored, candidates.reopen, INSIDE),
    (PostDeleted, candidates.forget, INSIDE),
    (Liked, watched.liked, INSIDE),
)

ROWS = (
    *accounts.ROWS,
    *notify.ROWS,
    *media.ROWS,
    *posts.ROWS,
    *safety.ROWS,
    *rehearsal.ROWS,
    *conversation.ROWS,
    *feed.ROWS,
    *recall.ROWS,
    *watch.ROWS,
)


def connect() -> None:
    """Registers both tables; twice is as good as once."""
    policy.register(ROWS)
    for event, handler, when in HEARD:
        events.hear(event, handler, when)
