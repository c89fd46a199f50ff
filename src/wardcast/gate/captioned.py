"""A finished clip once more, with captions drawn into its picture.

It is made from the MP4 that was rendered and checked, never from the original: what was taken away
cannot come back. Words and typefaces go into the sandbox as files; no word is part of a command.
A letter that no typeface has would be drawn as a box: each is tried first, and where one is missing
nothing is made and the letters are named.
"""

import io
import re
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from wardcast.gate import subtitles
from wardcast.gate.errors import FileRefused, GateBroken
from wardcast.gate.failures import error_for
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.plan import CLIP, NO_METADATA, report, report_name
from wardcast.gate.probe import Json, measure, parse_report
from wardcast.gate.progress import Heard, Progress, without_progress
from wardcast.gate.reading import guards
from wardcast.gate.sandbox import INPUT, Caps, Sink, run, shell
from wardcast.gate.source import Source
from wardcast.gate.subtitles import Cue
from wardcast.gate.verdict import Expected, judge

_WITH: Final = ".with"
_FONTS: Final = f"fontsdir={_WITH}/fonts"
_MISSING: Final = re.compile(r"failed to find any fallback with glyph 0x([0-9A-Fa-f]{1,6})")
_UNDRAWN: Final = 9
"""The script's status when letters are missing."""
_SOURCE: Final = "source"
_REPORT_BYTES: Final = 64_000_000
_SHOWN_LETTERS: Final = 12
_FONTCONFIG: Final = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
    f"<dir>/usr/share/fonts</dir><cachedir>{_WITH}/cache</cachedir>"
    '<match target="pattern"><edit name="family" mode="append" binding="strong">'
    "<string>DejaVu Sans</string></edit></match></fontconfig>"
)
"""Where the sandbox finds the system's typefaces, and which of them comes after ours: Debian's own
settings lie in /etc, and without any the next best may be one for formulas, drawn tiny."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The finished clip: its size in pixels, about how many pictures it has, and whether it can be
    heard."""

    width: int
    height: int
    frames: int
    sound: bool


def captioned(
    source: Source,
    picture: Picture,
    cues: Sequence[Cue],
    *,
    sink: Sink,
    fonts: Mapping[str, bytes] | None = None,
    progress: Progress | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Hand an MP4 with ``cues`` in its picture to ``sink``, read back and as long as the clip.

    ``fonts`` are files of the first typeface. Raises `FileRefused` with the code
    ``letters_missing`` where a letter cannot be drawn, and else as `wardcast.gate.render.render`.
    """
    place = subtitles.layout(picture.width, picture.height)
    heard, missing = Heard(picture.frames, progress), _Missing()
    intake = _Intake(picture, sink)

    def line(text: str) -> None:
        missing.line(text)
        heard.line(text)

    finished = run(
        _script(picture, limits),
        source=source,
        beside=_beside(
            {
                "words.ass": subtitles.script(cues, place).encode(),
                "letters.ass": subtitles.letters(cues).encode(),
                "fonts.conf": _FONTCONFIG.encode(),
                **{f"fonts/{name}": data for name, data in (fonts or {}).items()},
            }
        ),
        caps=Caps(limits.render_seconds, limits.max_memory_bytes, limits.max_output_bytes),
        names=re.compile("|".join(map(re.escape, (CLIP, report_name(CLIP), report_name(_SOURCE))))),
        sink=intake.take,
        on_line=line,
    )
    if finished.status == _UNDRAWN and missing.letters:
        raise _cannot_draw(missing.letters)
    if not finished.ok:
        raise error_for(without_progress(finished), doing="writing captions into it")
    if not intake.done:
        raise GateBroken("output_unexpected", "The captioned clip did not arrive. Try again.")
    heard.done()


def _script(picture: Picture, limits: Limits) -> str:
    opened = (*guards(limits), "-f", "mov", "-i")
    words = [
        "ffmpeg", "-nostdin", "-v", "error", "-progress", "pipe:2", "-stats_period", "0.5",
        *opened, INPUT, "-map", "0:v:0", "-vf", f"ass=filename={_WITH}/words.ass:{_FONTS}",
        "-c:v", "libx264", "-threads", str(limits.max_threads), "-preset", "veryfast",
        "-profile:v", "high", "-crf", "20", "-bf", "0",
        "-a53cc", "0", "-flags:v", "+bitexact", "-pix_fmt", "yuv420p",
        "-enc_time_base", "1:90000", "-fps_mode", "vfr",
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
        "-color_range", "tv",
        *(("-map", "0:a:0", "-c:a", "copy") if picture.sound else ()),
        *NO_METADATA, "-movflags", "+faststart", "-f", "mp4", CLIP,
    ]  # fmt: skip
    return "\n".join(
        (
            f'mkdir -p {_WITH}/fonts {_WITH}/cache && tar -xf "$BESIDE" -C {_WITH}',
            f"export FONTCONFIG_FILE=$PWD/{_WITH}/fonts.conf",
            _try_letters(),
            shell(*words),
            report(_SOURCE, *opened, INPUT),
            report(CLIP, *opened, CLIP),
        )
    )


def _try_letters() -> str:
    """Draw each letter once into a small picture, and stop if one is missing."""
    words = (
        "ffmpeg", "-nostdin", "-v", "warning", "-f", "lavfi", "-i", "color=s=320x320:r=25:d=0.04",
        "-vf", f"ass=filename={_WITH}/letters.ass:{_FONTS}", "-f", "null", "-",
    )  # fmt: skip
    said = f"{_WITH}/said"
    return (
        f"{shell(*words)} 2>{said} || {{ cat {said} >&2; exit 1; }}\n"
        f"if grep -q 'find any fallback' {said}; then cat {said} >&2; exit {_UNDRAWN}; fi"
    )


def _beside(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return made.getvalue()


class _Missing:
    """Hears which letters no typeface has."""

    def __init__(self) -> None:
        self.letters: dict[str, None] = {}

    def line(self, text: str) -> None:
        """One line of standard error."""
        if found := _MISSING.search(text):
            self.letters[chr(int(found[1], 16))] = None


def _cannot_draw(letters: Mapping[str, None]) -> FileRefused:
    shown = " ".join(list(letters)[:_SHOWN_LETTERS])
    more = " and others" if len(letters) > _SHOWN_LETTERS else ""
    return FileRefused(
        "letters_missing",
        f"This house has no typeface that holds {shown}{more}, so the captions cannot be written "
        "into the picture. Ask whoever runs it to install one (on Debian: fonts-noto-core, or "
        "fonts-noto-cjk for Chinese, Japanese and Korean), or make the file without captions.",
    )


class _Intake:
    """Takes the reports, and then the clip if it is as it must be."""

    def __init__(self, picture: Picture, sink: Sink) -> None:
        self._picture = picture
        self._sink = sink
        self._reports: dict[str, Json] = {}
        self.done = False

    def take(self, name: str, data: BinaryIO) -> None:
        """One file of the sandbox; reports sort before the clip."""
        if name != CLIP:
            self._reports[name] = parse_report(data.read(_REPORT_BYTES))
            return
        before = measure(self._reports[report_name(_SOURCE)], 0, 1 if self._picture.sound else None)
        wanted = Expected(
            self._picture.width, self._picture.height, before.frame_count, before.duration_ms,
            self._picture.sound,
        )  # fmt: skip
        judge(self._reports[report_name(CLIP)], wanted)
        self._sink(name, data)
        self.done = True
