"""The script that a render runs in the sandbox, as text: values in, text out.

One decode feeds every rung of a call. What each rung holds is then read back packet by packet, from
the very segments that viewers will get, for `wardcast.gate.verdict`.

CPU: a decode costs a seventh of all the work, and the lowest rung's is a second one. Where the
original has bits to spare and is shrunk to half or less, that one leaves out the deblocking filter,
which nobody can see then. zscale shrinks as well as swscale's bicubic for half the price.
"""

from dataclasses import dataclass, replace
from typing import Final

from wardcast.gate import encoders, looks, picture, playlists, sound
from wardcast.gate.edits import EditList
from wardcast.gate.ladder import AV1, Rung
from wardcast.gate.limits import Limits
from wardcast.gate.probe import Probe
from wardcast.gate.reading import guards, opening
from wardcast.gate.sandbox import hand_out, shell
from wardcast.gate.storyboard import STORYBOARD, sheet_for

CLIP: Final = "clip.mp4"
POSTER: Final = "poster.jpg"
NO_METADATA: Final = ("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact")
_REPORT_PREFIX: Final = "0_report_"
_PACKETS: Final = "packet=stream_index,pts_time,dts_time,duration_time,flags"
_SHRUNK: Final = 2
_AMPLE_BITS: Final = 0.12
"""Bits per pixel from which a camera's H.264 leaves the deblocking filter little to do."""
_POSTER_SIDE: Final = 720
"""The poster's short side in pixels, where the clip is that large."""
_AAC_START_S: Final = "-0.021"
"""1,024 samples at 48 kHz, in the whole milliseconds that the segments' edit list holds."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one call of the renderer is to make."""

    probe: Probe
    edits: EditList
    rungs: tuple[Rung, ...]
    """All in one codec."""
    clip: bool
    """Make the progressive MP4 from the highest rung of this call."""
    poster: bool
    """Look for a poster in the lowest rung's pictures, and make the storyboard of them."""
    limits: Limits
    level: sound.Level = sound.AS_IT_IS
    early: bool = False
    """Hand out the lowest rung's segments as they are finished."""
    poster_ms: int | None = None
    """Take the poster at this time from the highest rung's pictures, as they go to its encoder."""
    source_bytes: int = 0
    """Size of the original; 0 where it is not known."""

    def __post_init__(self) -> None:
        if len({rung.codec for rung in self.rungs}) != 1:
            raise ValueError("One call makes rungs of one codec, and at least one.")

    @property
    def is_av1(self) -> bool:
        """Whether it makes AV1, which needs a whole number of pictures a second."""
        return self.rungs[0].codec == AV1

    @property
    def rate(self) -> float | None:
        """The constant rate that pictures are brought to, or None: they keep their own times."""
        return picture.frame_rate(
            self.probe, self.limits.max_fps, whole=self.is_av1, edits=self.edits
        )

    @property
    def frames(self) -> int:
        """How many pictures each rung must hold."""
        return picture.expected_frames(
            self.probe, self.limits.max_fps, whole=self.is_av1, edits=self.edits
        )

    @property
    def left(self) -> Probe:
        """The original as long as the edits leave it."""
        edited_ms = self.edits.edited_ms
        return replace(
            self.probe,
            duration_ms=edited_ms(self.probe.duration_ms),
            video_ms=edited_ms(self.probe.video_ms),
        )

    @property
    def lowest(self) -> Rung:
        """The smallest rung of this call."""
        return min(self.rungs, key=lambda rung: rung.short_side)

    @property
    def highest(self) -> Rung:
        """The largest rung of this call."""
        return max(self.rungs, key=lambda rung: rung.short_side)

    def size_of(self, rung: Rung) -> tuple[int, int]:
        """Width and height of a rung, in pixels."""
        return rung.size_of(self.probe.width, self.probe.height)

    @property
    def may_skip_deblocking(self) -> bool:
        """Whether nobody would see that the original was decoded without its deblocking filter."""
        probe = self.probe
        pixels = probe.width * probe.height * probe.frame_count
        return (
            probe.video_codec == "h264"
            and self.highest.short_side * _SHRUNK <= probe.short_side
            and self.source_bytes * 8 >= pixels * _AMPLE_BITS
        )


def report_name(of: str) -> str:
    """File name of ffprobe's report on an output; these sort, and so arrive, before all other
    files."""
    return f"{_REPORT_PREFIX}{of}.json"


def script(plan: Plan) -> str:
    """The whole script: encode, join the MP4, and read everything back, side by side.

    The MP4 is a copy of the highest rung's segments, so its report stands for both.
    """
    lines = [_handing_out(encode(plan), plan.lowest.name) if plan.early else encode(plan)]
    apart = [rung.name for rung in plan.rungs if reported_as(plan, rung) == rung.name]
    lines += [f"{{ {_read_back(name)}; }} &\nread_{name}=$!" for name in apart]
    if plan.clip:
        has_sound = plan.probe.audio_index is not None
        lines.append(_join(plan.highest.name, plan.limits, has_sound=has_sound))
        lines.append(_report_on_clip(plan.limits))
    lines += [f"wait $read_{name}" for name in apart]
    return "\n".join(lines)


