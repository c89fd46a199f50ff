"""A follower watches behind nginx: by addresses that run out, and on when they have."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

import life
import nginx
from browsers import PHONE
from clips import phone_clip
from e2e import screens
from e2e.conftest import Opens
from house import House, free_port

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(nginx.program() is None, reason="nginx is not installed"),
]

TITLE = "For those who follow me"


class Behind(House):
    """A house that knows that a file server stands in front of it."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "WARDCAST_LINK_SECRET": nginx.SECRET}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    running = Behind(tmp_path_factory.mktemp("behind") / "house").start()
    yield running
    running.stop()


def test_a_follower_watches_by_addresses_that_run_out_and_goes_on_when_they_have(
    house: House, opens: Opens, tmp_path: Path
) -> None:
    cast = life.move_in(house, "ben")
    post_id = life.bring(cast.ana, phone_clip(), title=TITLE)
    cast.ana.patch(f"studio/posts/{post_id}", {"visibility": "followers"})
    life.see_through(cast.ana, cast.ines, post_id)
    port = free_port()
    text = nginx.sample(house.data, house.port, port)
    with nginx.running(tmp_path / "nginx", text, port):
        asked = watch(opens(PHONE, cast.ben), port, post_id)
        assert any(path.startswith("/restricted/") and status < 300 for path, status in asked)
        assert not [path for path, _ in asked if path.startswith(("/media/", "/clips/"))]

    # As if the five minutes were over: nothing that the house has signed counts any more.
    over = nginx.sample(house.data, house.port, port, secret="another")
    with nginx.running(tmp_path / "over", over, port):
        asked = watch(opens(PHONE, cast.ben), port, post_id)
        assert any(path.startswith("/restricted/") and status == 403 for path, status in asked)
        assert any(path.endswith("/clip.mp4") and status == 206 for path, status in asked)


def watch(page: Page, port: int, post_id: str) -> list[tuple[str, int]]:
    """Plays a post until it runs; what was asked for meanwhile, and how it was answered."""
    asked: list[tuple[str, int]] = []
    site = f"http://localhost:{port}"
    page.on("response", lambda said: asked.append((said.url.removeprefix(site), said.status)))
    page.goto(f"{site}/p/{post_id}")
    screens.expect_playing(page, TITLE)
    return asked
