"""A file to take elsewhere, in the browser: made although the worker is killed, and signed."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browsers import PHONE
from e2e.conftest import Opens, Town
from house import House
from wardcast.gate import credentials

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(town: Town) -> House:
    """The house that these tests share."""
    return town.cast.house


def kill_the_worker(house: House) -> None:
    pids = [pid for pid, command in house.processes() if command.split()[-1:] == ["work"]]
    assert pids, "no worker runs"
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def test_an_author_takes_a_file_with_captions_elsewhere_although_the_worker_is_killed(
    town: Town, house: House, opens: Opens, tmp_path: Path
) -> None:
    page = opens(PHONE, town.cast.ana)
    page.goto(f"/studio/p/{town.post_id}")
    page.get_by_label("Written into the picture, English").check()
    page.get_by_role("button", name="Make file").click()
    expect(page.get_by_text("The file is being made")).to_be_visible()
    kill_the_worker(house)
    button = page.get_by_role("button", name="Download")
    expect(button).to_be_visible(timeout=120_000)
    with page.expect_download() as saved:
        button.click()
    assert saved.value.suggested_filename.startswith("wardcast-ana-")
    assert saved.value.suggested_filename.endswith("-en.mp4")
    path = tmp_path / "saved.mp4"
    saved.value.save_as(path)
    root = town.cast.ana.ask("GET", "/.well-known/wardcast-ca.pem")
    assert root.status == 200
    with path.open("rb") as file:
        found = credentials.read(file, str(root.body))
    assert found is not None
    assert found.state == "Trusted"
    assert "c2pa.addedText" in str(found.said)


def test_a_guest_saves_the_signed_clip_from_the_feed(
    town: Town, opens: Opens, tmp_path: Path
) -> None:
    page = opens(PHONE)
    page.goto(f"/p/{town.post_id}")
    page.get_by_role("button", name="Share").first.click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the video").click()
    path = tmp_path / "saved.mp4"
    saved.value.save_as(path)
    with path.open("rb") as file:
        found = credentials.read(file)
    assert found is not None
    assert found.whole
    assert found.signed_by.startswith("Wardcast at ")
