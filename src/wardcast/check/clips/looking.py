"""A clip's pictures, shown one by one to the check's eyes."""

from collections.abc import Callable

from wardcast.check.eyes.looking import EVERY_MS, Eyes, not_looked
from wardcast.check.seen import Seen
from wardcast.gate.edits import NO_EDITS, EditList
from wardcast.gate.errors import FileRefused
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.pictures import Picture, pictures
from wardcast.gate.probe import Probe
from wardcast.gate.source import Source


def seen(
    source: Source,
    probe: Probe,
    edits: EditList = NO_EDITS,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[float], None] | None = None,
) -> Seen:
    """What is to be seen in a clip once it is edited like this; `progress` hears the share done.

    A clip that cannot be decoded was not looked at, and that is what this says; where the gate
    itself fails it raises, since trying again may help.
    """
    size = (probe.width, probe.height)
    eyes = Eyes(size)

    def see(picture: Picture) -> None:
        eyes.see(picture.at_ms, picture.width, picture.height, picture.planes)
        if progress is not None:
            progress(min(1.0, (picture.at_ms + EVERY_MS) / probe.video_ms))

    if eyes.open:
        try:
            pictures(source, probe, every_ms=EVERY_MS, see=see, edits=edits, limits=limits)
        except FileRefused as refused:
            return Seen(*size, (), (), not_looked(refused.detail))
    return eyes.seen(probe.duration_ms)