def reported_as(plan: Plan, rung: Rung) -> str:
    """What ffprobe's report on a rung is made of."""
    return CLIP if plan.clip and rung is plan.highest else rung.name


def encode(plan: Plan) -> str:
    """The ffmpeg command that makes all rungs, the storyboard and what the poster is chosen by out
    of one decode."""
    words = [
        *(encoders.QUIET_AV1 if plan.is_av1 else ()),
        "ffmpeg", "-nostdin", "-v", "error", "-progress", "pipe:2", "-stats_period", "0.5",
        "-copyts", *(("-skip_loop_filter", "all") if plan.may_skip_deblocking else ()),
        *opening(plan.probe.container, plan.limits),
        "-filter_complex", ";".join(_filters(plan)),
    ]  # fmt: skip
    words += _renditions(plan)
    if plan.poster:
        words += ["-map", "[grey]", "-pix_fmt", "gray", *_RAW, looks.GREY]
        words += ["-map", "[tiny]", "-pix_fmt", "rgb24", *_RAW, looks.TINY]
        words += ["-map", "[looks]", "-frames:v", str(looks.MOST + 1), *_JPEG, looks.PICTURES]
        words += ["-map", "[storyboard]", *_ONE_JPEG, STORYBOARD]
    if plan.poster_ms is not None:
        words += ["-map", "[poster]", *_ONE_JPEG, POSTER]
    return shell(*words)


def _handing_out(command: str, rung: str) -> str:
    """Run the command, and hand out the rung's segments whenever there are more.

    ffmpeg gives a segment its name once it is whole, and then its line in the playlist. Names are
    made without printf, which would start a process for each look.
    """
    init, playlist = playlists.init_name(rung), playlists.playlist_name(rung)
    return f"""{command} &
made=$!
next=0
first={init}
name() {{ number=0000$next; named={rung}_${{number#"${{number%?????}}"}}.m4s; }}
more() {{
  set --
  name
  while [ -e $named ]; do
    set -- "$@" $named
    next=$((next+1))
    name
  done
  if [ $# != 0 ]; then {hand_out(f'$first "$@" {playlist}')}; first=; fi
}}
while kill -0 $made 2>/dev/null; do
  if [ -e {playlist} ]; then more; fi
  sleep {_LOOK_S}
done
wait $made"""


_LOOK_S: Final = 0.15
"""How often it is looked whether there are more segments."""
_RAW: Final = ("-c:v", "rawvideo", "-frames:v", str(looks.MOST + 1), "-f", "rawvideo")
_JPEG: Final = (
    "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p", "-flags:v", "+bitexact",
    "-map_metadata", "-1", "-fflags", "+bitexact", "-f", "image2",
)  # fmt: skip
_ONE_JPEG: Final = ("-frames:v", "1", "-update", "1", *_JPEG)


def _filters(plan: Plan) -> list[str]:
    """The filter graph: pictures and sound onto the clock, then split among the outputs."""
    probe = plan.probe
    size = plan.size_of(plan.highest)
    edits = plan.edits
    chains = [picture.on_the_clock(f"0:{probe.video_index}", "v", probe, size, plan.rate, edits)]
    chains += _down(plan)
    if plan.poster:
        every_ms = looks.every_ms(plan.left.video_ms)
        tiny_wide, tiny_high = looks.tiny(*plan.size_of(plan.lowest))
        chains.append("[p]split=2[q][board]")
        chains.append(f"[q]fps=1000/{every_ms}:start_time=0:round=up,split=3[looks][grey][c]")
        chains.append(f"[c]scale={tiny_wide}:{tiny_high}:flags=area[tiny]")
        chains.append(sheet_for(plan.left).filters("board", "storyboard"))
    if plan.poster_ms is not None:
        chains.append(_poster(plan, plan.poster_ms))
    if probe.audio_index is not None:
        chains.append(sound.on_the_clock(f"0:{probe.audio_index}", "heard", probe.first_frame_s))
        chains.append(sound.levelled("heard", "level", plan.level))
        chains += sound.without_mutes("level", "audible", edits, probe.duration_ms)
        chains.append(sound.without_cuts("audible", "kept", edits.cuts))
        sounds = _sounds(plan)
        chains.append(f"[kept]asplit={len(sounds)}{''.join(f'[a{each}]' for each in sounds)}")
    return chains


def _down(plan: Plan) -> list[str]:
    """From the largest picture down by steps: each rung is scaled from the next larger one, which
    costs half of scaling all from the largest."""
    chains, have = [], "v"
    rungs = sorted(plan.rungs, key=lambda rung: rung.short_side, reverse=True)
    for rung, below in zip(rungs, [*rungs[1:], None], strict=True):
        wanted = [f"[v{rung.name}]"]
        if plan.poster and rung is plan.lowest:
            wanted.append("[p]")
        if plan.poster_ms is not None and rung is plan.highest:
            wanted.append("[still]")
        if below is not None:
            wanted.append(f"[s{below.name}]")
        chains.append(f"[{have}]split={len(wanted)}{''.join(wanted)}")
        if below is not None:
            have = f"d{below.name}"
            chains.append(f"[s{below.name}]{picture.shrunk(plan.size_of(below))}[{have}]")
    return chains


