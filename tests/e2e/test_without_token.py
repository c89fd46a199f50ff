"""Who declines the device token, and who watches on pages elsewhere: their own browser brings them
the correction, and the house never learns what they watched."""

import http.server
import re
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Request, expect

import browsers
import life
from browsers import DESKTOP, PHONE
from clips import phone_clip
from e2e import screens
from e2e.conftest import LISTEN, PATIENCE_MS, Opens, Town, Watched
from e2e.playing import on_screen
from house import House, eventually

pytestmark = pytest.mark.browser

RIGHT = "Keep taking the inhaler"


@pytest.fixture(scope="module")
def house(town: Town) -> House:
    """The house that these tests share."""
    return town.cast.house


@dataclass(frozen=True)
class Made:
    """A public video that no other test meets."""

    post_id: str
    version_id: str


def _video(town: Town, title: str, *, shade: int, seconds: int = 3) -> Made:
    post_id = life.bring(town.cast.ana, phone_clip(seconds, shade=shade), title=title)
    town.cast.ana.patch(f"studio/posts/{post_id}", {"visibility": "unlisted"})
    return Made(post_id, life.see_through(town.cast.ana, town.cast.ines, post_id))


@dataclass
class Said:
    """What a browser said to the house: addresses, bodies, and whether a cookie went along."""

    requests: list[Request] = field(default_factory=list)

    def listen(self, page: Page) -> "Said":
        page.on("request", lambda request: self.requests.append(request))
        return self

    def naming(self, words: str) -> list[str]:
        return [
            each.url
            for each in self.requests
            if words in each.url or words in (each.post_data or "")
        ]

    def to(self, path: str) -> list[Request]:
        return [each for each in self.requests if path in each.url]


def _declines(page: Page) -> None:
    page.goto("/me")
    page.get_by_role("checkbox", name="Remember this device for corrections").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("This cannot be undone")
    with page.expect_navigation():
        dialog.get_by_role("button", name="Stop remembering").click()
    box = page.get_by_role("checkbox", name="Remember this device for corrections")
    expect(box).not_to_be_checked()
    assert _token(page) == "off"


def _token(page: Page) -> str | None:
    kept = {each["name"]: each["value"] for each in page.context.cookies()}
    return kept.get("wardcast_device")


def _rows(house: House, text: str, *values: object) -> list[tuple[Any, ...]]:
    with sqlite3.connect(f"file:{house.data / 'wardcast.sqlite3'}?mode=ro", uri=True) as database:
        return list(database.execute(text, values))


def _exposed(house: House, version_id: str) -> int:
    """How many the house knows to have been served a version."""
    ((serial,),) = _rows(
        house, "SELECT serial FROM posts_version WHERE id = ?", version_id.replace("-", "")
    )
    new = _rows(house, "SELECT viewer FROM recall_exposure WHERE version_serial = ?", serial)
    packed = _rows(house, "SELECT data FROM recall_audience WHERE version_serial = ?", serial)
    return len(new) + len(packed)


def _beside(town: Town, notice_id: str) -> dict[str, int]:
    said = town.cast.guest().ask("GET", f"/notices/{notice_id}/coverage.json").body
    assert said["coverage"]["exposed"] == 0
    found: dict[str, int] = said["beside_the_sum"]
    return found


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_who_declines_the_token_is_shown_the_correction_and_stays_unknown(
    town: Town, opens: Opens, size: tuple[int, int]
) -> None:
    made = _video(town, f"Inhalers at {size[0]}", shade=size[0] % 200 + 7)
    page = opens(size)
    _declines(page)
    said = Said().listen(page)
    page.goto(f"/p/{made.post_id}")
    screens.expect_playing(page, f"Inhalers at {size[0]}")
    assert _token(page) == "off"

    # An author may send three a week, and other tests share her.
    notice_id = life.correct(town.cast.dev, made.version_id)
    if size == PHONE:
        screens.swipe(page)
    else:
        page.keyboard.press("ArrowDown")
    card = screens.must_see(page)
    expect(card).to_contain_text(RIGHT)
    expect(card).to_contain_text("the house does not know what you watched")
    screens.expect_silence(page)
    screens.read(page)
    expect(screens.clip(page)).to_be_visible()
    for address in ("/", f"/p/{made.post_id}", f"/v/{made.post_id}"):
        page.goto(address)
        expect(page.locator("video").first).to_be_attached()
        page.wait_for_timeout(500)
        expect(page.get_by_role("dialog")).to_have_count(0)

    assert _exposed(town.cast.house, made.version_id) == 0
    assert said.naming(made.version_id) == []
    assert said.naming(made.version_id.replace("-", "")[-16:]) == []
    assert said.to("/api/v1/beacons") == []
    assert said.to("/api/v1/notices/shown") == []
    (counted,) = said.to(f"/notices/{notice_id}/beside")
    assert counted.post_data is None
    told = counted.all_headers()
    assert not {"cookie", "referer"} & set(told)
    for each in said.to("/notices/open"):
        assert "cookie" not in each.all_headers()
    found = _beside(town, notice_id)
    assert found["shown"] == 1
    assert found["feed"] >= 1


