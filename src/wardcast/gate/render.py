"""From an original and its edits to what viewers get: renditions, a progressive MP4 and a poster.

A clip is made in two calls, so that it is playable early: ``render(…, ladder.rungs[:1],
poster=True)``, then ``render(…, ladder.rungs[1:], clip=True, poster_ms=…)`` with the moment that
the first chose; segments of both can be switched between. Files reach the caller's sink one by one,
and only after the whole output of the call was read back and found good; but who asks by ``early``
gets the lowest rung's segments as they are finished, and the very same bytes are read back in the
end. A call that raises has handed over nothing that others may be shown: throw its files away.
"""

import hashlib
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from wardcast.gate import looks, playlists
from wardcast.gate.blurhash import blurhash
from wardcast.gate.edits import EditList
from wardcast.gate.errors import GateBroken
from wardcast.gate.failures import error_for
from wardcast.gate.ladder import Rung
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.plan import CLIP, POSTER, Plan, report_name, reported_as, script
from wardcast.gate.playlists import Variant
from wardcast.gate.probe import Json, Probe, parse_report
from wardcast.gate.progress import Heard, Progress, without_progress
from wardcast.gate.sandbox import Caps, Sink, run
from wardcast.gate.sound import AS_IT_IS, Level
from wardcast.gate.source import Source
from wardcast.gate.storyboard import STORYBOARD, STORYBOARD_VTT, sheet_for
from wardcast.gate.verdict import Expected, Verdict, judge

Early = Callable[[str], None]
"""Hears the lowest rung's playlist whenever it has grown; its segments are at the sink by then."""

MASTER: Final = "master.m3u8"
_TYPES: Final = {
    "m3u8": "application/vnd.apple.mpegurl",
    "m4s": "video/iso.segment",
    "mp4": "video/mp4",
    "jpg": "image/jpeg",
    "vtt": "text/vtt",
}
_REPORT_BYTES: Final = 64_000_000
_CLOCK_SLACK_S: Final = 0.005


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file that went to the sink: its flat name, length in bytes, hash (hex) and media type."""

    name: str
    size: int
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class RenderedRung:
    """One rendition: its files (playlist, initialisation, segments in order) and line of the
    master."""

    rung: Rung
    variant: Variant
    files: tuple[RenderedFile, ...]
    segment_lengths: tuple[float, ...]
    """In seconds."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """All that one call made. Width, height and counts are of its highest rung."""

    rungs: tuple[RenderedRung, ...]
    clip: RenderedFile | None
    poster: RenderedFile | None
    storyboard: tuple[RenderedFile, ...]
    """The sheet of small pictures and its WebVTT; empty where no poster was asked for."""
    blurhash: str
    """The poster in some thirty letters, or empty."""
    poster_ms: int | None
    """Where the poster was taken, in the edited clip's clock; None where none was asked for."""
    duration_ms: int
    frame_count: int
    width: int
    height: int

    @property
    def files(self) -> tuple[RenderedFile, ...]:
        """Every file of the call."""
        of_rungs = [file for rung in self.rungs for file in rung.files]
        single = (file for file in (self.clip, self.poster) if file is not None)
        return (*of_rungs, *single, *self.storyboard)


def render(
    source: Source,
    probe: Probe,
    edits: EditList,
    rungs: Sequence[Rung],
    *,
    sink: Sink,
    progress: Progress | None = None,
    limits: Limits = DEFAULT_LIMITS,
    clip: bool = True,
    poster: bool = True,
    level: Level = AS_IT_IS,
    early: Early | None = None,
    poster_ms: int | None = None,
) -> Rendered:
    """Make these rungs (and the MP4 from the highest of them, and the poster) of a probed original.

    ``poster`` chooses one among the lowest rung's pictures, as large as these; `Rendered.poster_ms`
    says which. ``poster_ms`` instead takes the picture of that time from the highest rung's.
    ``level`` is what `wardcast.gate.loudness.level_for` found, the same for every call of a clip.

    Raises `FileRefused` when the original turns out to be damaged, `LimitExceeded` when it costs
    more than ``limits``, `GateBroken` when the gate fails, and whatever ``sink`` raises.
    """
    plan = Plan(
        probe, edits, tuple(rungs), clip, poster, limits, level=level, early=early is not None,
        poster_ms=None if poster else poster_ms, source_bytes=source.size,
    )  # fmt: skip
    intake = _Intake(plan, sink, early)
    heard = Heard(plan.frames, progress)
    finished = run(
        script(plan),
        source=source,
        caps=Caps(
            limits.render_seconds,
            limits.max_memory_bytes,
            limits.max_output_bytes,
            _most_files(plan),
        ),
        names=_names(plan),
        sink=intake.take,
        early=None if early is None else intake.take_early,
        on_line=heard.line,
    )
    if not finished.ok:
        raise error_for(without_progress(finished), doing="rendering it")
    if poster:
        intake.choose_poster()
    rendered = intake.finish()
    heard.done()
    return rendered