def _poster(plan: Plan, at_ms: int) -> str:
    """The picture that is shown at this time, or the last one, at the poster's size."""
    width, height = plan.size_of(plan.highest)
    share = min(1.0, _POSTER_SIDE / min(width, height))
    wide, high = round(width * share / 2) * 2, round(height * share / 2) * 2
    last_ms = plan.left.video_ms - round(1500 / plan.probe.fps)
    moment = max(0.0, min(at_ms, last_ms) / 1000 - 0.5 / plan.probe.fps)
    return (
        f"[still]select=isnan(prev_selected_t)*gte(t\\,{moment:.3f}),"
        f"scale={wide}:{high}:flags=bicubic[poster]"
    )


def _renditions(plan: Plan) -> list[str]:
    """All rungs as HLS in fragmented MP4, with AAC, and nothing of the original's metadata.

    Sound is encoded once for all rungs that want the same bit rate: so all are one output, which
    tee hands to a playlist each.
    """
    words: list[str] = []
    rate, threads = _nominal_rate(plan), plan.limits.max_threads
    for number, rung in enumerate(plan.rungs):
        coded = encoders.words(rung, f":v:{number}", rate=rate, threads=threads)
        words += ["-map", f"[v{rung.name}]", *coded]
    for number, kbps in enumerate(_sounds(plan)):
        words += [
            "-map", f"[a{kbps}]", f"-c:a:{number}", "aac", f"-b:a:{number}", f"{kbps}k",
            f"-ar:a:{number}", str(sound.SAMPLE_RATE), f"-ac:a:{number}", "2",
            f"-flags:a:{number}", "+bitexact+global_header",
        ]  # fmt: skip
    outputs = (_playlist(plan, number, rung) for number, rung in enumerate(plan.rungs))
    return [*words, *NO_METADATA, "-f", "tee", "|".join(outputs)]


def _sounds(plan: Plan) -> list[int]:
    """The bit rates in kbit/s that sound is encoded at, in the order of the tracks."""
    if plan.probe.audio_index is None:
        return []
    return sorted({rung.audio_kbps for rung in plan.rungs})


def _playlist(plan: Plan, number: int, rung: Rung) -> str:
    """One of tee's outputs: its options, and its name."""
    tracks = [f"v:{number}"]
    if plan.probe.audio_index is not None:
        tracks.append(f"a:{_sounds(plan).index(rung.audio_kbps)}")
    options = {
        "select": f"\\'{','.join(tracks)}\\'", "f": "hls", "fflags": "+bitexact",
        "hls_time": str(rung.segment_s), "hls_playlist_type": "event",
        "hls_segment_type": "fmp4", "hls_flags": "independent_segments+temp_file",
        "hls_fmp4_init_filename": playlists.init_name(rung.name),
        "hls_segment_filename": f"{rung.name}_%05d.m4s",
    }  # fmt: skip
    stated = ":".join(f"{name}={value}" for name, value in options.items())
    return f"[{stated}]{playlists.playlist_name(rung.name)}"


def _nominal_rate(plan: Plan) -> float:
    """The rate that the encoder is told, for its budget; pictures keep their own times."""
    return plan.rate if plan.rate is not None else max(1.0, round(plan.probe.fps, 2))


def _whole(rung: str) -> str:
    return f"cat {shell(playlists.init_name(rung))} {shell(rung)}_*.m4s"


def report(of: str, *source: str) -> str:
    """The command that leaves ffprobe's report on an output; ``source`` opens it.

    ``-show_data`` adds what each track tells its decoder, and no packet's contents.
    """
    words = (
        "ffprobe", "-v", "error", *source, "-of", "json", "-show_format", "-show_streams",
        "-show_data",
    )  # fmt: skip
    return f"{shell(*words, '-show_entries', _PACKETS)} >{shell(report_name(of))}"


def _read_back(rung: str) -> str:
    return f"{_whole(rung)} | {report(rung, '-f', 'mov', '-i', 'pipe:0')}"


def _join(rung: str, limits: Limits, *, has_sound: bool) -> str:
    """The highest rung's segments as one MP4 with its index in front; nothing is encoded again.

    The segments start late by what AAC needs to begin with; the MP4 does not, so that its clock is
    the original's.
    """
    earlier = ("-output_ts_offset", _AAC_START_S) if has_sound else ()
    words = (
        "ffmpeg", "-nostdin", "-v", "error", *guards(limits), "-f", "mov", "-i", "pipe:0",
        "-map", "0", "-c", "copy", *earlier, *NO_METADATA,
        "-movflags", "+faststart", "-f", "mp4", CLIP,
    )  # fmt: skip
    return f"{_whole(rung)} | {shell(*words)}"


def _report_on_clip(limits: Limits) -> str:
    return report(CLIP, *guards(limits), "-f", "mov", "-i", CLIP)
