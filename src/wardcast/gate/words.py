"""Tracks of words within a file: what is in them, as WebVTT, on the clip's own clock.

Nobody who plays an upload reads them, so a house refuses a file that has one; who checks a file at
home wants to know what they tell. That is asked for by `Limits.text_tracks`.
"""

import re
from dataclasses import dataclass
from typing import BinaryIO, Final

from wardcast.gate.failures import error_for
from wardcast.gate.limits import Limits
from wardcast.gate.probe import Json, Probe, parse_report
from wardcast.gate.reading import TEXT_CODECS, opening
from wardcast.gate.sandbox import Caps, run, shell
from wardcast.gate.source import Source

_REPORT: Final = "report.json"
_MOST_BYTES: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class TextTrack:
    """The words of a track as WebVTT, whose times count from ``zero_ms`` of the clip's clock, and
    its language as the file says it, or an empty text."""

    language: str
    webvtt: str
    zero_ms: int


def text_tracks(source: Source, probe: Probe, limits: Limits) -> tuple[TextTrack, ...]:
    """Every track of words, in the file's order; none where they are not asked for.

    Raises as `wardcast.gate.probe.probe` does, also where one of them cannot be read: nobody would
    have seen its words.
    """
    if not limits.text_tracks:
        return ()
    found = [each for each in _streams(source, probe, limits) if _holds_words(each)]
    texts = _texts(source, probe, limits, [each["index"] for each in found])
    zero_ms = -round(probe.first_frame_s * 1000)
    return tuple(
        TextTrack(str(each.get("tags", {}).get("language", "")), texts[each["index"]], zero_ms)
        for each in found
    )


def _holds_words(stream: Json) -> bool:
    return stream.get("codec_type") == "subtitle" and stream.get("codec_name") in TEXT_CODECS


def _streams(source: Source, probe: Probe, limits: Limits) -> list[Json]:
    words = shell(
        "ffprobe", "-v", "error", *opening(probe.container, limits), "-of", "json",
        "-show_streams", "-select_streams", "s",
    )  # fmt: skip
    made = _made(f"{words} >{_REPORT}", source, limits)
    streams: list[Json] = parse_report(made[_REPORT]).get("streams", [])
    return streams


def _texts(source: Source, probe: Probe, limits: Limits, tracks: list[int]) -> dict[int, str]:
    if not tracks:
        return {}
    outputs = (
        ("-map", f"0:{index}", "-c:s", "webvtt", "-map_metadata", "-1", "-f", "webvtt", name)
        for index, name in _names(tracks).items()
    )
    words = shell(
        "ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-v", "error", "-xerror", "-copyts",
        *opening(probe.container, limits), *(word for each in outputs for word in each),
    )  # fmt: skip
    made = _made(words, source, limits)
    return {
        index: made.get(name, b"").decode("utf-8", "replace")
        for index, name in _names(tracks).items()
    }


def _names(tracks: list[int]) -> dict[int, str]:
    return {index: f"words{index}.vtt" for index in tracks}


def _made(script: str, source: Source, limits: Limits) -> dict[str, bytes]:
    made: dict[str, bytes] = {}

    def keep(name: str, data: BinaryIO) -> None:
        made[name] = data.read()

    finished = run(
        script,
        source=source,
        caps=Caps(limits.probe_seconds, limits.max_memory_bytes, _MOST_BYTES),
        names=re.compile(rf"{re.escape(_REPORT)}|words\d{{1,3}}\.vtt"),
        sink=keep,
    )
    if not finished.ok:
        raise error_for(finished, doing="reading its subtitles")
    return made
