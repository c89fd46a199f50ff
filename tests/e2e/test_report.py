"""The check's report by the keyboard alone, and the version before beside the one now."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import life
from browsers import DESKTOP, PHONE
from check.adapters.voices import clip_of, speech
from clips import phone_clip
from e2e.conftest import Opens, Town
from house import House, Person

pytestmark = pytest.mark.browser

AT_WORK_MS = 400_000
TITLE = "About Okafor"


@pytest.fixture(scope="module")
def house(town: Town) -> House:
    """The house that these tests share."""
    return town.cast.house


@pytest.fixture(scope="module")
def ana(town: Town) -> Person:
    return town.cast.ana


def leaks(ana: Person, shade: int) -> str:
    """A post whose captions name a patient and a room."""
    post_id = life.upload(ana, phone_clip(shade=shade))
    life.describe(ana, post_id, title=TITLE, line=life.LEAKING)
    life.check(ana, post_id)
    return post_id


@pytest.fixture(scope="module")
def leaking(ana: Person) -> str:
    """The post of the tests that leave it as they found it."""
    return leaks(ana, shade=150)


@pytest.fixture
def to_cut(ana: Person) -> str:
    """A post of the test's own, since a redaction makes another version of it."""
    return leaks(ana, shade=90)


def opened(page: Page, post_id: str) -> Page:
    page.goto(f"/studio/p/{post_id}/report")
    expect(card(page)).to_have_count(1)
    page.wait_for_function("() => document.querySelector('video')?.readyState >= 1")
    return page


def card(page: Page) -> Locator:
    """The finding that is chosen."""
    return page.locator("[data-finding]").filter(
        has=page.locator("button.label[aria-pressed=true]")
    )


def expect_chosen_everywhere(page: Page) -> str:
    """One finding has the focus, and is chosen on the timeline and in the words; gives its id."""
    expect(card(page).locator("button.label")).to_be_focused()
    chosen = str(card(page).get_attribute("data-finding"))
    expect(page.locator(f"[data-span='{chosen}']")).to_have_attribute("aria-pressed", "true")
    return chosen


def test_every_finding_is_met_decided_and_taken_back_by_keys(
    opens: Opens, ana: Person, leaking: str
) -> None:
    page = opened(opens(DESKTOP, ana), leaking)
    keys = page.keyboard
    count = page.locator("[data-finding]").count()
    assert count >= 2
    met = set()
    keys.press("Home")
    met.add(expect_chosen_everywhere(page))
    for _ in range(count - 1):
        keys.press("j")
        met.add(expect_chosen_everywhere(page))
    assert len(met) == count
    keys.press("j")  # it stops at the end
    keys.press("ArrowUp")
    expect_chosen_everywhere(page)
    for _ in range(count):
        if not card(page).get_by_role("button", name="Mute", exact=True).count():
            keys.press("k")
            expect_chosen_everywhere(page)

    mute = card(page).get_by_role("button", name="Mute", exact=True)
    cut = card(page).get_by_role("button", name="Cut it out", exact=True)
    keys.press("m")
    expect(mute).to_have_attribute("aria-pressed", "true")
    keys.press("x")
    expect(cut).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status").filter(has_text="cut out")).to_have_count(1)
    keys.press("u")
    expect(mute).to_have_attribute("aria-pressed", "true")

    keys.press("n")
    note = card(page).get_by_role("textbox")
    expect(note).to_be_focused()
    keys.type("jkxm ?")
    expect(note).to_have_value("jkxm ?")
    card(page).get_by_role("button", name="Cancel").click()
    keys.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_is_said_by_a_key_is_saved_goes_on_and_can_be_taken_back(
    opens: Opens, ana: Person, leaking: str
) -> None:
    page = opened(opens(DESKTOP, ana), leaking)
    keys = page.keyboard
    keys.press("Home")
    first = expect_chosen_everywhere(page)
    keys.press("n")
    expect(card(page).get_by_role("textbox")).to_be_focused()
    keys.type("The porter, who agreed.")
    keys.press("Tab")
    keys.press("Enter")
    marked = page.locator(f"[data-finding='{first}']")
    expect(marked.get_by_role("button", name="Take it back")).to_be_visible()
    assert expect_chosen_everywhere(page) != first
    keys.press("u")
    expect(marked.get_by_role("button", name="Take it back")).to_have_count(0)
    assert expect_chosen_everywhere(page) == first


def test_a_cut_is_seen_before_and_after_in_one_place(
    opens: Opens, ana: Person, to_cut: str
) -> None:
    page = opened(opens(DESKTOP, ana), to_cut)
    keys = page.keyboard
    for finding in page.locator("[data-finding]").all():
        if not finding.get_by_role("button", name="Mute", exact=True).count():
            continue
        finding.locator("button.label").click()
        keys.press("x")
        expect(finding.get_by_text("cut out, sound and picture")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Redact .* and check again")).click()
    before = page.get_by_role("button", name="Version 1, before")
    expect(before).to_be_visible(timeout=AT_WORK_MS)
    length = "() => document.querySelector('video')?.duration < 2.9"
    page.wait_for_function(length, timeout=AT_WORK_MS)

    keys.press("t")
    expect(before).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("group", name="Timeline").get_by_text("Cut out")).to_be_visible()
    page.wait_for_function(
        "() => [...document.querySelectorAll('video')].some((v) => v.duration > 2.9)"
    )
    keys.press("t")
    expect(page.get_by_role("button", name="Version 2, now")).to_have_attribute(
        "aria-pressed", "true"
    )
    keys.press("g")
    page.wait_for_function(
        "() => [...document.querySelectorAll('video')].some((v) => v.currentTime > 0 && !v.paused)"
    )
    page.get_by_role("button", name="Side by side").click()
    expect(page.locator("video")).to_have_count(2)
    page.get_by_role("button", name="Back to the findings").click()
    expect(page.locator("video")).to_have_count(1)


LESSON = (
    "Wash your hands for twenty seconds with soap, between your fingers and under your nails too. "
    "It prevents most infections in hospitals, and it costs nothing. Dry them well, since wet "
    "hands carry more. If your skin cracks, use a cream at night."
)


def test_whose_voices_they_are_is_asked_and_another_one_is_muted(
    opens: Opens, ana: Person, tmp_path: Path
) -> None:
    cough = speech("I have had this cough since last winter and nothing helps me.", "rms")
    clip = clip_of(speech(LESSON) + cough + speech(LESSON), tmp_path)
    post_id = life.upload(ana, clip)
    life.describe(ana, post_id, title="Who speaks")
    life.check(ana, post_id)
    page = opens(PHONE, ana)
    page.goto(f"/studio/p/{post_id}/report")
    who = page.locator("[data-finding]").filter(has_text="Who speaks")
    other = page.locator("[data-finding]").filter(has_text="Another voice")
    expect(other).to_have_count(1)
    expect(who.get_by_role("button", name="Mute", exact=True)).to_have_count(0)
    who.get_by_role("button", name="It is mine").click()
    expect(who.get_by_role("button", name="Take it back")).to_be_visible()
    other.locator("button.label").click()
    other.get_by_role("button", name="Mute", exact=True).click()
    page.get_by_role("button", name=re.compile("^Redact .* and check again")).click()
    expect(page.get_by_role("button", name="Version 1, before")).to_be_visible(timeout=AT_WORK_MS)
    expect(who).to_have_count(1)
    expect(other).to_have_count(0)
