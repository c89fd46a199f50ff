"""A notice as people meet it: the card before the feed, the public page.

Never the harmful clip: the only picture is the newer version's, for who may watch that. Of a
privacy notice neither what was wrong nor the title is shown, since either may repeat the leak; nor
is the title of a post that its reader may not see, such as one that is held.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from wardcast.accounts import queries as accounts
from wardcast.accounts.values import PersonCard
from wardcast.gate import edits
from wardcast.gate.clocks import in_edited
from wardcast.gate.plan import POSTER
from wardcast.media import queries as clips
from wardcast.platform import policy
from wardcast.platform.policy import Actor
from wardcast.posts import queries as posts
from wardcast.recall import queries, rules
from wardcast.recall.queries import NoticeView, OwedNotice

UNTITLED = "A video"


@dataclass(frozen=True, slots=True)
class Span:
    """Milliseconds of the version's clip as it played."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Changed:
    """Where the newer version differs, as far as it is known; the whole of it otherwise."""

    post_id: UUID
    version_id: UUID
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Of how many exposed the card was shown to how many, and read by how many of those."""

    exposed: int
    shown: int
    acknowledged: int


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """What a must-see card says. `author` made the video; `by` says this and signs it."""

    id: UUID
    severity: str
    watched_at: datetime
    post_id: UUID
    version_id: UUID
    title: str
    author: PersonCard
    by: PersonCard
    what_right: str
    what_wrong: str
    what_now: str
    apology: str
    at: datetime
    span: Span | None
    changed: Changed | None
    coverage: Reach
    poster: str | None
    proof_url: str
    privacy: bool


@dataclass(frozen=True, slots=True)
class About:
    """What a notice is about, in words: the video's title, who made it, who says so; and which part
    of the clip, if it is one."""

    title: str
    version_number: int
    author: PersonCard
    by: PersonCard
    part: Span | None


def of(owed: Sequence[OwedNotice], actor: Actor) -> tuple[NoticeCard, ...]:
    """The cards of what the actor owes, in the same order."""
    notices = [each.notice for each in owed]
    words = about(notices, actor)
    return tuple(_card(each, words[each.notice.id], actor) for each in owed)


def about(notices: Collection[NoticeView], actor: Actor) -> dict[UUID, About]:
    """What these notices are about, by notice, for this reader."""
    people = accounts.people({each for n in notices for each in (n.author_id, n.by)})
    named = {each.post_id for each in notices if not each.privacy}
    named &= set(
        policy.scope(actor, "see", "posts.post").filter(pk__in=named).values_list("pk", flat=True)
    )
    found: dict[UUID, About] = {}
    for notice in notices:
        version = posts.facts(notice.version_id)
        title = version.title if version and notice.post_id in named else ""
        found[notice.id] = About(
            title or UNTITLED,
            version.number if version else 1,
            people.get(notice.author_id) or _gone(notice.author_id),
            people.get(notice.by) or _gone(notice.by),
            _part(notice.span, version.edits.cuts if version else ()),
        )
    return found


def changed(notice: NoticeView, actor: Actor) -> tuple[Changed, str] | None:
    """The newer public version of the post that a notice is about, if the actor may watch it, and
    its poster's address."""
    current = posts.current(notice.post_id)
    if current is None or current.serial <= notice.version_serial:
        return None
    if not policy.can(actor, "play", "posts.version", current.id).allowed:
        return None
    ready = posts.cards([current.id]).get(current.id)
    if ready is None:
        return None
    card = orjson.loads(ready)
    part = _part(notice.span, current.edits.cuts)  # None too where what was wrong was cut out
    start, end = (part.start_ms, part.end_ms) if part else (0, card["duration_ms"])
    # The public address of the poster would lead to the clip, past the ledger.
    poster = clips.guarded_url(current.id, POSTER)
    return Changed(notice.post_id, current.id, start, end), poster


def _card(owed: OwedNotice, words: About, actor: Actor) -> NoticeCard:
    notice = owed.notice
    newer = changed(notice, actor)
    counts = queries.reached(notice.id)
    return NoticeCard(
        id=notice.id,
        severity=notice.severity.value,
        watched_at=owed.watched_at,
        post_id=notice.post_id,
        version_id=notice.version_id,
        title=words.title,
        author=words.author,
        by=words.by,
        what_right=notice.what_right,
        what_wrong=notice.what_wrong,
        what_now=notice.what_now,
        apology=notice.apology,
        at=notice.at,
        span=words.part,
        changed=newer[0] if newer else None,
        coverage=Reach(counts.exposed, counts.told, counts.acknowledged),
        poster=newer[1] if newer else None,
        proof_url=f"/notices/{notice.id}/coverage",
        privacy=notice.privacy,
    )


def _part(span: tuple[int, int] | None, cuts: Sequence[edits.Span]) -> Span | None:
    lies = in_edited(span, cuts) if span else None
    return Span(*lies) if lies else None


def _gone(person_id: UUID) -> PersonCard:
    return PersonCard(person_id, "", "Somebody who has left", None)


def public(proof: queries.Proof, actor: Actor) -> dict[str, object]:
    """A notice and what it has reached, as everyone may read it, in JSON's terms."""
    notice = proof.notice
    words = about([notice], actor)[notice.id]
    reached = proof.coverage
    return {
        "id": notice.id,
        "severity": notice.severity.value,
        "post_id": notice.post_id,
        "version_id": notice.version_id,
        "version_number": words.version_number,
        "title": words.title,
        "author": words.author,
        "by": words.by,
        "what_right": notice.what_right,
        "what_wrong": notice.what_wrong,
        "what_now": notice.what_now,
        "apology": notice.apology,
        "at": notice.at,
        "span": words.part,
        "privacy": notice.privacy,
        "ended": end_of(proof.ended),
        "coverage": {
            **sum_of(reached.whole),
            "unreachable_because": {each.value: count for each, count in reached.lost.items()},
            "by_class": {group.value: sum_of(each) for group, each in reached.by_group.items()},
            "curve": [{"day": each.day, "share": each.share} for each in reached.curve],
            "goal": proof.goal,
        },
    }


def sum_of(counts: rules.Counts) -> dict[str, int]:
    """The numbers of a sum by name."""
    return {
        "exposed": counts.exposed,
        "owed": counts.owed,
        "shown_only": counts.shown_only,
        "acknowledged": counts.acknowledged,
        "unreachable": counts.unreachable,
        "not_reached": counts.not_reached,
    }


def end_of(ended: queries.Ended | None) -> dict[str, object] | None:
    """How a recall ended, in JSON's terms."""
    if ended is None:
        return None
    return {
        "at": ended.at,
        "because": ended.because.value,
        "words": ended.words,
        "by_rule": ended.by_rule,
    }
