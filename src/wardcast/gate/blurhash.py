"""A picture in thirty letters, shown until the picture itself is there.

The BlurHash format, as published at https://github.com/woltapp/blurhash/blob/master/Algorithm.md:
the picture's lowest cosine waves in linear light, in base 83. Pixels come as raw bytes, so that no
decoder is needed.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

_LETTERS: Final = (
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
)


def blurhash(rgb: bytes, width: int, height: int) -> str:
    """The hash of ``width`` × ``height`` pixels of 24-bit sRGB: 4 by 3 waves, the longer side
    having 4."""
    pixels = np.frombuffer(rgb, np.uint8, width * height * 3).reshape(height, width, 3)
    across, down = (4, 3) if width >= height else (3, 4)
    waves = _waves(_linear(pixels), across, down)
    mean, rest = waves[0], waves[1:]
    peak = min(82, max(0, int(np.floor(np.abs(rest).max() * 166 - 0.5))))
    scaled = rest / ((peak + 1) / 166)
    steps = np.clip(np.floor(np.sign(scaled) * np.sqrt(np.abs(scaled)) * 9 + 9.5), 0, 18)
    return (
        _base83(across - 1 + (down - 1) * 9, 1)
        + _base83(peak, 1)
        + _base83(_whole(_srgb(mean), 256), 4)
        + "".join(_base83(_whole(each, 19), 2) for each in steps)
    )


def _waves(light: NDArray[np.float64], across: int, down: int) -> NDArray[np.float64]:
    """The share of each wave, row by row; the first is the mean colour."""
    height, width = light.shape[:2]
    columns = np.cos(np.pi * np.outer(np.arange(across), np.arange(width)) / width)
    rows = np.cos(np.pi * np.outer(np.arange(down), np.arange(height)) / height)
    shares = np.einsum("jy,ix,yxc->jic", rows, columns, light) / (width * height)
    waves: NDArray[np.float64] = shares.reshape(-1, 3)
    waves[1:] *= 2
    return waves


def _linear(srgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    value = srgb / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def _srgb(light: NDArray[np.float64]) -> NDArray[np.float64]:
    value = np.clip(light, 0, 1)
    curved = np.where(value <= 0.0031308, value * 12.92, 1.055 * value ** (1 / 2.4) - 0.055)
    return np.floor(curved * 255 + 0.5)


def _whole(digits: NDArray[np.float64], base: int) -> int:
    red, green, blue = (int(each) for each in digits)
    return (red * base + green) * base + blue


def _base83(value: int, length: int) -> str:
    return "".join(_LETTERS[value // 83**place % 83] for place in range(length - 1, -1, -1))
