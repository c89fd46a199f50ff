"""Whether a rendition is what it must be, judged by reading it back.

ffmpeg's status 0 is no verdict: it is given for files of which half was lost. A rendition is good
when its pictures and its length are within 5 % of the original's, and its codecs and size are those
asked for.
"""

import re
from dataclasses import dataclass
from typing import Final

from wardcast.gate.errors import FileRefused, GateBroken
from wardcast.gate.ladder import AV1, H264
from wardcast.gate.probe import Json, measure

_TOLERANCE: Final = 0.05
_HIDDEN: Final = 0.15
"""VP8 may store pictures that are never shown as packets of their own."""
_SLACK_FRAMES: Final = 2
_SLACK_MS: Final = 100
"""AAC begins and ends up to a frame of 21 ms early and late."""
_AV1C: Final = re.compile(r"^\s*0{8}: 81([0-9a-f]{2}) ([0-9a-f]{2})")
_PROFILES: Final = {"Constrained Baseline": "42e0", "Main": "4d40", "High": "6400"}


@dataclass(frozen=True, slots=True)
class Expected:
    """What an output must be."""

    width: int
    height: int
    frame_count: int
    duration_ms: int
    sound: bool
    hidden_pictures: bool = False
    codec: str = H264


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an accepted output is. ``codecs`` is for a playlist (RFC 6381)."""

    frame_count: int
    duration_ms: int
    first_frame_s: float
    codecs: str


def judge(report: Json, expected: Expected) -> Verdict:
    """Accept ffprobe's report on an output, or raise.

    First whether there is picture and sound at all (nothing could be decoded: `FileRefused`), then
    form (codecs, size: ours to get right, `GateBroken`), then pictures and length (lost in a
    damaged original: `FileRefused`).
    """
    streams = report.get("streams", [])
    video: Json = next((each for each in streams if each.get("codec_type") == "video"), {})
    audio = next((each for each in streams if each.get("codec_type") == "audio"), None)
    if not video:
        raise _damaged("none of its pictures")
    if expected.sound and audio is None:
        raise _damaged("none of its sound")
    if not _is_form_right(video, audio, expected) or len(streams) != 1 + expected.sound:
        raise GateBroken(
            "output_unexpected",
            "The rendered clip does not have the form that was asked for, so it was thrown away. "
            "Try again, or export the video again as MP4.",
        )
    timing = measure(report, video["index"], None if audio is None else audio["index"])
    share = _HIDDEN if expected.hidden_pictures else _TOLERANCE
    if not _near(timing.frame_count, expected.frame_count, share, _SLACK_FRAMES):
        raise _damaged(f"only {timing.frame_count} of {expected.frame_count} pictures")
    if not _near(timing.duration_ms, expected.duration_ms, _TOLERANCE, _SLACK_MS):
        raise _damaged(f"only {timing.duration_ms} of {expected.duration_ms} ms")
    return Verdict(
        timing.frame_count, timing.duration_ms, timing.first_frame_s, _codecs(video, expected)
    )


def _is_form_right(video: Json, audio: Json | None, expected: Expected) -> bool:
    return (
        video.get("codec_name") == expected.codec
        and video.get("pix_fmt") == "yuv420p"
        and (video.get("width"), video.get("height")) == (expected.width, expected.height)
        and (audio is not None) == expected.sound
        and (audio is None or audio.get("codec_name") == "aac")
    )


def _near(found: int, wanted: int, share: float, slack: int) -> bool:
    return abs(found - wanted) <= max(slack, wanted * share)


def _damaged(what: str) -> FileRefused:
    return FileRefused(
        "unreadable",
        f"Parts of this video are damaged: {what} could be read. "
        "Copy it again from the device, or export it again as MP4.",
    )


def _codecs(video: Json, expected: Expected) -> str:
    picture = _av1(video) if expected.codec == AV1 else _h264(video)
    return f"{picture},mp4a.40.2" if expected.sound else picture


def _h264(video: Json) -> str:
    profile = _PROFILES.get(video.get("profile", ""), _PROFILES["High"])
    return f"avc1.{profile}{int(video.get('level', 31)):02x}"


def _av1(video: Json) -> str:
    """`av01.P.LLT.DD` of the track's own `av1C` box, as ffprobe's dump of it shows (AV1 in ISOBMFF,
    sections 2.3.3 and 5)."""
    found = _AV1C.search(video.get("extradata", ""))
    if found is None:
        raise GateBroken(
            "output_unexpected",
            "A rendered clip does not say which AV1 it is, so it was thrown away. Try again in a "
            "while.",
        )
    second, third = int(found[1], 16), int(found[2], 16)
    depth = 8 if not third & 0x40 else 12 if third & 0x20 else 10
    tier = "H" if third & 0x80 else "M"
    return f"av01.{second >> 5}.{second & 0x1F:02d}{tier}.{depth:02d}"
