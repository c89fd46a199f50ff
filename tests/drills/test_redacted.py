"""What was taken out of a clip is found by nobody: not by our own check, and not by others' eyes.

`make drills` makes fifty clips, `make test` three, WARDCAST_SEEDS=10-19,27 those of these seeds;
told is a line a clip, and at the end one of JSON. Each clip holds what identifies somebody in its
speech, captions, pictures and tags, every other one a face; all that is found is redacted by the
command, which examines its output itself. That is then read by other means, and each of them first
has to find in the original what nobody may find any more:

- tags: ffprobe, exiftool where it is installed, and every byte of the file;
- pictures: ffmpeg's own, at other moments, enlarged, by a reader of words at its own settings;
- faces: at another scale, by two finders; and how much of each face is not black, in every picture;
- sound: the words of the script sought where they were said, each with how well its sound fits it,
  and how loud it is there beside the tone of a bleep.
"""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from drills.carrying import TOLD
from drills.listening import found, laid, loudest, sound
from drills.looking import bare, found_at, lines, moments, pictures
from drills.saying import FLITE, Said
from drills.tally import Clips, seeds
from drills.ward import KEPT, Clip, a_clip
from wardcast.project.cli import main

pytestmark = pytest.mark.slow

SEEDS = seeds(50 if os.environ.get("WARDCAST_DRILLS") == "full" else 3)
SILENT_DB = -50
_BRANDS = {"major_brand", "minor_version", "compatible_brands", "encoder", "language", "vendor_id"}
_HANDLERS = {"VideoHandler", "SoundHandler"}


