"""Draws docs/images anew: a house with its demo is started, and what its people see is kept.

`WARDCAST_DATA` may name a folder for another look at the same house; else it is thrown away. Names
of screens as arguments draw those alone.
"""

import io
import os
import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))  # the house and the browsers that the tests use
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardcast.project.settings")

import django  # noqa: E402

django.setup()

from PIL import Image, ImageDraw, ImageFilter  # noqa: E402
from playwright.sync_api import Browser, FilePayload, Page, expect  # noqa: E402

import browsers  # noqa: E402
from browsers import DESKTOP, PHONE  # noqa: E402
from e2e import screens  # noqa: E402
from house import House, Person, eventually  # noqa: E402
from wardcast.gate.compose import compose  # noqa: E402
from wardcast.project.demo import lessons, scenes  # noqa: E402
from wardcast.project.demo.cast import PASSWORD  # noqa: E402

IMAGES = ROOT / "docs" / "images"
SIZES = {"phone": PHONE, "desktop": DESKTOP}
MOST_BYTES = 200_000
OVERVIEW_BYTES = 300_000
PATIENCE_MS = 60_000

NIGHT = lessons.NIGHT_SHIFT.title
STAIRS = lessons.STAIRS.title


@dataclass
class Studio:
    """The running house, a browser, and the demo's people with a session each."""

    house: House
    browser: Browser

    def page(self, size: str, who: str = "") -> Page:
        """A new browser of that size; signed in as one of the cast, or a guest's."""
        context = browsers.context_for(self.browser, self.house.url, SIZES[size])
        context.set_default_timeout(PATIENCE_MS)
        if who:
            cookies = self.person(who).cookies.items()
            context.add_cookies(
                [{"name": name, "value": value, "url": self.house.url} for name, value in cookies]
            )
        return context.new_page()

    def person(self, who: str) -> Person:
        """One of the cast with a new session."""
        return Person(self.house, who).sign_in(PASSWORD)

    @cached_property
    def hands(self) -> str:
        """The post about washing hands."""
        page = Person(self.house, "a guest").get("feed")
        return next(
            str(item["card"]["post_id"])
            for item in page["items"]
            if item["card"]["title"] == lessons.PUBLIC[0].title
        )

    @cached_property
    def night(self) -> str:
        """The draft that holds what identifies a patient."""
        return self._draft("ana", NIGHT)

    def _draft(self, who: str, title: str) -> str:
        posts: list[dict[str, Any]] = self.person(who).get("studio/posts")["items"]
        return next(str(post["id"]) for post in posts if post["title"] == title)


def feed(studio: Studio, size: str) -> Page:
    """A lesson that plays; on a desktop with its comments beside it."""
    page = studio.page(size, "" if size == "phone" else "hana")
    page.goto(f"/p/{studio.hands}")
    screens.expect_playing(page, lessons.PUBLIC[0].title)
    if size == "desktop":
        page.keyboard.press("c")
        expect(page.get_by_text("I sing the chorus twice")).to_be_visible()
    expect(screens.clip(page).locator(".caption")).to_be_visible()
    return page


def upload(studio: Studio, size: str) -> Page:
    """A file on its way."""
    page = studio.page(size, "ana")
    page.goto("/studio/new")
    screens.slow_network(page, bytes_per_second=150_000)
    clip = _new_clip()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a video").click()
    chooser.value.set_files(FilePayload(name="five minutes.mp4", mimeType="video/mp4", buffer=clip))
    page.wait_for_function("() => document.querySelector('[role=progressbar]')?.ariaValueNow > 40")
    return page


def report(studio: Studio, size: str) -> Page:
    """What the check found in a draft."""
    page = studio.page(size, "ana")
    page.goto(f"/studio/p/{studio.night}/report")
    expect(screens.findings(page).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def redaction(studio: Studio, size: str) -> Page:
    """The version that was made of it, and what was redacted."""
    page = studio.page(size, "ana")
    page.goto(f"/studio/p/{studio.night}/report")
    expect(page.get_by_text("channels not checked")).to_be_visible()
    if screens.findings(page).count():
        screens.redact(page)
    page.get_by_text("What was redacted").click()
    expect(page.locator("details").get_by_role("listitem").first).to_be_visible()
    page.wait_for_function("() => document.querySelector('video')?.readyState >= 2")
    return page


def rehearsal(studio: Studio, size: str) -> Page:
    """A colleague answers how a clip would land."""
    page = studio.page(size, "noor")
    page.goto("/rehearse")
    page.get_by_role("link", name=re.compile(STAIRS)).click()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_text("You have watched it whole.")).to_be_attached()
    for question in page.get_by_role("radiogroup").all()[:4]:
        question.get_by_text("No", exact=True).click()
    page.get_by_role("slider", name="Position in the clip").fill("3000")
    page.get_by_label("In your words").fill("Say what to do with a bad knee.")
    return page


