"""What is seen in a file, by means that are not the check's: ffmpeg's own pictures at other moments
and another size, a reader of words at its own settings, two finders of faces, and plain light."""

import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from drills.ward import Clip
from wardcast.check.adapters import faces

Picture = np.ndarray
Edges = tuple[float, float, float, float]

_STEP_S = 1.3
_LARGER = 1.5
_DARK = 40
"""A box is black; an encoder leaves some light at its edges."""
_BARE = 0.3
"""So much of the middle of a face that is to be seen is bare."""
_UNLIKE = 2.0
"""Mean difference of light below which a picture is the one before."""


def pictures(path: Path, fps: int, size: tuple[int, int]) -> Iterator[tuple[float, Picture]]:
    """Every picture with its time, in colours as OpenCV has them. The first is at 0: in Matroska it
    comes after what AAC puts before its sound, by half a picture and more."""
    words = [
        *("ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-map", "0:v:0"),
        *("-vf", f"setpts=PTS-STARTPTS,fps={fps}", "-f", "rawvideo", "-pix_fmt", "bgr24", "-"),
    ]
    wide, high = size
    with subprocess.Popen(words, stdout=subprocess.PIPE) as made:
        assert made.stdout is not None
        number = 0
        while len(data := made.stdout.read(wide * high * 3)) == wide * high * 3:
            yield number / fps, np.frombuffer(data, np.uint8).reshape(high, wide, 3)
            number += 1


def moments(clip: Clip) -> list[float]:
    """When to look: beside the check's tenths of a second, and at the first and last pictures in
    which words are to be seen."""
    edge = 1 / clip.fps
    first = [each.since + wait * edge for each in clip.words for wait in (0.0, 2.0)]
    last = [each.until - edge for each in clip.words]
    plain = list(np.arange(0.37, clip.seconds, _STEP_S))
    numbers = {int(np.ceil(when * clip.fps - 1e-6)) for when in (*first, *last, *plain)}
    return [number / clip.fps for number in sorted(numbers) if number < clip.seconds * clip.fps - 1]


@cache
def _reader() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def lines(shown: Iterable[Picture]) -> Iterator[str]:
    """The lines read in enlarged pictures, those that look like the one before left out."""
    before: Picture | None = None
    for picture in shown:
        if before is not None and cv2.absdiff(before, picture).mean() < _UNLIKE / 10:
            continue
        before = picture
        large = cv2.resize(picture, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_LANCZOS4)
        yield from _reader()(large).txts or ()


def found_at(picture: Picture, edges: Edges) -> bool:
    """Whether a face is found at this place: by the check's model, shown the place mirrored and at
    another scale, or by OpenCV's older finder of faces. Hair and collar around a black square look
    like a head to either, so what they find counts where its middle is not black."""
    part, (left, top) = _around(picture, edges)
    wide = part.shape[1]
    mirrored = np.ascontiguousarray(part[:, ::-1])
    by_model = [
        (left + wide - each.right, top + each.top, left + wide - each.left, top + each.bottom)
        for each in faces.find(mirrored, 0.4)
    ]
    grey = cv2.equalizeHist(cv2.cvtColor(part, cv2.COLOR_BGR2GRAY))
    by_cascade = [
        (left + x, top + y, left + x + w, top + y + h)
        for x, y, w, h in _cascade().detectMultiScale(grey, 1.05, 5, minSize=(24, 24))
    ]
    return any(
        _shares(each, edges) and bare(picture, _middle(each)) > _BARE
        for each in (*by_model, *by_cascade)
    )


def _middle(edges: Edges) -> Edges:
    left, top, right, bottom = edges
    across, down = (right - left) / 4, (bottom - top) / 4
    return left + across, top + down, right - across, bottom - down


def _around(picture: Picture, edges: Edges) -> tuple[Picture, tuple[int, int]]:
    """The place with its surroundings, three times as wide, and where that begins."""
    high, wide = picture.shape[:2]
    across, down = edges[2] - edges[0], edges[3] - edges[1]
    left, top = max(0, int(edges[0] - across)), max(0, int(edges[1] - down))
    right, bottom = min(wide, int(edges[2] + across)), min(high, int(edges[3] + down))
    return picture[top:bottom, left:right], (left, top)


@cache
def _cascade() -> Any:
    return cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")


def _shares(one: Edges, other: Edges) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return (
        wide > 0 and high > 0 and wide * high > 0.3 * (other[2] - other[0]) * (other[3] - other[1])
    )


def bare(picture: Picture, edges: Edges) -> float:
    """How much of a place is not black, 0 to 1; 0 where it lies outside the picture."""
    left, top, right, bottom = (max(0, round(each)) for each in edges)
    part = picture[top:bottom, left:right]
    return float((part.max(axis=2) > _DARK).mean()) if part.size else 0.0
