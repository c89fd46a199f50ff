"""Of what is covered no pixel is left, in any rung, the MP4, the poster or what eyes are shown."""

import io
import subprocess
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

import drawn
from wardcast.gate.edits import Cover, EditList
from wardcast.gate.ladder import ladder_for
from wardcast.gate.picture import covered
from wardcast.gate.pictures import Picture, pictures
from wardcast.gate.probe import probe
from wardcast.gate.render import render
from wardcast.gate.source import BytesSource

SIZE = (362, 642)
BOX = (101, 203, 187, 277)
"""Odd edges, as a face has."""
COVER = Cover(1_000, 2_000, 100, 202, 188, 278)
EDITS = EditList(covers=(COVER,))


def draw(picture: Image.Image, now: float) -> None:
    picture.paste((255, 40, 200), BOX)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> BytesSource:
    path = tmp_path_factory.mktemp("covers") / "clip.mp4"
    return BytesSource(drawn.clip(path, 3, draw, size=SIZE, fps=20, ground=(30, 120, 40)))


def loud(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Pixels that still hold some of the covered colour: red or blue well above the ground's."""
    red, blue = picture[:, :, 0].astype(int), picture[:, :, 2].astype(int)
    return (red > 70) | (blue > 80)


def of(data: bytes, tmp_path: Path, size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    path = tmp_path / "made.mp4"
    path.write_bytes(data)
    words = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-f", "rawvideo"]
    raw = subprocess.run([*words, "-pix_fmt", "rgb24", "-"], check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, size[1], size[0], 3)


def test_no_pixel_is_left_in_anything_that_is_made(source: BytesSource, tmp_path: Path) -> None:
    found = probe(source)
    files: dict[str, bytes] = {}
    rungs = ladder_for(found.short_side).rungs
    made = render(
        source, found, EDITS, rungs, poster_ms=1_500,
        sink=lambda name, data: files.update({name: data.read()}),
    )  # fmt: skip
    wholes = [(files["clip.mp4"], rungs[-1].size_of(*SIZE))]
    for each in made.rungs:
        name = each.rung.name
        parts = sorted(n for n in files if n.startswith(f"{name}_") and n.endswith(".m4s"))
        whole = files[f"{name}_init.mp4"] + b"".join(files[part] for part in parts)
        wholes.append((whole, each.rung.size_of(*SIZE)))
    assert len(wholes) >= 2
    for data, size in wholes:
        shown = of(data, tmp_path, size)
        assert len(shown) == 60
        for number, picture in enumerate(shown):
            inside = 20 <= number < 40
            if inside:
                assert not loud(picture).any(), number
            elif number < 19 or number >= 40:
                assert loud(picture).any(), number
    with Image.open(io.BytesIO(files["poster.jpg"])) as poster:
        assert not loud(np.asarray(poster.convert("RGB"))).any()


@pytest.mark.parametrize("side", [1_920, 320, 200])
def test_eyes_are_shown_what_viewers_get(source: BytesSource, side: int) -> None:
    shown: list[Picture] = []
    pictures(source, probe(source), every_ms=100, see=shown.append, edits=EDITS, side=side)
    for each in shown:
        half = each.width * each.height // 4
        tints = np.frombuffer(each.planes, np.uint8, 2 * half, each.width * each.height)
        left = bool((tints[half:].astype(int) > 150).any())
        if 1_000 <= each.at_ms < 2_000:
            assert not left, each.at_ms
        else:
            assert left or each.at_ms == 900, each.at_ms


def test_boxes_reach_outward_to_even_pixels(source: BytesSource) -> None:
    found = probe(source)
    (step,) = covered([Cover(0, 500, 101, 203, 187, 277)], found, SIZE)
    assert "x=100:y=202:w=88:h=76:" in step
    (step,) = covered([Cover(0, 500, 0, 1, 362, 642)], found, (180, 320))
    assert step.startswith("drawbox=x=0:y=0:w=")


def test_many_boxes_render(source: BytesSource) -> None:
    boxes = tuple(
        Cover(n * 20, n * 20 + 20, n % 100 * 2, 0, n % 100 * 2 + 50, 60) for n in range(150)
    )
    shown: list[Picture] = []
    edits = EditList(covers=tuple(sorted(boxes)))
    assert pictures(source, probe(source), every_ms=500, see=shown.append, edits=edits) == 6
