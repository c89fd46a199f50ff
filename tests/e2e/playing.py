"""What tests of playing do in a real browser: open a clip, choose who plays it, move in it."""

from typing import Any

import pytest
from playwright.sync_api import Page

from browsers import DESKTOP
from clips import BITS
from e2e import screens
from e2e.conftest import Opens

ENGINES = pytest.mark.parametrize("engine", ["native", "script"])

NUMBER = f"""
(video) => {{
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0);
  let number = 0;
  for (let place = 0; place < {BITS}; place += 1) {{
    const [red] = context.getImageData(
      canvas.width * (place + 0.5) / {BITS}, canvas.height / 16, 1, 1).data;
    number = number * 2 + (red > 128 ? 1 : 0);
  }}
  return number;
}}
"""
ON = """
(() => {
  const reel = document.querySelector('section[aria-label="Videos"]');
  const top = reel?.getBoundingClientRect().top ?? 0;
  return [...document.querySelectorAll('video')].find(
    (each) => each.currentSrc && Math.abs(each.getBoundingClientRect().top - top) < 2);
})()
"""


def on_screen(page: Page, what: str) -> Any:
    """Something of the video that fills the feed, such as `paused`."""
    return page.evaluate(f"() => {ON}?.{what}")


def wait_for(page: Page, holds: str, patience_ms: float | None = None) -> None:
    """Waits until something holds of the video that fills the feed, called `v`."""
    page.wait_for_function(
        f"() => {{ const v = {ON}; return Boolean(v && ({holds})); }}", timeout=patience_ms
    )


def by(page: Page, engine: str) -> None:
    """Chooses who plays, as if it had been chosen under Playback before."""
    page.context.add_init_script(f"localStorage.setItem('wardcast.playback.engine', '{engine}')")


def seek(page: Page, to_s: float) -> int:
    """Takes hold of the line below the clip; gives the number of the picture that is shown then."""
    line = screens.clip(page).get_by_label("Position in the video")
    line.evaluate(
        """(line, ms) => {
          window.painted = -1;
          const video = ON;
          const look = (_, frame) => {
            window.painted = frame.mediaTime;
            video.requestVideoFrameCallback(look);
          };
          video.requestVideoFrameCallback(look);
          line.value = ms;
          line.dispatchEvent(new Event('input', { bubbles: true }));
        }""".replace("ON", ON),
        to_s * 1000,
    )
    wait_for(page, f"!v.seeking && Math.abs(window.painted - {to_s}) < 0.5")
    shown: int = page.evaluate(f"() => ({NUMBER})({ON})")
    return shown


def open_by(
    post_id: str, title: str, opens: Opens, engine: str, size: tuple[int, int] = DESKTOP
) -> Page:
    page = opens(size)
    by(page, engine)
    page.goto(f"/p/{post_id}")
    screens.expect_playing(page, title)
    assert on_screen(page, "dataset.player") == engine, "another player than was chosen"
    return page
