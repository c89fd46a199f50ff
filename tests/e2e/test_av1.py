"""A house that makes AV1: Chromium plays it by both players, each size is listed once, and H.264
takes its place where AV1 is not shown well or fails.

The first clip of a page begins before anything is known of the device, in H.264: so the one that is
looked at comes second.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

import life
from browsers import DESKTOP
from clips import COUNTED_FPS, counted_clip, phone_clip
from e2e import screens
from e2e.conftest import Opens, running
from e2e.playing import ENGINES, by, on_screen, seek, wait_for
from house import House, eventually

pytestmark = pytest.mark.browser

SECONDS = 8
FIRST, TITLE = "Before it", "Counted in AV1"


@dataclass(frozen=True)
class Cinema:
    """A house with two public clips in both codecs: the first one's post, and the folder of the
    one that is looked at."""

    house: House
    first: str
    folder: str


@pytest.fixture(scope="module")
def cinema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cinema]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WARDCAST_AV1", "1")
        with running(Path(tmp_path_factory.mktemp("av1"))) as house:
            cast = life.move_in(house)
            clips = ((phone_clip(shade=90), FIRST), (counted_clip(SECONDS), TITLE))
            posts = [life.bring(cast.ana, clip, title=title) for clip, title in clips]
            for post_id in posts:
                life.report(cast.ana, post_id)
            for post_id in posts:
                made = f"media/drafts/{post_id}/av1.m3u8"
                eventually(
                    lambda made=made: cast.ana.ask("GET", made).status == 200, what="AV1 is made"
                )
                life.see_through(cast.ana, cast.ines, post_id)
            items = cast.guest().get("feed", kind="for_you", cursor="")["items"]
            (media,) = [i["card"]["media"] for i in items if i["card"]["post_id"] == posts[1]]
            assert media["av1"] is True
            yield Cinema(house, posts[0], media["hls"].rpartition("/")[0])


@pytest.fixture(scope="module")
def house(cinema: Cinema) -> House:
    """The house that these tests share."""
    return cinema.house


def watched(cinema: Cinema, page: Page, engine: str) -> list[str]:
    """Goes on to the clip that is looked at; gives the names of its files as they are asked for."""
    by(page, engine)
    asked: list[str] = []

    def note(url: str) -> None:
        if f"{cinema.folder}/" in url:
            asked.append(url.rpartition("/")[2])

    page.on("request", lambda request: note(request.url))
    page.goto(f"/p/{cinema.first}")
    screens.expect_playing(page, FIRST)
    page.keyboard.press("ArrowDown")
    screens.expect_playing(page, TITLE)
    assert on_screen(page, "dataset.player") == engine
    return asked


def segments(asked: list[str]) -> list[str]:
    return [name for name in asked if name.endswith((".m4s", "_init.mp4"))]


@ENGINES
def test_chromium_plays_av1_and_nothing_else(cinema: Cinema, opens: Opens, engine: str) -> None:
    page = opens(DESKTOP)
    asked = watched(cinema, page, engine)
    wait_for(page, "v.currentTime > 2")
    page.keyboard.press(" ")
    screens.expect_silence(page)
    for to_s in (5.5, 1.1):
        shown = seek(page, to_s)
        assert abs(shown - to_s * COUNTED_FPS) <= 2, f"picture {shown} at {to_s} s"
    assert "av1.m3u8" in asked
    assert segments(asked)
    assert all(re.fullmatch(r"\d+av1_(init\.mp4|\d+\.m4s)", name) for name in segments(asked))


@ENGINES
def test_each_size_is_listed_once_and_can_be_chosen(
    cinema: Cinema, opens: Opens, engine: str
) -> None:
    page = opens(DESKTOP)
    asked = watched(cinema, page, engine)
    page.keyboard.press("p")
    sheet = page.get_by_role("dialog", name="Playback")
    sizes = sheet.get_by_text(re.compile(r"^\d+p$"))
    sizes.first.wait_for()
    assert sizes.all_inner_texts() == ["360p", "480p", "720p"]
    for side in ("720p", "360p"):
        sheet.get_by_text(side, exact=True).click()
        wait_for(page, f"v.videoWidth === {side[:-1]}")
        assert f"{side[:-1]}av1.m3u8" in asked


@ENGINES
def test_where_the_browser_would_stutter_it_gets_h264(
    cinema: Cinema, opens: Opens, engine: str
) -> None:
    page = opens(DESKTOP)
    page.add_init_script(
        """navigator.mediaCapabilities.decodingInfo = () =>
          Promise.resolve({ supported: true, smooth: false, powerEfficient: false })"""
    )
    asked = watched(cinema, page, engine)
    wait_for(page, "v.currentTime > 1")
    assert segments(asked)
    assert not [name for name in asked if "av1" in name]


BROKEN = pytest.mark.parametrize("broken", [r"/av1\.m3u8$", r"av1_\d+\.m4s$"])


@ENGINES
@BROKEN
def test_where_av1_is_not_there_or_broken_h264_takes_its_place(
    cinema: Cinema, opens: Opens, engine: str, broken: str
) -> None:
    page = opens(DESKTOP)
    # hls.js asks again and again for a segment that is not there; Chromium waits for the end of one
    # that is none.
    gone = "m3u8" in broken or engine == "native"
    status, body = (404, "") if gone else (200, "no picture" * 100)
    page.route(re.compile(broken), lambda route: route.fulfill(status=status, body=body))
    asked = watched(cinema, page, engine)
    wait_for(page, "v.currentTime > 1")
    assert "av1.m3u8" in asked
    assert "master.m3u8" in asked
