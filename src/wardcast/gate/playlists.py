"""HLS playlists, written by us.

ffmpeg's own playlist comes out of the sandbox, where hostile media was decoded. So nothing of it is
passed on but the lengths of the segments: a name in a playlist that viewers get is always one that
we made.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from wardcast.gate.errors import GateBroken

AV1_MASTER: Final = "av1.m3u8"
"""The playlist of all sizes in AV1. They have one of their own: where one holds H.264 and AV1,
Chromium's player changes from the one to the other on its way, and fails."""
_LENGTH: Final = re.compile(r"#EXTINF:([0-9]{1,6}(?:\.[0-9]{1,9})?),")


def init_name(rung: str) -> str:
    """File name of a rung's initialisation segment."""
    return f"{rung}_init.mp4"


def segment_name(rung: str, number: int) -> str:
    """File name of a rung's segment; the first is number 0."""
    return f"{rung}_{number:05d}.m4s"


def playlist_name(rung: str) -> str:
    """File name of a rung's media playlist."""
    return f"{rung}.m3u8"


def segment_lengths(ffmpegs_playlist: str) -> tuple[float, ...]:
    """The lengths in seconds of the segments that ffmpeg wrote; `GateBroken` if there are none."""
    lengths = tuple(float(match[1]) for match in _LENGTH.finditer(ffmpegs_playlist))
    if not lengths:
        raise GateBroken(
            "output_unexpected", "The renderer left no segments. Try again in a while."
        )
    return lengths


def media_playlist(rung: str, lengths: Sequence[float], *, ended: bool = True) -> str:
    """The playlist of one rung: whole, or what there is of it while it grows."""
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{max(1, ceil(max(lengths) - 0.5))}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        f"#EXT-X-PLAYLIST-TYPE:{'VOD' if ended else 'EVENT'}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f'#EXT-X-MAP:URI="{init_name(rung)}"',
    ]
    for number, length in enumerate(lengths):
        lines += [f"#EXTINF:{length:.6f},", segment_name(rung, number)]
    return "\n".join([*lines, *(["#EXT-X-ENDLIST"] if ended else []), ""])


@dataclass(frozen=True, slots=True)
class Variant:
    """What a master playlist says of one rung: bit rates in bit/s, size in pixels, codecs (RFC
    6381)."""

    rung: str
    peak_bps: int
    average_bps: int
    width: int
    height: int
    fps: float
    codecs: str


def master_playlist(variants: Sequence[Variant]) -> str:
    """The master playlist, lowest rung first: players begin with the one that is listed first."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for variant in sorted(variants, key=lambda each: each.width * each.height):
        lines += [
            f"#EXT-X-STREAM-INF:BANDWIDTH={variant.peak_bps},"
            f"AVERAGE-BANDWIDTH={variant.average_bps},"
            f"RESOLUTION={variant.width}x{variant.height},FRAME-RATE={variant.fps:.3f},"
            f'CODECS="{variant.codecs}"',
            playlist_name(variant.rung),
        ]
    return "\n".join([*lines, ""])
