"""A clip like one that a clinician records of herself: drawn here, so that nobody's face is needed.

Hand-held, with a shelf out of focus behind, textures whose detail falls off as in photographs
(amplitude 1/f), cloth, hair, a mouth that speaks, eyes that blink, a hand that moves, and a
sensor's noise. 1080×1920, 30 pictures a second. The same seconds give the same pictures.
"""

import subprocess
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT, FPS = 1080, 1920, 30
_EDGE = 60
"""Pixels around the picture for the camera to move in."""
_WIDE, _HIGH = WIDTH + 2 * _EDGE, HEIGHT + 2 * _EDGE
_NOISE = 2.2
"""Of 255: a phone's sensor indoors, after its own denoising."""
_STORED = (
    "-c:v libx264 -preset veryfast -crf 16 -pix_fmt yuv420p -colorspace bt709"
    " -color_primaries bt709 -color_trc bt709 -color_range tv -c:a aac -b:a 128k"
)
_IN = (
    f"ffmpeg -nostdin -v error -y -f rawvideo -pix_fmt rgb24 -s {WIDTH}x{HEIGHT} -r {FPS} -i pipe:0"
    " -f lavfi -i sine=frequency=330:sample_rate=48000"
    " -vf scale=out_color_matrix=bt709:out_range=limited"
)
_Layer = tuple[np.ndarray, np.ndarray]
"""Colours and how much they cover, 0 to 1."""


def talking_clip(out: Path, seconds: int) -> None:
    """Writes the clip as an MP4 of some 10 to 20 Mbit/s."""
    chance = np.random.default_rng(7)
    room = _room(chance)
    body, hand = _body(chance), _hand(chance)
    faces = {(mouth, blink): _face(chance, mouth, blink) for mouth in range(4) for blink in (0, 1)}
    grain = chance.normal(0, _NOISE, (_HIGH, _WIDE, 3)).astype(np.float32)
    count = seconds * FPS
    shake = _wander(chance, count, 5.0, 9) + _wander(chance, count, 22.0, 60)
    sway, nod = _wander(chance, count, 9.0, 25), _wander(chance, count, 6.0, 12)
    waving = _wander(chance, count, 45.0, 14)
    spoken = np.abs(_wander(chance, count, 2.0, 3)[:, 0]).clip(0, 3).astype(int)
    words = [*_IN.split(), "-t", str(seconds), *_STORED.split(), str(out)]
    with subprocess.Popen(words, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin
        for number in range(count):
            at = shake[number]
            shown = _shifted(room, at * 0.7)
            over = _over(shown, body, at + sway[number] * 0.4)
            face = faces[spoken[number], int(number % 97 < 5)]
            over = _over(over, face, at + sway[number] + nod[number])
            over = _over(over, hand, at + sway[number] * 0.5 + waving[number])
            y, x = chance.integers(0, 2 * _EDGE, 2)
            seen = over + grain[y : y + HEIGHT, x : x + WIDTH]
            encoder.stdin.write(seen.clip(0, 255).astype(np.uint8).tobytes())
    if encoder.returncode:
        raise RuntimeError(f"ffmpeg ended with {encoder.returncode} while writing {out}.")


def _wander(chance: np.random.Generator, count: int, most: float, slowness: int) -> np.ndarray:
    """A smooth walk of so many steps, as (y, x) in pixels around 0."""
    steps = chance.normal(0, 1, (count + 4 * slowness, 2))
    window = np.hanning(2 * slowness + 1)
    smooth = np.stack([np.convolve(steps[:, k], window, "same") for k in (0, 1)], 1)
    walk = smooth[slowness : slowness + count]
    return walk / max(1e-6, float(np.abs(walk).max())) * most


def _texture(chance: np.random.Generator, falls: float, stretch: float = 1.0) -> np.ndarray:
    """Noise whose amplitude falls with 1/f to that power, spread about 0 with deviation 1."""
    fy = np.fft.fftfreq(_HIGH)[:, None] * stretch
    fx = np.fft.rfftfreq(_WIDE)[None, :] / stretch
    size = np.sqrt(fy**2 + fx**2)
    size[0, 0] = 1.0
    wild = np.fft.rfft2(chance.normal(0, 1, (_HIGH, _WIDE)))
    made = np.fft.irfft2(wild / size**falls, s=(_HIGH, _WIDE))
    return ((made - made.mean()) / made.std()).astype(np.float32)


def _coloured(
    chance: np.random.Generator, base: tuple[int, int, int], *textures: tuple[np.ndarray, float]
) -> np.ndarray:
    light = sum((texture * much for texture, much in textures), np.float32(0))
    tint = chance.normal(1, 0.06, 3)
    return (np.array(base, np.float32) + light[..., None] * tint).astype(np.float32)


def _mask(draw_in: "list[tuple[str, tuple[float, ...]]]", soft: float) -> np.ndarray:
    image = Image.new("L", (_WIDE, _HIGH))
    draw = ImageDraw.Draw(image)
    for shape, box in draw_in:
        getattr(draw, shape)(list(box), fill=255)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(soft)), np.float32)[..., None] / 255


