"""The cards of public versions, as JSON bytes: made once, then kept in this process.

A card is kept under its version and its standing's revision; whatever changes a card makes the
revision grow, so one query over the revisions says which kept cards are still true. A credential
can expire without anyone telling, so no card is kept for longer than `FRESH`.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from wardcast.accounts import queries as accounts
from wardcast.accounts.values import PersonCard
from wardcast.media import covers
from wardcast.media import queries as clips
from wardcast.media.values import MediaUrls
from wardcast.platform import clock, sql
from wardcast.posts import rules
from wardcast.posts.models import Clearance, Post, Version
from wardcast.posts.rules import Gate

FRESH = timedelta(minutes=5)
KEPT = 16_384

# CROSS JOIN keeps SQLite to this order: it would begin with every public post (3.5 ms of 10,000).
_SQL = (
    "SELECT v.id, s.revision"
    " FROM posts_version v CROSS JOIN posts_standing s CROSS JOIN posts_post p"
    " WHERE s.version_id = v.id AND p.id = v.post_id"
    " AND v.state = 'public' AND p.state = 'public' AND v.id IN ({})"
)

_Kept = tuple[int, datetime, bytes]
_kept: "OrderedDict[UUID, _Kept]" = OrderedDict()
_lock = threading.Lock()


def cards(version_ids: Collection[UUID]) -> dict[UUID, bytes]:
    """The cards of these versions, in the order asked for; those not public now are left out."""
    if not version_ids:
        return {}
    now = clock.now()
    revisions = _revisions(version_ids)
    found = _look_up(revisions, now)
    missing = [version_id for version_id in revisions if version_id not in found]
    if missing:
        made = _make(missing)
        found |= made
        _remember(made, revisions, now)
    return {each: found[each] for each in version_ids if each in found}


def _revisions(version_ids: Collection[UUID]) -> dict[UUID, int]:
    keys = [sql.key(each) for each in version_ids]
    found = sql.rows(_SQL.format(sql.places(keys)), keys)
    return {sql.uuid(key): revision for key, revision in found}


def _look_up(revisions: dict[UUID, int], now: datetime) -> dict[UUID, bytes]:
    found = {}
    with _lock:
        for version_id, revision in revisions.items():
            kept = _kept.get(version_id)
            if kept and kept[0] == revision and now - kept[1] < FRESH:
                _kept.move_to_end(version_id)
                found[version_id] = kept[2]
    return found


def _remember(made: dict[UUID, bytes], revisions: dict[UUID, int], now: datetime) -> None:
    with _lock:
        for version_id, data in made.items():
            _kept[version_id] = (revisions[version_id], now, data)
            _kept.move_to_end(version_id)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def _make(version_ids: Sequence[UUID]) -> dict[UUID, bytes]:
    rows = Version.objects.filter(pk__in=version_ids).select_related("post", "standing", "render")
    heard = set(
        Clearance.objects.filter(
            version__in=version_ids,
            gate=Gate.REHEARSAL,
            verdict=Clearance.Verdict.CLEARED,
            revoked_at=None,
        ).values_list("version_id", flat=True)
    )
    listed = list(rows)
    for_some = {row.pk for row in listed if row.post.visibility == Post.Visibility.FOLLOWERS}
    urls = clips.urls_of(version_ids, for_some=for_some)
    authors = accounts.people({row.post.author_id for row in listed})
    chosen = covers.of(
        (row.render_id, row.cover_ms)
        for row in listed
        if row.render_id and row.cover_ms is not None
    )
    return {
        row.pk: orjson.dumps(
            _card(row, authors[row.post.author_id], urls[row.pk], heard, _blurhash(row, chosen))
        )
        for row in listed
        if row.pk in urls and row.post.author_id in authors
    }


def _card(
    row: Version, author: PersonCard, urls: MediaUrls, heard: Collection[UUID], blurhash: str
) -> dict[str, Any]:
    released = row.standing.label == rules.NOT_REHEARSED
    return {
        "post_id": row.post_id,
        "version_id": row.pk,
        "number": row.number,
        "title": row.title,
        "text": row.text,
        "lane": row.lane,
        "duration_ms": row.render.duration_ms if row.render else 0,
        "width": row.render.width if row.render else 0,
        "height": row.render.height if row.render else 0,
        "author": asdict(author),
        "media": {**asdict(urls), "blurhash": blurhash, "rungs": _rungs(row)},
        "published_at": row.post.published_at,
        "rehearsed": row.pk in heard and not released,
        "correction": row.standing.correction,
        "label": row.standing.label or None,
        "staged": row.standing.staged,
    }


def _rungs(row: Version) -> list[int]:
    return sorted(int(each["rung"]) for each in row.render.variants) if row.render else []


def _blurhash(row: Version, chosen: Mapping[covers.Wanted, covers.CoverView]) -> str:
    if row.render is None:
        return ""
    cover = chosen.get((row.render.pk, row.cover_ms)) if row.cover_ms is not None else None
    return (cover.blurhash if cover else "") or row.render.blurhash
