"""Which picture of a clip makes a good poster: a sharp one that is neither dark nor burnt out.

Judged on small grey pictures as raw bytes, so that nothing is decoded outside the sandbox.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

GREY: Final = "looks.grey"
TINY: Final = "looks.rgb"
"""The pictures that are looked at, as raw bytes: grey ones, and very small ones in colour."""
PICTURES: Final = "looks_%03d.jpg"
"""The same as JPEGs, so that the best is a poster at once; the first is number 1."""
MOST: Final = 20
"""So many pictures of a clip are looked at."""
_CLOSEST_MS: Final = 500
_TINY: Final = 32
_DARK, _BRIGHT = 60.0, 190.0
_BLACK, _WHITE = 20, 240


def every_ms(duration_ms: int) -> int:
    """How far apart the pictures lie that are looked at."""
    return max(_CLOSEST_MS, -(-duration_ms // MOST))


def tiny(width: int, height: int) -> tuple[int, int]:
    """The size of the very small pictures: at most 32 pixels, and even."""
    share = min(1.0, _TINY / max(width, height))
    return max(2, round(width * share / 2) * 2), max(2, round(height * share / 2) * 2)


def best(grey: bytes, width: int, height: int) -> int:
    """The number of the best of these pictures, which follow each other in ``grey``; 0 if there is
    none."""
    size = width * height
    count = len(grey) // size
    if not count:
        return 0
    pictures = np.frombuffer(grey, np.uint8, count * size).reshape(count, height, width)
    return int(np.argmax([score(each) for each in pictures]))


def score(picture: NDArray[np.uint8]) -> float:
    """How good a poster it makes: its sharpness (variance of the Laplacian), less where it is dark
    or bright as a whole, and less for what is black or burnt out in it."""
    light = picture.astype(np.float32)
    middle = light[1:-1, 1:-1]
    edges = light[:-2, 1:-1] + light[2:, 1:-1] + light[1:-1, :-2] + light[1:-1, 2:] - 4 * middle
    mean = float(light.mean())
    exposed = max(0.0, min(1.0, mean / _DARK, (255 - mean) / (255 - _BRIGHT)))
    lost = float(((picture < _BLACK) | (picture > _WHITE)).mean())
    sharp = float(edges.var()) if edges.size else 0.0  # a line or two of pixels have no inside
    return sharp * exposed**2 * (1 - lost) ** 2
