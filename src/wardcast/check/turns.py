"""Who speaks when: the turns of other voices than the one that speaks most.

What is voiced is heard in windows of one second. A window belongs to another voice where it is
clearly less like the main voice's windows than these are like each other. By how much is taken from
the clip itself: a room, a microphone or a noise that all of it shares makes every voice in it more
alike, and no likeness fits all clips.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import fcluster, linkage

from wardcast.check.span import TimeSpan, long_ms, merged
from wardcast.check.voices import Voices

Prints = npt.NDArray[np.float32]
"""A row of numbers of length 1 for each window: what the voice in it is like."""

WINDOW_MS: Final = 1_000
EVERY_MS: Final = 300
LEAST_MS: Final = 6_000
"""With less speech than this nobody can say what is usual in it."""
_ONE_VOICE: Final = 0.26
"""Windows up to this distance (1 - likeness) on average make a group; the largest is the voice that
speaks most."""
_LESS: Final = 0.06
"""By so much less like the main voice than its own windows mostly are (`bench/voices.py`)."""
_NEAREST: Final = 8
_APART_MS: Final = 1_500
"""Windows nearer than this share sound or breath, and are alike whoever speaks."""
_JOIN_MS: Final = 1_500


def windows(voiced: Sequence[TimeSpan]) -> tuple[int, ...]:
    """Where windows begin, in ms of the voiced stretches laid end to end; none where there is too
    little speech to compare."""
    spoken_ms = long_ms(voiced)
    if spoken_ms < LEAST_MS:
        return ()
    return tuple(range(0, spoken_ms - WINDOW_MS + 1, EVERY_MS))


def told_apart(voiced: Sequence[TimeSpan], prints: Prints) -> Voices:
    """The voices of a clip, from what is heard in each of its `windows`."""
    starts = np.array(windows(voiced), np.int64)
    strange = _strange(prints, starts) if len(starts) else None
    if strange is None:
        return Voices(tuple(voiced), told=False)
    rows = merged(TimeSpan(int(at), int(at) + WINDOW_MS) for at in starts[strange])
    return Voices(tuple(voiced), joined(part for row in rows for part in _in_clip(row, voiced)))


def joined(spans: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    """Spans of another voice as turns: what lies less than a breath apart is one."""
    return merged(spans, _JOIN_MS)


def _strange(prints: Prints, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_] | None:
    """Which windows are of another voice than most are; None where the one that speaks most is
    heard only once and not for long."""
    main = _main(prints)
    likeness = _likeness(prints, starts, main)
    usual = likeness[main & ~np.isnan(likeness)]
    if not len(usual):
        return None
    incomparable = np.isnan(likeness) & ~main
    return np.asarray(incomparable | (likeness < np.median(usual) - _LESS))


def _likeness(
    prints: Prints, starts: npt.NDArray[np.int64], main: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """How much each window is like those of the main voice that are likest to it; nan where that
    voice is heard only near by."""
    calm = _with_neighbours(prints)
    far = np.abs(starts[:, None] - starts[None, :]) >= _APART_MS
    alike = np.where(far & main[None, :], calm @ calm.T, np.nan)
    nearest = -np.sort(-alike, axis=1)[:, :_NEAREST]  # nan comes last
    heard = np.sum(~np.isnan(nearest), axis=1)
    return np.where(heard > 0, np.nansum(nearest, axis=1) / np.maximum(heard, 1), np.nan)


def _with_neighbours(prints: Prints) -> Prints:
    """Each window with the one before and the one after it: a single syllable says little."""
    padded = np.pad(prints, ((1, 1), (0, 0)), mode="edge")
    sums = padded[:-2] + padded[1:-1] + padded[2:]
    return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), np.float32)


def _main(prints: Prints) -> npt.NDArray[np.bool_]:
    """The windows of the voice that speaks most."""
    pairs = np.triu_indices(len(prints), 1)
    apart = np.maximum(0, 1 - (prints @ prints.T)[pairs])
    groups = fcluster(linkage(apart, "average"), _ONE_VOICE, "distance")
    return np.asarray(groups == np.bincount(groups).argmax())


def _in_clip(row: TimeSpan, voiced: Sequence[TimeSpan]) -> Iterator[TimeSpan]:
    """Where in the clip a stretch of the voiced row lies: without the pauses in it."""
    at = 0
    for each in voiced:
        begin, end = max(row.start_ms - at, 0), min(row.end_ms - at, each.long_ms)
        if begin < end:
            yield TimeSpan(each.start_ms + begin, each.start_ms + end)
        at += each.long_ms
