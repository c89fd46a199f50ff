"""Kills of the worker, and an engine that lost or gave up what it had: every job still ends."""

import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

import life
from clips import counted_clip, phone_clip
from house import House, eventually

pytestmark = [pytest.mark.tree, pytest.mark.slow]

_FULL = os.environ.get("WARDCAST_DRILLS") == "full"
JOBS = 60 if _FULL else 6
KILLS = 40 if _FULL else 2
LONG = (15, 30, 60, 120)
"""Seconds of clips that are rendered for longer than a short one: how long it takes depends on the
machine, so a longer one is tried where one was over before it told anything."""

_START = """
from uuid import uuid4
from wardcast.platform import jobs
somebody = uuid4()
for number in range({each}):
    jobs.start("media.render", subject=uuid4(), owner=somebody if number % 3 else uuid4())
    jobs.start("media.sweep", subject=uuid4())
"""
"""Renders of drafts that were deleted: they take their way through the queue and do little."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    running = House(tmp_path / "house").start()
    yield running
    running.stop()


def test_jobs_end_although_the_worker_is_killed_again_and_again(house: House) -> None:
    seed = int(os.environ.get("WARDCAST_DRILL_SEED") or time.time())
    print(f"seed {seed}, {KILLS} kills, {JOBS} jobs")
    killer = threading.Thread(target=_kill, args=(house, random.Random(seed)), daemon=True)
    killer.start()
    _start(house, JOBS)
    if _FULL:
        ana = life.move_in(house).ana
        for shade in range(4):
            life.upload(ana, phone_clip(2, 11 + shade))
    killer.join()
    _all_end(house)
    assert not [job for job, state in _jobs(house) if state != "done"]


def test_what_the_engine_forgot_is_started_again_and_what_it_gave_up_says_so(
    house: House,
) -> None:
    _start(house, 4)
    _all_end(house)
    house.stop()
    rows, engine = _rows(house), house.data / "jobs.sqlite3"
    forgotten, undone, given_up, nobodys = (id_ for id_, _ in _jobs(house)[-4:])
    with sqlite3.connect(rows) as told:
        for job in (forgotten, undone, given_up):
            told.execute("UPDATE platform_job SET state = 'handed' WHERE id = ?", [job])
        told.execute(
            "UPDATE platform_job SET state = 'queued', name = 'no.longer' WHERE id = ?", [nobodys]
        )
    with sqlite3.connect(engine) as told:
        told.execute("PRAGMA foreign_keys = ON")
        told.execute("DELETE FROM workflow_status WHERE workflow_uuid = ?", [_dashed(forgotten)])
        told.execute(
            "UPDATE workflow_status SET status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED' "
            "WHERE workflow_uuid = ?",
            [_dashed(given_up)],
        )
    house.start()
    _all_end(house)
    states = dict(_jobs(house))
    assert (states[forgotten], states[undone]) == ("done", "done")
    assert (states[given_up], states[nobodys]) == ("failed", "failed")
    assert "MAX_RECOVERY" in _detail(house, given_up)
    assert "no.longer" in _detail(house, nobodys)


def test_a_short_clip_waits_for_nobody_s_long_one(house: House) -> None:
    cast = life.move_in(house)
    told = (_waits_for_nobody(house, cast, seconds) for seconds in LONG)
    assert any(told), "even the longest clip was over before the short one"


def _waits_for_nobody(house: House, cast: life.Cast, seconds: int) -> bool:
    """Whether a second person's short clip can be played while a first person's long one is being
    made; False where that one was over too soon to tell."""
    long = life.upload(cast.ana, counted_clip(seconds))
    eventually(lambda: _stage(house, long) in ("rest", "done"), every=0.05, what="it is rendered")
    short = life.upload(cast.ines, phone_clip(1, 100 + seconds))
    own = life.upload(cast.ana, phone_clip(1, 101 + seconds))
    eventually(
        lambda: cast.ines.get(f"studio/posts/{short}")["preview_url"],
        what="the second person's clip can be played",
    )
    owns = _stage(house, own)
    if _stage(house, long) == "done":
        return False
    assert owns == "", "one person's clips are made one after another"
    return True


def _stage(house: House, post: str) -> str:
    """Where the render of a post's clip is: a stage, "done", or nothing before it begins."""
    found = _ask(
        house,
        "SELECT job.state, job.stage FROM platform_job AS job"
        " JOIN media_render AS render ON render.id = job.subject"
        " JOIN posts_post AS post ON post.asset_id = render.asset_id"
        " WHERE job.name = 'media.render' AND post.id = ?",
        UUID(post).hex,
    )
    state, stage = found[-1] if found else ("", "")
    return "done" if state == "done" else stage


def _start(house: House, count: int) -> None:
    house.manage("shell", "-c", _START.format(each=count // 2))


def _kill(house: House, chance: random.Random) -> None:
    left = KILLS
    while left:
        time.sleep(chance.uniform(1.0, 6.0))
        for pid, command in house.processes():
            if "cli work" in command:
                os.kill(pid, signal.SIGKILL)
                left -= 1
                break


def _rows(house: House) -> Path:
    return house.data / "wardcast.sqlite3"


def _ask(house: House, sql: str, *values: str) -> list[tuple[str, ...]]:
    asked = sqlite3.connect(_rows(house), timeout=30)
    try:
        return asked.execute(sql, values).fetchall()
    finally:
        asked.close()


def _jobs(house: House) -> list[tuple[str, str]]:
    """(id, state) of what is due, oldest first."""
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    found = _ask(house, f"SELECT id, state FROM platform_job WHERE due_at <= {now} ORDER BY id")
    return [(id_, state) for id_, state in found]


def _detail(house: House, job: str) -> str:
    return _ask(house, "SELECT detail FROM platform_job WHERE id = ?", job)[0][0]


def _all_end(house: House) -> None:
    eventually(
        lambda: {state for _, state in _jobs(house)} <= {"done", "failed"},
        every=0.3,
        what=f"every job ends; the log says {house.log()[-2000:]}",
    )


def _dashed(id_: str) -> str:
    return "-".join((id_[:8], id_[8:12], id_[12:16], id_[16:20], id_[20:]))