def master_playlist(rungs: Sequence[RenderedRung]) -> str:
    """The master playlist over rungs of one call or of several; its name is `MASTER`, or
    that of AV1."""
    return playlists.master_playlist([rung.variant for rung in rungs])


def media_type(name: str) -> str:
    """The media type of a file that `render` makes."""
    return _TYPES[name.rpartition(".")[2]]


def _most_files(plan: Plan) -> int:
    """How many files a call may leave: its segments, and some more for each rung and the rest."""
    seconds = plan.probe.duration_ms / 1000
    return round(sum(seconds / rung.segment_s + 10 for rung in plan.rungs)) + 100


def _names(plan: Plan) -> re.Pattern[str]:
    """Exactly the names that the plan makes."""
    names = [re.escape(report_name(reported_as(plan, rung))) for rung in plan.rungs]
    for rung in plan.rungs:
        names.append(re.escape(playlists.playlist_name(rung.name)))
        names.append(re.escape(playlists.init_name(rung.name)))
        names.append(rf"{rung.name}_[0-9]{{5}}\.m4s")
    if plan.clip:
        names.append(re.escape(CLIP))
    if plan.poster:
        names += [re.escape(each) for each in (looks.GREY, looks.TINY, STORYBOARD)]
        names.append(r"looks_[0-9]{3}\.jpg")
    if plan.poster_ms is not None:
        names.append(re.escape(POSTER))
    return re.compile("|".join(names))


@dataclass
class _Making:
    """A rung whose files are arriving."""

    rung: Rung
    verdict: Verdict
    files: list[RenderedFile] = field(default_factory=list)
    lengths: tuple[float, ...] = ()


class _Intake:
    """Takes the sandbox's files in the order of their names: reports first, and all must be
    good."""

    def __init__(self, plan: Plan, sink: Sink, early: Early | None) -> None:
        self._plan = plan
        self._sink = sink
        self._tell_early = early
        self._early: dict[str, RenderedFile] = {}
        self._reports: dict[str, Json] = {}
        self._making: dict[str, _Making] | None = None
        self._single: dict[str, RenderedFile] = {}
        self._looks: dict[str, bytes] = {}
        self._blurhash = ""
        self._poster_ms = plan.poster_ms

    def take_early(self, name: str, data: BinaryIO) -> None:
        """One file of the lowest rung, while the others are being made: its playlist comes last."""
        rung = self._plan.lowest.name
        if name == playlists.playlist_name(rung):
            lengths = playlists.segment_lengths(data.read(_REPORT_BYTES).decode("ascii", "replace"))
            shown = lengths[: len(self._early) - 1]
            if shown and self._tell_early is not None:
                self._tell_early(playlists.media_playlist(rung, shown, ended=False))
        elif name == self._next_early(rung):
            self._early[name] = self._pass_on(name, data)
        else:
            raise _missing()

    def _next_early(self, rung: str) -> str:
        have = len(self._early)
        return playlists.segment_name(rung, have - 1) if have else playlists.init_name(rung)

    def take(self, name: str, data: BinaryIO) -> None:
        """One file: a report is kept, a playlist is written anew, the rest goes to the sink."""
        if name.startswith(report_name("").removesuffix(".json")):
            self._reports[name] = parse_report(data.read(_REPORT_BYTES))
            return
        if self._making is None:
            self._making = self._judged()
        if name.startswith("looks"):
            self._looks[name] = data.read()
            return
        if name in (CLIP, STORYBOARD, POSTER):
            self._single[name] = self._pass_on(name, data)
            return
        making = next(each for key, each in self._making.items() if _belongs(name, key))
        if name in self._early:
            making.files.append(self._same(name, data))
            return
        if name == playlists.playlist_name(making.rung.name):
            making.lengths = playlists.segment_lengths(data.read(_REPORT_BYTES).decode("ascii"))
            text = playlists.media_playlist(making.rung.name, making.lengths)
            making.files.append(self._pass_on(name, io.BytesIO(text.encode("ascii"))))
        else:
            making.files.append(self._pass_on(name, data))

    def finish(self) -> Rendered:
        """The values of a call whose files have all arrived; `GateBroken` if any is missing."""
        making = self._making or {}
        rungs = tuple(_rendered(each, self._plan) for each in making.values())
        pictures = self._plan.poster
        has_poster = self._poster_ms is not None
        wanted = {CLIP: self._plan.clip, POSTER: has_poster, STORYBOARD: pictures}
        if len(rungs) != len(self._plan.rungs) or set(self._single) != {
            name for name, is_wanted in wanted.items() if is_wanted
        }:
            raise _missing()
        highest = making[self._plan.highest.name].verdict
        width, height = self._plan.size_of(self._plan.highest)
        return Rendered(
            rungs=rungs,
            clip=self._single.get(CLIP),
            poster=self._single.get(POSTER),
            storyboard=self._storyboard(),
            blurhash=self._blurhash,
            poster_ms=self._poster_ms,
            duration_ms=self._plan.left.duration_ms,
            frame_count=highest.frame_count,
            width=width,
            height=height,
        )

    def choose_poster(self) -> None:
        """The best of the pictures that were looked at becomes the poster."""
        plan = self._plan
        width, height = plan.size_of(plan.lowest)
        number = looks.best(self._looks.get(looks.GREY, b""), width, height)
        jpeg = self._looks.get(looks.PICTURES % (number + 1))
        if jpeg is None:
            raise _missing()
        self._poster_ms = number * looks.every_ms(plan.left.video_ms)
        self._single[POSTER] = self._pass_on(POSTER, io.BytesIO(jpeg))
        across, down = looks.tiny(width, height)
        start = number * across * down * 3
        pixels = self._looks.get(looks.TINY, b"")[start : start + across * down * 3]
        if len(pixels) == across * down * 3:
            self._blurhash = blurhash(pixels, across, down)

    def _storyboard(self) -> tuple[RenderedFile, ...]:
        sheet = self._single.get(STORYBOARD)
        if sheet is None:
            return ()
        probe = self._plan.left
        text = sheet_for(probe).webvtt(probe.video_ms).encode("ascii")
        return (sheet, self._pass_on(STORYBOARD_VTT, io.BytesIO(text)))

    def _judged(self) -> dict[str, _Making]:
        """A verdict on every output, before the first file is passed on."""
        plan = self._plan
        making = {
            rung.name: _Making(
                rung, judge(self._report(reported_as(plan, rung)), _expected(plan, rung))
            )
            for rung in plan.rungs
        }
        if plan.clip:
            verdict = making[plan.highest.name].verdict
            if not 0 <= verdict.first_frame_s < _CLOCK_SLACK_S:
                raise _off_the_clock()
        return making

    def _report(self, of: str) -> Json:
        report = self._reports.get(report_name(of))
        if report is None:
            raise _missing()
        return report

    def _same(self, name: str, data: BinaryIO) -> RenderedFile:
        """What was handed out early must be what is judged now."""
        hashing = _Hashing(data)
        while hashing.read(1 << 20):
            pass
        if hashing.hexdigest() != self._early[name].sha256:
            raise GateBroken(
                "output_unexpected",
                "A part of the clip changed after it was made, so it was thrown away. "
                "Try again in a while.",
            )
        return self._early[name]

    def _pass_on(self, name: str, data: BinaryIO) -> RenderedFile:
        hashing = _Hashing(data)
        self._sink(name, io.BufferedReader(hashing))
        while hashing.read(1 << 20):
            pass
        return RenderedFile(name, hashing.size, hashing.hexdigest(), media_type(name))


