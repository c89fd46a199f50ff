"""What a file really holds: measured by reading every packet, never taken from its header.

A header can lie about length, size and the number of pictures, and a recording by a browser has no
length at all. So `probe` reads the packets, in the sandbox, and counts.
"""

import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from wardcast.gate.errors import FileRefused, GateBroken, LimitExceeded
from wardcast.gate.failures import TOO_MANY_PIXELS, error_for, too_many_pixels
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.reading import AUDIO_CODECS, VIDEO_CODECS, opening
from wardcast.gate.sandbox import Caps, Finished, run, shell
from wardcast.gate.sniff import HEAD_BYTES, Container, sniff
from wardcast.gate.source import Source

_REPORT: Final = "report.json"
_REPORT_BYTES: Final = 64_000_000
_HDR_TRANSFERS: Final = frozenset({"smpte2084", "arib-std-b67"})
_SAMPLE_RATES: Final = range(4_000, 192_001)
_MOST_CHANNELS: Final = 16
_COVERS: Final = ("attached_pic", "still_image", "timed_thumbnails")
_CUT_OFF: Final = (
    "partial file",
    "ended prematurely",
    "Truncat",
    "truncat",
    "Invalid NAL unit size",
)

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tag:
    """One piece of metadata: its name and value as stored, and where (``format``, ``stream 0``,
    …)."""

    name: str
    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Probe:
    """A file that may be used, as measured. Widths and heights are as shown: upright, square
    pixels."""

    container: Container
    duration_ms: int
    """From the first picture shown to the end of picture or sound, whichever is later."""
    width: int
    height: int
    rotation: int
    """Degrees clockwise by which the stored picture is turned for showing: 0, 90, 180 or 270."""
    fps: float
    """Pictures a second, on average."""
    frame_count: int
    video_codec: str
    pix_fmt: str
    hdr: bool
    audio_codec: str | None
    truncated: bool
    """The recording was cut off; what there is of it can be used."""
    no_declared_duration: bool
    tags: tuple[Tag, ...]
    video_index: int
    audio_index: int | None
    transfer: str
    """The colour transfer as stored, or an empty text."""
    plain_colour: bool
    """Its colours are BT.709 in the limited range, or not stated: nothing need be converted."""
    video_ms: int
    """From the first picture shown to the end of the last."""
    first_frame_s: float
    """Time of the first picture in the container's own clock, in seconds."""
    container_start_s: float
    """Where the container's own clock starts, in seconds."""

    @property
    def short_side(self) -> int:
        """The smaller of width and height, in pixels."""
        return min(self.width, self.height)


def probe(source: Source, limits: Limits = DEFAULT_LIMITS) -> Probe:
    """Say what the file is, or raise `FileRefused` (with `LimitExceeded` for limits) with why it is
    refused.

    Guards in this order: size, first bytes, then in the sandbox every packet; then tracks, codecs,
    pixels, pictures, length. Raises `GateBroken` when the gate itself fails.
    """
    _check_size(source, limits)
    container = sniff(head_of(source))
    report, finished = _read(source, container, limits)
    return _judge(report, finished, container, limits)


def head_of(source: Source) -> bytes:
    """The first bytes of the plaintext, as many as `sniff` wants."""
    with contextlib.closing(source.open()) as stream:
        head = b""
        while len(head) < HEAD_BYTES and (chunk := stream.read(HEAD_BYTES - len(head))):
            head += chunk
    return head


def _check_size(source: Source, limits: Limits) -> None:
    if source.size > limits.max_bytes:
        raise LimitExceeded(
            "too_large",
            f"This file is {source.size / 1e6:.0f} MB; at most {limits.max_bytes / 1e6:.0f} MB "
            "are taken. "
            "Share a shorter clip, or export it with a lower resolution.",
        )


def _read(source: Source, container: Container, limits: Limits) -> tuple[Json, Finished]:
    """ffprobe's report on the container, its tracks, chapters and every packet."""
    everything = ("-export_all", "1", "-export_xmp", "1") if container == "mov" else ()
    script = shell(
        "ffprobe", "-v", "error", *everything, *opening(container, limits), "-of", "json",
        "-show_format", "-show_streams", "-show_chapters", "-show_entries",
        "packet=stream_index,pts_time,dts_time,duration_time,flags",
    )  # fmt: skip
    pieces: list[bytes] = []

    def keep(name: str, data: BinaryIO) -> None:
        pieces.append(data.read())

    finished = run(
        f"{script} >{_REPORT}",
        source=source,
        caps=Caps(limits.probe_seconds, limits.max_memory_bytes, _REPORT_BYTES),
        names=re.compile(re.escape(_REPORT)),
        sink=keep,
    )
    if not finished.ok:
        raise error_for(finished, doing="looking at it")
    return parse_report(b"".join(pieces)), finished


