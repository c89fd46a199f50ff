"""What rate limits promise."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from at_once import at_once
from wardcast.platform import clock, limits
from wardcast.platform.http import TooMany
from wardcast.platform.models import Use


@pytest.fixture(autouse=True)
def _at_the_start_of_a_window() -> None:
    now = clock.now()
    full = datetime(now.year, now.month, now.day, now.hour, tzinfo=UTC) + timedelta(hours=1)
    clock.advance(full - now)


def hit(limit: int = 3, key: str = "comment:ben") -> None:
    limits.hit(key, limit=limit, per_seconds=600, what="commented")


@pytest.mark.django_db
def test_the_use_past_the_limit_is_refused_and_says_when_to_come_back() -> None:
    for _ in range(3):
        hit()
    with pytest.raises(TooMany) as refused:
        hit()
    assert refused.value.http_status == 429
    assert 590 <= refused.value.extra["retry_after"] <= 600  # type: ignore[operator]
    assert "commented too often" in refused.value.detail
    hit(key="comment:cleo")  # somebody else is not disturbed


@pytest.mark.django_db
def test_the_next_window_starts_anew_and_old_counts_are_swept_away() -> None:
    for _ in range(3):
        hit()
    clock.advance(timedelta(minutes=9))
    with pytest.raises(TooMany):
        hit()
    clock.advance(timedelta(minutes=2))
    hit()
    assert Use.objects.count() == 1


_HIT = """
from wardcast.platform import limits
from wardcast.platform.http import TooMany
try:
    limits.hit("comment:ben", limit=10, per_seconds=86400, what="commented")
    print("counted")
except TooMany:
    print("refused")
"""


@pytest.mark.django_db(transaction=True)
def test_uses_at_the_same_moment_are_all_counted(tmp_path: Path) -> None:
    said = at_once(tmp_path, 24, _HIT)
    assert (said.count("counted"), said.count("refused")) == (10, 14)
