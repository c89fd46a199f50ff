"""Pictures as the readers of pictures take them, out of a video's planes."""

from typing import Any

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
"""Height by width."""
Colour = npt.NDArray[np.uint8]
"""Height by width by blue, green and red."""


def grey(planes: bytes, width: int, height: int) -> Grey:
    """The picture's light alone."""
    return np.frombuffer(planes, np.uint8, width * height).reshape(height, width)


def colour(planes: bytes, width: int, height: int) -> Colour:
    """The picture in its own size."""
    cv2 = opencv()
    whole = np.frombuffer(planes, np.uint8, width * height * 3 // 2)
    found: Colour = cv2.cvtColor(whole.reshape(height * 3 // 2, width), cv2.COLOR_YUV2BGR_I420)
    return found


def small_colour(planes: bytes, width: int, height: int, side: int) -> Colour:
    """The picture with no side longer than `side` pixels; at a fraction of the cost of shrinking
    it once it has its colours."""
    share = side / max(width, height)
    if share >= 1:
        return colour(planes, width, height)
    cv2 = opencv()
    wide, high = (max(2, round(each * share / 2) * 2) for each in (width, height))
    light = grey(planes, width, height)
    tints = np.frombuffer(planes, np.uint8, width * height // 2, width * height)
    pair = tints.reshape(2, height // 2, width // 2)
    parts = [cv2.resize(light, (wide, high), interpolation=cv2.INTER_AREA)]
    parts += [
        cv2.resize(each, (wide // 2, high // 2), interpolation=cv2.INTER_AREA) for each in pair
    ]
    whole = np.concatenate([part.ravel() for part in parts])
    return colour(whole.tobytes(), wide, high)


def shrunk(picture: Grey, side: int) -> Grey:
    """A picture with no side longer than `side` pixels."""
    height, width = picture.shape[:2]
    share = side / max(width, height)
    if share >= 1:
        return picture
    cv2 = opencv()
    size = (max(1, round(width * share)), max(1, round(height * share)))
    found: Grey = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return found


def opencv() -> Any:
    """OpenCV with one thread: the worker has other work, and the same sums come out the same."""
    import cv2

    cv2.setNumThreads(1)
    return cv2