def correction(studio: Studio, size: str) -> Page:
    """The card before any video, as someone sees it who owes it."""
    page = studio.page(size, "ben")
    page.goto("/")
    expect(screens.must_see(page)).to_be_visible()
    return page


def coverage(studio: Studio, size: str) -> Page:
    """The public proof of whom the correction has reached."""
    page = studio.page(size)
    page.goto("/corrections")
    page.goto(f"/notices/{_notice(page)}/coverage")
    expect(page.get_by_role("table").first).to_be_visible()
    return page


SHOTS: dict[str, Callable[[Studio, str], Page]] = {
    "feed": feed,
    "upload": upload,
    "report": report,
    "rehearsal": rehearsal,
    "correction": correction,
    "coverage": coverage,
    "redaction": redaction,  # last: it makes another version of what the report shows
}


def main(chosen: list[str]) -> int:
    """Takes every picture, or those that are named."""
    expect.set_options(timeout=PATIENCE_MS)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = os.environ.get("WARDCAST_DATA") or stack.enter_context(
            tempfile.TemporaryDirectory(prefix="wardcast-pictures-")
        )
        house = House(Path(folder)).start(demo=True)
        stack.callback(house.stop)
        eventually(
            lambda: "demo is complete" in house.log() or "demo people in this" in house.log(),
            within=600,
            what=f"the demo is there: {house.log()[-2000:]}",
        )
        studio = Studio(house, stack.enter_context(browsers.chromium()))
        for name in chosen or SHOTS:
            for size in SIZES:
                page = SHOTS[name](studio, size)
                _keep(f"{name}-{size}", page.screenshot(), MOST_BYTES)
                page.context.close()
    _overview()
    return 0


def _notice(page: Page) -> str:
    link = page.locator("a[href^='/notices/']").first.get_attribute("href")
    assert link
    return link.split("/")[2]


def _new_clip() -> bytes:
    lesson = next(each for each in lessons.PUBLIC if each.scene == "clock")
    return compose(
        scenes.pictures(lesson.scene, lesson.look, "Five minutes", 8000),
        fps=scenes.FPS,
        duration_ms=8000,
        spoken="Five minutes of quiet.",
    )


def _keep(name: str, png: bytes, most: int) -> None:
    """Writes a picture with as many colours as fit into `most` bytes."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    path = IMAGES / f"{name}.png"
    picture.save(path, optimize=True)
    if path.stat().st_size <= most:
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")
        return
    for colours in (256, 192, 128, 96, 64, 48, 32):
        palette = picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, kmeans=1)
        dithered = picture.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
        for fewer in (dithered, palette):
            fewer.save(path, optimize=True)
            if path.stat().st_size <= most:
                print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB, {colours}")
                return
    raise ValueError(f"{name} does not fit into {most} bytes")


def _overview() -> None:
    """Feed and card on phones before the report on a desk, on light ground."""
    desk = _screen("report-desktop", 1100, 12)
    phones = [_screen("feed-phone", 300, 28), _screen("correction-phone", 300, 28)]
    ground = Image.new("RGB", (1640, 860), (238, 243, 244))
    _put(ground, desk, (500, 86))
    _put(ground, phones[0], (40, 60))
    _put(ground, phones[1], (365, 150))
    out = io.BytesIO()
    ground.save(out, "PNG")
    _keep("overview", out.getvalue(), OVERVIEW_BYTES)


def _screen(name: str, width: int, corner: int) -> Image.Image:
    picture = Image.open(IMAGES / f"{name}.png").convert("RGBA")
    picture = picture.resize(
        (width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS
    )
    # Drawn four times as large and made smaller, so that the corners are smooth.
    large = Image.new("L", (picture.width * 4, picture.height * 4), 0)
    box = (0, 0, large.width - 1, large.height - 1)
    ImageDraw.Draw(large).rounded_rectangle(box, corner * 4, fill=255)
    picture.putalpha(large.resize(picture.size, Image.Resampling.LANCZOS))
    return picture


def _put(ground: Image.Image, screen: Image.Image, at: tuple[int, int]) -> None:
    """Lays a screen on the ground with a soft shadow below it."""
    shadow = Image.new("L", ground.size, 0)
    shadow.paste(screen.getchannel("A").point(lambda alpha: alpha // 3), (at[0], at[1] + 10))
    shadow = shadow.filter(ImageFilter.GaussianBlur(16))
    ground.paste((20, 40, 48), (0, 0, *ground.size), shadow)
    ground.paste(screen, at, screen)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
