"""A small copy of a clip that every browser plays, for a page that shows what was found in it."""

from typing import BinaryIO, Final

from wardcast.check.clips.examining import Looked
from wardcast.check.clips.gathering import Tools
from wardcast.check.clips.opening import refusals
from wardcast.gate.edits import NO_EDITS
from wardcast.gate.ladder import ladder_for
from wardcast.gate.plan import CLIP
from wardcast.gate.render import render

_SIDE: Final = 480


def small_copy(looked: Looked, tools: Tools) -> bytes:
    """The clip as an MP4 of at most 480 by its short side, without metadata; raises
    `CannotRead`."""
    rungs = [r for r in ladder_for(looked.probe.short_side).rungs if r.short_side <= _SIDE]
    made: list[bytes] = []

    def sink(name: str, data: BinaryIO) -> None:
        if name == CLIP:
            made.append(data.read())

    with refusals():
        render(
            looked.source,
            looked.probe,
            NO_EDITS,
            rungs[-1:],
            sink=sink,
            poster=False,
            limits=tools.limits,
            progress=lambda share: tools.progress("Copying the clip", share),
        )
    return b"".join(made)
