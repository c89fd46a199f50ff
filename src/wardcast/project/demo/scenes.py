"""The illustrations: a scene gives the sprites and their places for a moment between 0 and 1."""

import io
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw

from wardcast.project.demo.sprites import (
    HEIGHT,
    WIDTH,
    Colour,
    Placed,
    gradient,
    put,
    sprite,
    words,
)

FPS = 20
_WHITE: Colour = (255, 255, 255)
_MIDDLE_X, _MIDDLE_Y = WIDTH / 2, HEIGHT * 0.46

Scene = Callable[[float], list[Placed]]


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of a clip: behind (top and bottom), the drawing, what stands out in it."""

    top: Colour
    bottom: Colour
    main: Colour
    accent: Colour


def pictures(scene: str, look: Look, title: str, duration_ms: int) -> Iterator[bytes]:
    """The clip's pictures as JPEG, `FPS` a second. The last leads back to the first: it loops."""
    background = gradient(look.top, look.bottom)
    heading = words(title, 58, _WHITE)
    put(background, Placed(heading, _MIDDLE_X, HEIGHT * 0.17))
    at = SCENES[scene](look)
    count = duration_ms * FPS // 1000
    for number in range(count):
        picture = background.copy()
        for placed in at(number / count):
            put(picture, placed)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=90)
        yield out.getvalue()


def _swing(moment: float, times: float = 1.0) -> float:
    """From -1 to 1 and back, `times` a clip."""
    return math.sin(2 * math.pi * times * moment)


def _disc(size: int, colour: Colour) -> Image.Image:
    def draw(canvas: ImageDraw.ImageDraw, f: float) -> None:
        canvas.ellipse((0, 0, size * f - 1, size * f - 1), fill=(*colour, 255))

    return sprite((size, size), draw)


def _box(width: int, height: int, radius: int, colour: Colour) -> Image.Image:
    def draw(canvas: ImageDraw.ImageDraw, f: float) -> None:
        canvas.rounded_rectangle(
            (0, 0, width * f - 1, height * f - 1), radius * f, fill=(*colour, 255)
        )

    return sprite((width, height), draw)


def _heart(size: int, colour: Colour) -> Image.Image:
    def draw(canvas: ImageDraw.ImageDraw, f: float) -> None:
        points = []
        for step in range(200):
            t = 2 * math.pi * step / 200
            x = 16 * math.sin(t) ** 3
            y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
            points.append(((x / 36 + 0.5) * size * f, (0.47 - y / 36) * size * f))
        canvas.polygon(points, fill=(*colour, 255))

    return sprite((size, size), draw)


def _ring(size: int, width: int, colour: Colour, share: float) -> Image.Image:
    def draw(canvas: ImageDraw.ImageDraw, f: float) -> None:
        canvas.arc(
            (0, 0, size * f - 1, size * f - 1),
            -90,
            -90 + 360 * share,
            fill=(*colour, 255),
            width=round(width * f),
        )

    return sprite((size, size), draw)


def _lungs(size: int, colour: Colour) -> Image.Image:
    def draw(canvas: ImageDraw.ImageDraw, f: float) -> None:
        s = size * f
        fill = (*colour, 255)
        canvas.rounded_rectangle((s * 0.46, s * 0.02, s * 0.54, s * 0.5), s * 0.03, fill=fill)
        for left, right in ((0.05, 0.43), (0.57, 0.95)):
            canvas.ellipse((s * left, s * 0.2, s * right, s * 0.75), fill=fill)
            canvas.rounded_rectangle((s * left, s * 0.45, s * right, s * 0.93), s * 0.13, fill=fill)

    return sprite((size, size), draw)


def _breath(look: Look) -> Scene:
    lungs, air = _lungs(420, look.main), _disc(34, look.accent)

    def at(moment: float) -> list[Placed]:
        swell = 1 + 0.07 * _swing(moment, 2)
        bubbles = []
        for number in range(7):
            way = (moment * 2 + number / 7) % 1
            side = _swing(number / 7 + moment) * 50
            bubbles.append(
                Placed(
                    air, _MIDDLE_X + side, HEIGHT * (0.25 + 0.25 * way), 0.6 + 0.5 * way, 1 - way
                )
            )
        return [Placed(lungs, _MIDDLE_X, _MIDDLE_Y + 60, swell), *bubbles]

    return at


def _pulse(look: Look) -> Scene:
    heart, halo = _heart(400, look.main), _heart(400, look.accent)

    def at(moment: float) -> list[Placed]:
        beat = (moment * 6) % 1
        swell = 1 + 0.12 * math.exp(-6 * beat)
        return [
            Placed(halo, _MIDDLE_X, _MIDDLE_Y + 40, 1 + 0.9 * beat, 0.5 * (1 - beat)),
            Placed(heart, _MIDDLE_X, _MIDDLE_Y + 40, swell),
        ]

    return at


def _clock(look: Look) -> Scene:
    face, hand = _disc(430, look.main), _disc(46, look.accent)
    numbers = [words(str(number), 120, look.top, 300) for number in range(20, 0, -1)]

    @cache
    def ring(step: int) -> Image.Image:
        return _ring(500, 22, look.accent, step / 40)

    def at(moment: float) -> list[Placed]:
        angle = 2 * math.pi * moment - math.pi / 2
        left = numbers[min(19, int(moment * 20))]
        return [
            Placed(face, _MIDDLE_X, _MIDDLE_Y + 40),
            Placed(ring(round(moment * 40)), _MIDDLE_X, _MIDDLE_Y + 40),
            Placed(
                hand,
                _MIDDLE_X + 240 * math.cos(angle),
                _MIDDLE_Y + 40 + 240 * math.sin(angle),
            ),
            Placed(left, _MIDDLE_X, _MIDDLE_Y + 50),
        ]

    return at


