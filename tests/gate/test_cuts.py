"""Of what is cut out neither a picture nor a sound is left, and the rest moves up together."""

import io
import subprocess
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from clips import COUNTED_FPS, counted_clip, number_on
from wardcast.gate.edits import Cover, EditList, Mute, Span
from wardcast.gate.ladder import ladder_for
from wardcast.gate.pictures import Picture, pictures
from wardcast.gate.probe import probe
from wardcast.gate.render import Rendered, render
from wardcast.gate.source import BytesSource

LENGTH = 6_000
CUTS = (Span(0, 400), Span(1_500, 2_300), Span(5_000, 6_000))
EDITS = EditList((Mute(3_000, 3_600),), CUTS, (Cover(2_800, 4_000, 0, 300, 100, 400),))
LEFT = LENGTH - 2_200
FRAME = 1000 / COUNTED_FPS
Shown = npt.NDArray[np.uint8]


@pytest.fixture(scope="module")
def made() -> tuple[Rendered, dict[str, bytes]]:
    source = BytesSource(counted_clip(6))
    found = probe(source)
    files: dict[str, bytes] = {}
    rungs = ladder_for(found.short_side).rungs[:1]
    rendered = render(
        source, found, EDITS, rungs, sink=lambda name, data: files.update({name: data.read()})
    )
    return rendered, files


def numbers(clip: bytes, folder: Path, size: tuple[int, int]) -> list[int]:
    """Which pictures of the original are shown, one after another."""
    path = folder / "made.mp4"
    path.write_bytes(clip)
    words = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-f", "rawvideo"]
    raw = subprocess.run([*words, "-pix_fmt", "rgb24", "-"], check=True, capture_output=True).stdout
    shown: Shown = np.frombuffer(raw, np.uint8).reshape(-1, size[1], size[0], 3)
    return [number_on(Image.fromarray(each)) for each in shown]


def levels(clip: bytes, folder: Path) -> npt.NDArray[np.float64]:
    """How loud each ten milliseconds are."""
    path = folder / "heard.mp4"
    path.write_bytes(clip)
    words = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-ac", "1", "-ar", "48000"]
    raw = subprocess.run([*words, "-f", "s16le", "-"], check=True, capture_output=True).stdout
    heard = np.frombuffer(raw, np.int16).astype(float)
    return np.abs(heard[: len(heard) // 480 * 480]).reshape(-1, 480).max(axis=1)


def test_no_picture_of_a_cut_is_left_and_the_others_come_when_they_must(
    made: tuple[Rendered, dict[str, bytes]], tmp_path: Path
) -> None:
    rendered, files = made
    shown = numbers(files["clip.mp4"], tmp_path, (rendered.width, rendered.height))
    assert abs(len(shown) - LEFT / FRAME) <= 1
    assert rendered.duration_ms == LEFT
    for place, number in enumerate(shown):
        at_ms = number * FRAME
        assert not any(cut.start_ms <= at_ms < cut.end_ms for cut in CUTS), number
        assert abs(EDITS.edited_ms(round(at_ms)) - place * FRAME) <= 1.1 * FRAME


def test_sound_is_cut_at_the_same_moments(
    made: tuple[Rendered, dict[str, bytes]], tmp_path: Path
) -> None:
    _, files = made
    loud = levels(files["clip.mp4"], tmp_path) > 500
    assert abs(len(loud) * 10 - LEFT) < 60
    silent = np.flatnonzero(~loud[5:-10]) * 10 + 50  # AAC fades in and out at the ends
    start, end = EDITS.edited_ms(3_000), EDITS.edited_ms(3_600)
    assert abs(int(silent.min()) - start) <= 30
    assert abs(int(silent.max()) - end) <= 30
    assert len(silent) >= 54


def test_the_poster_and_the_storyboard_show_nothing_of_a_cut(
    made: tuple[Rendered, dict[str, bytes]],
) -> None:
    rendered, files = made
    with Image.open(io.BytesIO(files["poster.jpg"])) as poster:
        at_ms = number_on(poster) * FRAME
    assert not any(cut.start_ms <= at_ms < cut.end_ms for cut in CUTS)
    assert rendered.poster_ms is not None
    assert rendered.poster_ms < LEFT
    assert files["storyboard.vtt"].decode().rstrip().splitlines()[-2].endswith("00:00:03.800")


def test_eyes_are_shown_black_where_a_cut_is_in_the_clock_of_the_original() -> None:
    shown: list[Picture] = []
    source = BytesSource(counted_clip(6))
    pictures(source, probe(source), every_ms=100, see=shown.append, edits=EDITS)
    for each in shown:
        light = np.frombuffer(each.planes, np.uint8, each.width * each.height)
        if any(cut.start_ms <= each.at_ms < cut.end_ms for cut in CUTS):
            assert light.max() <= 20, each.at_ms
    assert any(np.frombuffer(each.planes, np.uint8).max() > 200 for each in shown)