def _belongs(name: str, rung: str) -> bool:
    return name.startswith((f"{rung}_", f"{rung}."))


def _missing() -> GateBroken:
    return GateBroken(
        "output_unexpected",
        "The renderer left out a file that it was to make. Try again in a while.",
    )


def _off_the_clock() -> GateBroken:
    return GateBroken(
        "output_unexpected",
        "The MP4 does not start with its first picture, so it was thrown away. "
        "Try again in a while.",
    )


def _expected(plan: Plan, rung: Rung) -> Expected:
    width, height = plan.size_of(rung)
    return Expected(
        width=width,
        height=height,
        frame_count=plan.frames,
        duration_ms=plan.left.duration_ms,
        sound=plan.probe.audio_index is not None,
        hidden_pictures=plan.probe.video_codec == "vp8",
        codec=rung.codec,
    )


def _rendered(making: _Making, plan: Plan) -> RenderedRung:
    name = making.rung.name
    by_name: Mapping[str, RenderedFile] = {file.name: file for file in making.files}
    segments = [playlists.segment_name(name, number) for number in range(len(making.lengths))]
    wanted = [playlists.playlist_name(name), playlists.init_name(name), *segments]
    if set(by_name) != set(wanted) or not segments:
        raise _missing()
    sizes = [by_name[segment].size for segment in segments]
    width, height = plan.size_of(making.rung)
    variant = Variant(
        rung=name,
        peak_bps=round(
            max(8 * size / length for size, length in zip(sizes, making.lengths, strict=True))
        ),
        average_bps=round(8 * sum(sizes) / sum(making.lengths)),
        width=width,
        height=height,
        fps=plan.rate or plan.probe.fps,
        codecs=making.verdict.codecs,
    )
    return RenderedRung(
        making.rung, variant, tuple(by_name[each] for each in wanted), making.lengths
    )


class _Hashing(io.RawIOBase):
    """A stream that counts and hashes what is read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._hash = hashlib.sha256()
        self.size = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        """Read into the buffer, counting and hashing."""
        chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._hash.update(chunk)
        self.size += len(chunk)
        return len(chunk)

    def hexdigest(self) -> str:
        """SHA-256 of everything read so far, in hex."""
        return self._hash.hexdigest()
