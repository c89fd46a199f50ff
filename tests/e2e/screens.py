"""What people do and see on each screen, by the words and roles that they find there."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

from house import PASSWORD

AT_WORK_MS = 400_000
"""How long rendering and checking may take on a machine under load."""


# People


def sign_up(page: Page, name: str) -> None:
    """Fills the form for somebody new, and lands in the feed."""
    page.goto("/me")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Your name").fill(name.capitalize())
    page.get_by_label("Handle").fill(name)
    page.get_by_label("E-mail").fill(f"{name}@wardcast.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url("/")


def sign_in(page: Page, name: str) -> None:
    """Fills the form for somebody who has an account."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(f"{name}@wardcast.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("/")


def sign_out(page: Page) -> None:
    """Leaves by the button on one's own page."""
    page.goto("/me")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/me")
    expect(page.get_by_text("You are watching without an account")).to_be_visible()


def choose_person(console: Page, name: str) -> None:
    """Finds somebody among the people of the house."""
    console.get_by_label("Name, handle or e-mail").fill(name)
    console.get_by_role("button", name=re.compile(rf"\b{name}\b")).first.click()


def verify(console: Page, name: str, specialty: str) -> None:
    """An admin looks up a clinician and says so."""
    choose_person(console, name)
    console.get_by_label("Profession").fill("Physician")
    console.get_by_label("Specialty").fill(specialty)
    console.get_by_label("How was it checked?").fill("Register looked up, fictional number 12")
    console.get_by_role("button", name=f"Verify {name}").click()
    expect(console.get_by_text(f"{name} is verified.")).to_be_visible()


def make_moderator(console: Page, name: str) -> None:
    """An admin gives the role."""
    choose_person(console, name)
    console.get_by_label("Moderator").check()
    expect(console.get_by_text(f"The roles of {name} are saved.")).to_be_visible()


def follow(page: Page, handle: str) -> None:
    """Follows somebody from their page."""
    page.goto(f"/u/{handle}")
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name=re.compile("Following|Stop following"))).to_be_visible()


# The studio


def choose_file(page: Page, clip: bytes, name: str, button: str = "Choose a video") -> None:
    """Chooses a file by the system's chooser."""
    kind = "video/mp4" if name.endswith(".mp4") else "text/plain"
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=button).click()
    chooser.value.set_files(FilePayload(name=name, mimeType=kind, buffer=clip))


def slow_network(page: Page, *, bytes_per_second: int) -> None:
    """Lets what the page sends out crawl, as over a phone's connection; -1 lets it run again."""
    network = page.context.new_cdp_session(page)
    limits = {
        "offline": False,
        "latency": 0,
        "downloadThroughput": -1,
        "uploadThroughput": bytes_per_second,
    }
    network.send("Network.emulateNetworkConditions", limits)


def write(page: Page, *, title: str, text: str, captions: str) -> None:
    """Writes what belongs to a clip, and waits until it is saved."""
    page.get_by_label("Title").fill(title)
    page.get_by_label("Caption", exact=True).fill(text)
    page.get_by_role("button", name="Paste captions").click()
    page.get_by_label("WebVTT or SubRip text").fill(captions)
    page.get_by_role("button", name="Use these").click()
    region = page.get_by_role("group", name="Language of the captions")
    expect(region.get_by_role("button", name="English")).to_be_visible()
    expect(page.get_by_text("Typing", exact=True)).to_have_count(0)
    expect(page.get_by_label("This is what is spoken")).to_be_checked()
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible()


def findings(report: Page) -> Locator:
    """What the check asks the author to settle; what it strips by itself is not among it."""
    return report.locator("[data-finding]").filter(
        has=report.get_by_role("button", name=re.compile("^(Bleep|Replace the words|Keep it)"))
    )


def watch_to_the_end(page: Page) -> None:
    """Plays a preview, as soon as it is there, until it ends by itself."""
    page.wait_for_function(
        "() => document.querySelector('video')?.readyState >= 2", timeout=AT_WORK_MS
    )
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => document.querySelector('video').ended")


