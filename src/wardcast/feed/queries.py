"""The pages of a feed: candidates chosen in one statement, then ranked.

The statement filters before it chooses: closed, blocked and seen clips never reach the ranking. The
filter of who may watch what repeats the policy in the feed's own columns; a property test holds the
two equal.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from wardcast.accounts import queries as accounts
from wardcast.feed import rules
from wardcast.feed.models import Candidate
from wardcast.platform import clock, sql
from wardcast.platform.http import Invalid
from wardcast.platform.policy import Actor

Kind = Literal["for_you", "following"]

_SELECT = (
    "SELECT c.post_number, c.author_id, c.published_at, c.likes, c.post_id, c.version_id,"
    " c.version_serial FROM feed_candidate c WHERE"
)
_EXPLORED = 8


@dataclass(frozen=True, slots=True)
class Item:
    """A clip of a page. `reason` is a key of `rules.TEXTS`."""

    post_id: UUID
    post_number: int
    version_id: UUID
    version_serial: int
    author_id: UUID
    reason: rules.Code


@dataclass(frozen=True, slots=True)
class Page:
    """Some clips and where the next page begins; None when the session is at its end.

    `followed` is whom the viewer follows, since it was looked up for this.
    """

    items: tuple[Item, ...]
    next: str | None
    followed: frozenset[UUID] = frozenset()


@dataclass(slots=True)
class _Asked:
    """SQL and its values, put together piece by piece."""

    text: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, text: str, *values: object) -> "_Asked":
        self.text.append(text)
        self.values.extend(values)
        return self

    def among(self, text: str, values: Collection[object]) -> "_Asked":
        """`text` with its `{}` filled by a place for each value."""
        return self.add(text.format(sql.places(values)), *values)

    def rows(self) -> list[tuple[Any, ...]]:
        return sql.rows(" ".join(self.text), self.values)


@dataclass(frozen=True, slots=True)
class _Viewer:
    """What of the actor the filters need; keys are in the database's form."""

    numbers: tuple[int, ...]
    key: object | None
    followed: frozenset[object]
    barred: frozenset[object]


def page(
    actor: Actor,
    kind: Kind,
    cursor: str = "",
    size: int = 10,
    *,
    now: datetime | None = None,
    without: Collection[int] = (),
) -> Page:
    """The next clips for this viewer. `without`: post numbers that are shown already.

    "following" is chronological and reads no history; it is empty for a guest.
    """
    followed = frozenset(accounts.follows(actor.user_id)) if actor.user_id else frozenset()
    viewer = _viewer(actor, followed)
    if kind == "following":
        return _following(viewer, followed, cursor, size)
    moment = round((now or clock.now()).timestamp() * 1000)
    return _for_you(viewer, followed, cursor, size, moment, without)


def item(post_id: UUID, reason: rules.Code = "asked") -> Item | None:
    """One open candidate, or None. Whether the actor may watch it is the policy's to say."""
    row = Candidate.objects.filter(post_id=post_id, open=True).first()
    if row is None:
        return None
    return Item(
        row.post_id, row.post_number, row.version_id, row.version_serial, row.author_id, reason
    )


def watchable(actor: Actor) -> set[UUID]:
    """Every post that is open to this actor: the filter of each page, by itself."""
    followed = frozenset(accounts.follows(actor.user_id)) if actor.user_id else frozenset()
    asked = _Asked().add("SELECT c.post_id FROM feed_candidate c WHERE")
    return {sql.uuid(key) for (key,) in _open_to(asked, _viewer(actor, followed)).rows()}


def _viewer(actor: Actor, followed: frozenset[UUID]) -> _Viewer:
    blocked = accounts.blocked_between(actor.user_id) if actor.user_id else set()
    return _Viewer(
        numbers=tuple(sorted(actor.viewers)),
        key=sql.key(actor.user_id) if actor.user_id else None,
        followed=frozenset(sql.key(each) for each in followed),
        barred=frozenset(sql.key(each) for each in blocked),
    )


def _for_you(
    viewer: _Viewer,
    followed: frozenset[UUID],
    cursor: str,
    size: int,
    now: int,
    without: Collection[int],
) -> Page:
    had = _had(cursor)
    size = min(size, rules.SESSION - len(had))
    rows = _sources(viewer, {*had, *without}, 2 * size + 4, now) if size else []
    clips = [rules.Clip(*row[:4]) for row in rows]
    context = rules.Context(viewer.followed, _authors(had[-rules.IN_A_ROW :]))
    ranked = rules.rank(clips, context, now)
    by_number = {row[0]: row for row in rows}
    items = tuple(_item(by_number[each.clip.post_number], each.reason) for each in ranked[:size])
    had += [each.post_number for each in items]
    more = len(ranked) > size and len(had) < rules.SESSION
    return Page(items, rules.pack(had) if more else None, followed)