def parse_report(data: bytes) -> Json:
    """ffprobe's JSON as a mapping; anything else is `GateBroken`."""
    try:
        report = json.loads(data.decode("utf-8", "replace"))
    except json.JSONDecodeError as error:
        raise GateBroken(
            "output_unexpected", "ffprobe's report could not be read. Try again in a while."
        ) from error
    if not isinstance(report, dict):
        raise GateBroken(
            "output_unexpected", "ffprobe's report has an unknown form. Try again in a while."
        )
    return report


def _judge(report: Json, finished: Finished, container: Container, limits: Limits) -> Probe:
    streams = report.get("streams", [])
    log = "\n".join(finished.log)
    if TOO_MANY_PIXELS in log:
        raise too_many_pixels(log)
    if not streams:
        raise error_for(finished, doing="looking at it")
    video = _picture(streams)
    audio = _sound(streams)
    width, height, rotation = displayed(video)
    _check_pixels(video, width, height, limits)
    if audio is not None and not any(_spans(report, audio["index"])):
        audio = None  # a track of which nothing was recorded
    if audio is not None:
        _check_sound(audio)
    timing = measure(report, video["index"], None if audio is None else audio["index"])
    _check_length(timing, limits)
    declared = seconds(report.get("format", {}), "duration")
    start = seconds(report.get("format", {}), "start_time") or 0.0
    return Probe(
        container=container,
        duration_ms=timing.duration_ms,
        width=width,
        height=height,
        rotation=rotation,
        fps=timing.fps,
        frame_count=timing.frame_count,
        video_codec=video["codec_name"],
        pix_fmt=video.get("pix_fmt", ""),
        hdr=video.get("color_transfer") in _HDR_TRANSFERS,
        audio_codec=None if audio is None else audio["codec_name"],
        truncated=_is_cut_off(video, timing, declared, finished),
        no_declared_duration=declared is None,
        tags=tuple(_tags(report)),
        video_index=video["index"],
        audio_index=None if audio is None else audio["index"],
        transfer=video.get("color_transfer", ""),
        plain_colour=_is_plain(video),
        video_ms=timing.video_ms,
        first_frame_s=timing.first_frame_s,
        container_start_s=start,
    )


def _is_plain(video: Json) -> bool:
    full_range = video.get("color_range") == "pc" or video.get("pix_fmt", "").startswith("yuvj")
    return video.get("color_space", "bt709") in ("bt709", "unknown") and not full_range


def _picture(streams: list[Json]) -> Json:
    """The first moving picture; a cover does not count."""
    pictures = [
        stream
        for stream in streams
        if stream.get("codec_type") == "video"
        and not any(stream.get("disposition", {}).get(kind) for kind in _COVERS)
    ]
    if not pictures:
        raise FileRefused(
            "no_picture",
            "This file holds sound but no moving picture. Choose a video as MP4, MOV or WebM.",
        )
    codec = pictures[0].get("codec_name", "unknown")
    if codec not in VIDEO_CODECS:
        raise FileRefused(
            "codec_not_accepted",
            f"The picture in this file is stored as {codec}, which Wardcast does not take. "
            "Export it again as H.264.",
        )
    return pictures[0]


def _sound(streams: list[Json]) -> Json | None:
    """The first sound track that we can decode; None when there is no sound at all."""
    sounds = [stream for stream in streams if stream.get("codec_type") == "audio"]
    usable = [stream for stream in sounds if stream.get("codec_name") in AUDIO_CODECS]
    if sounds and not usable:
        raise FileRefused(
            "codec_not_accepted",
            f"The sound in this file is stored as {sounds[0].get('codec_name', 'unknown')}, "
            "which Wardcast "
            "does not take. Export it again with AAC sound.",
        )
    return usable[0] if usable else None


def _check_sound(audio: Json) -> None:
    """A rate or a number of channels that nobody records would be stretched to hours, or mixed by
    no rule."""
    rate, channels = int(audio.get("sample_rate", 0) or 0), int(audio.get("channels", 0) or 0)
    if rate not in _SAMPLE_RATES or not 1 <= channels <= _MOST_CHANNELS:
        raise FileRefused(
            "codec_not_accepted",
            f"The sound in this file has {channels} channels at {rate} samples a second, which "
            "Wardcast does not take. Export it again with AAC sound in stereo.",
        )


def displayed(video: Json) -> tuple[int, int, int]:
    """Width, height and clockwise rotation as shown: non-square pixels stretched, sideways made
    upright."""
    width, height = int(video.get("width", 0)), int(video.get("height", 0))
    ratio = _ratio(video.get("sample_aspect_ratio", "1:1"))
    if ratio != 1.0:
        width = round(width * ratio)
    turn = next(
        (side["rotation"] for side in video.get("side_data_list", []) if "rotation" in side), 0
    )
    rotation = round(-float(turn) / 90) * 90 % 360
    return (height, width, rotation) if rotation in (90, 270) else (width, height, rotation)


