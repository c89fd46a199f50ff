"""How good each size looks at its bit rate, and what AV1 saves.

VMAF of each size as the gate makes it (the lowest in a call of its own, the others from one decode)
against the original at the original's size, 1080×1920. The baseline is the bare command of
`bare.py`, which must not look better. Then the same sizes in AV1, as the gate makes them: their
VMAF against H.264's, and how many of its bytes AV1 takes for the same VMAF, found between points on
a scale of log rate. The points of H.264 and AV1 are encodes with the gate's own words but for the
quality asked for, with the rates unbounded. CPU seconds of this process's children are noted.

Our own clip is `talking.py`'s. `--data FOLDER` takes the clips in it too, as far as each goes, and
`--seconds` says how much of each. VMAF comes from imageio-ffmpeg's build, since Debian's ffmpeg has
none.
"""

import argparse
import itertools
import json
import math
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import imageio_ffmpeg
from bare import renditions, run
from figures import adopt_orphans, cpu_seconds, note, tell
from talking import talking_clip

from wardcast.gate import encoders, picture
from wardcast.gate.edits import NO_EDITS
from wardcast.gate.ladder import DEFAULT_LADDER, Rung, in_av1
from wardcast.gate.probe import probe
from wardcast.gate.render import render
from wardcast.gate.source import PathSource

_ALIKE = 0.5
_AV1_SHARE = 0.6
_H264_POINTS = (17, 20, 23, 26, 29, 33)
_AV1_POINTS = (28, 34, 40, 46, 52, 58)
_UNBOUNDED = 60_000
_TAKEN = (
    "ffmpeg -nostdin -v error -y -i {clip} -f lavfi -i sine=frequency=330:sample_rate=48000"
    " -map 0:v:0 -map 1:a -t {seconds} -shortest -r 30"
    " -vf scale=1080:1920:force_original_aspect_ratio=increase:flags=lanczos"
    ",crop=1080:1920,setsar=1"
    " -c:v libx264 -preset veryfast -crf 12 -pix_fmt yuv420p -colorspace bt709"
    " -color_primaries bt709 -color_trc bt709 -color_range tv -c:a aac {out}"
)
_VMAF = (
    "[0:v]scale=1080:1920:flags=bicubic,setpts=PTS-STARTPTS[seen];[1:v]setpts=PTS-STARTPTS[was];"
    "[seen][was]libvmaf=n_threads=2:n_subsample=3:log_fmt=json:log_path={log}"
)

