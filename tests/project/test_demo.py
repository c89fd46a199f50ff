"""A new house has something to show: the demo plays to its end beside a running house."""

from pathlib import Path

import pytest

from house import House, eventually

pytestmark = pytest.mark.tree


def test_the_demo_is_played_to_its_end(tmp_path: Path) -> None:
    house = House(tmp_path / "house")
    house.start(demo=True)
    try:
        eventually(
            lambda: "The demo is complete" in house.log(), within=1_800, every=1.0,
            what="the demo is complete",
        )  # fmt: skip
        assert "Traceback" not in house.log()
    finally:
        house.stop()
