"""What was taken out of a clip is found by nobody: not by our own check, and not by others' eyes.

`make drills` makes fifty clips, `make test` two. Each holds what identifies somebody in its speech,
captions, pictures and tags; all that is found is redacted by the command, which examines its output
itself. That is then read by other means: ffmpeg's own pictures, enlarged, by a reader of words at
its own settings; every tag that ffprobe knows of and every byte of the file; and the sound at the
moments at which the words were put there.
"""

import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from drills.ward import KEPT, PLACE, RATE, Clip, a_clip
from wardcast.project.cli import main

pytestmark = pytest.mark.slow

CLIPS = 50 if os.environ.get("WARDCAST_DRILLS") == "full" else 2
SILENT_DB = -50
_BRANDS = {"major_brand", "minor_version", "compatible_brands", "encoder", "language", "vendor_id"}
_HANDLERS = {"VideoHandler", "SoundHandler"}


def test_what_was_redacted_is_found_by_nobody(tmp_path: Path) -> None:
    left: list[str] = []
    seen: Counter[str] = Counter()
    for seed in range(CLIPS):
        clip = a_clip(tmp_path / f"{seed}", seed)
        out = tmp_path / f"{seed}" / "out.mp4"
        left += [f"clip {seed} ({clip.where}): {each}" for each in redacted(clip, out, seen)]
        for each in out.parent.iterdir():
            each.unlink()
    print(
        f"\nredacted {CLIPS} clips: {seen['spans']} moments of speech, {seen['read']} identifiers "
        f"read in the originals' pictures, {seen['tags']} tags; left in the outputs: {len(left)}; "
        f"the harmless line still read in {seen['kept']}"
    )
    assert not left, "\n".join(left)


def redacted(clip: Clip, out: Path, seen: Counter[str]) -> Iterator[str]:
    """Redacts a clip whole; says all that is still found in what was written."""
    beside = ["--script", str(clip.script), "--captions", str(clip.captions)]
    code = main(["redact", str(clip.path), "-o", str(out), "--all", *beside])
    if code != 2:  # the check looked at the output and found nothing; voices it never checks
        yield f"the command ended with {code}"
        return
    captions = out.with_suffix(".vtt")
    yield from _written(clip, out, captions.read_text(), seen)
    yield from _shown(clip, out, seen)
    yield from _said(clip, out, seen)


def _written(clip: Clip, out: Path, captions: str, seen: Counter[str]) -> Iterator[str]:
    """In the tags, in the bytes, in the captions."""
    before, after = tags(clip.path), tags(out)
    assert any(clip.names[1] in value for _, value in before), "the original tells"
    seen["tags"] += len(before)
    for key, value in after:
        if key.rpartition(".")[2] not in _BRANDS and value not in _HANDLERS:
            yield f"a tag is left: {key}={value}"
    data = out.read_bytes().lower()
    for word in (*clip.names, *clip.numbers, PLACE, "iphone", "fictional"):
        for coded in (word.lower().encode(), word.lower().encode("utf-16-le")):
            if coded in data:
                yield f"the file's bytes hold {word!r}"
    for word in tells(captions, clip):
        yield f"the captions tell {word!r}"


def _shown(clip: Clip, out: Path, seen: Counter[str]) -> Iterator[str]:
    """In the pictures."""
    before = set(tells("\n".join(read(clip.path, 0.5)), clip))
    assert set(clip.names[:2]) <= before, f"the original tells {before}"
    seen["read"] += len(before)
    lines = read(out, 1)
    for word in set(tells("\n".join(lines), clip)):
        yield f"the pictures tell {word!r}: {lines}"
    seen["kept"] += any(_alike(_plain(KEPT), _plain(each)) for each in lines)


def _said(clip: Clip, out: Path, seen: Counter[str]) -> Iterator[str]:
    """In the sound, at the moments at which it was said."""
    before, after = sound(clip.path), sound(out)
    for start, end in clip.said:
        seen["spans"] += 1
        assert loudest(before, start, end) > -30
        if (loud := loudest(after, start, end)) > SILENT_DB:
            yield f"{loud:.0f} dB are heard within {start:.2f}–{end:.2f} s"
    if not any(loudest(after, start, end) > -30 for start, end in clip.else_said):
        yield "nothing at all is heard"


def tags(path: Path) -> list[tuple[str, str]]:
    """Every tag that ffprobe knows of: of the file, its tracks, its chapters."""
    asked = "ffprobe -v error -show_format -show_streams -show_chapters -show_programs -of json"
    told = json.loads(subprocess.check_output([*asked.split(), str(path)]))
    return list(_tags(told, ""))


def _tags(told: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(told, list):
        for each in told:
            yield from _tags(each, where)
    elif isinstance(told, dict):
        for key, value in told.items():
            if key == "tags":
                yield from ((f"{where}.{name}", str(text)) for name, text in value.items())
            else:
                yield from _tags(value, key)


@cache
def _reader() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def read(path: Path, fps: float) -> list[str]:
    """The lines that a reader at its own settings finds in enlarged pictures, so many a second
    where anything changes."""
    wanted = f"fps={fps},mpdecimate,scale=iw*3/2:-2:flags=lanczos"
    folder = path.parent / f"{path.stem}-pictures"
    folder.mkdir()
    subprocess.run(
        [
            *("ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-vf", wanted),
            *("-fps_mode", "vfr", str(folder / "%03d.png")),
        ],
        check=True,
    )
    lines: list[str] = []
    for picture in sorted(folder.iterdir()):
        lines += _reader()(str(picture)).txts or ()
        picture.unlink()
    folder.rmdir()
    return lines


def sound(path: Path) -> np.ndarray:
    """All that is heard in a file, by plain ffmpeg."""
    words = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-vn", "-ac", "1"]
    made = subprocess.check_output([*words, "-ar", str(RATE), "-f", "f32le", "-"])
    return np.frombuffer(made, "<f4")


def loudest(heard: np.ndarray, start: float, end: float) -> float:
    """The loudest 20 ms of a part, in dB of full scale."""
    step = RATE // 50
    part = heard[round(start * RATE) : round(end * RATE)]
    power = [np.mean(part[at : at + step] ** 2) for at in range(0, len(part) - step + 1, step)]
    return float(10 * np.log10(max(power) + 1e-12))


def tells(text: str, clip: Clip) -> Iterator[str]:
    """The identifiers that a text tells, also where a letter of a name is misread, and four digits
    of a number are enough."""
    words = [_plain(each) for each in re.split(r"[^\w]+", text)]
    for name in clip.names:
        wanted = name.lower()
        if wanted in _plain(text) or any(_alike(wanted, word) for word in words):
            yield name
    digits = ["".join(re.findall(r"\d", line)) for line in text.splitlines()]
    for number in clip.numbers:
        bare = re.sub(r"\D", "", number)
        fours = [bare[at : at + 4] for at in range(len(bare) - 3)]
        if any(four in line for four in fours for line in digits):
            yield number


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= 0.8
