"""Words in a picture, read by RapidOCR, which carries its models.

Traps: what is said once of `use_det` or `use_rec` sticks to later calls, so each call says all of
it; by default a picture is enlarged to 736 pixels by its short side, at five times the cost; its
quick scores weigh the upright box around a line, in which a turned one is mostly paper, and its
dilation makes one of lines close under each other; a line that stands upright is turned one way
only, so that half of them would be read upside down; and by default it drops lines of a few pixels,
which is what is left of small print in a picture that was shrunk.
"""

import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np

from wardcast.check.adapters.planes import Colour, opencv
from wardcast.check.place import Box

SIDE: Final = 960
"""Pixels of the longer side at which lines are looked for."""
_PART: Final = 240_000
"""Pixels in which an area is looked for lines: alone it is seen less well than within the whole,
unless it is larger."""
_LINE: Final = 0.3
"""How sure it is of a line before it is read: of thin letters on black it hardly is."""
_THIN: Final = 2
"""The least height of a line in pixels of the shrunk picture."""
_LONG: Final = 1.5
_LEAST_PX: Final = 7
"""And in the picture's own, below which there is nothing to read."""
_NEEDED: Final = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
_ONE_AT_A_TIME: Final = Lock()
"""What the engine was told last holds for all threads."""
_UPRIGHT: Final = 1.5
_DOUBTFUL: Final = 0.92
_LEAST: Final = 0.5
_STRANGE: Final = 0.85
"""In any pattern the reader sees some letter of its thousands: it must be surer of those."""
_STROKES: Final = frozenset("一ー丨亅丿口囗ロ")
"""One such sign alone is the edge of something, or a box: nobody writes a line of one stroke."""
_LATIN: Final = re.compile(r"[A-Za-z0-9]{2}")


Corners = tuple[tuple[float, float], ...]
"""In pixels, the left upper first, clockwise."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of words may stand, or several that ran into one another."""

    corners: Corners

    @property
    def high(self) -> float:
        """The height of its letters in pixels, if it is one."""
        return _high(self.corners)

    @property
    def may_be_word(self) -> bool:
        """Whether it is longer than high: what has many edges has many places that are not."""
        return _long(self.corners) >= _LONG * self.high


@dataclass(frozen=True, slots=True)
class Read:
    """A line of words, and how sure, 0 to 1."""

    text: str
    corners: Corners
    confidence: float

    @property
    def high(self) -> float:
        """The height of its letters in pixels."""
        return _high(self.corners)


def _high(corners: Corners) -> float:
    first, second, _, last = corners
    return min(math.dist(first, second), math.dist(first, last))


def _long(corners: Corners) -> float:
    first, second, _, last = corners
    return max(math.dist(first, second), math.dist(first, last))


def missing() -> tuple[str, ...]:
    """What is not installed of what reading needs; none when it can be used."""
    lacking = tuple(name for name in ("cv2", "onnxruntime", "rapidocr") if find_spec(name) is None)
    if lacking:
        return lacking
    found = find_spec("rapidocr")
    origin = found.origin if found else None
    models = Path(origin or "").parent / "models"
    return tuple(name for name in _NEEDED if not (models / name).is_file())


def read(picture: Colour) -> list[Read]:
    """The lines of words in a picture, from above to below; those that it is unsure of are left
    out."""
    lines = [line(picture, place) for place in find(picture) if place.may_be_word]
    return [each for each in lines if each is not None]


def find(picture: Colour, area: Box | None = None) -> list[Place]:
    """Where lines of words may be in a picture or an area of it, from above to below."""
    height, width = picture.shape[:2]
    area = area or Box(0, 0, width, height)
    share = _share(area, max(height, width))
    shown = picture[area.top : area.bottom, area.left : area.right]
    if share < 1:
        cv2 = opencv()
        shown = cv2.resize(shown, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    with _ONE_AT_A_TIME:
        found = _engine()(shown, use_det=True, use_cls=False, use_rec=False)
    if found is None or found.boxes is None:
        return []
    places = (
        Place(tuple((area.left + float(x) / share, area.top + float(y) / share) for x, y in each))
        for each in found.boxes
    )
    return [place for place in places if place.high >= _LEAST_PX]


def _share(area: Box, longer: int) -> float:
    """How much an area is shrunk; 1 where the engine does it itself."""
    if max(area.width, area.height) == longer:
        return 1.0
    plain = min(1.0, SIDE / longer)
    return max(plain, min(1.0, math.sqrt(_PART / area.area)))


def line(picture: Colour, place: Place) -> Read | None:
    """What is written in a place of a picture; None where it cannot be read."""
    with _ONE_AT_A_TIME:
        return _line(_engine(), picture, place.corners)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    engine: Any = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Det.limit_type": "max",
            "Det.limit_side_len": SIDE,
            "Det.score_mode": "slow",
            "Det.use_dilation": False,
            "Det.box_thresh": _LINE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    engine(np.zeros((64, 64, 3), np.uint8), use_det=True, use_cls=False, use_rec=False)
    engine.text_det.postprocess_op.min_size = _THIN  # there only once it has been used
    return engine


def _line(engine: Any, picture: Colour, corners: Corners) -> Read | None:
    cut = _cut(picture, corners)
    if cut is None:
        return None
    upright = cut.shape[0] >= _UPRIGHT * cut.shape[1]
    tries = [np.rot90(cut, 1), np.rot90(cut, 3)] if upright else [cut]
    found = [_said(engine, each) for each in tries]
    if any(text for text, _ in found) and max(sure for _, sure in found) < _DOUBTFUL:
        found += [_said(engine, np.rot90(each, 2)) for each in ([cut] if not upright else [])]
    text, sure = max(found, key=lambda each: each[1])
    if (
        not text.strip()
        or text.strip() in _STROKES
        or sure < (_LEAST if _LATIN.search(text) else _STRANGE)
    ):
        return None
    return Read(text.strip(), corners, round(sure, 3))


def _said(engine: Any, cut: Colour) -> tuple[str, float]:
    found = engine(np.ascontiguousarray(cut), use_det=False, use_cls=False, use_rec=True)
    if found is None or not found.txts:
        return "", 0.0
    return str(found.txts[0]), float(found.scores[0])


def _cut(picture: Colour, corners: Corners) -> Colour | None:
    """A line taken out of its picture and laid straight."""
    cv2 = opencv()
    points = np.asarray(corners, np.float32)
    wide = int(max(np.linalg.norm(points[0] - points[1]), np.linalg.norm(points[2] - points[3])))
    high = int(max(np.linalg.norm(points[0] - points[3]), np.linalg.norm(points[1] - points[2])))
    if wide < 2 or high < 2:
        return None
    straight = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    turned = cv2.getPerspectiveTransform(points, straight)
    cut: Colour = cv2.warpPerspective(
        picture, turned, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return cut
