"""Playing in a real browser: early, muted or not, to the very picture, in each size, on poor lines.

Everything is played twice: by the browser's own HLS, and by hls.js. Which of them plays is what
people choose under Playback.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import life
from browsers import DESKTOP, PHONE
from clips import COUNTED_FPS, counted_clip, phone_clip
from e2e import screens
from e2e.conftest import Opens, running
from e2e.playing import ENGINES, NUMBER, ON, by, on_screen, open_by, seek, wait_for
from house import House

pytestmark = pytest.mark.browser

SECONDS = 20
TITLE, NEXT = "Counted", "Thereafter"
NATIVE, SCRIPT = "The browser’s own", "hls.js"


@dataclass(frozen=True)
class Cinema:
    """A house with two public videos: one that counts its pictures, with captions, and a short
    one."""

    cast: life.Cast
    post_id: str


@pytest.fixture(scope="module")
def cinema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cinema]:
    with running(Path(tmp_path_factory.mktemp("cinema"))) as house:
        cast = life.move_in(house)
        clips = ((counted_clip(SECONDS), TITLE), (phone_clip(shade=90), NEXT))
        posts = [life.bring(cast.ana, clip, title=title) for clip, title in clips]
        for post_id in posts:
            life.see_through(cast.ana, cast.ines, post_id)
        yield Cinema(cast, posts[0])


@pytest.fixture(scope="module")
def house(cinema: Cinema) -> House:
    """The house that these tests share."""
    return cinema.cast.house


def _network(page: Page, *, kbit: int = -1, offline: bool = False, latency_ms: int = 0) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": offline,
            "latency": latency_ms,
            "downloadThroughput": kbit * 1000 / 8 if kbit > 0 else -1,
            "uploadThroughput": -1,
        },
    )


def test_the_first_picture_waits_for_no_question_of_the_app(cinema: Cinema, opens: Opens) -> None:
    page = opens(PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(
        "window.began = new Set();"
        "document.addEventListener('playing', (event) => window.began.add(event.target), true);"
    )
    page.goto(f"/p/{cinema.post_id}")
    screens.expect_playing(page, TITLE)
    wait_for(page, "v.currentTime > 1.5")
    first = next(number for number, url in enumerate(asked) if url.endswith("360_00000.m4s"))
    assert all(not url.endswith(".js") for url in asked[:first]), "the app came first"
    assert not [url for url in asked if re.search(r"/api/v1/(me$|feed\?)", url)]
    assert page.evaluate(f"() => window.began.has({ON})"), "the feed shows another element"
    assert page.evaluate("() => document.getElementById('early')") is None
    size = on_screen(page, "getBoundingClientRect().height")
    reel = page.evaluate("() => document.querySelector('section.reel').clientHeight")
    assert size == reel


@ENGINES
def test_a_clip_can_be_moved_to_any_picture(cinema: Cinema, opens: Opens, engine: str) -> None:
    page = open_by(cinema.post_id, TITLE, opens, engine)
    page.keyboard.press(" ")
    screens.expect_silence(page)
    for to_s in (3.5, 11.9, 1.1, 18.3, 0.5):
        shown = seek(page, to_s)
        assert abs(shown - to_s * COUNTED_FPS) <= 2, f"picture {shown} at {to_s} s"
    page.keyboard.press("ArrowRight")
    wait_for(page, "v.currentTime > 5.2 && v.currentTime < 5.8")
    page.keyboard.press("ArrowLeft")
    wait_for(page, "v.currentTime < 0.8")


@ENGINES
def test_a_clip_begins_again_without_being_loaded_anew(
    cinema: Cinema, opens: Opens, engine: str
) -> None:
    page = open_by(cinema.post_id, TITLE, opens, engine, PHONE)
    wait_for(page, "v.buffered.length && v.buffered.end(v.buffered.length - 1) > v.duration - 0.5")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    seek(page, SECONDS - 2)
    page.evaluate(
        f"() => {{ window.waited = 0; {ON}.addEventListener('waiting', () => window.waited++); }}"
    )
    screens.expect_looping(page)
    wait_for(page, "v.currentTime > 1 && v.currentTime < 5")
    # A larger size may take over, with an initialisation of its own; the clip is the same.
    assert not [url for url in asked if url.endswith(("clip.mp4", "master.m3u8"))]


@ENGINES
def test_the_size_of_the_picture_can_be_chosen(cinema: Cinema, opens: Opens, engine: str) -> None:
    page = open_by(cinema.post_id, TITLE, opens, engine)
    seek(page, 6)
    page.keyboard.press("p")
    sheet = page.get_by_role("dialog", name="Playback")
    for side in ("360p", "720p", "480p"):
        sheet.get_by_text(side, exact=True).click()
        wait_for(page, f"v.videoWidth === {side[:-1]} && v.currentTime >= 5.5")
    sheet.get_by_text("720p", exact=True).click()
    sheet.get_by_text("Save data").click()
    wait_for(page, "v.videoWidth > 0 && v.videoWidth <= 480")
    sheet.get_by_text("Automatic", exact=True).first.click()
    wait_for(page, "v.videoWidth > 0 && v.videoWidth <= 480")
    page.reload()
    screens.expect_playing(page, TITLE)
    page.wait_for_timeout(1500)
    assert on_screen(page, "videoWidth") <= 480


def test_who_plays_and_how_fast_is_chosen_once_for_every_clip(cinema: Cinema, opens: Opens) -> None:
    page = opens(DESKTOP)
    page.goto(f"/p/{cinema.post_id}")
    screens.expect_playing(page, TITLE)
    page.get_by_role("button", name="Playback").click()
    sheet = page.get_by_role("dialog", name="Playback")
    for name, engine in ((SCRIPT, "script"), (NATIVE, "native")):
        sheet.get_by_text(name, exact=True).click()
        wait_for(page, f"v.dataset.player === '{engine}' && v.readyState >= 2")
    sheet.get_by_role("button", name="Close").click()
    page.keyboard.press(">")
    page.keyboard.press(">")
    expect(page.get_by_text("Speed 1.5")).to_be_visible()
    wait_for(page, "v.playbackRate === 1.5")
    page.keyboard.press("ArrowDown")
    screens.expect_playing(page, NEXT)
    assert on_screen(page, "playbackRate") == 1.5


def test_sound_is_as_it_was_left(cinema: Cinema, opens: Opens) -> None:
    page = opens(PHONE)
    page.goto(f"/p/{cinema.post_id}")
    screens.expect_playing(page, TITLE)
    assert on_screen(page, "muted") is True
    screens.clip(page).get_by_title("Turn sound on").click()
    wait_for(page, "!v.muted && !v.paused")
    page.reload()
    screens.expect_playing(page, TITLE)
    assert on_screen(page, "muted") is False


def test_captions_belong_to_the_moment_and_can_be_switched_off(
    cinema: Cinema, opens: Opens
) -> None:
    page = open_by(cinema.post_id, TITLE, opens, "native")
    page.keyboard.press(" ")
    first = screens.clip(page).get_by_text("Wash your hands for twenty seconds.")
    seek(page, 0.5)
    expect(first).to_be_visible()
    seek(page, 2)
    expect(screens.clip(page).get_by_text(life.CLEAN)).to_be_visible()
    expect(first).to_have_count(0)
    screens.clip(page).get_by_role("button", name="Captions").click()
    expect(screens.clip(page).get_by_text(life.CLEAN)).to_have_count(0)


def test_the_next_clip_is_ready_and_no_more_than_two_are(cinema: Cinema, opens: Opens) -> None:
    page = opens(PHONE)
    page.goto("/")
    expect(screens.clip(page)).to_be_visible()
    page.wait_for_function(
        "() => [...document.querySelectorAll('video')].filter((v) => v.readyState >= 2).length >= 2"
    )
    loaded = page.evaluate(
        "() => [...document.querySelectorAll('video')].filter((v) => v.currentSrc).length"
    )
    assert 2 <= loaded <= 4


@ENGINES
def test_a_poor_line_gets_the_smallest_picture_and_goes_on(
    cinema: Cinema, opens: Opens, engine: str
) -> None:
    page = opens(PHONE)
    by(page, engine)
    page.goto("/corrections")  # the app is in the browser's store by then; the clip is not
    page.goto("/inbox")
    _network(page, kbit=400, latency_ms=150)
    page.goto(f"/p/{cinema.post_id}")
    screens.expect_playing(page, TITLE)
    assert on_screen(page, "videoWidth") == 360
    wait_for(page, "v.currentTime > 6", 60_000)
    assert on_screen(page, "videoWidth") == 360


@ENGINES
def test_a_clip_goes_on_after_a_lost_connection(cinema: Cinema, opens: Opens, engine: str) -> None:
    page = opens(PHONE)
    by(page, engine)
    page.goto("/inbox")
    _network(page, kbit=800)
    page.goto(f"/p/{cinema.post_id}")
    screens.expect_playing(page, TITLE)
    wait_for(page, "v.currentTime > 1")
    _network(page, offline=True)
    had = page.evaluate(f"() => {{ const b = {ON}.buffered; return b.end(b.length - 1); }}")
    page.wait_for_timeout(min(8_000, 1_000 * had))
    _network(page)
    wait_for(page, f"v.currentTime > {min(had + 2, SECONDS - 1)}", 60_000)
    assert not on_screen(page, "paused")
    expect(page.get_by_text("This video cannot be played now")).to_have_count(0)


def test_an_author_watches_the_first_seconds_and_goes_on_with_the_whole(
    cinema: Cinema, opens: Opens
) -> None:
    ana = cinema.cast.ana
    running_, still = opens(DESKTOP, ana), opens(PHONE, ana)
    by(running_, "native")
    by(still, "script")
    post_id = life.upload(ana, counted_clip(120, grain=1))
    for page in (running_, still):
        page.goto(f"/studio/p/{post_id}")
    early = "Its first seconds; the rest is being made"
    for page in (running_, still):
        expect(page.get_by_text(early)).to_be_visible(timeout=screens.AT_WORK_MS)
        page.get_by_role("button", name="Play", exact=True).click()
        page.wait_for_function(
            "() => document.querySelector('video').currentTime > 0.4", timeout=screens.AT_WORK_MS
        )
    source = "() => document.querySelector('video').currentSrc"
    assert not running_.evaluate(source).startswith("blob:"), "hls.js plays"
    assert still.evaluate(source).startswith("blob:"), "the browser's own player plays"
    still.get_by_role("button", name="Pause", exact=True).click()
    assert ana.get(f"studio/posts/{post_id}")["early_url"], "made before it could be watched early"
    left = still.evaluate("() => document.querySelector('video').currentTime")
    seen = running_.evaluate("() => document.querySelector('video').currentTime")
    assert seen < 20, "it began at the newest part, not at its start"
    for page in (running_, still):
        expect(page.get_by_text(early)).to_have_count(0, timeout=screens.AT_WORK_MS)
        page.wait_for_function(
            "() => { const v = document.querySelector('video');"
            " return v.currentSrc.endsWith('clip.mp4') && v.readyState > 1 && !v.seeking; }"
        )
    running_.wait_for_function(
        f"() => {{ const v = document.querySelector('video');"
        f" return v.currentTime > {seen} && !v.paused; }}"
    )
    at = still.evaluate("() => document.querySelector('video').currentTime")
    assert abs(at - left) < 0.2
    assert still.evaluate("() => document.querySelector('video').paused")
    number = still.evaluate(f"() => ({NUMBER})(document.querySelector('video'))")
    assert abs(number - at * COUNTED_FPS) <= 2
    for stage in ("The file was looked at", "All of it plays, small"):
        expect(running_.get_by_text(re.compile(stage))).to_be_visible()