def _sun(look: Look) -> Scene:
    disc, ray = _disc(280, look.main), _disc(44, look.accent)
    sea = _box(WIDTH + 200, 420, 60, look.bottom)

    def at(moment: float) -> list[Placed]:
        rays = []
        for number in range(12):
            angle = 2 * math.pi * (number / 12 + moment / 12)
            reach = 220 + 16 * _swing(moment + number / 12, 2)
            rays.append(
                Placed(
                    ray,
                    _MIDDLE_X + reach * math.cos(angle),
                    _MIDDLE_Y - 10 + reach * math.sin(angle),
                )
            )
        return [
            *rays,
            Placed(disc, _MIDDLE_X, _MIDDLE_Y - 10, 1 + 0.02 * _swing(moment, 2)),
            Placed(sea, _MIDDLE_X + 30 * _swing(moment), HEIGHT * 0.83),
        ]

    return at


def _steps(look: Look) -> Scene:
    cards = [_box(470, 130, 36, look.main if n != 1 else look.accent) for n in range(3)]
    digits = [words(str(n + 1), 74, look.top, 110) for n in range(3)]

    def at(moment: float) -> list[Placed]:
        placed = []
        for number in range(3):
            come = (
                min(1.0, max(0.0, moment * 5 - number * 0.9)) if moment < 0.9 else (1 - moment) * 10
            )
            ease = 1 - (1 - come) ** 3
            y = HEIGHT * (0.34 + 0.135 * number)
            placed.append(Placed(cards[number], _MIDDLE_X + 120 * (1 - ease), y, 1.0, ease))
            placed.append(
                Placed(digits[number], _MIDDLE_X - 170 + 120 * (1 - ease), y + 6, 1, ease)
            )
        return placed

    return at


def _dog(look: Look) -> Scene:
    head, ear = _disc(330, look.main), _box(96, 210, 48, look.accent)
    eye, nose, tongue = _disc(38, look.top), _disc(58, look.top), _box(62, 110, 30, (226, 108, 118))
    snout = _disc(170, tuple(min(255, part + 26) for part in look.main))  # type: ignore[arg-type]

    def at(moment: float) -> list[Placed]:
        tilt, y = 16 * _swing(moment, 2), _MIDDLE_Y + 40
        shut = 0.15 if 0.45 < moment < 0.49 else 1.0
        return [
            Placed(ear, _MIDDLE_X - 160 + tilt, y - 20 - abs(tilt)),
            Placed(ear, _MIDDLE_X + 160 + tilt, y - 20 - abs(tilt)),
            Placed(head, _MIDDLE_X + tilt, y),
            Placed(tongue, _MIDDLE_X + tilt * 1.6, y + 130 + 10 * _swing(moment, 8)),
            Placed(snout, _MIDDLE_X + tilt * 1.4, y + 70),
            Placed(nose, _MIDDLE_X + tilt * 1.5, y + 30),
            Placed(eye, _MIDDLE_X - 72 + tilt * 1.2, y - 50, shut),
            Placed(eye, _MIDDLE_X + 72 + tilt * 1.2, y - 50, shut),
        ]

    return at


def _cold(look: Look) -> Scene:
    tube, bell = _box(26, 520, 13, look.main), _disc(190, look.accent)
    rim, flake = _disc(130, look.main), _disc(22, _WHITE)

    def at(moment: float) -> list[Placed]:
        drop = 40 * _swing(moment)
        snow = []
        for number in range(16):
            way = (moment + number / 16) % 1
            x = (number * 137) % WIDTH + 30 * _swing(moment + number / 5)
            snow.append(
                Placed(flake, x, HEIGHT * (0.26 + 0.5 * way), 0.5 + (number % 3) / 3, 1 - way)
            )
        return [
            Placed(tube, _MIDDLE_X, HEIGHT * 0.4 + drop, 0.8),
            Placed(bell, _MIDDLE_X, HEIGHT * 0.58 + drop),
            Placed(rim, _MIDDLE_X, HEIGHT * 0.58 + drop),
            *snow,
        ]

    return at


def _night(look: Look) -> Scene:
    moon, bite = _disc(260, look.main), _disc(230, look.top)
    star = _disc(16, look.main)
    windows = [_box(84, 110, 10, look.accent if n in (1, 5) else look.top) for n in range(8)]
    house = _box(560, 420, 20, tuple(part // 2 for part in look.top))  # type: ignore[arg-type]

    def at(moment: float) -> list[Placed]:
        stars = [
            Placed(
                star,
                (n * 211) % WIDTH,
                HEIGHT * (0.27 + ((n * 37) % 22) / 100),
                1,
                0.35 + 0.6 * abs(_swing(moment + n / 7)),
            )
            for n in range(14)
        ]
        lit = [
            Placed(
                window,
                _MIDDLE_X - 195 + 130 * (n % 4),
                HEIGHT * 0.66 + 150 * (n // 4),
                1,
                0.55 + 0.45 * (_swing(moment + n / 8) > -0.6),
            )
            for n, window in enumerate(windows)
        ]
        return [
            *stars,
            Placed(moon, _MIDDLE_X + 130, HEIGHT * 0.37 - 14 * _swing(moment)),
            Placed(bite, _MIDDLE_X + 180, HEIGHT * 0.355 - 14 * _swing(moment)),
            Placed(house, _MIDDLE_X, HEIGHT * 0.73),
            *lit,
        ]

    return at


SCENES: dict[str, Callable[[Look], Scene]] = {
    "breath": _breath,
    "pulse": _pulse,
    "clock": _clock,
    "sun": _sun,
    "steps": _steps,
    "dog": _dog,
    "cold": _cold,
    "night": _night,
}
