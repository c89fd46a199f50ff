"""What is served to be watched, and what comes back from it.

What is owed comes first, and an exposure is kept before the address of a file leaves the house.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from wardcast.accounts import queries as accounts
from wardcast.conversation import queries as conversation
from wardcast.feed import actions as feed_actions
from wardcast.feed import queries as feed
from wardcast.feed import rules as ranking
from wardcast.gate.clocks import in_original
from wardcast.gate.edits import EditList
from wardcast.gate.plan import CLIP, POSTER
from wardcast.media import queries as media
from wardcast.platform import clock, policy, storage
from wardcast.platform.http import Conflict, NotFound
from wardcast.platform.policy import Actor
from wardcast.posts import queries as posts
from wardcast.posts.rules import VersionState
from wardcast.recall import actions as recall_actions
from wardcast.recall import beside, cards, ledger, resting
from wardcast.recall import queries as recall
from wardcast.watch import pieces, rules
from wardcast.watch.pieces import Played

POST = "posts.post"
VERSION = "posts.version"
PAGE = 10

_NOBODY = Actor(nameless=True)

_KEPT = timedelta(days=30)
"""For how long the ids of counted events are kept: a device that was offline tells within it."""

_ONE_IN = 256
"""One event in so many also has old ids forgotten and the ledger packed."""


@dataclass(frozen=True, slots=True)
class MustSee:
    """Corrections that stand before any video, the gravest first."""

    notices: tuple[cards.NoticeCard, ...]


@dataclass(frozen=True, slots=True)
class Clips:
    """Feed items as ready JSON, and where the next page begins; None at the end of the session."""

    items: tuple[bytes, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Beacon:
    """What a client says of a version that it played; `id` was made by the client. `played`: all
    the parts that were played until then, in milliseconds of the clip as it plays."""

    id: UUID
    version_id: UUID
    kind: rules.BeaconKind
    from_ms: int | None = None
    to_ms: int | None = None
    played: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a batch: counted now, not this viewer's to tell of, and what is owed."""

    accepted: int
    ignored: int
    owed: bool


def serve(
    actor: Actor, kind: feed.Kind, cursor: str = "", *, size: int = PAGE, at: UUID | None = None
) -> MustSee | Clips:
    """The next clips for a viewer, or what they must see first.

    `at` puts one post first. The actor must have a number (`accounts.actions.ensure_viewer`), or
    want none: then nothing is owed here, and only how often a version was served is counted.
    """
    if owed := recall.owed(actor.viewers):
        return MustSee(cards.of(owed, actor))
    first = (_asked(actor, at),) if at else ()
    shown = [each.post_number for each in first]
    page = feed.page(actor, kind, cursor, size - len(first), without=shown)
    items = (*first, *page.items)
    _expose(actor, items)
    return Clips(_join(actor, items, page.followed), page.next)


def serve_one(actor: Actor, post_id: UUID) -> bytes:
    """One post as a feed item, in ready JSON.

    While a correction is owed nothing else is served, except the newer version that it points to.
    """
    _owes_nothing_before(actor, post_id)
    item = _asked(actor, post_id)
    _expose(actor, (item,))
    return _join(actor, (item,), _followed(actor))[0]


def show(actor: Actor, post_id: UUID, *, seen: bool = True) -> MustSee | dict[str, object]:
    """One post's feed item for a page, or what must be seen first. Not `seen` where the page itself
    is not sent, so that it hands out nothing: then nobody is exposed."""
    if owed := recall.owed(actor.viewers):
        return MustSee(cards.of(owed, actor))
    item = _asked(actor, post_id)
    if seen:
        _expose(actor, (item,))
    found: dict[str, object] = orjson.loads(_join(actor, (item,), _followed(actor))[0])
    return found


def elsewhere(post_id: UUID, *, seen: bool = True) -> dict[str, Any]:
    """One post's feed item for a page of others that shows it, in which nobody is known: counted as
    a view beside every sum, where it is `seen`. Open to everybody, or not there."""
    item = _asked(_NOBODY, post_id)
    if seen:
        beside.viewed([item.version_serial], beside.EMBED)
    found: dict[str, Any] = orjson.loads(_join(_NOBODY, (item,), frozenset())[0])
    return found


def beacons(actor: Actor, batch: Sequence[Beacon]) -> Heard:
    """Takes what a client says it played: each event once, levels only rise.

    Events about versions that this viewer was not served are left out and counted as ignored.
    """
    if not actor.viewers:
        return Heard(0, len(batch), owed=False)
    now = clock.now()
    found = posts.versions({each.version_id for each in batch})
    numbers = {each.id: each.serial for each in found.values()}
    posts_of = {each.serial: each.post_number for each in found.values()}
    with transaction.atomic():
        fresh = ledger.count_once((each.id for each in batch), now)
        told = {each.id: each for each in batch if each.version_id in numbers}
        played: dict[int, ledger.Told] = {}
        for each in told.values():
            serial = numbers[each.version_id]
            says = _told(each, found[each.version_id].edits)
            played[serial] = ledger.both(played[serial], says) if serial in played else says
        known = ledger.raise_levels(actor.viewers, played, now)
        heard = [each for each in told.values() if numbers[each.version_id] in known]
        seen = {posts_of[numbers[each.version_id]] for each in heard if rules.has_seen(each.kind)}
        feed_actions.remember_seen(_number(actor), seen)
        if any(each.int % _ONE_IN == 0 for each in fresh):
            ledger.forget_beacons(before=now - _KEPT)
            resting.ask(now)
    ignored = sum(numbers.get(each.version_id) not in known for each in batch)
    return Heard(
        accepted=sum(each.id in fresh for each in heard),
        ignored=ignored,
        owed=recall.owes(actor.viewers),
    )


