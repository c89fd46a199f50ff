"""One post's whole life, played in real browsers by all who have a part in it."""

import re

import pytest
from playwright.sync_api import Page, expect

import life
from browsers import DESKTOP, PHONE
from clips import phone_clip
from e2e import screens
from e2e.conftest import Opens
from house import House, Person

pytestmark = pytest.mark.browser

TITLE = "Twenty seconds"
RIGHT = "Wash for twenty seconds, thumbs too"


def test_a_post_lives_its_whole_life(house: House, opens: Opens) -> None:
    ada, dev, ana, ines = opens(), opens(), opens(), opens()
    for page, name in ((ada, "ada"), (dev, "dev"), (ana, "ana"), (ines, "ines")):
        screens.sign_up(page, name)
    _the_house_is_set_up(house, ada, ana, ines)

    post_id = _ana_uploads(ana)
    _ana_has_it_checked(ana)
    _ana_redacts_what_was_found(ana)
    _two_look_at_what_was_not_checked(ana, ines)
    _ines_is_asked_how_it_lands(ana, ines, post_id)
    _ana_publishes(ana)

    ben, guest = opens(PHONE), opens(DESKTOP)
    screens.sign_up(ben, "ben")
    _ben_watches_on_his_phone(ben)
    _a_guest_watches_at_a_desk(guest)
    _ana_corrects(ana, post_id)
    _the_correction_comes_first(ben, guest, post_id)
    _everyone_is_counted(opens, ana)
    _dev_holds_and_restores(dev, ana, guest, post_id)


def _the_house_is_set_up(house: House, ada: Page, ana: Page, ines: Page) -> None:
    house.manage("createadmin", "--email", "ada@wardcast.example")
    ada.goto("/console")
    screens.verify(ada, "Ana", "pneumology")
    screens.verify(ada, "Ines", "cardiology")
    screens.make_moderator(ada, "Dev")
    screens.follow(ana, "ines")
    screens.follow(ines, "ana")
    # Another clip is there already, so that there is something to go on to.
    author, second = (Person(house, name).sign_in() for name in ("ines", "ana"))
    other = life.bring(author, phone_clip(shade=120), title="Another one", lane="off_duty")
    life.see_through(author, second, other)


def _ana_uploads(ana: Page) -> str:
    ana.goto("/studio/new")
    expect(ana.get_by_text("Up to 3 minutes and 500 MB")).to_be_visible()
    expect(ana.get_by_text("Only you can see this")).to_be_visible()
    screens.slow_network(ana, bytes_per_second=150_000)
    screens.choose_file(ana, phone_clip(), "ward round.mp4")
    expect(ana.get_by_role("progressbar", name="Upload")).to_be_visible()
    expect(ana.get_by_text("Keep this page open")).to_be_visible()
    screens.slow_network(ana, bytes_per_second=-1)
    ana.wait_for_url(re.compile(r"/studio/p/[0-9a-f-]+$"))
    return ana.url.rsplit("/", 1)[1]


def _ana_has_it_checked(ana: Page) -> None:
    screens.write(
        ana,
        title=TITLE,
        text="Wash your hands. Mister Okafor did.",
        captions=life.CAPTIONS.format(line=life.LEAKING),
    )
    ana.get_by_role("button", name="Check for patients").click(timeout=screens.AT_WORK_MS)
    ana.get_by_role("link", name="Read the report").click(timeout=screens.AT_WORK_MS)
    expect(ana.get_by_text("2 identify a patient · 2 to decide")).to_be_visible()
    screens.own_voice(ana)


def _ana_redacts_what_was_found(ana: Page) -> None:
    screens.redact(ana)
    expect(ana.get_by_text("Nothing left to answer · speech not checked")).to_be_visible()
    expect(ana.get_by_role("combobox", name="Version")).to_contain_text("Version 2, the latest")
    expect(screens.findings(ana)).to_have_count(0)
    expect(ana.get_by_text("Okafor")).to_have_count(0)


def _two_look_at_what_was_not_checked(ana: Page, ines: Page) -> None:
    screens.attest(ana, "Ines")
    screens.open_notification(ines, f"Ana.*{TITLE}")
    screens.second_look(ines)


def _ines_is_asked_how_it_lands(ana: Page, ines: Page, post_id: str) -> None:
    ana.goto(f"/studio/p/{post_id}")
    screens.ask_colleague(ana, "Ines")
    ines.goto("/rehearse")
    ines.get_by_role("link", name=re.compile(TITLE)).click()
    screens.answer_rehearsal(ines, "I would show it to my ward.")


def _ana_publishes(ana: Page) -> None:
    screens.publish(ana)
    expect(ana.get_by_text("Public since")).to_be_visible()