def _ratio(text: str) -> float:
    across, _, down = text.partition(":")
    if not (across.isdigit() and down.isdigit() and int(across) and int(down)):
        return 1.0
    return int(across) / int(down)


def _check_pixels(video: Json, width: int, height: int, limits: Limits) -> None:
    if width < 2 or height < 2:
        raise FileRefused(
            "unreadable",
            "The picture in this file has no size. Export it again as MP4, MOV or WebM.",
        )
    stored = int(video.get("width", 0)) * int(video.get("height", 0))
    if max(width * height, stored) > limits.max_pixels or max(width, height) > limits.max_side:
        raise LimitExceeded(
            "too_many_pixels",
            f"The picture is {width} by {height}; at most 4K (3840 by 2160) is taken. "
            "Export it again with a lower resolution.",
        )


@dataclass(frozen=True, slots=True)
class Timing:
    """What the packets say: pictures that are shown, and the first one's time in the container's
    clock."""

    frame_count: int
    first_frame_s: float
    video_ms: int
    duration_ms: int

    @property
    def fps(self) -> float:
        """Pictures a second, on average."""
        return self.frame_count * 1000 / self.video_ms


def measure(report: Json, video_index: int, audio_index: int | None) -> Timing:
    """Count and time the packets of ffprobe's report; packets marked as never shown do not
    count."""
    pictures = sorted(_spans(report, video_index))
    if len(pictures) < 2:
        raise FileRefused(
            "not_a_video",
            "This file holds a single still picture or none at all. Choose a video as MP4, MOV "
            "or WebM.",
        )
    first = pictures[0][0]
    usual = (pictures[-1][0] - first) / (len(pictures) - 1)
    video_end = max(start + (length or usual) for start, length in pictures)
    if video_end <= first:
        raise FileRefused(
            "unreadable",
            "The pictures in this file have no times. Export it again as MP4, MOV or WebM.",
        )
    sounds = [] if audio_index is None else list(_spans(report, audio_index))
    end = max([video_end, *(start + length for start, length in sounds)])
    video_ms = max(1, round((video_end - first) * 1000))
    return Timing(len(pictures), first, video_ms, max(1, round((end - first) * 1000)))


def _spans(report: Json, index: int) -> Iterator[tuple[float, float]]:
    """(start, length) in seconds of each packet of a track that is shown or heard."""
    for packet in report.get("packets", report.get("packets_and_frames", [])):
        if packet.get("stream_index") != index or "D" in packet.get("flags", ""):
            continue
        start = seconds(packet, "pts_time")
        if start is None:
            start = seconds(packet, "dts_time")
        if start is not None:
            yield start, max(0.0, seconds(packet, "duration_time") or 0.0)


def seconds(mapping: Json, key: str) -> float | None:
    """A time of ffprobe's report in seconds, or None where it is missing or ``N/A``."""
    try:
        return float(mapping[key])
    except (KeyError, ValueError):
        return None


def _check_length(timing: Timing, limits: Limits) -> None:
    if timing.duration_ms > limits.max_duration_ms:
        raise LimitExceeded(
            "too_long",
            f"This video is {_minutes(timing.duration_ms)} long; at most "
            f"{_minutes(limits.max_duration_ms)} are taken. Trim it and try again.",
        )
    if timing.frame_count > limits.max_frames:
        raise LimitExceeded(
            "too_many_frames",
            f"This video holds {timing.frame_count} pictures; at most {limits.max_frames} are "
            "taken. "
            "Export it again with 30 or 60 pictures a second.",
        )


def _minutes(milliseconds: int) -> str:
    minutes, rest = divmod(round(milliseconds / 1000), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _is_cut_off(video: Json, timing: Timing, declared: float | None, finished: Finished) -> bool:
    """Whether ffprobe ran out of file, or found clearly less than the header promised."""
    if any(words in line for line in finished.log for words in _CUT_OFF):
        return True
    promised = int(video.get("nb_frames", 0) or 0)
    if promised > timing.frame_count * 1.05 + 2:
        return True
    return declared is not None and declared * 1000 > timing.duration_ms * 1.05 + 500


def _tags(report: Json) -> Iterator[Tag]:
    """Every piece of metadata of the container, the tracks and the chapters, sorted by place and
    name."""
    places = [("format", report.get("format", {}))]
    places += [(f"stream {stream['index']}", stream) for stream in report.get("streams", [])]
    places += [
        (f"chapter {number}", chapter) for number, chapter in enumerate(report.get("chapters", []))
    ]
    for where, place in places:
        for name, value in sorted(place.get("tags", {}).items()):
            yield Tag(str(name), str(value), where)
