"""Debian's Chromium, as the tests and the pictures of the documentation use it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

PHONE = (390, 844)
DESKTOP = (1440, 900)

_FLAGS = [
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium; says what to install where there is none."""
    where = shutil.which("chromium")
    if where is None:
        raise FileNotFoundError("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=_FLAGS)
        yield browser
        browser.close()


def with_profile(browser: Browser, folder: Path, size: tuple[int, int] = DESKTOP) -> BrowserContext:
    """A browser with a profile on disk, in which frames of another site may keep something, apart
    for each site around them. Chromium refuses that in private windows, as the others here are."""
    (folder / "Default").mkdir(parents=True)
    allowed = {"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False}}
    (folder / "Default" / "Preferences").write_text(json.dumps(allowed))
    return browser.browser_type.launch_persistent_context(
        folder,
        executable_path=shutil.which("chromium"),
        args=_FLAGS,
        viewport={"width": size[0], "height": size[1]},
    )


def context_for(
    browser: Browser, url: str, size: tuple[int, int], *, scripts: bool = True
) -> BrowserContext:
    """A browser of somebody's own: a phone with touch, or a desktop."""
    phone = size[0] < 600
    return browser.new_context(
        base_url=url,
        viewport={"width": size[0], "height": size[1]},
        has_touch=phone,
        is_mobile=phone,
        java_script_enabled=scripts,
        reduced_motion="no-preference",
    )