def _ben_watches_on_his_phone(ben: Page) -> None:
    ben.goto("/")
    screens.go_to(ben, TITLE, screens.swipe)
    screens.expect_playing(ben, TITLE)
    clip = screens.clip(ben)
    expect(clip.get_by_text("pneumology · checked")).to_be_visible()
    expect(clip.get_by_text("Wash your hands for twenty seconds.")).to_be_visible()
    screens.expect_looping(ben)

    clip.get_by_role("button", name="Like, 0 likes").tap()
    expect(clip.get_by_role("button", name="Like, 1 like")).to_be_visible()
    clip.get_by_role("button", name="Follow", exact=True).tap()
    expect(clip.get_by_role("button", name="Following", exact=True)).to_be_visible()
    clip.get_by_role("button", name="Why this?").tap()
    expect(ben.get_by_role("dialog")).to_contain_text("It passed the rehearsal")
    ben.get_by_role("button", name="Close").tap()
    clip.get_by_role("button", name="0 comments").tap()
    ben.get_by_label("Write a comment").fill("Do gloves help?")
    ben.get_by_role("button", name="Send").tap()
    expect(ben.get_by_role("dialog").get_by_text("Do gloves help?")).to_be_visible()
    ben.get_by_role("button", name="Close").tap()
    expect(clip.get_by_role("button", name="1 comment")).to_be_visible()


def _a_guest_watches_at_a_desk(guest: Page) -> None:
    guest.goto("/")
    screens.go_to(guest, TITLE, lambda page: page.keyboard.press("ArrowDown"))
    screens.expect_playing(guest, TITLE)
    screens.expect_looping(guest)
    guest.get_by_role("button", name="1 comment").click()
    expect(guest.get_by_text("Do gloves help?")).to_be_visible()
    expect(guest.get_by_role("link", name="Sign in to comment")).to_be_visible()
    guest.keyboard.press("Escape")


def _ana_corrects(ana: Page, post_id: str) -> None:
    screens.correct(
        ana,
        post_id,
        right=RIGHT,
        wrong="I said that ten seconds are enough.",
        apology="I mixed it up and may have left you with unwashed hands. I am sorry.",
    )


def _the_correction_comes_first(ben: Page, guest: Page, post_id: str) -> None:
    ben.reload()
    guest.keyboard.press("ArrowDown")  # the next clip, or the end of the session
    for page in (ben, guest):
        card = screens.must_see(page)
        expect(card.get_by_role("heading", name=RIGHT)).to_be_visible()
        expect(card).to_contain_text("I said that ten seconds are enough.")
        screens.expect_silence(page)
        card.get_by_role("button", name="I have read this").click()
        expect(card).to_have_count(0)
    for page in (ben, guest):
        page.reload()
        expect(screens.clip(page)).to_be_visible()
        expect(screens.must_see(page)).to_have_count(0)
    # The clip stays, and says that it was corrected.
    ben.goto(f"/p/{post_id}")
    screens.expect_playing(ben, TITLE)
    expect(screens.clip(ben).get_by_role("link", name=re.compile("^Corrected"))).to_be_visible()


def _everyone_is_counted(opens: Opens, ana: Page) -> None:
    # Ben and the guest have read it. Ines, who heard the clip before, has not been back.
    ana.get_by_role("link", name="See who has got it").click()
    ana.wait_for_url(re.compile("/coverage$"))
    plain = opens(PHONE, scripts=False)
    plain.goto(ana.url)
    for page in (ana, plain):
        assert screens.coverage(page) == {
            "have read it": 2,
            "saw the card": 0,
            "have not been back: it waits for them": 1,
            "cannot be reached": 0,
            "together": 3,
        }
        expect(page.get_by_text("3 = 2 + 0 + 1 + 0")).to_be_visible()


def _dev_holds_and_restores(dev: Page, ana: Page, guest: Page, post_id: str) -> None:
    guest.goto(f"/p/{post_id}")
    screens.expect_playing(guest, TITLE)
    media = guest.request.get(f"/api/v1/posts/{post_id}").json()["card"]["media"]
    files = [media[kind] for kind in ("mp4", "hls", "poster")]
    files += [track["url"] for track in media["captions"]]
    assert len(files) == 4
    assert all(guest.request.get(file).ok for file in files)

    dev.goto("/console")
    dev.get_by_role("radio", name="Public").check()
    dev.get_by_role("button", name=re.compile(TITLE)).click()
    dev.get_by_role("button", name="Hold it").click()
    dev.get_by_label("Reason").fill("The second sentence can be misread.")
    dev.get_by_role("button", name="Hold the post").click()
    expect(dev.get_by_text("The post is held.")).to_be_visible()
    assert [guest.request.get(file).status for file in files] == [404] * 4
    ana.goto(f"/studio/p/{post_id}")
    expect(ana.get_by_role("blockquote")).to_have_text("The second sentence can be misread.")
    expect(ana.get_by_text("Held by Dev")).to_be_visible()
    # It leaves the screen on which it was playing all the while.
    expect(guest.get_by_role("heading", name=TITLE)).to_have_count(0, timeout=60_000)
    guest.goto(f"/p/{post_id}")
    expect(guest.get_by_role("link", name="Go to the feed")).to_be_visible()

    dev.get_by_role("radio", name="Held").check()  # the post is still the chosen one
    dev.get_by_role("button", name="Restore it").click()
    dev.get_by_label("Reason").fill("It reads well now.")
    dev.get_by_role("button", name="Restore the post").click()
    expect(dev.get_by_text("The post plays again.")).to_be_visible()
    guest.goto(f"/p/{post_id}")
    screens.expect_playing(guest, TITLE)
