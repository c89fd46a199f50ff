"""What a clip of 20 s costs from upload until all of it can be played, and how soon it plays.

The baseline is one bare ffmpeg command that makes the same four rungs out of one decode, with the
same preset, run just before in the same folder. Ours adds the lowest rung's own decode, sealing,
the sandbox, the probe, loudness, poster and storyboard, the MP4, reading everything back and
durable rows. `ROUNDS` in the environment says how often both are measured; the middle counts.
"""

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bare import phone_clip, renditions, run
from figures import adopt_orphans, cpu_seconds, house, note, tell
from publish import pipeline
from watching import Seen, Watcher

_SECONDS = 20
_ROUNDS = int(os.environ.get("ROUNDS", "3"))
_MEMORY = 700e6


@dataclass(frozen=True, slots=True)
class Round:
    """One clip made both ways."""

    bare_cpu: float
    bare_wall: float
    cpu: float
    wall: float
    seen: Seen


def main() -> int:
    """Prints the figures."""
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="wardcast-bench-clips-") as folder, house() as data:
        import django

        django.setup()
        rounds = [_round(Path(folder), data, number) for number in range(_ROUNDS)]
        # A run's two sides are weighed against each other; then the middle run counts.
        _ratio("CPU", rounds, [(each.cpu, each.bare_cpu) for each in rounds], 1.18)
        _ratio("wall", rounds, [(each.wall, each.bare_wall) for each in rounds], 1.15)
        peak = max(each.seen.peak_bytes for each in rounds)
        tell("transcode: peak memory", peak / 1e6, "MB", _MEMORY / 1e6, "≤ 700 MB", peak <= _MEMORY)
        _ratio("first segment", rounds, [(e.seen.first_segment_s, e.wall) for e in rounds], 0.08)
        _ratio("lowest rung", rounds, [(each.seen.lowest_s, each.wall) for each in rounds], 0.25)
    return 0


def _round(folder: Path, data: Path, number: int) -> Round:
    source = folder / f"clip{number}.mp4"
    phone_clip(str(source), _SECONDS, str(folder))
    cpu, wall = cpu_seconds(), time.monotonic()
    run(renditions(str(source)), str(folder))
    bare_cpu, bare_wall = cpu_seconds() - cpu, time.monotonic() - wall
    watcher = Watcher(data / "wardcast.sqlite3")
    cpu, wall = cpu_seconds(), time.monotonic()
    pipeline(source)
    cpu, wall = cpu_seconds() - cpu, time.monotonic() - wall
    seen = watcher.seen()
    note(
        f"round {number + 1}: ours {cpu:.1f} CPU-s in {wall:.1f} s "
        f"(first segment {seen.first_segment_s:.1f} s, lowest rung {seen.lowest_s:.1f} s, "
        f"{seen.peak_bytes / 1e6:.0f} MB), bare ffmpeg {bare_cpu:.1f} CPU-s in {bare_wall:.1f} s"
    )
    return Round(bare_cpu, bare_wall, cpu, wall, seen)


def _ratio(what: str, rounds: list[Round], pairs: list[tuple[float, float]], most: float) -> None:
    value, baseline = sorted(pairs, key=lambda pair: pair[0] / pair[1])[len(pairs) // 2]
    holds = value > 0 and statistics.median(v / b for v, b in pairs) <= most
    unit = "CPU-s" if what == "CPU" else "s"
    tell(f"transcode: {what}", value, unit, baseline, f"ratio ≤ {most}", holds)


if __name__ == "__main__":
    sys.exit(main())
