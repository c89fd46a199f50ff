"""A version's pictures, shown to the check's eyes."""

from uuid import UUID

from wardcast.check.eyes.looking import EVERY_MS, Eyes, not_looked
from wardcast.check.seen import Seen
from wardcast.gate.edits import EditList
from wardcast.gate.errors import FileRefused
from wardcast.gate.pictures import Picture
from wardcast.media import showing


def seen(asset_id: UUID, edits: EditList, duration_ms: int) -> Seen:
    """What is to be seen in an original once it is edited like this.

    A clip that cannot be decoded was not looked at, and that is what this says; where the gate
    itself fails it raises, since trying again may help.
    """
    size = showing.size_of(asset_id)
    eyes = Eyes(size)

    def see(picture: Picture) -> None:
        eyes.see(picture.at_ms, picture.width, picture.height, picture.planes)

    if eyes.open:
        try:
            showing.show(asset_id, edits, every_ms=EVERY_MS, see=see)
        except FileRefused as refused:
            return Seen(*size, (), (), not_looked(refused.detail))
    return eyes.seen(duration_ms)
