"""A clip's pictures, shown one by one to the check's eyes."""

from collections.abc import Callable
from dataclasses import replace

from wardcast.check.eyes.looking import EVERY_MS, Eyes, not_looked
from wardcast.check.seen import Seen
from wardcast.gate.edits import NO_EDITS, EditList
from wardcast.gate.errors import FileRefused
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.pictures import Picture, pictures
from wardcast.gate.probe import Probe
from wardcast.gate.source import Source

See = Callable[[Picture], None]


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

    def show(see: See) -> None:
        def told(picture: Picture) -> None:
            see(picture)
            if progress is not None:
                progress(min(1.0, (picture.at_ms + EVERY_MS) / probe.video_ms))

        pictures(source, probe, every_ms=EVERY_MS, see=told, edits=edits, limits=limits)

    return _seen(probe, show)


def seen_made(
    source: Source,
    probe: Probe,
    original: Probe,
    edits: EditList,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[float], None] | None = None,
) -> Seen:
    """What is to be seen in the finished clip that these edits made of an original, told in the
    original's pixels and clock; else as `seen`."""

    def show(see: See) -> None:
        def placed(picture: Picture) -> None:
            see(replace(picture, at_ms=edits.original_ms(picture.at_ms)))
            if progress is not None:
                progress(min(1.0, (picture.at_ms + EVERY_MS) / probe.video_ms))

        pictures(source, probe, every_ms=EVERY_MS, see=placed, limits=limits)

    return _seen(original, show)


def _seen(original: Probe, show: Callable[[See], None]) -> Seen:
    size = (original.width, original.height)
    eyes = Eyes(size)

    def see(picture: Picture) -> None:
        eyes.see(picture.at_ms, picture.width, picture.height, picture.planes)

    if eyes.open:
        try:
            show(see)
        except FileRefused as refused:
            return Seen(*size, (), (), not_looked(refused.detail))
    return eyes.seen(original.duration_ms)
