"""Where boxes have moved from one picture to the next, by the light within them."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from wardcast.check.adapters.planes import Grey, opencv
from wardcast.check.place import Box, boxed

_POINTS: Final = 24
_STILL: Final = 1.5
"""Mean difference of light below which nothing has moved."""
_FEWEST: Final = 4
_MOST: Final = 0.5
_BACK: Final = 1.0
"""So near, in pixels, a point comes back that is followed there and back again. Of words that are
gone others are found somewhere, and from there the way leads elsewhere."""

Points = npt.NDArray[np.float32]


def moved(
    before: Grey, after: Grey, boxes: Sequence[Box], share: float, size: tuple[int, int]
) -> list[Box]:
    """The boxes in the later picture; `share` is how large the pictures are beside the original,
    whose pixels boxes are in. A box whose light is not found again stays where it was."""
    if not boxes:
        return []
    if float(np.abs(before.astype(np.int16) - after.astype(np.int16)).mean()) < _STILL:
        return list(boxes)
    cv2 = opencv()
    return [_shifted(cv2, before, after, box, share, size) for box in boxes]


def _shifted(
    cv2: Any, before: Grey, after: Grey, box: Box, share: float, size: tuple[int, int]
) -> Box:
    left, top = int(box.left * share), int(box.top * share)
    patch = before[top : int(box.bottom * share) + 1, left : int(box.right * share) + 1]
    points = cv2.goodFeaturesToTrack(patch, _POINTS, 0.02, 3)
    if points is None or len(points) < _FEWEST:
        return box
    start = (points.reshape(-1, 2) + np.array([left, top], np.float32)).astype(np.float32)
    there, found, _ = cv2.calcOpticalFlowPyrLK(before, after, start, None, winSize=(15, 15))
    back, again, _ = cv2.calcOpticalFlowPyrLK(after, before, there, None, winSize=(15, 15))
    near = np.abs(back - start).max(axis=1) < _BACK
    kept: Points = (there - start)[(found.ravel() == 1) & (again.ravel() == 1) & near]
    if len(kept) < max(_FEWEST, _MOST * len(start)):
        return box
    across, down = (float(np.median(kept[:, axis])) / share for axis in (0, 1))
    return boxed(
        round(box.left + across),
        round(box.top + down),
        round(box.right + across),
        round(box.bottom + down),
        size,
    )
