"""An upload whose server is killed and whose page is reloaded goes on."""

import hashlib
import os
import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import life
from browsers import DESKTOP
from e2e import screens
from e2e.conftest import Opens
from house import House

pytestmark = pytest.mark.browser

SIZE = 6_000_000
SLOW = 400_000
_HEAD = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


@pytest.fixture(scope="module")
def cast(house: House) -> life.Cast:
    """The people of the house that these tests share, in whatever order they run."""
    return life.move_in(house)


def test_a_broken_upload_goes_on_and_ends_in_the_same_bytes(
    house: House, cast: life.Cast, opens: Opens, tmp_path: Path
) -> None:
    night = tmp_path / "night.mp4"
    night.write_bytes(_HEAD + os.urandom(SIZE - len(_HEAD)))
    page = opens(DESKTOP, cast.ana)
    page.goto("/studio/new")
    screens.slow_network(page, bytes_per_second=SLOW)
    _choose(page, night, "Choose a video")
    _arrives(page, 1)

    for pid, command in house.processes():
        if "granian" in command:
            os.kill(pid, signal.SIGKILL)
    expect(page.get_by_text("it goes on by itself")).to_be_visible()
    _arrives(page, 2)

    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused.")).to_be_visible()
    page.reload()
    go_on = re.compile(r"^Go on with night\.mp4, \d\.\d MB of 6\.0 MB$")
    screens.slow_network(page, bytes_per_second=SLOW)
    _choose(page, night, go_on)
    _arrives(page, 3)

    screens.slow_network(page, bytes_per_second=-1)
    page.wait_for_url(re.compile(r"/studio/p/[0-9a-f-]+$"), timeout=90_000)

    kept = house.manage(
        "shell", "-v", "0", "-c",
        "from wardcast.media.models import Asset; print(Asset.objects.get().sha256)",
    )  # fmt: skip
    assert kept.split()[-1] == hashlib.sha256(night.read_bytes()).hexdigest()


def test_an_upload_that_is_given_up_leaves_the_server(
    cast: life.Cast, opens: Opens, tmp_path: Path
) -> None:
    other = tmp_path / "other.mp4"
    other.write_bytes(_HEAD + os.urandom(SIZE - len(_HEAD)))
    page = opens(DESKTOP, cast.ana)
    page.goto("/studio/new")
    screens.slow_network(page, bytes_per_second=SLOW)
    _choose(page, other, "Choose a video")
    _arrives(page, 1)
    page.get_by_role("button", name="Cancel the upload").click()
    expect(page.get_by_role("button", name="Upload")).to_be_visible()
    screens.slow_network(page, bytes_per_second=-1)
    page.reload()
    expect(page.get_by_role("button", name="Choose a video")).to_be_visible()
    expect(page.get_by_text("Go on with")).to_have_count(0)
    assert cast.ana.get("tus/") == []


def _choose(page: Page, file: Path, button: str | re.Pattern[str]) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=button).click()
    chooser.value.set_files(file)


def _arrives(page: Page, megabytes: int) -> None:
    there = page.get_by_text(re.compile(rf"^[{megabytes}-5]\.\d MB of 6\.0 MB"))
    expect(there).to_be_visible(timeout=60_000)
