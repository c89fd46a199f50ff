"""The small signed list of open notices, for browsers that keep no token of this house.

It says which versions are under notice and nothing of who watched them: a browser matches it
against what it remembers itself. Anybody may keep and pass it on; the house's key, by which the
logs of notices are signed too, tells whether it is whole.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import orjson

from wardcast.platform import clock, config
from wardcast.platform.policy import Actor
from wardcast.recall import cards, log, queries
from wardcast.recall.ledger import milliseconds, moment
from wardcast.recall.queries import NoticeView

FORMAT: Final = "wardcast-open-1"
TEXTS_FORMAT: Final = "wardcast-open-texts-1"
MOST: Final = 200
"""So many notices are listed, the newest: 32 kB at most."""

PERIOD: Final = timedelta(minutes=5)
"""How often a list that says the same is issued anew."""

VALID: Final = timedelta(hours=1)
"""How old a list may be that is taken for the present one."""

_MARK: Final = 16
_NOBODY: Final = Actor()


def newest(now: datetime | None = None) -> bytes:
    """Which versions are under notice, signed. Every process of the house issues the same."""
    found, issued = _found(now or clock.now())
    return _list(tuple(found), issued, log.public_key())


def texts(now: datetime | None = None) -> bytes:
    """What all these notices say, signed: asked for as a whole, so that nobody learns from it which
    of them somebody is shown."""
    found, issued = _found(now or clock.now())
    return _texts(tuple(found), issued, log.public_key())


def mark(version_id: UUID) -> str:
    """By what a browser that played a version knows it again. Whoever did not cannot find the
    version by it: these are the bits of its id that are random."""
    return version_id.hex[-_MARK:]


def _found(now: datetime) -> tuple[list[NoticeView], int]:
    """The open notices, and when their list was issued, in milliseconds since 1970: at the last of
    them or with the period, so that it changes with what it says."""
    period = PERIOD // timedelta(milliseconds=1)
    began = milliseconds(now) // period * period
    days = config.current().keep_days
    since = moment(began) - timedelta(days=days) if days else None  # kept for good
    found = queries.corrections_since(since, MOST)
    return found, max([began, *(milliseconds(each.at) for each in found)])


@lru_cache(maxsize=2)
def _list(found: Sequence[NoticeView], issued: int, key: str) -> bytes:
    about = cards.about(found, _NOBODY)
    return _signed(FORMAT, issued, [_entry(each, about[each.id].part) for each in found])


@lru_cache(maxsize=2)
def _texts(found: Sequence[NoticeView], issued: int, key: str) -> bytes:
    about = cards.about(found, _NOBODY)
    return _signed(TEXTS_FORMAT, issued, [_words(each, about[each.id]) for each in found])


def _entry(notice: NoticeView, part: cards.Span | None) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "at": milliseconds(notice.at),
        "id": str(notice.id),
        "severity": notice.severity.value,
        "version": mark(notice.version_id),
    }
    if part:
        entry["span"] = [part.start_ms, part.end_ms]
    if notice.corrects:
        entry["corrects"] = str(notice.corrects)
    return entry


def _words(notice: NoticeView, about: cards.About) -> dict[str, Any]:
    return {
        "id": notice.id,
        "severity": notice.severity.value,
        "post_id": notice.post_id,
        "title": about.title,
        "author": about.author,
        "by": about.by,
        "what_right": notice.what_right,
        "what_wrong": notice.what_wrong,
        "what_now": notice.what_now,
        "apology": notice.apology,
        "privacy": notice.privacy,
        "at": notice.at,
        "span": about.part,
        "proof_url": f"/notices/{notice.id}/coverage",
    }


def _signed(kind: str, issued: int, notices: list[dict[str, Any]]) -> bytes:
    """One line of JSON, its keys in order and no space in it. What is signed is the same line
    without its last member, the signature: no log's entry begins as it does."""
    at = moment(issued)
    line = orjson.dumps(
        {
            "format": kind,
            "issued_at": _written(at),
            "notice_url": f"{config.current().base_url}/notices/",
            "notices": notices,
            "serial": issued,
            "valid_until": _written(at + VALID),
        },
        option=orjson.OPT_SORT_KEYS,
    )
    return line[:-1] + b',"signature":"' + log.sign(line).encode() + b'"}'


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
