"""Eyes that look at a clip's pictures one after another, and say at the end what there was."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from wardcast.check.adapters import faces, planes, reader
from wardcast.check.adapters.planes import Colour, Grey
from wardcast.check.eyes.areas import holding, joined, meets
from wardcast.check.eyes.closer import Closer
from wardcast.check.eyes.glances import Glances
from wardcast.check.eyes.moments import Moments
from wardcast.check.eyes.moving import moved
from wardcast.check.eyes.people import CLEAR, FAINT, People, Scenes
from wardcast.check.eyes.writing import Writing, Written
from wardcast.check.place import Box, boxed
from wardcast.check.report import ChannelState
from wardcast.check.seen import Seen

EVERY_MS: Final = 100
"""A picture in so many ms is looked at: every third one of a usual clip."""
_SMALL: Final = 640
_AROUND: Final = 1.3
"""So much of a face and what is around it, in its own size, is looked at together."""
_LOOK = "Have a second clinician look at it."


class Eyes:
    """Looks at pictures of one clip, in the order of their times.

    `original` is the clip's own upright size in pixels, in which all places are told. The same
    pictures give the same answer. What is not installed is not looked for, and said so.
    """

    def __init__(self, original: tuple[int, int]) -> None:
        self._original = original
        self._reads = not reader.missing()
        self._finds = not faces.missing()
        self._moments, self._glances, self._scenes = Moments(), Glances(), Scenes()
        self._writing, self._people = Writing(original), People(original)
        self._closer = Closer()
        self._since = 0
        self._before: Grey | None = None
        self._found: list[faces.Face] = []
        self._count = 0

    @property
    def open(self) -> bool:
        """Whether there is anything to look with."""
        return self._reads or self._finds

    def see(self, at_ms: int, width: int, height: int, data: bytes) -> None:
        """Looks at a picture: planes Y, U and V of 8 bits, the latter two of half the size."""
        small = planes.shrunk(planes.grey(data, width, height), _SMALL)
        if self._reads:
            self._follow(at_ms, small)
            since = min(self._moments.quiet_ms, at_ms)
            if new := self._moments.worth(at_ms, small):
                areas = self._areas(new, small, self._writing.standing())
                self._since = since
                lines = self._lines(planes.colour(data, width, height), at_ms, areas)
                self._writing.take(at_ms, since, list(lines), areas)
            elif self._moments.still(at_ms) and (around := self._around()):
                lines = self._lines(planes.colour(data, width, height), at_ms, around)
                self._writing.take(at_ms, self._since, list(lines), ())
        if self._finds:
            if self._scenes.cut(small):
                self._people.cut(at_ms)
            if new := self._glances.worth(at_ms, small):
                self._seek(new, small, planes.small_colour(data, width, height, _SMALL))
            self._people.take(at_ms, self._found)
        self._before = small
        self._count += 1

    def seen(self, end_ms: int) -> Seen:
        """All that was seen of a clip of this length; call it once, at the end."""
        width, height = self._original
        end_ms = max(end_ms, self._count * EVERY_MS)
        return Seen(
            width,
            height,
            self._writing.regions(end_ms),
            self._people.tracks(end_ms),
            (_screen(), _faces()),
        )

    def _follow(self, at_ms: int, small: Grey) -> None:
        if self._before is None:
            return
        boxes = list(self._writing.standing())
        share = small.shape[1] / self._original[0]
        now = moved(self._before, small, boxes, share, self._original)
        if now != boxes:
            self._writing.move(at_ms, now)

    def _areas(self, new: Sequence[Box], small: Grey, known: Iterable[Box]) -> tuple[Box, ...]:
        """What is to be looked at, in the original's pixels: nothing known is cut in two."""
        width, height = self._original
        across, down = width / small.shape[1], height / small.shape[0]
        return holding([_scaled(each, across, down, self._original) for each in new], known)

    def _around(self) -> tuple[Box, ...]:
        """Where lines stand, with what is close to them: a part of a picture is seen larger than
        the whole, and what was missed among them is found."""
        size = self._original
        return joined(
            boxed(box.left - by, box.top - by, box.right + by, box.bottom + by, size)
            for box in self._writing.standing()
            for by in [min(box.width, box.height)]
        )

    def _lines(self, picture: Colour, at_ms: int, areas: Sequence[Box]) -> Iterator[Written]:
        size = picture.shape[1], picture.shape[0]
        across, down = self._original[0] / size[0], self._original[1] / size[1]
        within = [_scaled(each, 1 / across, 1 / down, size) for each in areas]
        for line in self._closer.lines(picture, at_ms, within):
            xs, ys = zip(*line.corners, strict=True)
            box = boxed(
                min(xs) * across, min(ys) * down, max(xs) * across, max(ys) * down, self._original
            )
            yield Written(line.text, box, max(1, round(line.high * across)), line.confidence)

    def _seek(self, new: Sequence[Box], small: Grey, picture: Colour) -> None:
        """Looks for faces where something is new; elsewhere they are where they were. What a part
        leaves in doubt is looked at in the whole."""
        known = [self._box(each).grown(_AROUND, self._original) for each in self._found]
        areas = self._areas(new, small, known)
        found = [each for area in areas for each in self._faces(picture, area)]
        left = [each for each in self._found if not meets(areas, self._box(each))]
        lost = len(left) + len(found) < len(self._found)
        if lost or any(self._is_doubtful(each, areas) for each in found):
            left, found = [], self._faces(picture, Box(0, 0, *self._original))
        self._found = left + found

    def _is_doubtful(self, face: faces.Face, areas: Sequence[Box]) -> bool:
        """Whether a face is faint, or reaches beyond what was looked at."""
        box = self._box(face)
        return face.confidence < CLEAR or all(area.shared(box) < box.area for area in areas)

    def _faces(self, picture: Colour, area: Box) -> list[faces.Face]:
        """Those whose middle lies in an area of the original."""
        size = picture.shape[1], picture.shape[0]
        across, down = self._original[0] / size[0], self._original[1] / size[1]
        within = _scaled(area, 1 / across, 1 / down, size)
        found = (
            faces.Face(
                f.left * across, f.top * down, f.right * across, f.bottom * down, f.confidence
            )
            for f in faces.find(picture, FAINT, within)
        )
        return [each for each in found if _middle(self._box(each)).shared(area)]

    def _box(self, face: faces.Face) -> Box:
        return boxed(face.left, face.top, face.right, face.bottom, self._original)


def _middle(box: Box) -> Box:
    x, y = (box.left + box.right) // 2, (box.top + box.bottom) // 2
    return Box(x, y, x + 1, y + 1)


def _scaled(box: Box, across: float, down: float, size: tuple[int, int]) -> Box:
    return boxed(box.left * across, box.top * down, box.right * across, box.bottom * down, size)


def not_looked(because: str) -> tuple[ChannelState, ...]:
    """The states of both channels where a clip's pictures could not be looked at."""
    return tuple(ChannelState(name, "not_checked", because, _LOOK) for name in ("screen", "faces"))


def _screen() -> ChannelState:
    if lacking := reader.missing():
        return ChannelState(
            "screen", "not_checked",
            "No reader for words in the picture is installed: wristbands, boards and monitors "
            f"were not read ({', '.join(lacking)}).",
            _LOOK,
        )  # fmt: skip
    return ChannelState("screen", "checked")


def _faces() -> ChannelState:
    if lacking := faces.missing():
        return ChannelState(
            "faces", "not_checked",
            "No detector of faces is installed, so nobody looked for people in the picture "
            f"({', '.join(lacking)}).",
            _LOOK,
        )  # fmt: skip
    return ChannelState("faces", "checked")
