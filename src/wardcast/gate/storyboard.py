"""Small pictures of a clip's course on one sheet, for who looks for a moment.

`STORYBOARD` holds tiles, ten in a row; `STORYBOARD_VTT` says in WebVTT which tile belongs to which
time, by ``#xywh`` fragments as players read them.
"""

from dataclasses import dataclass
from typing import Final

from wardcast.gate.probe import Probe

STORYBOARD: Final = "storyboard.jpg"
STORYBOARD_VTT: Final = "storyboard.vtt"
_ACROSS: Final = 10
_TILE_WIDTH: Final = 90
_MOST: Final = 100
_CLOSEST_MS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a storyboard is laid out. Sizes in pixels; a tile stands for ``every_ms``."""

    every_ms: int
    count: int
    width: int
    height: int

    @property
    def rows(self) -> int:
        """Rows of tiles; the last may end early."""
        return -(-self.count // _ACROSS)

    def filters(self, label: str, out: str) -> str:
        """The chain that draws it. ``round=up`` gives each stretch of time its first picture."""
        return (
            f"[{label}]fps=1000/{self.every_ms}:start_time=0:round=up,"
            f"scale={self.width}:{self.height}:flags=bicubic,tile={_ACROSS}x{self.rows}[{out}]"
        )

    def webvtt(self, duration_ms: int) -> str:
        """Which tile shows which time."""
        cues = [
            f"{_clock(number * self.every_ms)} --> "
            f"{_clock(min((number + 1) * self.every_ms, max(duration_ms, 1)))}\n"
            f"{STORYBOARD}#xywh={number % _ACROSS * self.width},"
            f"{number // _ACROSS * self.height},{self.width},{self.height}\n"
            for number in range(self.count)
        ]
        return "\n".join(["WEBVTT\n", *cues])


def sheet_for(probe: Probe) -> Sheet:
    """A tile a second, or a hundred for a longer clip."""
    every_ms = max(_CLOSEST_MS, -(-probe.video_ms // _MOST))
    height = max(2, round(_TILE_WIDTH * probe.height / probe.width / 2) * 2)
    count = max(1, -(-probe.video_ms // every_ms))
    return Sheet(every_ms, count, _TILE_WIDTH, height)


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"
