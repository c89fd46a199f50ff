"""Where faces are looked for: where something has moved since it was last looked at.

What looks as it did holds the faces that it held. Once a second in which anything moves the whole
picture is looked at, since a part is seen without what is around it: a face that only this lets
miss is covered all the same, by the second that is added before it was first found.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from wardcast.check.adapters.planes import Grey
from wardcast.check.eyes.areas import changed
from wardcast.check.eyes.moments import TILE, Edges, tiled
from wardcast.check.place import Box

_STILL: Final = 1.0
"""Differences of light, of 255, that noise leaves in a tile's mean."""
_WHOLE_MS: Final = 1_000


@dataclass(slots=True)
class Glances:
    """Takes the pictures of one clip, in the order of their times."""

    _looked: Edges | None = None
    _whole_ms: int = 0

    def worth(self, at_ms: int, small: Grey) -> tuple[Box, ...]:
        """Where to look in this picture, in its own pixels; nowhere if nothing has moved."""
        size = small.shape[1], small.shape[0]
        whole = Box(0, 0, *size)
        light = tiled(small.astype(np.float32))
        if self._looked is None:
            areas: tuple[Box, ...] = (whole,)
            self._looked = light.copy()
        elif not (new := np.abs(light - self._looked) > _STILL).any():
            return ()
        else:
            late = at_ms - self._whole_ms >= _WHOLE_MS
            areas = (whole,) if late else changed(new, TILE, size)
        self._note(light, areas)
        if whole in areas:
            self._whole_ms = at_ms
        return areas

    def _note(self, light: Edges, areas: tuple[Box, ...]) -> None:
        assert self._looked is not None
        for box in areas:
            down = slice(box.top // TILE, -(-box.bottom // TILE))
            across = slice(box.left // TILE, -(-box.right // TILE))
            self._looked[down, across] = light[down, across]
