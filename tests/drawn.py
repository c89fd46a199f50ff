"""Clips drawn for tests of what is seen in a picture: words that stand, move and go, and a face."""

import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
Draw = Callable[[Image.Image, float], None]


def clip(
    path: Path,
    seconds: float,
    draw: Draw,
    *,
    size: tuple[int, int] = (540, 960),
    fps: int = 25,
    ground: tuple[int, int, int] = (70, 90, 100),
) -> bytes:
    """An MP4 of pictures that `draw` finishes, given the time in seconds."""
    words = [
        *("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"),
        *("-s", f"{size[0]}x{size[1]}", "-r", str(fps), "-i", "-"),
        *"-c:v libx264 -preset ultrafast -crf 20 -pix_fmt yuv420p -f mp4".split(),
        str(path),
    ]
    with subprocess.Popen(words, stdin=subprocess.PIPE) as made:
        assert made.stdin is not None
        for number in range(round(seconds * fps)):
            picture = Image.new("RGB", size, ground)
            draw(picture, number / fps)
            made.stdin.write(picture.tobytes())
    assert made.returncode == 0
    return path.read_bytes()


def words(
    picture: Image.Image,
    text: str,
    at: tuple[float, float],
    high: int = 40,
    turned: float = 0,
    paper: tuple[int, int, int] = (250, 250, 250),
) -> None:
    """Black letters on a band of paper, turned by degrees about its own middle."""
    font = ImageFont.truetype(FONT, high)
    wide, tall = ImageDraw.Draw(picture).multiline_textbbox((0, 0), text, font)[2:]
    band = Image.new("RGBA", (round(wide) + 24, round(tall) + 24), (*paper, 255))
    ImageDraw.Draw(band).multiline_text((12, 12), text, (0, 0, 0), font)
    band = band.rotate(turned, expand=True, resample=Image.Resampling.BICUBIC)
    picture.paste(band, (round(at[0]), round(at[1])), band)


def title(picture: Image.Image, text: str, at: tuple[int, int], high: int = 40) -> None:
    """White letters with a dark edge and nothing behind them, as editors of clips set them."""
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(FONT, high)
    pen.text(
        at, text, (255, 255, 255), font, stroke_width=max(1, high // 12), stroke_fill=(0, 0, 0)
    )


@cache
def somebody(side: int = 300) -> Image.Image:
    """A photograph of a face, in the public domain (NASA), as scikit-image carries it; square."""
    import skimage

    path = Path(skimage.__file__).parent / "data" / "astronaut.png"
    with Image.open(path) as whole:
        return whole.convert("RGB").crop((100, 0, 400, 300)).resize((side, side))


FACE = (0.27, 0.21, 0.56, 0.59)
"""Where the face is in that square, by shares of its side."""


def nurse(picture: Image.Image, at: tuple[int, int], side: int = 300) -> None:
    """Somebody in a cap, goggles and three masks, with a pulse oximeter on her finger."""
    head = somebody(side).copy()
    pen = ImageDraw.Draw(head)
    left, top, right, bottom = (round(side * edge) for edge in FACE)
    high = bottom - top
    pen.ellipse((left - 30, top - high // 2, right + 30, top + high // 3), (120, 160, 175))
    pen.rounded_rectangle(
        (left - 12, top + high // 4, right + 12, top + high // 2), 14, (60, 66, 72)
    )
    for number, colour in enumerate(((196, 214, 220), (150, 186, 205), (120, 162, 186))):
        edge = 14 - 5 * number
        pen.rounded_rectangle(
            (left - edge, top + high // 2 + 8 * number, right + edge, bottom + 26 - 6 * number),
            18, colour,
        )  # fmt: skip
    picture.paste(head, at)
    x, y = at[0] + 20, at[1] + side + 30
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((x, y, x + 190, y + 40), 20, (205, 160, 135))
    pen.rounded_rectangle((x + 110, y - 12, x + 210, y + 52), 12, (40, 44, 52))
    pen.ellipse((x + 125, y + 10, x + 143, y + 28), (240, 60, 50))


def monitor(picture: Image.Image, at: tuple[int, int], text: str, high: int = 40) -> None:
    """A patient monitor: green letters on black, and a curve."""
    font = ImageFont.truetype(FONT, high)
    pen = ImageDraw.Draw(picture)
    wide, tall = pen.multiline_textbbox((0, 0), text, font)[2:]
    left, top = at
    pen.rectangle((left, top, left + wide + 40, top + tall + 130), (8, 12, 16), (90, 90, 90), 6)
    pen.multiline_text((left + 20, top + 16), text, (120, 255, 140), font)
    base = top + tall + 85
    curve = [
        (left + 20 + 6 * n, base - (34 if n % 12 == 4 else n % 3)) for n in range(int(wide) // 6)
    ]
    pen.line(curve, (120, 255, 140), 3)


def planes(picture: Image.Image) -> bytes:
    """A picture as the gate hands it out."""
    import cv2

    return bytes(cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2YUV_I420).tobytes())
