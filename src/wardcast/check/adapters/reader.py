"""Words in a picture, read by RapidOCR, which carries its models.

Traps: what is said once of `use_det` or `use_rec` sticks to later calls, so each call says all of
it; by default a picture is enlarged to 736 pixels by its short side, at five times the cost; its
quick scores weigh the upright box around a line, in which a turned one is mostly paper, and its
dilation makes one of lines close under each other; a line that stands upright is turned one way
only, so that half of them would be read upside down.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from wardcast.check.adapters.planes import Colour, opencv

_SIDE: Final = 960
_LINE: Final = 0.45
"""How sure it is of a line before it is read."""
_NEEDED: Final = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
_ONE_AT_A_TIME: Final = Lock()
"""What the engine was told last holds for all threads."""
_UPRIGHT: Final = 1.5
_DOUBTFUL: Final = 0.92
_LEAST: Final = 0.5
_STRANGE: Final = 0.85
"""In any pattern the reader sees some letter of its thousands: it must be surer of those."""
_LATIN: Final = re.compile(r"[A-Za-z0-9]{2}")


@dataclass(frozen=True, slots=True)
class Read:
    """A line of words: its corners in pixels (left upper first, clockwise), and how sure, 0 to
    1."""

    text: str
    corners: tuple[tuple[float, float], ...]
    confidence: float


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
    with _ONE_AT_A_TIME:
        engine = _engine()
        found = engine(picture, use_det=True, use_cls=False, use_rec=False)
        if found is None or found.boxes is None:
            return []
        lines = [_line(engine, picture, corners) for corners in found.boxes]
    return [line for line in lines if line is not None]


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Det.limit_type": "max",
            "Det.limit_side_len": _SIDE,
            "Det.score_mode": "slow",
            "Det.use_dilation": False,
            "Det.box_thresh": _LINE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _line(engine: Any, picture: Colour, corners: npt.NDArray[np.float32]) -> Read | None:
    cut = _cut(picture, corners)
    if cut is None:
        return None
    upright = cut.shape[0] >= _UPRIGHT * cut.shape[1]
    tries = [np.rot90(cut, 1), np.rot90(cut, 3)] if upright else [cut]
    found = [_said(engine, each) for each in tries]
    if max(sure for _, sure in found) < _DOUBTFUL:
        found += [_said(engine, np.rot90(each, 2)) for each in ([cut] if not upright else [])]
    text, sure = max(found, key=lambda each: each[1])
    if not text.strip() or sure < (_LEAST if _LATIN.search(text) else _STRANGE):
        return None
    places = tuple((float(x), float(y)) for x, y in corners)
    return Read(text.strip(), places, round(sure, 3))


def _said(engine: Any, cut: Colour) -> tuple[str, float]:
    found = engine(np.ascontiguousarray(cut), use_det=False, use_cls=False, use_rec=True)
    if found is None or not found.txts:
        return "", 0.0
    return str(found.txts[0]), float(found.scores[0])


def _cut(picture: Colour, corners: npt.NDArray[np.float32]) -> Colour | None:
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
