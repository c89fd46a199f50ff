"""Boxes go along with the light within them, and nowhere once it is gone."""

import numpy as np
from PIL import Image

from drawn import words
from wardcast.check.eyes.moving import moved
from wardcast.check.place import Box

SIZE = (540, 960)
BOX = Box(40, 100, 480, 160)


def grey(*lines: tuple[str, tuple[int, int]]) -> np.ndarray:
    picture = Image.new("RGB", SIZE, (70, 90, 100))
    for text, at in lines:
        words(picture, text, at)
    return np.asarray(picture.convert("L"))


def test_a_box_goes_along_with_its_words() -> None:
    before, after = grey(("About Beatrice", (40, 100))), grey(("About Beatrice", (46, 103)))
    (now,) = moved(before, after, [BOX], 1.0, SIZE)
    assert (now.left - BOX.left, now.top - BOX.top) == (6, 3)


def test_a_box_stays_once_its_words_are_gone_and_others_stand_elsewhere() -> None:
    """Points of what is gone are found in whatever looks a little like it."""
    before = grey(("About Beatrice", (40, 100)), ("Wash your hands", (40, 180)))
    after = grey(("Wash your hands", (40, 180)), ("Patient Thompson", (150, 60)))
    assert moved(before, after, [BOX], 1.0, SIZE) == [BOX]
