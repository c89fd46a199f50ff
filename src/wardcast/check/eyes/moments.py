"""Which pictures are worth reading: those in which something has changed since the last one.

Words come and go as edges. A picture is cut into small tiles, and once the edges of any tile have
grown or gone since it was last read, all that looks other than then is read. Where everything moves
all the time, two pictures a second are read, and a few more at once where a quiet one changes fast.
Now and then one is read whole: what blurred once may have become clear little by little. What stays
is looked at twice.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from wardcast.check.adapters.planes import Grey
from wardcast.check.eyes.areas import Tiles, changed
from wardcast.check.place import Box

TILE: Final = 20
"""Of the small picture, in pixels."""
_STRONG: Final = 64
"""Differences of light between neighbours from which an edge is as good as any other."""
_CHANGED: Final = 0.055
_OTHER: Final = 4.0
"""Mean difference of light by which a tile is no longer what was read: words that move along have
as many edges as before."""
_BURST: Final = 3.0
_EACH_MS: Final = 500
_WHOLE_MS: Final = 4_000
_STILL_MS: Final = 300

Edges = npt.NDArray[np.float32]


@dataclass(slots=True)
class Moments:
    """Says of each picture what of it is worth reading. `quiet_ms` is the time of the last one
    that looked like what was read last."""

    quiet_ms: int = 0
    _read: Edges | None = None
    _shown: Grey | None = None
    _left: float = _BURST
    _at_ms: int = 0
    _whole_ms: int = 0
    _read_ms: int = 0
    _same: bool = False
    _twice: bool = False

    def worth(self, at_ms: int, small: Grey) -> tuple[Box, ...]:
        """Where to read this one, in its own pixels; nowhere if nothing is new. The first one is
        read whole."""
        edges = edges_of(small)
        self._left = min(_BURST, self._left + (at_ms - self._at_ms) / _EACH_MS)
        self._at_ms = at_ms
        new = self._new(edges, small)
        self._same = not new.any()
        if self._same:
            self.quiet_ms = at_ms
            return ()
        if self._left < 1:
            return ()
        self._left -= 1
        self.quiet_ms = at_ms
        size = small.shape[1], small.shape[0]
        areas = changed(new, TILE, size)
        if self._shown is None or at_ms - self._whole_ms >= _WHOLE_MS:
            areas = (Box(0, 0, *size),)
        self._note(at_ms, edges, small, areas)
        self._read_ms, self._twice = at_ms, False
        return areas

    def still(self, at_ms: int) -> bool:
        """Whether to look once more at what was read and has stayed; once for each time."""
        if self._twice or not self._same or at_ms - self._read_ms < _STILL_MS:
            return False
        self._twice = True
        return True

    def _new(self, edges: Edges, small: Grey) -> Tiles:
        """The tiles that are not as they were when they were last read; none where no edges have
        come or gone."""
        if self._read is None or self._shown is None:
            return np.ones(edges.shape, np.bool_)
        new: Tiles = np.abs(edges - self._read) > _CHANGED
        if new.any():
            light = np.abs(small.astype(np.float32) - self._shown.astype(np.float32))[1:, 1:]
            new |= tiled(light) > _OTHER
        return new

    def _note(self, at_ms: int, edges: Edges, small: Grey, areas: tuple[Box, ...]) -> None:
        if self._read is None or self._shown is None:
            self._read, self._shown = edges.copy(), small.copy()
        for box in areas:
            self._shown[box.top : box.bottom, box.left : box.right] = small[
                box.top : box.bottom, box.left : box.right
            ]
            down = slice(box.top // TILE, -(-box.bottom // TILE))
            across = slice(box.left // TILE, -(-box.right // TILE))
            self._read[down, across] = edges[down, across]
        if areas == (Box(0, 0, small.shape[1], small.shape[0]),):
            self._whole_ms = at_ms


def edges_of(small: Grey) -> Edges:
    """How much there is of edges in each tile, 0 to 1."""
    light = small.astype(np.int16)
    across = np.minimum(np.abs(np.diff(light, axis=1)), _STRONG)[1:, :]
    down = np.minimum(np.abs(np.diff(light, axis=0)), _STRONG)[:, 1:]
    both: Edges = np.maximum(across, down).astype(np.float32) / np.float32(_STRONG)
    return tiled(both)


def tiled(picture: Edges) -> Edges:
    """The mean of each tile; what a tile lacks at the edges counts as nothing."""
    high, wide = (max(1, -(-side // TILE)) for side in picture.shape)
    room = np.zeros((high * TILE, wide * TILE), np.float32)
    room[: picture.shape[0], : picture.shape[1]] = picture
    found: Edges = room.reshape(high, TILE, wide, TILE).mean(axis=(1, 3))
    return found
