"""What is left in a clip that was made: listened to and read, not taken from the plan that it was
made by."""

from uuid import UUID

from wardcast.check import ContainerTag
from wardcast.check.clips.gathering import container_tags
from wardcast.check.clips.hearing import left_under
from wardcast.check.span import TimeSpan
from wardcast.gate.edits import EditList
from wardcast.media import showing


def heard(render_id: UUID, edits: EditList) -> tuple[TimeSpan, ...]:
    """The muted spans, in the original's clock, in which something is heard in the finished
    clip."""
    if not edits.mutes:
        return ()
    return left_under(showing.sound_made(render_id), edits)


def tags(render_id: UUID) -> tuple[ContainerTag, ...]:
    """The tags that the finished clip carries."""
    return container_tags(showing.tags_made(render_id))
