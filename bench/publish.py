"""What it costs from a clip's upload until all of it can be played.

The baseline is bare ffmpeg commands that make the same four renditions out of one decode, the MP4
and a poster; what we add is the lowest rung's own decode, sealing, the sandbox, the probe, reading
everything back, and durable rows. A clip of 10 s, 1080×1920 at 30 pictures a second and about 12
Mbit/s, like a phone's. Both sides are measured in CPU seconds of this process and all its children,
three times in turn; the middle counts.
"""

import shlex
import statistics
import sys
import tempfile
from pathlib import Path

from bare import phone_clip, renditions, run
from figures import adopt_orphans, cpu_seconds, house, note, tell

_SECONDS = 10
_GOAL = 1.3
_ROUNDS = 3

_CLIP = "ffmpeg -nostdin -v error -y -i 1080.m3u8 -c copy -movflags +faststart clip.mp4"
_POSTER = "ffmpeg -nostdin -v error -y -ss 1 -i {source} -frames:v 1 -vf scale=1080:-2 poster.jpg"


def main() -> int:
    """Prints the figure."""
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="wardcast-bench-clips-") as folder, house():
        import django

        django.setup()
        ours, bare = [], []
        for number in range(_ROUNDS):
            source = Path(folder) / f"{number}.mp4"
            phone_clip(str(source), _SECONDS, folder)
            bare.append(_bare(source, folder))
            started = cpu_seconds()
            pipeline(source)
            ours.append(cpu_seconds() - started)
            note(f"round {number + 1}: ours {ours[-1]:.2f} CPU-s, bare ffmpeg {bare[-1]:.2f} CPU-s")
        value, baseline = statistics.median(ours), statistics.median(bare)
        tell(
            "publish: CPU from upload to playable",
            value,
            "CPU-s",
            baseline,
            f"ratio ≤ {_GOAL}",
            value / baseline <= _GOAL,
        )
    return 0


def _bare(source: Path, folder: str) -> float:
    started = cpu_seconds()
    run(renditions(str(source)), folder)
    run(shlex.split(_CLIP), folder)
    run(shlex.split(_POSTER.format(source=source)), folder)
    return cpu_seconds() - started


def pipeline(source: Path) -> None:
    """Uploads a clip as somebody new, and does all the work that follows."""
    from wardcast.accounts import actions as accounts
    from wardcast.accounts import queries as people
    from wardcast.platform import jobs
    from wardcast.posts import drafts

    handle = f"ana_{source.stem}"
    ana = accounts.create_account(
        handle=handle, email=f"{handle}@wardcast.example", name="Ana", password=None
    )
    accounts.verify(ana, ana, "physician", "surgery", "register looked up")
    with source.open("rb") as stream:
        drafts.begin(people.actor_of(ana), source.name, source.stat().st_size, stream)
    while waiting := jobs.due():
        for job in waiting:
            jobs.handed(job.id)
            jobs.perform(job.id, lambda _, step: step())


if __name__ == "__main__":
    sys.exit(main())
