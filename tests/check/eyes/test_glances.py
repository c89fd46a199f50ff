"""Faces are looked for where something moves, and found there as they are in the whole picture."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

import drawn
from wardcast.check.adapters import faces
from wardcast.check.adapters.planes import Colour, Grey
from wardcast.check.eyes.glances import Glances
from wardcast.check.eyes.looking import Eyes
from wardcast.check.place import Box
from wardcast.check.seen import Seen

SIZE = (540, 960)
WHOLE = Box(0, 0, 360, 640)


def light(at: tuple[int, int] | None = None) -> Grey:
    shown = np.full((640, 360), 90, np.uint8)
    if at:
        shown[at[1] : at[1] + 40, at[0] : at[0] + 40] = 200
    return shown


def test_where_nothing_moves_nobody_looks() -> None:
    glances = Glances()
    assert glances.worth(0, light()) == (WHOLE,)
    assert glances.worth(100, light()) == ()
    assert glances.worth(5_000, light()) == ()


def test_what_moves_is_looked_at_and_once_a_second_the_whole() -> None:
    glances = Glances()
    glances.worth(0, light())
    (area,) = glances.worth(100, light((100, 200)))
    assert area.shared(Box(100, 200, 140, 240)) == 40 * 40
    assert area.area < WHOLE.area / 8
    assert glances.worth(200, light((100, 200))) == ()
    assert glances.worth(1_000, light((120, 200))) == (WHOLE,)


def test_what_grows_slowly_is_seen_at_last() -> None:
    glances = Glances()
    glances.worth(0, light())
    assert glances.worth(100, light() + np.uint8(1)) == ()
    assert glances.worth(200, light() + np.uint8(2)) == (WHOLE,)


def looked(draw: Callable[[Image.Image, int], None], pictures: int) -> tuple[Seen, list[int]]:
    """What is seen, and how many pixels were searched for faces each time."""
    eyes = Eyes(SIZE)
    eyes._reads = False
    searched: list[int] = []
    find = faces.find

    def counted(picture: Colour, at_least: float, area: Box | None = None) -> list[faces.Face]:
        searched.append(area.area if area else 0)
        return find(picture, at_least, area)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(faces, "find", counted)
        for number in range(pictures):
            picture = Image.new("RGB", SIZE, (70, 90, 100))
            draw(picture, number)
            eyes.see(number * 100, *SIZE, drawn.planes(picture))
    return eyes.seen(pictures * 100), searched


def test_a_face_that_stays_is_there_while_another_moves() -> None:
    def draw(picture: Image.Image, number: int) -> None:
        picture.paste(drawn.somebody(200), (20, 30))
        picture.paste(drawn.somebody(200), (40 + 12 * number, 700))

    seen, searched = looked(draw, 9)
    assert len(seen.faces) == 2
    assert all(track.at(ms) for track in seen.faces for ms in range(0, 900, 50))
    assert max(searched[1:]) < searched[0] / 2


def test_a_face_that_goes_is_looked_for_in_the_whole_picture() -> None:
    def draw(picture: Image.Image, number: int) -> None:
        if number < 5:
            picture.paste(drawn.somebody(200), (40, 700))

    _, searched = looked(draw, 6)
    assert searched[-1] == searched[0]
