"""The screens themselves: for all hands, eyes and ears, and for what people do by mistake."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import life
from browsers import DESKTOP, PHONE
from clips import phone_clip
from e2e import screens
from e2e.conftest import Opens, Town
from house import House

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def house(town: Town) -> House:
    """The house that these tests share."""
    return town.cast.house


@pytest.fixture(scope="session")
def asked(town: Town) -> dict[str, Any]:
    """Ana's lesson that Ines is asked about: its report, and Ines's duty."""
    ana, ines = town.cast.ana, town.cast.ines
    post_id = life.bring(ana, phone_clip(shade=230), title="Asked about")
    found = life.report(ana, post_id)
    version_id = found["version"]["id"]
    life.attest(ana, ines, version_id)
    life.ask(ana, ines, version_id)
    duty = next(each for each in ines.get("duties")["rehearse"] if each["version_id"] == version_id)
    return {"post": post_id, "rehearsal": duty["rehearsal_id"]}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_screen_bars_anybody(
    town: Town, asked: dict[str, Any], opens: Opens, size: tuple[int, int]
) -> None:
    guest, ana, ines = opens(size), opens(size, town.cast.ana), opens(size, town.cast.ines)
    guest.goto("/")
    expect(screens.clip(guest)).to_be_visible()
    complaints = _barriers(guest, "feed")
    guest.goto("/accounts/login/")
    complaints += _barriers(guest, "sign-in")
    guest.goto("/accounts/signup/")
    complaints += _barriers(guest, "sign-up")
    ana.goto(f"/studio/p/{asked['post']}/report")
    expect(ana.get_by_text("Nothing left to answer · speech not checked")).to_be_visible()
    complaints += _barriers(ana, "report")
    for address, heading in (
        ("/studio", "Your videos"),
        ("/studio/new", "New video"),
        (f"/studio/p/{asked['post']}", "Asked about"),
        (f"/studio/p/{town.post_id}/correct", "Correct this post"),
        ("/inbox", "Inbox"),
        ("/me", "Ana"),
    ):
        ana.goto(address)
        expect(ana.get_by_role("heading", level=1, name=heading)).to_be_visible()
        ana.wait_for_load_state("networkidle")
        complaints += _barriers(ana, address)
    ines.goto(f"/rehearse/{asked['rehearsal']}")
    expect(ines.get_by_text("Watch it whole first").first).to_be_visible()
    complaints += _barriers(ines, "rehearsal, not yet watched")
    screens.watch_to_the_end(ines)
    expect(ines.get_by_label("In your words")).to_be_visible()
    complaints += _barriers(ines, "rehearsal")
    assert not complaints, "\n".join(complaints)


def _barriers(page: Page, where: str) -> list[str]:
    """What axe finds on a page that bars somebody."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("() => axe.run()")
    return [
        f"{where}: {each['id']} ({each['impact']}): {each['nodes'][0]['html'][:200]} "
        f"{each['nodes'][0]['failureSummary']}"
        for each in found["violations"]
        if each["impact"] in _GRAVE
    ]


def test_the_card_before_any_video_bars_nobody(town: Town, opens: Opens) -> None:
    ana, ines = town.cast.ana, town.cast.ines
    post_id = life.bring(ana, phone_clip(shade=215), title="To be withdrawn")
    ana.patch(f"studio/posts/{post_id}", {"visibility": "unlisted"})
    version_id = life.see_through(ana, ines, post_id)
    pages = [opens(PHONE), opens(DESKTOP)]
    for page in pages:
        page.goto(f"/p/{post_id}")
        screens.expect_playing(page, "To be withdrawn")
    notice_id = life.correct(ana, version_id, "withdraw")
    complaints = []
    for page in pages:
        page.reload()
        expect(screens.must_see(page)).to_be_visible()
        complaints += _barriers(page, "card")
        page.goto(f"/notices/{notice_id}/coverage")
        complaints += _barriers(page, "proof")
    assert not complaints, "\n".join(complaints)


def test_someone_signs_out_and_in_again(town: Town, opens: Opens) -> None:
    page = opens(PHONE, town.newcomer("sol"))
    screens.sign_out(page)
    screens.sign_in(page, "sol")
    page.goto("/me")
    expect(page.get_by_role("heading", level=1, name="Sol")).to_be_visible()


def test_a_text_that_calls_itself_a_video_is_told_so(town: Town, opens: Opens) -> None:
    page = opens(DESKTOP, town.cast.ana)
    page.goto("/studio/new")
    screens.choose_file(page, b"Notes of the day, and no video at all.\n" * 20, "notes.mp4")
    expect(page.get_by_text("This file is a text, not a video.")).to_be_visible()
    expect(page.get_by_role("button", name="Choose another file")).to_be_visible()
    page.goto("/studio")
    expect(page.get_by_role("heading", name="Your videos")).to_be_visible()
    expect(page.get_by_text("notes.mp4")).to_have_count(0)


def test_a_clip_that_was_brought_before_leads_to_the_one_that_is_there(
    town: Town, opens: Opens
) -> None:
    page = opens(PHONE, town.cast.ana)
    page.goto("/studio/new")
    screens.choose_file(page, phone_clip(shade=60), "again.mp4")
    expect(page.get_by_text("You have uploaded this very file before.")).to_be_visible()
    page.get_by_role("link", name=f"Open “{town.titles[0]}”").click()
    expect(page).to_have_url(re.compile(f"/studio/p/{town.post_id}$"))


def test_a_link_to_a_video_needs_no_scripts(town: Town, opens: Opens) -> None:
    page = opens(PHONE, scripts=False)
    page.goto(f"/v/{town.post_id}")
    expect(page.get_by_role("heading", name=town.titles[0])).to_be_visible()
    expect(page.get_by_text("Physician, pneumology")).to_be_visible()
    video = page.locator("video")
    expect(video).to_have_attribute("poster", re.compile("poster"))
    assert page.request.get(str(video.get_attribute("poster"))).ok
    source = str(video.locator("source").get_attribute("src"))
    assert page.request.get(source, headers={"Range": "bytes=0-99"}).status == 206
