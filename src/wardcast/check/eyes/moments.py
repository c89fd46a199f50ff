"""Which pictures are worth reading: those in which something has changed since the last one.

Words come and go as edges. A picture is cut into small tiles, and where the edges of any tile have
grown or gone since what was last read, it is read. Where everything moves all the time, two
pictures a second are read, and a few more at once where a quiet one changes fast.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from wardcast.check.adapters.planes import Grey

TILE: Final = 20
"""Of the small picture, in pixels."""
_STRONG: Final = 64
"""Differences of light between neighbours from which an edge is as good as any other."""
_CHANGED: Final = 0.055
_BURST: Final = 3.0
_EACH_MS: Final = 500

Edges = npt.NDArray[np.float32]


@dataclass(slots=True)
class Moments:
    """Says of each picture whether it is worth reading. `quiet_ms` is the time of the last one
    that looked like what was read last."""

    quiet_ms: int = 0
    _read: Edges | None = None
    _left: float = _BURST
    _at_ms: int = 0

    def worth(self, at_ms: int, small: Grey) -> bool:
        """Whether to read this one. The first one is."""
        edges = edges_of(small)
        self._left = min(_BURST, self._left + (at_ms - self._at_ms) / _EACH_MS)
        self._at_ms = at_ms
        changed = self._read is None or change(self._read, edges) > _CHANGED
        if not changed:
            self.quiet_ms = at_ms
            return False
        if self._left < 1:
            return False
        self._left -= 1
        self._read = edges
        self.quiet_ms = at_ms
        return True


def edges_of(small: Grey) -> Edges:
    """How much there is of edges in each tile, 0 to 1."""
    light = small.astype(np.int16)
    across = np.minimum(np.abs(np.diff(light, axis=1)), _STRONG)[1:, :]
    down = np.minimum(np.abs(np.diff(light, axis=0)), _STRONG)[:, 1:]
    both = np.maximum(across, down).astype(np.float32) / _STRONG
    high, wide = (max(1, -(-side // TILE)) for side in both.shape)
    room = np.zeros((high * TILE, wide * TILE), np.float32)
    room[: both.shape[0], : both.shape[1]] = both
    found: Edges = room.reshape(high, TILE, wide, TILE).mean(axis=(1, 3))
    return found


def change(before: Edges, after: Edges) -> float:
    """How much the edges of the tile that has changed most have changed."""
    return float(np.abs(after - before).max())