Curve = list[tuple[float, float]]
"""(VMAF, kbit/s) at several qualities, the worst first."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures of each clip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder of clips to judge too")
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--sides", type=int, nargs="*", default=[360, 480, 720, 1080])
    given = parser.parse_args(arguments)
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="wardcast-bench-quality-") as name:
        folder = Path(name)
        for number, source in enumerate(_sources(folder, given.data, given.seconds)):
            made = folder / f"made{number}"
            made.mkdir()
            _Judged(source, made).tell(given.sides)
    return 0


def _sources(folder: Path, data: Path | None, seconds: int) -> Iterator[Path]:
    """Our own clip, then those of a folder, upright at 1080×1920."""
    own = folder / "talking.mp4"
    talking_clip(own, seconds)
    yield own
    for clip in sorted(data.iterdir()) if data else ():
        out = folder / f"{clip.stem}.mp4"
        words = _TAKEN.format(
            clip=shlex.quote(str(clip)), seconds=seconds, out=shlex.quote(str(out))
        )
        run(shlex.split(words), str(folder))
        yield out


class _Judged:
    """One clip, and what is made of it."""

    def __init__(self, source: Path, folder: Path) -> None:
        self._source = source
        self._folder = folder
        self._name = source.stem
        self._original = PathSource(source)
        self._probe = probe(self._original)

    def tell(self, sides: Sequence[int]) -> None:
        """Prints the figures of the clip: the sizes, then each in AV1."""
        rungs = [each for each in DEFAULT_LADDER.rungs if each.short_side in sides]
        note(f"{self._name}: {self._source.stat().st_size * 8e-3 / self._seconds:.0f} kbit/s")
        run(renditions(str(self._source)), str(self._folder))
        bare = {rung: self._looks(rung.name) for rung in rungs}
        self._clear()
        first, *others = DEFAULT_LADDER.rungs
        cpu = self._make([first]) + self._make(others)
        note(f"{self._name}: all sizes in H.264 took {cpu:.1f} CPU-s")
        h264 = {rung: self._looks(rung.name) for rung in rungs}
        for rung, (vmaf, rate) in h264.items():
            note(f"{self._name} {rung.name}: {rate:.0f} kbit/s, VMAF {vmaf:.1f}")
            goal = f"at most {_ALIKE} below the bare command"
            figure = f"quality: {self._name} {rung.name} at {rate:.0f} kbit/s"
            holds = vmaf >= bare[rung][0] - _ALIKE
            tell(figure, vmaf, "VMAF", bare[rung][0], goal, holds)
        for rung, coded in zip(DEFAULT_LADDER.rungs, in_av1(DEFAULT_LADDER).rungs, strict=True):
            if rung in h264:
                self._tell_av1(rung, coded, *h264[rung])

    def _tell_av1(self, rung: Rung, coded: Rung, vmaf: float, rate: float) -> None:
        cpu = self._make([coded])
        seen, taken = self._looks(coded.name)
        note(f"{self._name} {coded.name}: {taken:.0f} kbit/s, VMAF {seen:.1f}, {cpu:.1f} CPU-s")
        figure = f"quality: {self._name} {rung.name} in AV1 at {taken:.0f} kbit/s"
        tell(figure, seen, "VMAF", vmaf, "no worse than H.264", seen >= vmaf - _ALIKE)
        h264, av1 = self._curve(rung, _H264_POINTS), self._curve(coded, _AV1_POINTS)
        both = (_rate_for(vmaf, h264), _rate_for(vmaf, av1))
        note(f"{self._name} {rung.name} at VMAF {vmaf:.1f}: H.264 and AV1 {both} kbit/s")
        figure = f"quality: {self._name} {rung.name} in AV1 at equal VMAF"
        goal = f"ratio ≤ {_AV1_SHARE}"
        if both[1] is None:
            note(f"{self._name}: no AV1 of these comes to VMAF {vmaf:.1f}")
            tell(figure, 0, "kbit/s", rate, goal, False)
            return
        # Our own rung may be bounded, which costs it quality: the better of both is to be beaten.
        baseline = min(rate, both[0] or rate)
        tell(figure, both[1], "kbit/s", baseline, goal, both[1] <= baseline * _AV1_SHARE)

    def _make(self, rungs: Sequence[Rung]) -> float:
        """Some rungs by the gate, in one call; gives its CPU seconds."""
        began = cpu_seconds()
        render(
            self._original,
            self._probe,
            NO_EDITS,
            rungs,
            sink=lambda name, data: (self._folder / name).write_bytes(data.read()),
            clip=False,
            poster=False,
        )
        return cpu_seconds() - began

    def _curve(self, rung: Rung, points: Sequence[int]) -> Curve:
        """The rung's own words at several qualities, unbounded."""
        words = encoders.words(
            replace(rung, video_kbps=_UNBOUNDED), ":v:0", rate=self._probe.fps, threads=4
        )
        at = words.index("-crf:v:0") + 1
        made: Curve = []
        for point in points:
            words[at] = str(point)
            out = self._folder / "point.mp4"
            chain = f"{picture.shrunk(rung.size_of(1080, 1920))},settb=1/90000"
            opened = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(self._source), "-an"]
            env = {**os.environ, "SVT_LOG": "1"}
            subprocess.run([*opened, "-vf", chain, *words, str(out)], check=True, env=env)
            made.append(self._measured(out))
        return sorted(made)

    def _looks(self, rung: str) -> tuple[float, float]:
        """VMAF and kbit/s of the pictures of a rung that lies here in segments."""
        whole = self._folder / f"whole_{rung}.mp4"
        parts = [self._folder / f"{rung}_init.mp4", *sorted(self._folder.glob(f"{rung}_*.m4s"))]
        whole.write_bytes(b"".join(part.read_bytes() for part in parts))
        return self._measured(whole)

    def _measured(self, path: Path) -> tuple[float, float]:
        return self._vmaf(path), self._rate(path)

    def _vmaf(self, path: Path) -> float:
        log = self._folder / "vmaf.json"
        tool = imageio_ffmpeg.get_ffmpeg_exe()
        words = [tool, "-nostdin", "-v", "error", "-i", path, "-i", self._source]
        chain = _VMAF.format(log=log)
        subprocess.run([*words, "-filter_complex", chain, "-f", "null", "-"], check=True)
        return float(json.loads(log.read_text())["pooled_metrics"]["vmaf"]["mean"])

    def _rate(self, path: Path) -> float:
        """The pictures' bits a second, in kbit/s."""
        words = ["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=size"]
        said = subprocess.run([*words, "-of", "csv=p=0", path], check=True, capture_output=True)
        sizes = [int(line.strip(b",")) for line in said.stdout.split() if line.strip(b",")]
        return sum(sizes) * 8 / self._seconds / 1000

    @property
    def _seconds(self) -> float:
        return self._probe.video_ms / 1000

    def _clear(self) -> None:
        for each in self._folder.iterdir():
            each.unlink()


def _rate_for(vmaf: float, points: Curve) -> float | None:
    """The rate at which a curve comes to this VMAF; None outside of what was measured."""
    for (low, less), (high, more) in itertools.pairwise(points):
        if low <= vmaf <= high and low < high:
            share = (vmaf - low) / (high - low)
            return math.exp(math.log(less) + share * (math.log(more) - math.log(less)))
    return None


if __name__ == "__main__":
    sys.exit(main())
