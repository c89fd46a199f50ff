"""How soon the feed shows its first clip, and the next one, on a poor line and a slow device.

The baseline is a bare page whose one `<video>` plays the very MP4 that the house publishes of the
same clip, from the same server in the same run. 1.6 Mbit/s, 150 ms a request, a quarter of the
CPU, as the browser's own tools emulate them; a fresh browser each time. The middle of `ROUNDS`
counts. Beside it stands how long the picture is away where a clip begins again.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from figures import note, tell

import browsers
import life
from clips import counted_clip, phone_clip
from house import House

_ROUNDS = int(os.environ.get("ROUNDS", "5"))
_LOOP_GAP_MS = 100
_PATIENCE_MS = 60_000

_FIRST_FRAME = """
(() => {
  const seen = new WeakSet();
  const look = () => {
    for (const video of document.querySelectorAll('video')) {
      if (seen.has(video)) continue;
      seen.add(video);
      video.requestVideoFrameCallback(() => { window.shownAt ??= performance.now(); });
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
})();
"""
_NEXT_FRAME = """
() => new Promise((done) => {
  const began = performance.now();
  const reel = document.querySelector('section[aria-label="Videos"]');
  reel.scrollTo({ top: reel.clientHeight, behavior: 'instant' });
  const look = () => {
    const top = reel.getBoundingClientRect().top;
    const video = [...reel.querySelectorAll('video')].find(
      (each) => each.currentSrc && Math.abs(each.getBoundingClientRect().top - top) < 2);
    if (video && video.readyState >= 2 && getComputedStyle(video).opacity === '1')
      done(performance.now() - began);
    else requestAnimationFrame(look);
  };
  look();
})
"""
_LOOP = """
(seconds) => new Promise((done) => {
  const reel = document.querySelector('section[aria-label="Videos"]');
  const top = reel.getBoundingClientRect().top;
  const video = [...reel.querySelectorAll('video')].find(
    (each) => each.currentSrc && Math.abs(each.getBoundingClientRect().top - top) < 2);
  video.currentTime = seconds - 2;
  let before = null;
  const look = (now, frame) => {
    if (before && frame.mediaTime < before.at - 1) done(now - before.now);
    before = { now, at: frame.mediaTime };
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
})
"""


def main() -> int:
    """Prints the figures."""
    with tempfile.TemporaryDirectory(prefix="wardcast-bench-") as folder:
        house = House(Path(folder)).start()
        try:
            post_id, mp4 = _publish(house)
            with browsers.chromium() as browser:
                _measure(browser, house, post_id, mp4)
        finally:
            house.stop()
    return 0


def _publish(house: House) -> tuple[str, str]:
    cast = life.move_in(house)
    clips = ((phone_clip(shade=90), "Next"), (counted_clip(12), "First"))
    posts = [life.bring(cast.ana, clip, title=title) for clip, title in clips]
    for post in posts:
        life.see_through(cast.ana, cast.ines, post)
    page = cast.guest().get("feed", at=posts[-1])
    return posts[-1], str(page["items"][0]["card"]["media"]["mp4"])


def _measure(browser: Browser, house: House, post_id: str, mp4: str) -> None:
    bare: list[float] = []
    feed: list[float] = []
    onward: list[float] = []
    loops: dict[str, list[float]] = {"native": [], "script": []}
    for number in range(_ROUNDS):
        bare.append(_shown(browser, house, lambda page: _bare(page, mp4)))
        feed.append(_shown(browser, house, lambda page: page.goto(f"/p/{post_id}")))
        onward.append(_next(browser, house, post_id))
        for engine, found in loops.items():
            found.append(_loop(browser, house, post_id, engine))
        note(f"round {number + 1}: bare {bare[-1]:.0f}, feed {feed[-1]:.0f}, next {onward[-1]:.0f}")
    load = os.getloadavg()[0]
    note(f"load {load:.1f}")
    base = statistics.median(bare)
    for name, values in (("first clip", feed), ("next clip", onward)):
        value = statistics.median(values)
        tell(f"startup: {name} to its picture", value, "ms", base, "≤ 1.0", value <= base)
    for engine, found in loops.items():
        gap = statistics.median(found)
        holds = gap <= _LOOP_GAP_MS
        tell(f"loop: without a picture, {engine}", gap, "ms", _LOOP_GAP_MS, "≤ 100 ms", holds)


def _page(browser: Browser, house: House, *, slow: bool) -> Page:
    page = browsers.context_for(browser, house.url, browsers.PHONE).new_page()
    page.set_default_timeout(_PATIENCE_MS)
    if slow:
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        line = {"offline": False, "latency": 150, "uploadThroughput": 200_000}
        tools.send("Network.emulateNetworkConditions", {**line, "downloadThroughput": 200_000})
        tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page


def _shown(browser: Browser, house: House, go: Callable[[Page], object]) -> float:
    """Milliseconds from the navigation to the first picture."""
    page = _page(browser, house, slow=True)
    page.add_init_script(_FIRST_FRAME)
    go(page)
    page.wait_for_function("() => window.shownAt !== undefined")
    at = float(page.evaluate("() => window.shownAt"))
    page.context.close()
    return at


def _bare(page: Page, mp4: str) -> None:
    html = (
        f'<!doctype html><title>bare</title><video src="{mp4}" autoplay muted playsinline></video>'
    )
    # Answered at once: the baseline is favoured by a round trip.
    page.route("**/bare", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("/bare")


def _next(browser: Browser, house: House, post_id: str) -> float:
    """Milliseconds from the swipe to a picture of the next clip."""
    page = _page(browser, house, slow=True)
    page.add_init_script(_FIRST_FRAME)
    page.goto(f"/p/{post_id}")
    page.wait_for_function("() => window.shownAt !== undefined")
    page.wait_for_timeout(4_000)  # somebody looks at the first one
    took = float(page.evaluate(_NEXT_FRAME))
    page.context.close()
    return took


def _loop(browser: Browser, house: House, post_id: str, engine: str) -> float:
    """Milliseconds between the last picture and the first one again."""
    page = _page(browser, house, slow=False)
    page.add_init_script(f"localStorage.setItem('wardcast.playback.engine', '{engine}')")
    page.add_init_script(_FIRST_FRAME)
    page.goto(f"/p/{post_id}")
    page.wait_for_function("() => window.shownAt !== undefined")
    page.wait_for_timeout(3_000)
    took = float(page.evaluate(_LOOP, 12))
    page.context.close()
    return took


if __name__ == "__main__":
    sys.exit(main())
