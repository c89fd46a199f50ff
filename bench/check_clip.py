"""What the check of a clip costs: 60 s of 1080 × 1920, captions, a face and speech in it, every
channel.

Baseline: one picture a second read at the reader's own defaults, as one would begin.
Times are CPU-seconds of this process, with the decoder's.

Prints one JSON object per figure. Run: `python bench/check_clip.py [seconds]`.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drawing import clip, face, words
from figures import adopt_orphans, cpu_seconds, note, tell
from PIL import Image

from wardcast.check import Material, examine, parse_captions
from wardcast.check.adapters import faces, planes
from wardcast.check.clips import hearing
from wardcast.check.eyes import looking
from wardcast.check.eyes.closer import Closer
from wardcast.check.eyes.looking import EVERY_MS, Eyes
from wardcast.check.eyes.moments import Moments
from wardcast.gate.pictures import Picture, pictures
from wardcast.gate.probe import probe
from wardcast.gate.source import BytesSource

CAPTIONS = (
    "Today I want to talk",
    "about washing hands",
    "my patient Margaret Hall",
    "was eighty years old",
    "and the ward was busy",
    "so we asked the nurse",
    "what she would do",
    "with the blue gloves",
)
EACH_S = 2.5
SAID_S = 14
"""So long it takes to say all of it."""
spent: Counter[str] = Counter()


def draw(picture: Image.Image, now: float) -> None:
    face(picture, (300 + round(80 * now) % 240, 420), 520)
    words(picture, CAPTIONS[int(now / EACH_S) % len(CAPTIONS)], (120, 1650), 56)


def timed(where: Any, name: str) -> None:
    """Counts the CPU of a function under its name."""
    plain: Callable[..., object] = getattr(where, name)

    def counted(*given: Any, **named: Any) -> object:
        started = time.thread_time()
        try:
            return plain(*given, **named)
        finally:
            spent[name] += time.thread_time() - started

    setattr(where, name, counted)


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    adopt_orphans()
    with tempfile.TemporaryDirectory() as folder:
        script = " ".join(CAPTIONS * max(1, seconds // SAID_S))
        data = spoken(clip(Path(folder) / "silent.mp4", seconds, draw), script, Path(folder))
    note(f"drawn: {len(data):,} bytes")
    source = BytesSource(data)
    found = probe(source)
    for where, name in (
        (Closer, "lines"), (faces, "find"), (looking, "moved"), (Moments, "worth"),
    ):  # fmt: skip
        timed(where, name)
    eyes = Eyes((found.width, found.height))
    kept: list[Picture] = []

    def see(picture: Picture) -> None:
        eyes.see(picture.at_ms, picture.width, picture.height, picture.planes)
        if picture.at_ms in (1_000, 11_000):
            kept.append(picture)

    before, own = cpu_seconds(), time.process_time()
    pictures(source, found, every_ms=EVERY_MS, see=see)
    seen = eyes.seen(found.video_ms)
    heard, sound_own = cpu_seconds(), time.process_time()
    said = hearing.aligned(source, found, script)
    told_apart = cpu_seconds()
    voices = hearing.voices(source, found)
    listened, sound_own = cpu_seconds(), time.process_time() - sound_own
    looked = time.process_time()
    cue = "WEBVTT\n\n" + "".join(
        f"{clock(n)}.000 --> {clock(n)}.900\n{CAPTIONS[n % 8]}\n\n" for n in range(seconds)
    )
    captions = parse_captions(cue)
    report = examine(
        Material(
            title="Hands", script=script, captions=captions, seen=seen, said=said, voices=voices
        )
    )
    text_s, all_s = time.process_time() - looked, cpu_seconds() - before
    sound_s = listened - heard
    decoding = all_s - sound_s - (time.process_time() - own - sound_own)
    plain = first_try(kept) * seconds
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    limit = 100 * seconds / 60
    goal = f"at most {limit:.0f}"
    tell("check of a clip: all channels", all_s, "CPU-s", plain, goal, all_s <= limit)
    parts = {
        "decoding and handing over": decoding,
        "words in the picture": spent["lines"],
        "faces": spent["find"],
        "what has changed, and where to": spent["worth"] + spent["moved"],
        "what is said": told_apart - heard,
        "whose voices": listened - told_apart,
        "texts": text_s,
    }
    for name, value in parts.items():
        tell(f"check of a clip: {name}", value, "CPU-s", all_s, "", True)
    tell("check of a clip: memory", memory, "MB", 1_500, "at most 1,500", memory <= 1_500)
    kinds = Counter(each.kind for each in report.findings)
    note(f"found: {dict(kinds)}")
    both = {"name", "face"} <= set(kinds)
    tell("check of a clip: a name and a face found", float(both), "", 1, "1", both)


def spoken(data: bytes, script: str, folder: Path) -> bytes:
    """The clip with this said in it, by ffmpeg's own synthesiser."""
    (folder / "silent.mp4").write_bytes(data)
    (folder / "script.txt").write_text(script)
    subprocess.run(
        [
            *"ffmpeg -nostdin -v error -i silent.mp4 -f lavfi".split(),
            *("-i", "flite=textfile=script.txt:voice=slt,aresample=48000,apad"),
            *"-map 0:v -map 1:a -c:v copy -c:a aac -shortest clip.mp4".split(),
        ],
        cwd=folder,
        check=True,
    )
    return (folder / "clip.mp4").read_bytes()


def clock(seconds: int) -> str:
    return f"00:{seconds // 60:02d}:{seconds % 60:02d}"


def first_try(kept: list[Picture]) -> float:
    """CPU-seconds that the reader takes for a picture as it comes out of the box."""
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "critical"})
    started = time.process_time()
    for picture in kept:
        engine(planes.colour(picture.planes, picture.width, picture.height))
    return (time.process_time() - started) / max(1, len(kept))


if __name__ == "__main__":
    main()