def _sources(
    viewer: _Viewer, without: Collection[int], each: int, now: int
) -> list[tuple[Any, ...]]:
    """Rows from four sources: followed authors, the newest, the most liked, and a few by chance."""
    asked = _Asked()
    if viewer.followed:
        _source(asked, viewer, without)
        asked.among("AND c.author_id IN ({})", viewer.followed)
        asked.add(f"ORDER BY c.published_at DESC LIMIT {each}) AS followed UNION ALL")
    _source(asked, viewer, without)
    asked.add(f"ORDER BY c.published_at DESC LIMIT {each}) AS fresh UNION ALL")
    _source(asked, viewer, without)
    asked.add(f"ORDER BY c.score DESC LIMIT {each}) AS liked UNION ALL")
    _source(asked, viewer, without)
    asked.add(
        "AND c.post_number >= (SELECT MAX(post_number) FROM feed_candidate) * %s",
        _chance(viewer, now),
    )
    asked.add(f"ORDER BY c.post_number LIMIT {_EXPLORED}) AS chance")
    return asked.rows()


def _source(asked: _Asked, viewer: _Viewer, without: Collection[int]) -> None:
    asked.add(f"SELECT * FROM ({_SELECT}")  # noqa: S608  # a constant
    _open_to(asked, viewer).add("AND c.amplified")
    if viewer.key is not None:
        asked.add("AND c.author_id <> %s", viewer.key)
    if viewer.numbers:
        asked.among(
            "AND NOT EXISTS (SELECT 1 FROM feed_seen s"
            " WHERE s.viewer IN ({}) AND s.post_number = c.post_number)",
            viewer.numbers,
        )
    if without:
        asked.among("AND c.post_number NOT IN ({})", without)


def _open_to(asked: _Asked, viewer: _Viewer) -> _Asked:
    """Open, by nobody with whom there is a block, and public, one's own or of someone followed."""
    asked.add("c.open")
    if viewer.barred:
        asked.among("AND c.author_id NOT IN ({})", viewer.barred)
    near = {*viewer.followed, *([viewer.key] if viewer.key is not None else [])}
    if near:
        return asked.among(
            "AND (c.visibility = 'public' OR (c.visibility = 'followers' AND c.author_id IN ({})))",
            near,
        )
    return asked.add("AND c.visibility = 'public'")


def _following(viewer: _Viewer, followed: frozenset[UUID], cursor: str, size: int) -> Page:
    if not viewer.followed:
        return Page((), None, followed)
    asked = _Asked().add(_SELECT)
    _open_to(asked, viewer).add("AND c.amplified")
    asked.among("AND c.author_id IN ({})", viewer.followed)
    if cursor:
        at, number = _place(cursor)
        asked.add("AND (c.published_at, c.post_number) < (%s, %s)", at, number)
    asked.add(f"ORDER BY c.published_at DESC, c.post_number DESC LIMIT {size + 1}")
    rows = asked.rows()
    items = tuple(_item(row, "follow") for row in rows[:size])
    more = f"{rows[size - 1][2]}.{rows[size - 1][0]}" if len(rows) > size else None
    return Page(items, more, followed)


def _authors(numbers: Sequence[int]) -> list[object]:
    if not numbers:
        return []
    found = dict(
        Candidate.objects.filter(post_number__in=numbers).values_list("post_number", "author_id")
    )
    return [sql.key(found[number]) for number in numbers if number in found]


def _chance(viewer: _Viewer, now: int) -> float:
    """Where a viewer's random share begins today, 0 to 1: the same all day, elsewhere tomorrow."""
    seed = (viewer.numbers[0] if viewer.numbers else 0) * 7919 + now // rules.DAY_MS
    return (seed * 2_654_435_761) % 2**32 / 2**32  # Knuth's multiplicative hash


def _had(cursor: str) -> list[int]:
    found = rules.unpack(cursor) if cursor else []
    if found is None:
        raise _no_place(cursor)
    return found


def _place(cursor: str) -> tuple[int, int]:
    at, _, number = cursor.partition(".")
    if not (at.isascii() and at.isdigit() and number.isascii() and number.isdigit()):
        raise _no_place(cursor)
    if len(cursor) > 40:
        raise _no_place(cursor)
    return min(int(at), 2**62), min(int(number), 2**31 - 1)


def _no_place(cursor: str) -> Invalid:
    return Invalid(
        "bad_cursor",
        f"“{cursor[:40]}” is not a place in this feed. Start again without a cursor.",
    )


def _item(row: tuple[Any, ...], reason: rules.Code) -> Item:
    number, author, _, _, post, version, serial = row
    return Item(sql.uuid(post), number, sql.uuid(version), serial, sql.uuid(author), reason)
