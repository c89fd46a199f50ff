"""Pictures drawn large and scaled down for smooth edges, then moved about cheaply."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 720, 1280
_FINER = 3

Colour = tuple[int, int, int]
Draw = Callable[[ImageDraw.ImageDraw, float], None]


def sprite(size: tuple[int, int], draw: Draw) -> Image.Image:
    """A transparent picture of `size` pixels; `draw` is given the canvas and its scale."""
    canvas = Image.new("RGBA", (size[0] * _FINER, size[1] * _FINER), (0, 0, 0, 0))
    draw(ImageDraw.Draw(canvas), float(_FINER))
    return canvas.resize(size, Image.Resampling.LANCZOS)


def gradient(top: Colour, bottom: Colour) -> Image.Image:
    """A full picture that goes from one colour to another."""
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        share = y / (HEIGHT - 1)
        mixed = tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        column.putpixel((0, y), mixed)
    return column.resize((WIDTH, HEIGHT))


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Pillow's own typeface, so that nothing need be installed."""
    return ImageFont.load_default(size)


def words(text: str, size: int, colour: Colour, width: int = 600) -> Image.Image:
    """Text on as many lines as fit `width`, centred."""
    face = font(size)
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    height = round(size * 1.25)
    picture = Image.new("RGBA", (width, height * len(lines) + size // 3), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        left = (width - face.getlength(line)) / 2
        draw.text((left, number * height), line, font=face, fill=(*colour, 255))
    return picture


@dataclass(frozen=True, slots=True)
class Placed:
    """A sprite with its centre, size and opacity at one moment (0 to 1)."""

    image: Image.Image
    x: float
    y: float
    scale: float = 1.0
    opacity: float = 1.0


def put(base: Image.Image, placed: Placed) -> None:
    """Lays a sprite onto `base`."""
    image = placed.image
    if placed.scale != 1.0:
        size = (
            max(1, round(image.width * placed.scale)),
            max(1, round(image.height * placed.scale)),
        )
        image = image.resize(size, Image.Resampling.BILINEAR)
    mask = image.getchannel("A")
    if placed.opacity < 1.0:
        faded = max(0.0, placed.opacity)
        mask = mask.point([round(level * faded) for level in range(256)])
    corner = (round(placed.x - image.width / 2), round(placed.y - image.height / 2))
    base.paste(image.convert("RGB"), corner, mask)