def erase_history(actor: Actor) -> int:
    """Erases all that this person or device watched; answers how many exposures there were.

    Corrections of it reach them no more, and feeds may show it again.
    """
    with transaction.atomic():
        feed_actions.forget_seen(actor.viewers)
        return recall_actions.erase(actor.viewers)


def play(actor: Actor, version_id: UUID, file: str, wanted: str = "") -> Played:
    """A part of a version's file, whether it is public or not; `wanted` is the request's `Range`.

    Everyone but the author is exposed by a clip, as by the feed, and nobody by its poster. What is
    public waits here as well until what is owed was read, but for moderators, who must be able to
    look at it. The actor must have a number.
    """
    policy.require(actor, "play", VERSION, version_id)
    version = posts.version(version_id)
    render = version.render_id
    if render is None:
        raise NotFound("file")
    poster = file == POSTER
    found = media.poster(render, version.cover_ms) if poster else media.file(render, file)
    if file == CLIP and version.author_id != actor.user_id:
        if version.state is VersionState.PUBLIC and "moderator" not in actor.roles:
            _owes_nothing_before(actor, version.post_id)
        _record(actor, [version.serial])

    def take(start: int, end: int) -> bytes:
        return media.read_part(found, start, end)

    return pieces.read(wanted, found.size, found.type, take)


def _owes_nothing_before(actor: Actor, post_id: UUID) -> None:
    owed = recall.owed(actor.viewers)
    newer = (each.changed for each in cards.of(owed, actor))
    if owed and post_id not in {each.post_id for each in newer if each}:
        raise Conflict(
            "correction_owed",
            "A correction to a video that you watched comes first. Open the feed to read it.",
        )


def _asked(actor: Actor, post_id: UUID) -> feed.Item:
    found = feed.item(post_id)
    if found is None or not policy.can(actor, "watch", POST, post_id).allowed:
        raise NotFound("video")
    return found


def _expose(actor: Actor, items: Iterable[feed.Item]) -> None:
    """Keeps that the viewer is served these; nobody is exposed to what they made themselves."""
    _record(
        actor,
        [each.version_serial for each in items if each.author_id != actor.user_id],
    )


def _told(beacon: Beacon, edits: EditList) -> ledger.Told:
    level = rules.level(beacon.kind, beacon.from_ms, beacon.to_ms)
    played = None
    if beacon.played is not None:  # kept in the original's clock, as spans of notices are
        played = [part for each in beacon.played for part in in_original(each, edits.cuts)]
    return ledger.told(level, played, whole=beacon.kind == "skipped")


def _record(actor: Actor, versions: Iterable[int]) -> None:
    if actor.nameless:
        beside.viewed(versions, beside.FEED)
        return
    at, viewer = clock.now(), _number(actor)
    ledger.record([ledger.Exposed(serial, viewer, ledger.SERVED, at) for serial in versions])


def _number(actor: Actor) -> int:
    if actor.viewer is None:
        raise LookupError("whoever is served has a viewer's number: call ensure_viewer first")
    return actor.viewer


def _followed(actor: Actor) -> frozenset[UUID]:
    return frozenset(accounts.follows(actor.user_id)) if actor.user_id else frozenset()


def _join(actor: Actor, items: Sequence[feed.Item], followed: frozenset[UUID]) -> tuple[bytes, ...]:
    """Feed items from ready cards: only counts, own marks and the reason are added."""
    now = clock.now()
    made = posts.cards([each.version_id for each in items])
    ready = {version_id: storage.sign(card, now) for version_id, card in made.items()}
    ids = [each.post_id for each in items]
    counts = conversation.counts(ids)
    liked = conversation.mine(actor.user_id, ids)
    return tuple(
        _item(
            ready[each.version_id],
            counts[each.post_id],
            each.post_id in liked,
            each.author_id in followed,
            each.reason,
        )
        for each in items
        if each.version_id in ready  # withdrawn between the choice and now
    )


def _item(
    card: bytes,
    counts: conversation.CountsView | None,
    liked: bool,
    following: bool,
    reason: ranking.Code,
) -> bytes:
    text = ranking.TEXTS[reason]
    if "{author}" in text:
        text = text.format(author=orjson.loads(card)["author"]["name"])
    likes, comments = (counts.likes, counts.comments) if counts else (0, 0)
    rest = {
        "counts": {"likes": likes, "comments": comments},
        "mine": {"liked": liked, "following": following},
        "why": {"code": reason, "text": text},
    }
    return b'{"card":' + card + b"," + orjson.dumps(rest)[1:]
