"""How far ffmpeg is, from the lines that ``-progress pipe:2`` writes."""

import re
from collections.abc import Callable
from typing import Final

from wardcast.gate.sandbox import Finished

Progress = Callable[[float], None]
"""Hears the share that is done, from 0.0 to 1.0, in the thread that called."""

_FRAME: Final = re.compile(r"frame=\s*(\d{1,9})")


class Heard:
    """Turns ffmpeg's progress lines into shares; the last tenth is for what comes after."""

    def __init__(self, frames: int, progress: Progress | None) -> None:
        self._frames = max(1, frames)
        self._progress = progress
        self._last = 0.0

    def line(self, line: str) -> None:
        """One line of standard error."""
        match = _FRAME.fullmatch(line)
        if match:
            self._tell(min(1.0, int(match[1]) / self._frames) * 0.9)

    def done(self) -> None:
        """Everything is handed over."""
        self._tell(1.0)

    def _tell(self, share: float) -> None:
        if self._progress is not None and share > self._last:
            self._last = share
            self._progress(share)


def without_progress(finished: Finished) -> Finished:
    """The run without its progress lines (``key=value``), which push out what an operator needs."""
    told = tuple(line for line in finished.log if not re.fullmatch(r"[a-z0-9_.]+=.*", line))
    return Finished(finished.status, told, finished.timed_out)