@pytest.fixture(scope="module")
def clips(request: pytest.FixtureRequest) -> Iterator[Clips]:
    """All clips of this run, told of past the capture of output. Who mutes everything leaves
    nothing to find: where words fit their sound, few clips may be silent (seed 27 is)."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def say(line: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n{line}", flush=True)

    told = Clips(say)
    yield told
    say(told.summary())
    assert told.seen["clear voices silent"] <= 1 + told.seen["clear voices"] // 10


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_redacted_is_found_by_nobody(seed: int, tmp_path: Path, clips: Clips) -> None:
    clip = a_clip(tmp_path / "clip", seed)
    with clips.clip(seed, clip.about) as (left, seen):
        left += redacted(clip, tmp_path / "clip" / "out.mp4", seen)
    assert not left, "\n".join(left)


def redacted(clip: Clip, out: Path, seen: Counter[str]) -> Iterator[str]:
    """Redacts a clip whole; says all that is still found in what was written."""
    beside = ["--script", str(clip.script), "--captions", str(clip.captions), "--how", clip.how]
    code = main(["redact", str(clip.path), "-o", str(out), "--all", "--my-voice", *beside])
    if code != 0:  # the check looked at the output on every channel and found nothing
        yield f"the command ended with {code}"
        return
    yield from _written(clip, out, out.with_suffix(".vtt").read_text(), seen)
    yield from _shown(clip, out, seen)
    yield from _said(clip, out, seen)


def _written(clip: Clip, out: Path, captions: str, seen: Counter[str]) -> Iterator[str]:
    """In the tags, in the tracks, in the bytes, in the captions."""
    before, after = tags(clip.path), tags(out)
    assert any(clip.names[1] in value for _, value in before), "the original tells"
    seen["tags"] += len(before)
    for key, value in after:
        if key.rpartition(".")[2] not in _BRANDS and value not in _HANDLERS:
            yield f"a tag is left: {key}={value}"
    if sorted(tracks(out)) != ["audio", "video"]:
        yield f"there are other tracks: {tracks(out)}"
    if shutil.which("exiftool"):
        assert any(clip.names[1] in each for each in exif(clip.path)), "the original tells"
        seen["exif"] += 1
        for line in exif(out):
            yield from (
                f"exiftool tells {word!r}: {line}" for word in tells(line, clip, TOLD, digits=6)
            )
    data = out.read_bytes().lower()
    for word in (*clip.names, *clip.numbers, *TOLD):
        for coded in (word.lower().encode(), word.lower().encode("utf-16-le")):
            if coded in data:
                yield f"the file's bytes hold {word!r}"
    assert set(tells(clip.captions.read_text(), clip)), "the original's captions tell"
    spoken = "\n".join(line for line in captions.splitlines() if "-->" not in line)
    for word in tells(spoken, clip):
        yield f"the captions tell {word!r}"


def _shown(clip: Clip, out: Path, seen: Counter[str]) -> Iterator[str]:
    """In the pictures."""
    wanted = moments(clip)
    before = dict(pictures(clip.path, clip.fps, clip.size))
    known = set(tells("\n".join(lines(before[when] for when in _some(wanted, clip))), clip))
    assert set(tells(clip.shown, clip)) & set(clip.names) <= known, f"the original tells {known}"
    seen["read"] += len(known)
    after = dict(pictures(out, clip.fps, clip.size))
    if abs(len(after) - len(before)) > 1:
        yield f"of {len(before)} pictures {len(after)} are left"
        return
    read = list(lines(after[when] for when in wanted if when in after))
    for word in set(tells("\n".join(read), clip)):
        yield f"the pictures tell {word!r}: {read}"
    seen["looked"] += len(wanted)
    seen["kept"] += any(_alike(_plain(KEPT), _plain(each)) for each in read)
    yield from _faces(clip, before, after, seen)


def _some(wanted: list[float], clip: Clip) -> list[float]:
    """A few moments that are enough to read all once: the middle of each time words are shown."""
    middles = [(each.since + min(each.until, clip.seconds)) / 2 for each in clip.words]
    return sorted({min(wanted, key=lambda when: abs(when - middle)) for middle in middles})


def _faces(
    clip: Clip, before: dict[float, Any], after: dict[float, Any], seen: Counter[str]
) -> Iterator[str]:
    """Where a face was."""
    at = {when: edges for when in after if clip.face and (edges := clip.face.edges(when))}
    if not at:
        return
    shown = sorted(at)
    looked = sorted({shown[0], shown[-1], *shown[7 :: clip.fps]})
    known = [when for when in looked if found_at(before[when], at[when])]
    assert len(known) > 0.8 * len(looked), "the original shows a face"
    seen["faces"] += len(known)
    for when in looked:
        if found_at(after[when], at[when]):
            yield f"a face is found at {when:.2f} s"
    assert min(bare(before[when], at[when]) for when in shown) > 0.8
    worst = max(shown, key=lambda when: bare(after[when], at[when]))
    seen["face pictures"] += len(shown)
    if (much := bare(after[worst], at[worst])) > 0.1:
        yield f"{much:.0%} of a face is bare at {worst:.2f} s"


def _said(clip: Clip, out: Path, seen: Counter[str]) -> Iterator[str]:
    """In the sound, where it was said."""
    before, after = sound(clip.path), sound(out)
    whole = laid(after, clip.script.read_text())
    for said in clip.said:
        known, still = found(before, said), found(after, said)
        assert len(known) >= 0.5 * len(said.words.split()), f"{said.words} is in the original"
        seen["words"] += len(known)
        for each in (*still, *(word for word in whole if word.fit >= 0.3 and _in(word, said))):
            yield f"“{each.word}” is heard at {each.start:.2f} s, fitting {each.fit:.2f}"
        assert loudest(before, said.start, said.end) > -30
        if (loud := loudest(after, said.start, said.end)) > SILENT_DB:
            yield f"{loud:.0f} dB are heard within {said.start:.2f}–{said.end:.2f} s"
    seen["words kept"] += sum(len(found(after, said)) for said in clip.else_said)
    silent = not any(loudest(after, said.start, said.end) > -30 for said in clip.else_said)
    seen["silent"] += silent
    if clip.voice in FLITE:  # of others hardly a word fits, so each moment is to be listened to
        seen["clear voices"] += 1
        seen["clear voices silent"] += silent


def _in(word: Any, said: Said) -> bool:
    return bool(word.start < said.end and said.start < word.end)


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


def tracks(path: Path) -> list[str]:
    """What kinds of tracks a file has."""
    asked = "ffprobe -v error -show_entries stream=codec_type -of csv=p=0"
    return subprocess.check_output([*asked.split(), str(path)], text=True).split()


def exif(path: Path) -> list[str]:
    """All that exiftool tells of a file but its name and place on this disk."""
    asked = ["exiftool", "-a", "-u", "-ee", "-G1", "--System:All", "--ExifTool:All", str(path)]
    return subprocess.check_output(asked, text=True, errors="replace").splitlines()


def tells(text: str, clip: Clip, more: tuple[str, ...] = (), digits: int = 4) -> Iterator[str]:
    """The identifiers that a text tells, also where a letter of a name is misread, and so many
    digits of a number are enough: four by chance stand in any list of sizes and rates."""
    words = [_plain(each) for each in re.split(r"[^\w]+", text)]
    for name in clip.names:
        wanted = name.lower()
        if wanted in _plain(text) or any(_alike(wanted, word) for word in words):
            yield name
    yield from (each for each in more if each in text.lower())
    figures = ["".join(re.findall(r"\d", line)) for line in text.splitlines()]
    for number in clip.numbers:
        bare_number = re.sub(r"\D", "", number)
        parts = [bare_number[at : at + digits] for at in range(len(bare_number) - digits + 1)]
        if any(part in line for part in parts for line in figures):
            yield number


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= 0.8
