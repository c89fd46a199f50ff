"""Kills at random moments of a life: nothing acknowledged is lost, nothing unchecked leaves."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import life
from clips import phone_clip
from house import House, eventually

pytestmark = [pytest.mark.tree, pytest.mark.slow]

KILLS = 30 if os.environ.get("WARDCAST_DRILLS") == "full" else 2
PARTS = ("cli work", "granian")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    running = House(tmp_path / "house").start()
    yield running
    running.stop()


class Killer(threading.Thread):
    """Kills a random part of the house every few seconds until it has done so `kills` times."""

    def __init__(self, house: House, kills: int, seed: int) -> None:
        super().__init__(daemon=True)
        self.house = house
        self.left = kills
        self.random = random.Random(seed)
        self.killed: list[str] = []
        self.calm = threading.Event()

    def run(self) -> None:
        while self.left and not self.calm.wait(self.random.uniform(0.5, 4.0)):
            part = self.random.choice(PARTS)
            victims = [pid for pid, command in self.house.processes() if part in command]
            if not victims:
                continue
            try:
                os.kill(self.random.choice(victims), signal.SIGKILL)
            except ProcessLookupError:
                continue
            self.left -= 1
            self.killed.append(part)


def test_kills_at_random_moments_lose_nothing_acknowledged_and_publish_nothing_unchecked(
    house: House,
) -> None:
    seed = int(os.environ.get("WARDCAST_DRILL_SEED") or time.time())
    print(f"seed {seed}, {KILLS} kills")
    cast = life.move_in(house, "ben")
    killer = Killer(house, KILLS, seed)
    killer.start()
    told: list[tuple[str, str]] = []
    shade = 0
    while killer.is_alive() or not told:
        shade += 1
        told.append(_one_life(cast, shade))
    killer.calm.set()
    eventually(house.answers, what="the house answers after the last kill")

    assert len(killer.killed) == KILLS
    guest = cast.guest()
    for version_id, notice_id in told:
        public = guest.get(f"notices/{notice_id}")
        sums = public["coverage"]
        assert sums["exposed"] == (
            sums["owed"] + sums["shown_only"] + sums["acknowledged"] + sums["unreachable"]
        )
        assert sums["acknowledged"] >= 1, f"Ben's acknowledgement of {version_id} was lost"


def _one_life(cast: life.Cast, shade: int) -> tuple[str, str]:
    post_id = life.upload(cast.ana, phone_clip(2, shade))
    life.describe(cast.ana, post_id)
    version_id = life.check(cast.ana, post_id)["version"]["id"]
    refused = cast.ana.ask("POST", f"versions/{version_id}/publish")
    assert refused.status == 409, "an unattested version was published"
    life.attest(cast.ana, cast.ines, version_id)
    life.rehearse(cast.ana, cast.ines, version_id)
    life.publish(cast.ana, version_id)
    life.watch(cast.ben, version_id)
    notice_id = life.correct(cast.dev, version_id)  # who may do so as often as it takes
    assert life.owed(cast.ben) == [notice_id]
    life.acknowledge(cast.ben, notice_id)
    assert life.owed(cast.ben) == []
    return version_id, notice_id
