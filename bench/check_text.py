"""How fast the check reads text, on text it makes itself.

Baselines: Presidio without a model on the same text, where `make rivals` has installed it, and for
the rules one pattern that searches for e-mail addresses.

Prints one JSON object per figure. Run: `python bench/check_text.py [characters]`.
"""

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from figures import note, tell

from wardcast.check import examine_text

CASES = (
    "So my patient {first} {last} came in with chest pain and the troponin was through the roof. ",
    "she's ninety seven and still drives herself to clinic from {town} ",
    "He was in room {room} and his record number is {number}. ",
)
LESSONS = (
    "Parkinson's disease usually starts with a tremor on one side of the body. ",
    "take two tablets every six hours and no more than eight in a day ",
    "Forty percent of adults have high blood pressure and half of them do not know it. ",
    "The Wells score helps to decide who needs a scan. ",
)
WORDS = {
    "first": ("Harold", "Nadia", "Suzanne", "Vivaan"),
    "last": ("Okafor", "Marsh", "Quintero"),
    "town": ("Duluth", "Truro"),
    "room": ("412", "four twelve"),
    "number": ("5551234", "five zero oh oh eight oh"),
}
SIMPLE = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


def text_of(characters: int) -> list[str]:
    """Clips of about 900 characters, one in four telling of a case."""
    draw = random.Random(7)
    clips: list[str] = []
    while sum(map(len, clips)) < characters:
        clip = ""
        while len(clip) < 900:
            line = draw.choice(CASES if draw.random() < 0.25 else LESSONS)
            clip += line.format(**{k: draw.choice(v) for k, v in WORDS.items()})
        clips.append(clip)
    return clips


def rate(clips: list[str], read: Callable[[str], object]) -> float:
    """Characters per CPU-second, the best of three."""
    best = 0.0
    for _ in range(3):
        started = time.process_time()
        for clip in clips:
            read(clip)
        best = max(best, sum(map(len, clips)) / (time.process_time() - started))
    return best


def presidio(clips: list[str]) -> float:
    """Presidio's characters per CPU-second on the same clips; 0 where it is not installed."""
    here = Path(__file__).parent
    python = here.parent / ".venv-bench" / "bin" / "python"
    if not python.exists():
        note("Presidio is not installed, so no baseline: make rivals")
        return 0.0
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(clips[:60], file)
        file.flush()
        done = subprocess.run(
            [python, here / "rivals.py", file.name, "--speed"], stdout=subprocess.PIPE, check=True
        )
    return float(json.loads(done.stdout)["presidio"])


def main() -> None:
    """First use, then speed."""
    characters = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    clips = text_of(characters)
    started = time.process_time()
    examine_text(clips[0])
    first = time.process_time() - started
    warm = time.process_time()
    examine_text(clips[0])
    again = time.process_time() - warm
    tell("check_first_use", first, "cpu s", again, "≤ 1.5 cpu s", first <= 1.5)
    plain = rate(clips, SIMPLE.findall)
    speed = rate(clips, examine_text)
    tell("check_text", speed, "characters/cpu s", presidio(clips), "≥ 15,000", speed >= 15_000)
    speed = rate(clips, lambda clip: examine_text(clip, context=False))
    tell("check_text_rules", speed, "characters/cpu s", plain, "≥ 50,000", speed >= 50_000)


if __name__ == "__main__":
    main()