def redact(report: Page) -> None:
    """Redacts all that the check found, and waits for the report of the version that this made."""
    for finding in findings(report).all():
        do = finding.get_by_role("button", name=re.compile("^(Bleep|Replace the words)$"))
        if do.get_attribute("aria-pressed") != "true":
            do.click()
    report.get_by_role("button", name=re.compile("^Redact .* and check again")).click()
    done = re.compile("^Nothing (found|left to answer) ·")
    expect(report.get_by_text(done)).to_be_visible(timeout=AT_WORK_MS)


def own_voice(report: Page) -> None:
    """Says that whoever speaks most is the author."""
    who = report.locator("[data-finding]").filter(has_text="Who speaks")
    who.get_by_role("button", name="It is mine").click()
    expect(who.get_by_role("button", name="Take it back")).to_be_visible()


def attest(report: Page, second: str) -> None:
    """Watches it, states that no patient is in what was not checked, and asks a colleague."""
    watch_to_the_end(report)
    report.get_by_role("checkbox", name=re.compile("^I have watched and listened")).check()
    line = report.get_by_role("listitem").filter(has_text=second)
    line.get_by_role("button", name="Choose").click()
    report.get_by_role("button", name="State it and ask").click()
    expect(report.get_by_text(f"{second} is asked to look at it.")).to_be_visible()


def open_notification(page: Page, words: str) -> None:
    """Opens what a notification is about."""
    page.goto("/inbox")
    page.get_by_role("link", name=re.compile(words)).first.click()


def second_look(page: Page) -> None:
    """Watches a colleague's clip whole and sees no patient in it."""
    agree = page.get_by_role("button", name="I see no patient in it")
    expect(agree).to_be_disabled()
    watch_to_the_end(page)
    expect(agree).to_be_enabled()
    agree.click()
    expect(page.get_by_text("Thank you. You have agreed.")).to_be_visible()


def ask_colleague(post: Page, name: str) -> None:
    """Asks one of those whom the house suggests how it would land."""
    post.get_by_role("button", name="Ask colleagues").click(timeout=AT_WORK_MS)
    line = post.get_by_role("listitem").filter(has_text=name)
    line.get_by_role("button", name="Ask", exact=True).click()
    post.get_by_role("button", name="Ask one person").click()
    expect(post.get_by_text("Asked. Each of them gets a notification.")).to_be_visible()


def answer_rehearsal(page: Page, line: str) -> None:
    """Watches it whole, which opens the questions, and minds nothing."""
    expect(page.get_by_text("Watch it whole first").first).to_be_visible()
    expect(page.get_by_role("radio", name="No").first).to_be_disabled()
    watch_to_the_end(page)
    expect(page.get_by_text("You have watched it whole.")).to_be_attached()
    for question in page.get_by_role("radiogroup").all():
        fine = "Yes" if "waiting room" in question.inner_text() else "No"
        question.get_by_text(fine, exact=True).click()
    page.get_by_label("In your words").fill(line)
    page.get_by_role("button", name="Send: fine like this").click()
    expect(page.get_by_text("Sent. You said: fine like this.")).to_be_visible()


def publish(post: Page) -> None:
    """Presses the one button that is left."""
    post.get_by_role("button", name="Publish").click(timeout=AT_WORK_MS)
    expect(post.get_by_text("It is public now.")).to_be_visible()


# The feed

_ON = """
() => {
  const reel = document.querySelector('section[aria-label="Videos"]');
  const clip = reel?.querySelector('article:not([inert])');
  if (!clip) return null;
  const top = reel.getBoundingClientRect().top;
  // On the way from one clip to the next, the one before still lies there.
  if (Math.abs(clip.getBoundingClientRect().top - top) >= 2) return null;
  const video = [...reel.querySelectorAll('video')].find(
    (each) => each.currentSrc && Math.abs(each.getBoundingClientRect().top - top) < 2);
  if (!video) return null;
  return {
    at: video.currentTime, ready: video.readyState, paused: video.paused,
    over_poster: getComputedStyle(video).opacity === '1',
    frames: video.getVideoPlaybackQuality().totalVideoFrames,
  };
}
"""


