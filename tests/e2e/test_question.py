"""Hours after they read a correction, some are asked once whether it arrived."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

import life
from browsers import DESKTOP, PHONE
from clips import phone_clip
from e2e import screens
from e2e.conftest import Opens, Town
from house import House

pytestmark = pytest.mark.browser

RIGHT, WRONG = "Two puffs each morning, all year", "Leave it in the summer"

# The cohort is sealed, with everybody drawn, and what was read is nine hours old: a house takes its
# time, and a test has none.
_NINE_HOURS_LATER = """
import os
os.environ["WARDCAST_CHECK_SHARE"] = "1"
from django.db.models import F
from wardcast.platform import config
from wardcast.recall import actions, models
config.current.cache_clear()
actions.seal("{notice}")
models.Receipt.objects.filter(notice="{notice}").update(
    acknowledged_at=F("acknowledged_at") - 9 * 3_600_000
)
"""


@pytest.fixture(scope="module")
def house(town: Town) -> House:
    """The house that these tests share."""
    return town.cast.house


def test_who_read_a_correction_is_asked_once_later_and_may_leave_it_out(
    town: Town, opens: Opens
) -> None:
    ana, ines = town.cast.ana, town.cast.ines
    post_id = life.bring(ana, phone_clip(shade=150), title="Puffs")
    ana.patch(f"studio/posts/{post_id}", {"visibility": "unlisted"})  # no other test meets it
    life.see_through(ana, ines, post_id)
    ben, guest = opens(DESKTOP, town.newcomer("bela")), opens(PHONE)
    for page in (ben, guest):
        page.goto(f"/p/{post_id}")
        screens.expect_playing(page, "Puffs")

    notice = _ana_corrects(opens(DESKTOP, ana), post_id)
    for page in (ben, guest):
        page.goto("/")
        screens.read(page)
        page.reload()
        expect(screens.clip(page)).to_be_visible()
        expect(_card(page)).to_have_count(0)

    town.cast.house.manage("shell", "-c", _NINE_HOURS_LATER.format(notice=notice))
    _ben_answers_by_keys(ben)
    _the_guest_leaves_it_out(guest)
    proof = opens(DESKTOP, scripts=False)
    proof.goto(f"/notices/{notice}/coverage")
    expect(proof.get_by_text("Asked so far: 2; answered: 1.")).to_be_visible()
    expect(proof.get_by_text("That is too few to tell.")).to_be_visible()


def _ana_corrects(page: Page, post_id: str) -> str:
    page.goto(f"/studio/p/{post_id}/correct")
    page.get_by_role("checkbox", name=re.compile("^Ask some of them later")).check()
    page.get_by_role("textbox", name="The right statement").fill(RIGHT)
    page.get_by_role("textbox", name="A wrong one", exact=True).fill(WRONG)
    page.get_by_role("textbox", name="What is right").fill("Take it all year.")
    page.get_by_role("textbox", name="What was wrong").fill("I said only in winter.")
    page.get_by_role("textbox", name="Your apology").fill("I am sorry.")
    page.get_by_role("button", name="Look at it and send").click()
    page.get_by_role("dialog").get_by_role("button", name="Send the correction").click()
    address = page.get_by_role("link", name="See who has got it").get_attribute("href")
    assert address is not None
    return address.split("/")[2]


def _card(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("^One question about a correction"))


def _ben_answers_by_keys(page: Page) -> None:
    page.reload()
    card = _card(page)
    expect(card.get_by_role("radio")).to_have_count(2)
    before = screens.clip(page).get_attribute("aria-posinset")
    card.get_by_role("radio", name=WRONG).focus()
    page.keyboard.press("Space")
    card.get_by_role("radio", name=RIGHT).check()
    assert screens.clip(page).get_attribute("aria-posinset") == before
    card.get_by_role("button", name="Answer").click()
    expect(card.get_by_role("status")).to_have_text("That is right.")
    card.get_by_role("button", name="Close").click()
    expect(card).to_have_count(0)
    _is_asked_no_more(page)


def _the_guest_leaves_it_out(page: Page) -> None:
    page.reload()
    expect(_card(page)).to_be_visible()
    screens.swipe(page)  # the feed goes on below it
    expect(screens.clip(page)).to_have_attribute("aria-posinset", "2")
    _card(page).get_by_role("button", name="Leave it out").click()
    expect(_card(page)).to_have_count(0)
    _is_asked_no_more(page)


def _is_asked_no_more(page: Page) -> None:
    with page.expect_response("**/api/v1/questions/next") as answer:
        page.reload()
    assert answer.value.json() == {"question": None}
    expect(screens.clip(page)).to_be_visible()
    expect(_card(page)).to_have_count(0)
