"""What an author gives a clip besides its pictures: captions in languages, and a cover."""

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

import life
from browsers import DESKTOP, PHONE
from check.adapters.voices import speech
from clips import COUNTED_FPS, counted_clip, number_on
from e2e import screens
from e2e.conftest import Opens, running
from house import House, Person

pytestmark = pytest.mark.browser

SAID = "Keep your blue inhaler with you. Wash your hands."
GERMAN = """WEBVTT

00:00.000 --> 00:03.000
Zwanzig Sekunden Hände waschen.
"""


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[life.Cast]:
    with running(Path(tmp_path_factory.mktemp("dressing"))) as house:
        yield life.move_in(house)


@pytest.fixture(scope="module")
def house(cast: life.Cast) -> House:
    """The house that these tests share."""
    return cast.house


def _spoken_clip(folder: Path) -> bytes:
    (folder / "voice.pcm").write_bytes(speech(SAID))
    out = folder / "clip.mp4"
    subprocess.run(
        [
            *"ffmpeg -nostdin -v error -y -f lavfi".split(),
            *"-i testsrc2=size=360x640:rate=10:duration=6".split(),
            *("-f", "s16le", "-ar", "16000", "-ac", "1", "-i", str(folder / "voice.pcm")),
            *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -shortest".split(),
            str(out),
        ],
        check=True,
    )
    return out.read_bytes()


def _focus(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.textContent.trim()"))


def test_captions_proposed_of_what_was_typed_are_taken_by_their_author(
    cast: life.Cast, opens: Opens, tmp_path: Path
) -> None:
    post_id = life.upload(cast.ana, _spoken_clip(tmp_path))
    page = opens(DESKTOP, cast.ana)
    page.goto(f"/studio/p/{post_id}")
    page.get_by_label("What is said").fill(SAID)
    page.get_by_role("button", name="Make captions of what I typed as said").click()
    page.get_by_role("button", name="Use these captions").click(timeout=screens.AT_WORK_MS)
    region = page.get_by_role("region", name="Captions")
    words = region.get_by_role("textbox", name="Words")
    expect(words.first).to_have_value("Keep your blue inhaler with you.")
    expect(region.get_by_text("Saved", exact=True)).to_be_visible()
    kept = cast.ana.get(f"studio/posts/{post_id}")["captions"]
    assert [(each["language"], each["spoken"]) for each in kept] == [("en", True)]
    assert "Wash your hands." in kept[0]["webvtt"]


def test_a_second_language_begins_with_the_times_of_the_first(
    cast: life.Cast, opens: Opens
) -> None:
    post_id = life.upload(cast.ana, counted_clip(4, grain=1))
    life.describe(cast.ana, post_id)
    page = opens(DESKTOP, cast.ana)
    page.goto(f"/studio/p/{post_id}")
    region = page.get_by_role("region", name="Captions")
    expect(region.get_by_role("button", name="English", exact=True)).to_be_visible()
    expect(region.get_by_text("Begin with the times of")).to_have_count(0)
    region.get_by_label("Add a language").select_option("de")
    region.get_by_role("button", name="Begin with the times of English").click()
    words = region.get_by_role("textbox", name="Words")
    expect(words).to_have_count(2)
    words.first.fill("Zwanzig Sekunden Hände waschen.")
    words.last.fill("Auch die Daumen.")
    expect(region.get_by_text("Saved", exact=True)).to_be_visible()
    kept = {each["language"]: each for each in _captions(cast.ana, post_id)}
    assert kept["de"]["webvtt"].count("-->") == kept["en"]["webvtt"].count("-->") == 2
    for gone, focus in (("Deutsch", "English"), ("English", "Add a line at")):
        region.get_by_role("button", name=f"Remove captions in {gone}").press("Enter")
        expect(region.get_by_role("button", name=f"Remove captions in {gone}")).to_have_count(0)
        assert _focus(page).startswith(focus)
    assert _captions(cast.ana, post_id) == []


def _captions(author: Person, post_id: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = author.get(f"studio/posts/{post_id}")["captions"]
    return found


def test_the_cover_that_was_chosen_is_the_poster_and_viewers_choose_their_language(
    cast: life.Cast, opens: Opens
) -> None:
    ana, ines = cast.ana, cast.ines
    post_id = life.upload(ana, counted_clip(8))
    life.describe(ana, post_id, title="Twenty seconds")
    ana.put(f"studio/posts/{post_id}/captions/de", {"text": GERMAN})
    page = opens(DESKTOP, ana)
    page.goto(f"/studio/p/{post_id}")
    strip = page.get_by_role("group", name="Pictures of the video")
    expect(strip).to_be_visible(timeout=screens.AT_WORK_MS)
    chosen = strip.get_by_role("button").nth(3)
    chosen.click()
    expect(chosen).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Take the picture at").click()
    cover = page.get_by_role("region", name="Cover")
    expect(cover.get_by_role("button", name="Leave it to the house")).to_be_visible()
    expect(cover.get_by_text("it is taken once")).to_have_count(0, timeout=screens.AT_WORK_MS)
    at_ms = ana.get(f"studio/posts/{post_id}")["cover"]["at_ms"]
    assert at_ms > 500
    ana.post(f"studio/posts/{post_id}/check")
    life.see_through(ana, ines, post_id)

    viewer = opens(PHONE)
    viewer.goto(f"/v/{post_id}")
    poster = viewer.locator("video").get_attribute("poster")
    assert poster
    picture = Image.open(io.BytesIO(viewer.request.get(poster).body()))
    assert abs(number_on(picture) - at_ms / 1000 * COUNTED_FPS) <= 2

    viewer.goto(f"/p/{post_id}")
    screens.expect_playing(viewer, "Twenty seconds")
    clip = screens.clip(viewer)
    clip.get_by_role("button", name="Captions").click()
    sheet = viewer.get_by_role("dialog", name="Captions")
    sheet.get_by_text("Deutsch").click()
    sheet.get_by_role("button", name="Close").click()
    german = clip.get_by_text("Zwanzig Sekunden Hände waschen.")
    expect(german).to_be_visible()
    assert german.evaluate("(it) => it.closest('[lang]').lang") == "de"
    viewer.reload()
    expect(german).to_be_visible()
    clip.get_by_role("button", name="Captions").click()
    sheet.get_by_text("Off", exact=True).click()
    sheet.get_by_role("button", name="Close").click()
    expect(german).to_have_count(0)
