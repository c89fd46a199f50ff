"""The report as one page: words escaped, nothing asked of the network, chosen by keys."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsers import DESKTOP, context_for
from check.adapters.voices import clip_saying
from wardcast.check import Finding, Report, Severity, examine_text
from wardcast.check.report import ChannelState
from wardcast.check.shown.page import as_page
from wardcast.check.shown.subject import Subject
from wardcast.check.span import TextSpan
from wardcast.project.cli import main

HOSTILE = "<script>alert(1)</script> \"'&  \ud800 </style> ]]> \x00 שלום"
SAID = "My patient Harold Baker came in with a cough. He went home the next morning."
VTT = f"WEBVTT\n\n00:00.200 --> 00:02.700\n{SAID[:45]}\n\n00:02.700 --> 00:04.400\n{SAID[46:]}\n"


def hostile() -> tuple[Report, Subject]:
    finding = Finding(
        "0" * 20, "name", "title", TextSpan(0, len(HOSTILE)), None, Severity.BLOCK, 0.9, HOSTILE,
        HOSTILE, HOSTILE, HOSTILE, HOSTILE, ("mute",),
    )  # fmt: skip
    report = Report((finding,), (ChannelState("title", "not_checked", HOSTILE, HOSTILE),))
    return report, Subject(HOSTILE, {"title": HOSTILE}, 1_000)


def test_every_word_is_escaped_and_the_page_is_plain_letters() -> None:
    page = as_page(*hostile(), copy=b"\0\1")
    assert "<script>alert" not in page
    assert page.isascii()
    assert "\x00" not in page
    assert page.count("<script") == page.count("</script>") == 3
    assert page.count("<style>") == page.count("</style>") == 1
    told = re.search(r'id="told">(.*?)</script>', page, re.DOTALL)
    assert told
    assert json.loads(told[1])["duration"] == 1_000
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not re.search(r"(?:src|href)=", page)


def test_words_that_several_findings_cover_are_marked_by_the_shortest() -> None:
    text = "My patient Harold Okafor, in room 412."
    report = examine_text(text, channel="caption")
    page = as_page(report, Subject("a.txt", {"caption": text}))
    marks = re.findall(r'<mark class="(\w+)" data-id="(\w+)">([^<]+)</mark>', page)
    assert [(weight, words) for weight, _, words in marks] == [
        (each.severity.value, each.text) for each in report.findings
    ]
    assert "<video" not in page


@pytest.mark.browser
def test_a_browser_shows_the_clip_and_chooses_in_all_places_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], chromium: Browser
) -> None:
    clip, captions = tmp_path / "clip.mp4", tmp_path / "said.vtt"
    clip.write_bytes(clip_saying(SAID, tmp_path))
    captions.write_text(VTT)
    assert main(["check", str(clip), "--captions", str(captions), "--format", "html"]) == 1
    page_file = tmp_path / "report.html"
    page_file.write_text(capsys.readouterr().out)
    page = context_for(chromium, page_file.as_uri(), DESKTOP).new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url.split(":")[0]))
    page.goto(page_file.as_uri())
    page.wait_for_function("document.querySelector('video').readyState >= 2")
    assert page.evaluate("document.querySelector('video').videoWidth") == 90
    page.keyboard.press("j")
    assert page.locator(".selected").count() == 3  # the card, its mark, its span of time
    assert page.locator("article.selected mark").inner_text() == "Harold Baker"
    assert page.locator(".words mark.selected").inner_text() == "Harold Baker"
    assert page.locator(".lane .selected").get_attribute("aria-pressed") == "true"
    page.wait_for_function("document.querySelector('video').currentTime > 0.5")
    page.locator(".cue button").nth(1).click()
    page.wait_for_function("document.querySelector('video').currentTime > 2.6")
    lane = page.locator(".lane button").first.bounding_box()
    assert lane
    assert lane["width"] > 20
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    assert said == []
    assert set(asked) <= {"file", "blob"}
