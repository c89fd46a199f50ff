"""How long rendering takes, and how long it may still take: pure, from numbers that were measured.

Work is counted in units: megapixels encoded, times seconds of clip at 30 pictures a second; each
call also decodes the original, which costs a fifth of encoding as many pixels (measured with
x264's veryfast). How many seconds a unit takes is learned from renders that are finished.
"""

import heapq
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from wardcast.gate.ladder import Rung, ladder_for
from wardcast.gate.probe import Probe

GUESS = 0.4
"""Seconds a unit, before anything was rendered here: two cores of a plain server."""
LEARNED_FROM = 20
"""So many of the latest renders say how fast this machine is."""
_DECODING = 0.2
_EARLY = 0.05
"""A job that has done less says nothing yet about its own pace."""
_PLAIN_FPS = 30.0
_MOST_FPS = 60.0


def units(probe: Probe, rungs: Iterable[Rung]) -> float:
    """The work of one call of the renderer that makes these rungs."""
    sizes = [rung.size_of(probe.width, probe.height) for rung in rungs]
    pixels = sum(width * height for width, height in sizes)
    pixels += round(_DECODING * probe.width * probe.height)
    rate = min(probe.fps or _PLAIN_FPS, _MOST_FPS) / _PLAIN_FPS
    return pixels / 1e6 * rate * probe.duration_ms / 1000


def whole(probe: Probe) -> float:
    """The work of a whole render, in its two calls."""
    ladder = ladder_for(probe.short_side)
    return units(probe, (ladder.lowest,)) + units(probe, ladder.rest)


def lowest_share(probe: Probe) -> float:
    """What of a render's work the lowest rung is, 0 to 1."""
    all_of_it = whole(probe)
    lowest = units(probe, (ladder_for(probe.short_side).lowest,))
    return lowest / all_of_it if all_of_it else 0.2


def seconds_a_unit(measured: Collection[tuple[float, float]]) -> float:
    """The pace of this machine, of (seconds, units) of finished renders: the one in the middle, so
    that one render on a busy day does not count for more than it is."""
    paces = [seconds / work for seconds, work in measured if seconds > 0 and work > 0]
    return median(paces) if paces else GUESS


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that is not done: whose it is, and how many seconds of work it still is."""

    id: UUID
    owner: UUID | None
    seconds: float
    running: bool


def still(expected: float, fraction: float, spent: float | None) -> float:
    """Seconds of work left of a job that was expected to take so many and has done `fraction` in
    `spent` seconds. What it has shown of itself counts the more the further it is, so that the
    answer moves without a jump from the one to the other."""
    total = expected
    if spent is not None and fraction > _EARLY:
        shown = (fraction - _EARLY) / (1 - _EARLY)
        total = (1 - shown) * expected + shown * (spent / fraction)
    return max(0.0, (1 - fraction) * total)


def ends(waiting: Sequence[Waiting], slots: int) -> dict[UUID, float]:
    """In how many seconds each job is done, where so many run at once, of one person one at a time,
    in the order given; those that run come first."""
    pending = sorted(waiting, key=lambda each: not each.running)
    busy: set[UUID | None] = set()
    running: list[tuple[float, int, Waiting]] = []
    found: dict[UUID, float] = {}
    now = 0.0
    while pending:
        free = next((each for each in pending if each.owner not in busy), None)
        if free is None or len(running) >= slots:
            now, _, done = heapq.heappop(running)
            busy.discard(done.owner)
            continue
        pending.remove(free)
        busy.add(free.owner)
        found[free.id] = now + free.seconds
        heapq.heappush(running, (found[free.id], len(found), free))
    return found
