"""Parts of a picture: what has changed is looked at anew, and what stands still is known."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from wardcast.check.adapters.planes import opencv
from wardcast.check.place import Box, boxed

_MUCH: Final = 0.6
"""Of the picture: where more has changed it is looked at whole."""

Tiles = npt.NDArray[np.bool_]


def changed(tiles: Tiles, side: int, size: tuple[int, int]) -> tuple[Box, ...]:
    """Where tiles of a picture of this width and height have changed, with those beside them; the
    whole of it where there are many."""
    cv2: Any = opencv()
    mask = cv2.dilate(tiles.astype(np.uint8), np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    boxes = [
        boxed(left * side, top * side, (left + wide) * side, (top + high) * side, size)
        for left, top, wide, high, _ in stats[1:count].tolist()
    ]
    apart = joined(boxes)
    if sum(box.area for box in apart) > _MUCH * size[0] * size[1]:
        return (Box(0, 0, *size),)
    return apart


def holding(areas: Sequence[Box], lines: Iterable[Box]) -> tuple[Box, ...]:
    """The areas, each so large that it holds the whole of every line that it meets."""
    left = list(lines)
    grown = joined(areas)
    while meeting := [line for line in left if meets(grown, line)]:
        left = [line for line in left if line not in meeting]
        grown = joined([*grown, *meeting])
    return grown


def joined(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """The boxes, those that share a pixel as one that holds them."""
    apart: list[Box] = []
    for box in boxes:
        whole = box
        while meeting := [each for each in apart if each.shared(whole)]:
            for each in meeting:
                apart.remove(each)
                whole = whole.around(each)
        apart.append(whole)
    return tuple(sorted(apart))


def meets(areas: Iterable[Box], box: Box) -> bool:
    """Whether a box lies in any of the areas, if only by a pixel."""
    return any(area.shared(box) for area in areas)