def test_what_was_declined_is_found_on_a_page_without_the_app_too(town: Town, opens: Opens) -> None:
    made = _video(town, "Spacers", shade=133)
    page = opens(DESKTOP)
    _declines(page)
    page.goto(f"/v/{made.post_id}")
    page.locator("video").evaluate("(video) => { video.muted = true; return video.play(); }")
    page.wait_for_function("() => localStorage.getItem('wardcast.own.watched') !== null")
    life.correct(town.cast.dev, made.version_id)
    page.goto(f"/v/{town.post_id}")
    expect(screens.must_see(page)).to_contain_text(RIGHT)
    screens.read(page)
    page.goto("/")
    expect(screens.clip(page)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_span_that_was_skipped_is_no_ones_debt(town: Town, opens: Opens) -> None:
    """Known by the ledger, or by the browser alone: who left before the part is left in peace, and
    who played it is not."""
    made = _video(town, "Nebulisers", shade=90, seconds=14)
    known, nameless = opens(DESKTOP), opens(DESKTOP)
    _declines(nameless)
    for page in (known, nameless):
        page.goto(f"/p/{made.post_id}")
        screens.expect_playing(page, "Nebulisers")
        page.keyboard.press(" ")
        screens.expect_silence(page)
        assert on_screen(page, "currentTime") < 9, "it was played too far for this test"
        page.keyboard.press("ArrowDown")
        expect(screens.clip(page)).to_have_attribute("aria-posinset", "2")
    # What was played travels with the change of clip; it is there before the notice is opened.
    eventually(
        lambda: _rows(
            town.cast.house,
            "SELECT 1 FROM recall_exposure e JOIN posts_version v ON v.serial = e.version_serial"
            " WHERE v.id = ? AND e.known = 1",
            made.version_id.replace("-", ""),
        ),
        what="the ledger knows all that was played",
        within=60,
    )
    life.correct(town.cast.dev, made.version_id, span={"start_ms": 11_000, "end_ms": 13_000})
    for page in (known, nameless):
        page.goto("/")
        expect(screens.clip(page)).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(screens.clip(page)).to_have_attribute("aria-posinset", "2")
        page.wait_for_timeout(2_000)
        expect(page.get_by_role("dialog")).to_have_count(0)
    life.correct(town.cast.dev, made.version_id, "withdraw", {"start_ms": 0, "end_ms": 1_000})
    for page in (known, nameless):
        page.goto("/")
        expect(screens.must_see(page)).to_contain_text(RIGHT)


@pytest.fixture
def elsewhere(house: House) -> Iterator[str]:
    """Another site, whose pages show videos of the house: `?p=` names the post."""

    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            post_id = re.sub(r"[^0-9a-f-]", "", self.path.partition("?p=")[2])
            frame = f'<iframe src="{house.url}/embed/{post_id}" width="400" height="700"></iframe>'
            body = f"<!doctype html><title>Elsewhere</title>{frame if post_id else ''}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def with_profile(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page in which frames of another site may keep something, each for itself."""
    watched = Watched()
    context = browsers.with_profile(chromium, tmp_path / "profile")
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(LISTEN)
    context.on("page", watched.watch)
    yield context.new_page()
    context.close()
    assert not watched.complaints, "\n".join(watched.complaints)


def _frame(page: Page, at: str, post_id: str) -> FrameLocator:
    page.goto(f"{at}?p={post_id}")
    return page.frame_locator("iframe")


def test_a_frame_that_may_keep_nothing_plays_and_says_what_was_corrected(
    town: Town, opens: Opens, elsewhere: str
) -> None:
    made = _video(town, "Spirometry", shade=151)
    life.correct(town.cast.dev, made.version_id)
    frame = _frame(opens(PHONE), elsewhere, made.post_id)
    expect(frame.locator(".stamp-link")).to_contain_text(RIGHT)
    video = frame.locator("video")
    expect(video).to_have_attribute("controls", "")
    video.evaluate("(video) => { video.muted = true; return video.play(); }")
    eventually(
        lambda: video.evaluate("(video) => video.currentTime > 0.5"), what="it plays", within=60
    )


def test_a_frame_elsewhere_shows_the_correction_of_what_it_played(
    town: Town, with_profile: Page, elsewhere: str
) -> None:
    made, page = _video(town, "Peak flow", shade=171), with_profile
    said = Said().listen(page)
    frame = _frame(page, elsewhere, made.post_id)
    video = frame.locator("video")
    expect(video).to_have_attribute("controls", "")
    video.evaluate("(video) => { video.muted = true; return video.play(); }")
    eventually(
        lambda: video.evaluate("() => localStorage.getItem('wardcast.own.watched') !== null"),
        what="the frame remembers what it played",
        within=60,
    )
    notice_id = life.correct(town.cast.dev, made.version_id)

    # The clip itself: what was said of it stands above it at once, and the card before it.
    frame = _frame(page, elsewhere, made.post_id)
    expect(frame.locator(".stamp-link")).to_contain_text(RIGHT)
    expect(frame.get_by_role("dialog")).to_contain_text(RIGHT)
    # Another clip: from what the frame itself remembers.
    frame = _frame(page, elsewhere, town.post_id)
    card = frame.get_by_role("dialog")
    expect(card).to_contain_text(RIGHT)
    expect(frame.locator(".stamp-link")).to_have_count(0)
    video = frame.locator("video")
    video.evaluate("(video) => { video.muted = true; video.play().catch(() => undefined); }")
    page.wait_for_timeout(300)
    assert video.evaluate("(video) => video.paused"), "it plays behind the card"
    card.get_by_role("button", name="I have read this").click()
    expect(card).to_have_count(0)
    frame = _frame(page, elsewhere, town.post_id)
    expect(frame.locator("video")).to_have_attribute("controls", "")
    expect(frame.get_by_role("dialog")).to_have_count(0)

    assert page.context.cookies(town.cast.house.url) == []
    assert _exposed(town.cast.house, made.version_id) == 0
    assert said.naming(made.version_id) == []
    found = _beside(town, notice_id)
    assert found["shown"] == 1
    assert found["embed"] >= 1


def test_what_machines_read_of_a_corrected_video_is_no_script(town: Town, opens: Opens) -> None:
    """JSON-LD is data, which the policy lets be. (A violation fails any test here.)"""
    made = _video(town, "Data", shade=55)
    notice_id = life.correct(town.cast.dev, made.version_id)
    page = opens(DESKTOP)
    for address, kinds in (
        (f"/v/{made.post_id}", {"VideoObject"}),
        (f"/notices/{notice_id}", {"CorrectionComment", "ClaimReview"}),
    ):
        page.goto(address)
        found = page.evaluate(
            """() => {
              const text = document.querySelector('script[type="application/ld+json"]').textContent;
              const said = JSON.parse(text);
              return (said['@graph'] ?? [said]).map((each) => each['@type']);
            }"""
        )
        assert set(found) == kinds
    expect(page.get_by_role("heading", name=re.compile(RIGHT))).to_be_visible()


def test_a_correction_stands_above_what_people_say_of_the_video(town: Town, opens: Opens) -> None:
    made = _video(town, "Comments", shade=66)
    notice_id = life.correct(town.cast.dev, made.version_id)
    for size in (PHONE, DESKTOP):
        page = opens(size)
        page.goto(f"/p/{made.post_id}")
        screens.clip(page).get_by_role("button", name=re.compile(r"\d comments?$")).click()
        link = page.get_by_role("link", name=re.compile("This video was corrected"))
        expect(link).to_contain_text(RIGHT)
        expect(link).to_have_attribute("href", f"/notices/{notice_id}")
