"""What lies under a cover changes not one byte of what viewers get, whatever the original is made
of: two originals that differ there alone are rendered to the same files.

The originals are lossless, so that they are the same wherever they are not covered.
"""

import io
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from wardcast.gate.edits import Cover, EditList
from wardcast.gate.ladder import ladder_for
from wardcast.gate.limits import DEFAULT_LIMITS
from wardcast.gate.pictures import Picture, pictures
from wardcast.gate.probe import probe
from wardcast.gate.render import render
from wardcast.gate.source import BytesSource

BOX = (101, 203, 187, 277)
FRAMES = 8
FPS = 8
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "0")
X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:lossless=1")
HLG = ("-color_trc", "arib-std-b67", "-color_primaries", "bt2020", "-colorspace", "bt2020nc")


@dataclass(frozen=True)
class Kind:
    """How an original is made: its planes, its size as stored, and the words for the encoder."""

    pix_fmt: str
    size: tuple[int, int]
    words: tuple[str, ...]
    turned: bool = False

    @property
    def deep(self) -> bool:
        return self.pix_fmt.endswith("10le")


BT709 = (*X264, "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
KINDS = {
    "as it is": Kind("yuv420p", (360, 640), BT709),
    "shrunk": Kind("yuv420p", (810, 1440), BT709),
    "of odd size": Kind("yuv444p", (361, 641), BT709),
    "with all its colours": Kind("yuv444p", (360, 640), BT709),
    "in another matrix": Kind("yuv420p", (360, 640), (*X264, "-colorspace", "smpte170m")),
    "in full range": Kind("yuv420p", (360, 640), (*X264, "-color_range", "pc")),
    "sideways": Kind("yuv420p", (640, 360), BT709, turned=True),
    "in HDR": Kind("yuv420p10le", (360, 640), (*X265, *HLG, "-tag:v", "hvc1")),
}


def planes(kind: Kind, seed: int) -> bytes:
    """Pictures that are the same for every seed, but for the box and the colours that reach into
    it."""
    ground, noise = np.random.default_rng(1), np.random.default_rng(seed)
    most = 940 if kind.deep else 235
    shown = []
    for _ in range(FRAMES):
        for plane in range(3):
            share = 2 if plane and kind.pix_fmt != "yuv444p" else 1
            wide, high = (-(-side // share) for side in kind.size)
            blotches = ground.integers(most // 4, most, (9, 6)).astype(np.float32)
            picture = np.kron(blotches, np.ones((high // 9 + 1, wide // 6 + 1)))[:high, :wide]
            left, top, right, bottom = stored(kind)
            place = (
                slice(top // share, -(-bottom // share)), slice(left // share, -(-right // share)),
            )  # fmt: skip
            picture[place] = noise.integers(most // 8, most, picture[place].shape)
            shown.append(picture.astype("<u2" if kind.deep else np.uint8).tobytes())
    return b"".join(shown)


def stored(kind: Kind) -> tuple[int, int, int, int]:
    """The box in the picture as it is stored, which a turned one shows a quarter further."""
    if not kind.turned:
        return BOX
    left, top, right, bottom = BOX
    return kind.size[0] - bottom, left, kind.size[0] - top, right


def original(kind: Kind, seed: int, folder: Path) -> BytesSource:
    path = folder / f"{seed}.mov"
    words = [
        *("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", kind.pix_fmt),
        *("-s", "{}x{}".format(*kind.size), "-r", str(FPS), "-i", "-"),
        *(*kind.words, "-pix_fmt", kind.pix_fmt, "-f", "mov", str(path)),
    ]
    subprocess.run(words, input=planes(kind, seed), check=True)
    if kind.turned:
        turned = folder / f"{seed}-turned.mov"
        words = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(path), "-c", "copy"]
        subprocess.run([*words, "-metadata:s:v:0", "rotate=90", str(turned)], check=True)
        path = turned
    return BytesSource(path.read_bytes())


def made(source: BytesSource) -> dict[str, bytes]:
    """Every file of a clip that is rendered with the box covered, and the pictures for the eyes."""
    found = probe(source)
    files: dict[str, bytes] = {}
    shown: list[Picture] = []
    edits = EditList(covers=(Cover(0, 60_000, *BOX),))

    def sink(name: str, data: BinaryIO) -> None:
        files[name] = data.read()

    rungs = ladder_for(found.short_side).rungs
    limits = replace(DEFAULT_LIMITS, max_threads=1)  # of several, some may take other bits
    first = render(source, found, edits, rungs[:1], sink=sink, clip=False, limits=limits)
    render(
        source, found, edits, rungs[1:], sink=sink, poster=False, poster_ms=first.poster_ms,
        limits=limits,
    )  # fmt: skip
    pictures(source, found, every_ms=250, see=shown.append, edits=edits)
    return files | {f"eyes {each.at_ms}": each.planes for each in shown}


@pytest.mark.parametrize("name", KINDS)
def test_what_is_covered_changes_no_byte(name: str, tmp_path: Path) -> None:
    one, other = (original(KINDS[name], seed, tmp_path) for seed in (2, 3))
    assert one.open().read() != other.open().read()
    first, second = made(one), made(other)
    assert {"clip.mp4", "poster.jpg", "storyboard.jpg"} < first.keys()
    assert [each for each in first if first[each] != second[each]] == []


def black(picture: npt.NDArray[np.uint8], box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = (round(edge) for edge in box)
    return bool((picture[top + 1 : bottom - 1, left + 1 : right - 1] < 40).all())


def test_poster_and_storyboard_show_the_cover(tmp_path: Path) -> None:
    files = made(original(KINDS["as it is"], 2, tmp_path))
    for name in ("poster.jpg", "storyboard.jpg"):
        with Image.open(io.BytesIO(files[name])) as opened:
            picture = np.asarray(opened.convert("RGB"))
        share = picture.shape[1] / 360 if name == "poster.jpg" else 90 / 360
        assert black(picture, tuple(edge * share for edge in BOX)), name  # type: ignore[arg-type]