def on_screen(page: Page) -> dict[str, Any] | None:
    """The state of the video that fills the feed now."""
    found: dict[str, Any] | None = page.evaluate(_ON)
    return found


def clip(page: Page) -> Locator:
    """What stands over the clip that is on."""
    return page.locator("article:not([inert])")


def expect_playing(page: Page, title: str) -> None:
    """The clip of that title fills the feed, has painted frames over its poster, and runs."""
    expect(clip(page).get_by_role("heading", name=title)).to_be_visible()
    page.wait_for_function(
        f"""() => {{
          const now = ({_ON})();
          if (!now || now.ready < 2 || now.paused || !now.over_poster || now.frames < 1)
            return false;
          const grew = window.sawAt !== undefined && now.at > window.sawAt;
          window.sawAt = now.at;
          return grew;
        }}"""
    )


def expect_looping(page: Page) -> None:
    """The clip comes to its end and begins again by itself."""
    page.evaluate("() => { window.far = 0; }")
    page.wait_for_function(
        f"""() => {{
          const now = ({_ON})();
          if (!now) return false;
          window.far = Math.max(window.far, now.at);
          return window.far > 1 && now.at < window.far - 1;
        }}""",
        polling="raf",
    )


def go_to(page: Page, title: str, onward: Callable[[Page], object]) -> None:
    """Goes on clip by clip until the one of that title is on."""
    expect(clip(page)).to_be_visible()
    here = clip(page).get_by_role("heading")
    for _ in range(10):
        shown = here.inner_text()
        if shown == title:
            return
        onward(page)
        expect(here).not_to_have_text(shown)
    raise AssertionError(f"{title} is not in the feed")


def expect_silence(page: Page) -> None:
    """No video runs on the page. (One that is made ready beforehand may need a moment to rest.)"""
    page.wait_for_function("() => [...document.querySelectorAll('video')].every((v) => v.paused)")


def swipe(page: Page, up: int = 620) -> None:
    """A finger moves up the screen, as fast as a person would."""
    touch = page.context.new_cdp_session(page)
    size = page.viewport_size
    assert size
    x, y = size["width"] // 2, size["height"] - 140
    steps = 14

    def send(kind: str, at: int | None) -> None:
        points = [] if at is None else [{"x": x, "y": at}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", y)
    for step in range(1, steps + 1):
        send("touchMove", y - up * step // steps)
    send("touchEnd", None)
    touch.detach()


# Corrections


def correct(page: Page, post_id: str, *, right: str, wrong: str, apology: str) -> None:
    """Writes a correction and sends it."""
    page.goto(f"/studio/p/{post_id}/correct")
    page.get_by_role("radio", name=re.compile("^A correction Everyone")).check()
    page.get_by_role("textbox", name="What is right").fill(right)
    page.get_by_role("textbox", name="What was wrong").fill(wrong)
    page.get_by_role("textbox", name="Your apology").fill(apology)
    page.get_by_role("button", name="Look at it and send").click()
    page.get_by_role("dialog").get_by_role("button", name="Send the correction").click()
    expect(page.get_by_text("It is on its way")).to_be_visible()


def must_see(page: Page) -> Locator:
    """The card that stands before any video."""
    return page.get_by_role("dialog").filter(has=page.get_by_role("button", name="I have read"))


def read(page: Page) -> None:
    """Reads the card and says so; the videos come back."""
    card = must_see(page)
    card.get_by_role("button", name="I have read this").click()
    expect(card).to_have_count(0)


def coverage(page: Page) -> dict[str, int]:
    """The table of a proof, by the words of its rows."""
    rows = page.get_by_role("table").first.get_by_role("row").all()[1:]
    return {
        row.get_by_role("rowheader").inner_text().strip(): int(
            row.get_by_role("cell").last.inner_text().replace(",", "")
        )
        for row in rows
    }
