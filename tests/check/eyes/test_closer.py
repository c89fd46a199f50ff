"""Small print is read where a picture is too large to be read whole, and not twice for nothing."""

import random

import numpy as np
import pytest
from PIL import Image, ImageDraw

import drawn
from wardcast.check.adapters import reader
from wardcast.check.adapters.planes import Colour
from wardcast.check.eyes.closer import Closer
from wardcast.check.eyes.forms import form_in
from wardcast.check.place import Box

SIZE = (1080, 1920)
WHOLE = (Box(0, 0, *SIZE),)
BAND = "HALL, Margaret\nDOB 14/03/1944 F\nMRN 00447291 Ward 7B"


def picture(turned: float, at: tuple[int, int] = (200, 800)) -> Colour:
    shown = Image.new("RGB", SIZE, (70, 90, 100))
    drawn.words(shown, BAND, at, 16, turned)
    return np.asarray(shown)[:, :, ::-1].copy()


@pytest.mark.parametrize("turned", [0, 14, -20, 90])
def test_letters_of_sixteen_pixels_are_read(turned: float) -> None:
    read = " ".join(line.text for line in Closer().lines(picture(turned), 0, WHOLE))
    for word in ("Margaret", "03/1944", "00447291"):
        assert word in read


def test_what_looks_the_same_is_not_looked_at_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    closer, read = Closer(), reader.read
    count = 0

    def counted(cut: Colour) -> list[reader.Read]:
        nonlocal count
        count += 1
        return read(cut)

    monkeypatch.setattr(reader, "read", counted)
    first = closer.lines(picture(0), 0, WHOLE)
    assert count == 1
    assert closer.lines(picture(0), 500, WHOLE) == first
    assert count == 1
    closer.lines(picture(0, (230, 860)), 1_000, WHOLE)
    assert count == 2


def test_where_nothing_was_found_is_looked_at_again_once_there_is_more() -> None:
    noise = picture(0)
    some = random.Random(3)
    for _ in range(60):
        x, y = some.randint(200, 420), some.randint(800, 870)
        noise[y : y + 4, x : x + 3] = some.randint(0, 255)
    noise[780:900, 190:480] = noise[780:900, 190:480][::-1, some.sample(range(290), 290)]
    closer = Closer()
    closer.lines(noise, 0, WHOLE)
    read = " ".join(line.text for line in closer.lines(picture(0), 2_000, WHOLE))
    assert "00447291" in read


def test_a_head_is_not_read_as_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Image.new("RGB", SIZE, (70, 90, 100))
    shown.paste(drawn.somebody(520), (300, 420))
    drawn.words(shown, "Wash your hands", (120, 1500), 56)
    tried: list[reader.Place] = []
    line = reader.line

    def noted(picture: Colour, place: reader.Place) -> reader.Read | None:
        tried.append(place)
        return line(picture, place)

    monkeypatch.setattr(reader, "line", noted)
    area = Box(240, 360, 900, 1020)
    found = Closer().lines(
        np.asarray(shown)[:, :, ::-1].copy(), 0, (area, Box(0, 1400, 1080, 1700))
    )
    assert any(
        place.high > 300 for place in reader.find(np.asarray(shown)[:, :, ::-1].copy(), area)
    )
    assert [each.text for each in found] == ["Wash your hands"]
    assert all(place.high < 300 for place in tried)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("SpO2 97 %\nHR 72 bpm", True),
        ("HR 88\nSp02 97%\nNIBP 120/80", True),
        ("HR 72", False),
        ("HR 0.75 (95% CI 0.61-0.93), RR 0.80 (95% CI 0.7-0.9)", False),
        ("Temperature and resp rate matter", False),
    ],
)
def test_a_monitor_is_known_by_its_signs(text: str, is_one: bool) -> None:
    form = form_in(text)
    assert (form.is_one, form.is_sure) == (is_one, False)


def test_the_edge_of_a_box_is_no_word_of_another_language() -> None:
    shown = Image.new("RGB", (720, 960), (255, 255, 255))
    ImageDraw.Draw(shown).rectangle((120, 300, 270, 330), (0, 0, 0))
    picture = np.asarray(shown)[:, :, ::-1].copy()
    found = Closer().lines(picture, 0, (Box(0, 0, 720, 960),))
    assert not [each.text for each in found if any(letter.isalpha() for letter in each.text)]