def _room(chance: np.random.Generator) -> np.ndarray:
    """A wall and a shelf of books, a little out of focus."""
    image = Image.new("RGB", (_WIDE, _HIGH), (188, 184, 172))
    draw = ImageDraw.Draw(image)
    for shelf in range(5):
        bottom = 330 + shelf * 330
        x = 20
        while x < _WIDE - 60:
            wide, high = int(chance.integers(22, 70)), int(chance.integers(170, 270))
            colour = tuple(int(each) for each in chance.integers(40, 210, 3))
            draw.rectangle((x, bottom - high, x + wide, bottom), fill=colour)
            draw.rectangle((x + 6, bottom - high + 30, x + wide - 6, bottom - high + 44), "white")
            x += wide + int(chance.integers(1, 8))
        draw.rectangle((0, bottom, _WIDE, bottom + 22), fill=(120, 92, 66))
    sharp = np.asarray(image, np.float32) + _texture(chance, 1.1)[..., None] * 9
    blurred = Image.fromarray(sharp.clip(0, 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(3.5)
    )
    light = np.linspace(1.08, 0.82, _WIDE, dtype=np.float32)[None, :, None]
    return np.asarray(blurred, np.float32) * light


def _body(chance: np.random.Generator) -> _Layer:
    """Shoulders in a white coat with folds, a shirt and a stethoscope."""
    folds, cloth = _texture(chance, 1.6, 2.2), _texture(chance, 0.5)
    coat = _coloured(chance, (214, 218, 220), (folds, 13), (cloth, 3.5))
    shirt = _coloured(chance, (74, 106, 148), (folds, 9), (cloth, 6))
    middle = _WIDE / 2
    opening = _mask([("polygon", (middle - 120, 1150, middle + 120, 1150, middle, 1960))], 3)
    colours = coat * (1 - opening) + shirt * opening
    tube = Image.new("L", (_WIDE, _HIGH))
    draw = ImageDraw.Draw(tube)
    draw.arc((middle - 170, 900, middle + 170, 1640), 15, 165, fill=255, width=20)
    dark = np.asarray(tube.filter(ImageFilter.GaussianBlur(1.2)), np.float32)[..., None] / 255
    colours = colours * (1 - dark) + np.array((42, 44, 52), np.float32) * dark
    shape = [
        ("ellipse", (90, 1150, _WIDE - 90, 2500)),
        ("rectangle", (middle - 110, 1000, middle + 110, 1300)),
    ]
    return colours, _mask(shape, 1.6)


def _face(chance: np.random.Generator, mouth: int, blink: int) -> _Layer:
    """A head with hair; the mouth is open to 0–3, the eyes are closed where `blink`."""
    still = np.random.default_rng(11)  # the same skin and hair for each mouth
    pores, shade, hair = _texture(still, 0.7), _texture(still, 1.7), _texture(still, 0.8, 4.0)
    skin = _coloured(still, (196, 152, 128), (shade, 8), (pores, 3.2))
    x, y = _WIDE / 2, 760
    side = ((np.arange(_WIDE, dtype=np.float32) - x) / 330)[None, :, None]
    skin = skin * (1 - 0.16 * side - 0.18 * side**2)
    head = _mask([("ellipse", (x - 235, y - 330, x + 235, y + 350))], 1.4)
    locks = _coloured(still, (58, 42, 34), (hair, 16))
    crown = _mask([("ellipse", (x - 285, y - 420, x + 285, y + 330))], 4)
    brow = _mask([("ellipse", (x - 215, y - 235, x + 215, y + 360))], 6)
    colours = locks * (1 - brow) + skin * brow
    dark = np.array((46, 28, 28), np.float32)
    for eye in (x - 95, x + 95):
        opened = 3 if blink else 17
        white = _mask([("ellipse", (eye - 42, y - 60 - opened, eye + 42, y - 60 + opened))], 1)
        iris = _mask([("ellipse", (eye - 15, y - 60 - opened, eye + 15, y - 60 + opened))], 1)
        colours = colours * (1 - white) + np.array((226, 224, 220), np.float32) * white
        colours = colours * (1 - iris) + dark * iris
    high = 9 + 13 * mouth
    lips = _mask([("ellipse", (x - 92, y + 185 - high - 14, x + 92, y + 185 + high + 14))], 3)
    inside = _mask([("ellipse", (x - 72, y + 185 - high, x + 72, y + 185 + high))], 2)
    colours = colours * (1 - lips) + np.array((168, 92, 88), np.float32) * lips
    colours = colours * (1 - inside) + dark * inside
    return colours, np.maximum(head, crown)


def _hand(chance: np.random.Generator) -> _Layer:
    """A hand that is raised beside the chest."""
    shade, pores = _texture(chance, 1.5), _texture(chance, 0.7)
    skin = _coloured(chance, (190, 144, 120), (shade, 9), (pores, 4))
    x, y = 300, 1420
    fingers = [
        ("ellipse", (x - 95 + k * 52, y - 250 + abs(k - 1) * 34, x - 47 + k * 52, y))
        for k in range(4)
    ]
    return skin, _mask([("ellipse", (x - 110, y - 110, x + 120, y + 170)), *fingers], 2.2)


def _shifted(layer: np.ndarray, by: np.ndarray) -> np.ndarray:
    """What the camera sees of a layer that has moved so many pixels, between pixels too."""
    (y, x), (fy, fx) = np.floor(by).astype(int), by - np.floor(by)
    y, x = np.clip(_EDGE + y, 0, 2 * _EDGE - 1), np.clip(_EDGE + x, 0, 2 * _EDGE - 1)
    part = layer[y : y + HEIGHT + 1, x : x + WIDTH + 1]
    rows = part[:-1] * np.float32(1 - fy) + part[1:] * np.float32(fy)
    return rows[:, :-1] * np.float32(1 - fx) + rows[:, 1:] * np.float32(fx)


def _over(below: np.ndarray, layer: _Layer, by: np.ndarray) -> np.ndarray:
    colours, cover = _shifted(layer[0], by), _shifted(layer[1], by)
    return below + (colours - below) * cover
