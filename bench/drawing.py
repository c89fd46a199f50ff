"""Clips that benchmarks draw: words on bands, screens and boards, and a face, wherever wanted."""

import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import skimage
from PIL import Image, ImageDraw, ImageFont

SIZE = (1080, 1920)
FPS = 30
_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
_FACE = (100, 0, 400, 300)
"""Where the astronaut's head is in her photograph (NASA, public domain)."""
_OVAL = (0.27, 0.21, 0.56, 0.59)
"""Where her face is in that square, by shares of its side."""


def clip(path: Path, seconds: float, draw: Callable[[Image.Image, float], None]) -> bytes:
    """An MP4 of pictures that `draw` finishes, given the time in seconds."""
    words_ = [
        *("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"),
        *("-s", f"{SIZE[0]}x{SIZE[1]}", "-r", str(FPS), "-i", "-"),
        *"-c:v libx264 -preset ultrafast -crf 24 -pix_fmt yuv420p -f mp4".split(),
        str(path),
    ]
    with subprocess.Popen(words_, stdin=subprocess.PIPE) as made:
        assert made.stdin is not None
        for number in range(round(seconds * FPS)):
            picture = ground().copy()
            draw(picture, number / FPS)
            made.stdin.write(picture.tobytes())
    return path.read_bytes()


@cache
def ground() -> Image.Image:
    """A wall: soft blotches, the same each time."""
    blotches = np.random.default_rng(3).integers(60, 150, (30, 17, 3), np.uint8)
    return Image.fromarray(blotches).resize(SIZE, Image.Resampling.BICUBIC)


def words(
    picture: Image.Image,
    text: str,
    at: tuple[float, float],
    high: int,
    *,
    turned: float = 0,
    ink: tuple[int, int, int] = (10, 10, 10),
    paper: tuple[int, int, int] = (245, 245, 240),
) -> None:
    """Letters on paper, turned by degrees."""
    font = ImageFont.truetype(_FONT, high)
    wide, tall = ImageDraw.Draw(picture).multiline_textbbox((0, 0), text, font)[2:]
    edge = round(high * 0.6)
    band = Image.new("RGBA", (round(wide) + 2 * edge, round(tall) + 2 * edge), (*paper, 255))
    ImageDraw.Draw(band).multiline_text((edge, edge), text, ink, font)
    band = band.rotate(turned, expand=True, resample=Image.Resampling.BICUBIC)
    picture.paste(band, (round(at[0]), round(at[1])), band)


@cache
def _head() -> Image.Image:
    with Image.open(Path(skimage.__file__).parent / "data" / "astronaut.png") as whole:
        return whole.convert("RGB").crop(_FACE)


def face(
    picture: Image.Image,
    at: tuple[int, int],
    side: int,
    *,
    leaned: float = 0,
    narrowed: float = 1,
    light: float = 1,
) -> tuple[float, float, float, float]:
    """A head, leaned by degrees, narrowed as one that turns aside; answers its face's edges."""
    wide = max(2, round(side * narrowed))
    head = _head().resize((wide, side), Image.Resampling.BICUBIC)
    if light != 1:
        head = head.point(lambda value: round(value * light))
    head = head.rotate(leaned, resample=Image.Resampling.BICUBIC, fillcolor=(90, 90, 90))
    picture.paste(head, at)
    left, top, right, bottom = _OVAL
    return (
        at[0] + left * wide, at[1] + top * side, at[0] + right * wide, at[1] + bottom * side,
    )  # fmt: skip
