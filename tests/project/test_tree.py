"""One process tree: it comes back from kills and leaves nothing behind, whatever is killed."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from house import House, eventually

pytestmark = pytest.mark.tree


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house of the test's own, which it stops."""
    running = House(tmp_path / "house").start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The house of the tests after which all of it runs again."""
    running = House(tmp_path_factory.mktemp("lasting") / "house").start()
    yield running
    running.stop()


def _pid(house: House, part: str) -> int:
    def look() -> int:
        found = [pid for pid, command in house.processes() if part in command]
        return min(found, default=0)

    return int(eventually(look, what=f"{part} runs"))


def _gone(house: House) -> bool:
    return not house.processes()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_leaves_nothing_running(house: House, how: signal.Signals) -> None:
    _pid(house, "cli work")
    house.stop(how)
    eventually(lambda: _gone(house), what="nothing is left")


def test_killed_outright_it_leaves_nothing_running(house: House) -> None:
    _pid(house, "cli work")
    assert house.process
    house.process.kill()
    house.process.wait()
    eventually(lambda: _gone(house), what="nothing is left")
    assert not house.answers()


def test_a_killed_web_server_is_back_and_nothing_of_the_old_one_serves(lasting: House) -> None:
    first = _pid(lasting, "granian")
    os.kill(first, signal.SIGKILL)
    eventually(lambda: _pid(lasting, "granian") != first, what="another web server runs")
    eventually(lasting.answers, what="the site answers again")


def test_a_killed_worker_is_back(lasting: House) -> None:
    first = _pid(lasting, "cli work")
    os.kill(first, signal.SIGKILL)
    eventually(
        lambda: [
            pid for pid, command in lasting.processes() if "cli work" in command and pid != first
        ],
        what="another worker runs",
    )


def test_a_second_house_on_the_same_port_says_what_to_do(lasting: House, tmp_path: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "wardcast.project.cli", "run"],
        env={**lasting.environment, "WARDCAST_DATA": str(tmp_path / "other")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert f"PORT={lasting.port + 1} make run" in done.stderr
