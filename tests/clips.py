"""Small clips made for tests, like those that phones record. Nobody's real recording."""

import io
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from wardcast.gate.compose import compose

PLACE = "+48.2000+016.3000/"
PHONE = "Fictional Phone 9"
_SIZE = (720, 1280)
_FPS = 25


@cache
def phone_clip(seconds: int = 3, shade: int = 40) -> bytes:
    """A portrait MP4 with speech, a place and a device in its metadata. Another `shade` makes
    another clip."""
    return compose(
        _pictures(seconds * _FPS, shade),
        fps=_FPS,
        duration_ms=seconds * 1000,
        spoken="Wash your hands for twenty seconds.",
        tags=(
            ("location", PLACE),
            ("make", "Fictional"),
            ("model", PHONE),
            ("comment", f"take {shade}"),  # near shades can encode to the same bytes
        ),
    )


@cache
def small_clip() -> bytes:
    """One second of a tiny upright MP4 with a tone, a place and a device in its metadata: cheap to
    look at."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        subprocess.run(
            [
                *"ffmpeg -nostdin -v error -f lavfi -i testsrc2=s=90x160:r=10:d=1".split(),
                *"-f lavfi -i sine=frequency=440:sample_rate=48000:duration=1".split(),
                *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac".split(),
                *("-metadata", f"location={PLACE}", "-metadata", f"model={PHONE}"),
                *("-movflags", "use_metadata_tags+faststart", str(path)),
            ],
            check=True,
        )
        return path.read_bytes()


BITS = 12
"""The places of the counter of `counted_clip`."""
COUNTED_FPS = 25


@cache
def counted_clip(seconds: int, *, grain: int = 6) -> bytes:
    """A portrait MP4 with a tone that carries the number of each picture, so that a test reads off
    a screen which one it shows.

    The number stands along the upper edge in `BITS` fields, black for 0 and white for 1, the
    highest first. The more `grain`, the more bits the clip costs.
    """
    width, height = _SIZE
    wide = width // BITS
    fields = [
        f"drawbox=x={wide * place}:y=0:w={wide}:h={height // 8}:color=white:t=fill:"
        f"enable='gte(mod(n,{2 << bit}),{1 << bit})'"
        for place, bit in enumerate(reversed(range(BITS)))
    ]
    pictures = [
        f"testsrc2=size={width}x{height}:rate={COUNTED_FPS}:duration={seconds}",
        f"noise=alls={grain}:allf=t",
        f"drawbox=x=0:y=0:w={width}:h={height // 8}:color=black:t=fill",
        *fields,
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        subprocess.run(
            [
                *("ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", ",".join(pictures)),
                *("-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={seconds}"),
                *"-c:v libx264 -preset ultrafast -crf 26 -pix_fmt yuv420p -c:a aac".split(),
                str(path),
            ],
            check=True,
        )
        return path.read_bytes()


def number_on(picture: Image.Image) -> int:
    """The number that a picture of `counted_clip` carries."""
    grey, wide = picture.convert("L"), picture.width / BITS
    fields = [
        int(grey.getpixel((int(wide * (place + 0.5)), picture.height // 16)) > 128)  # type: ignore[operator]
        for place in range(BITS)
    ]
    return int("".join(map(str, fields)), 2)


def _pictures(count: int, shade: int) -> Iterator[bytes]:
    width, height = _SIZE
    for number in range(count):
        picture = Image.new("RGB", _SIZE, (shade, 90, 110))
        draw = ImageDraw.Draw(picture)
        x = width * number // count
        draw.ellipse((x - 120, height // 2 - 120, x + 120, height // 2 + 120), (240, 200, 120))
        draw.rectangle((0, height - 60, x, height), (255, 255, 255))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=85)
        yield out.getvalue()
