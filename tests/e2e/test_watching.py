"""Watching, by hand and by keys, on a phone and at a desk, with and without an account."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

import life
from browsers import DESKTOP, PHONE
from clips import phone_clip
from e2e import screens
from e2e.conftest import Opens, Town
from house import House

pytestmark = pytest.mark.browser

RIGHT = "Keep taking the inhaler"


@pytest.fixture(scope="module")
def house(town: Town) -> House:
    """The house that these tests share."""
    return town.cast.house


def _wheel(page: Page) -> None:
    page.mouse.move(760, 400)
    page.mouse.wheel(0, 900)


def _arrow(page: Page) -> None:
    page.keyboard.press("ArrowDown")


@pytest.mark.parametrize(
    ("size", "onward", "member"),
    [
        pytest.param(PHONE, screens.swipe, False, id="guest-phone-swipe"),
        pytest.param(PHONE, screens.swipe, True, id="viewer-phone-swipe"),
        pytest.param(DESKTOP, _arrow, False, id="guest-desktop-arrow"),
        pytest.param(DESKTOP, _wheel, True, id="viewer-desktop-wheel"),
    ],
)
def test_each_gesture_leads_to_a_clip_that_plays(
    town: Town, opens: Opens, size: tuple[int, int], onward: Callable[[Page], None], member: bool
) -> None:
    page = opens(size, town.newcomer(f"vera{size[0]}") if member else None)
    page.goto("/")
    seen = []
    for place in range(1, len(town.titles) + 1):
        title = screens.clip(page).get_by_role("heading").inner_text()
        screens.expect_playing(page, title)
        seen.append(title)
        if place < len(town.titles):
            onward(page)
            expect(screens.clip(page)).to_have_attribute("aria-posinset", str(place + 1))
    assert sorted(seen) == sorted(town.titles)
    screens.expect_looping(page)
    onward(page)
    expect(page.get_by_role("heading", name="That is all for now")).to_be_in_viewport()


def test_a_correction_stands_before_the_next_video_of_everyone_who_watched(
    town: Town, opens: Opens
) -> None:
    ana, ines = town.cast.ana, town.cast.ines
    post_id = life.bring(ana, phone_clip(shade=200), title="Inhalers")
    ana.patch(f"studio/posts/{post_id}", {"visibility": "unlisted"})  # no other test meets it
    version_id = life.see_through(ana, ines, post_id)

    ben = town.newcomer("ben")
    pages = [opens(PHONE), opens(DESKTOP), opens(PHONE, ben), opens(DESKTOP, town.newcomer("cleo"))]
    for page in pages:
        page.goto(f"/p/{post_id}")
        screens.expect_playing(page, "Inhalers")
    plain = opens(PHONE, scripts=False)
    plain.goto(f"/v/{post_id}")
    expect(plain.get_by_role("heading", name="Inhalers")).to_be_visible()
    expect(plain.locator("video source")).to_have_attribute("src", re.compile(r"clip\.mp4$"))

    notice_id = life.correct(ana, version_id)
    guest_phone, guest_desk, ben_phone, cleo_desk = pages
    guest_phone.reload()
    screens.swipe(ben_phone)
    guest_desk.keyboard.press("ArrowDown")
    cleo_desk.goto("/")
    for page in pages:
        expect(screens.must_see(page)).to_contain_text(RIGHT)
        screens.expect_silence(page)
    _reads_by_keys(guest_desk)
    for page in (guest_phone, ben_phone, cleo_desk):
        screens.read(page)
    for page in pages:
        expect(screens.clip(page)).to_be_visible()
        page.reload()
        expect(screens.clip(page)).to_be_visible()
        expect(screens.must_see(page)).to_have_count(0)

    plain.reload()
    expect(plain.get_by_role("heading", name=re.compile(RIGHT))).to_be_visible()
    expect(plain.locator("video")).to_have_count(0)
    plain.get_by_role("button", name="I have read this").click()
    expect(plain.get_by_role("heading", name="Inhalers")).to_be_visible()
    plain.goto(f"/notices/{notice_id}/coverage")
    assert screens.coverage(plain)["have read it"] == 5


def _reads_by_keys(page: Page) -> None:
    """Nothing but the button leads away from the card, and keys reach it."""
    card = screens.must_see(page)
    for key in ("Escape", "ArrowDown", "Escape"):
        page.keyboard.press(key)
        expect(card).to_be_visible()
    button = card.get_by_role("button", name="I have read this")
    for _ in range(6):
        if button.evaluate("(it) => it === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card).to_have_count(0)


def test_all_of_the_feed_can_be_done_by_keys(town: Town, opens: Opens) -> None:
    page = opens(DESKTOP, town.newcomer("kim"))
    page.goto(f"/p/{town.post_id}")
    screens.expect_playing(page, town.titles[0])
    clip = screens.clip(page)
    caption = clip.get_by_text("Wash your hands for twenty seconds.")
    expect(caption).to_be_visible()
    page.keyboard.press("t")
    expect(caption).to_have_count(0)
    page.keyboard.press(" ")
    expect(clip.get_by_role("button", name="Play", exact=True)).to_be_visible()
    screens.expect_silence(page)
    page.keyboard.press(" ")
    screens.expect_playing(page, town.titles[0])
    page.keyboard.press("m")
    expect(clip.get_by_role("button", name="Sound", exact=True)).to_be_visible()
    page.keyboard.press("l")
    expect(clip.get_by_role("button", name=re.compile("^Like, "))).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("f")
    expect(clip.get_by_role("button", name="Following", exact=True)).to_be_visible()
    page.keyboard.press("w")
    expect(page.get_by_role("dialog")).to_contain_text("Why you see this video")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.get_by_label("Write a comment").focus()
    page.keyboard.type("Typed without a mouse")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary").get_by_text("Typed without a mouse")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Next video")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(clip).to_have_attribute("aria-posinset", "2")
    page.keyboard.press("ArrowUp")
    expect(clip).to_have_attribute("aria-posinset", "1")


def test_a_comment_that_is_too_long_is_refused_and_kept(town: Town, opens: Opens) -> None:
    page = opens(DESKTOP, town.newcomer("lou"))
    page.goto(f"/p/{town.post_id}")
    screens.clip(page).get_by_role("button", name=re.compile(r"\d comments?$")).click()
    box = page.get_by_label("Write a comment")
    box.fill("a" * 10_000)
    expect(page.get_by_text("A comment may have 2,000 characters.")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    page.reload()
    screens.clip(page).get_by_role("button", name=re.compile(r"\d comments?$")).click()
    expect(box).to_have_value("a" * 10_000)
