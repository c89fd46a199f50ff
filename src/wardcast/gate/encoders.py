"""How pictures are encoded: ffmpeg's words for one rung, each naming its track, since all tracks of
a call are of one output.

Traps: ``-bf 0`` keeps HLS from starting late; closed captions of the original ride along in the
encoder unless ``-a53cc 0``; keyframes are set by the clock's seconds, so that rungs made in
different calls can be switched between; the encoder's time base is stated, since the default
quantises pictures of uneven spacing to the average rate and drops those that collide. ffmpeg 5
hears of no forced keyframe where it encodes AV1: there, a whole number of pictures a second and one
keyframe for so many put them on the seconds (`wardcast.gate.picture.frame_rate`).
"""

import subprocess
from typing import Final

from wardcast.gate.ladder import AV1, Rung

_H264_QUALITY: Final = "23"
_AV1_QUALITY: Final = "42"
_AV1_PRESET: Final = "10"
QUIET_AV1: Final = ("env", "SVT_LOG=1", "nice", "-n", "10")
"""Goes before a command that encodes AV1: nobody waits for it, so it stands back; and SVT-AV1 says
what went wrong and nothing else."""


def words(rung: Rung, of: str, *, rate: float, threads: int) -> list[str]:
    """The encoder's words; ``of`` is the track's stream specifier, ``rate`` pictures a second."""
    options = _av1(rung, rate, threads) if rung.codec == AV1 else _h264(rung, rate, threads)
    options |= {
        "flags": "+bitexact+global_header", "pix_fmt": "yuv420p", "enc_time_base": "1:90000",
        "fps_mode": "vfr", "maxrate": f"{rung.video_kbps}k", "bufsize": f"{rung.video_kbps}k",
        "colorspace": "bt709", "color_primaries": "bt709", "color_trc": "bt709",
        "color_range": "tv",
    }  # fmt: skip
    return [word for name, value in options.items() for word in (f"-{name}{of}", value)]


def _h264(rung: Rung, rate: float, threads: int) -> dict[str, str]:
    every = rung.segment_s
    keyframes = (
        f"expr:if(isnan(prev_forced_t),1,gt(floor((t+0.0005)/{every}),"
        f"floor((prev_forced_t+0.0005)/{every})))"
    )
    profile = "main" if rung.short_side <= 480 else "high"
    return {
        "c": "libx264", "preset": "veryfast", "profile": profile, "bf": "0", "sc_threshold": "0",
        "threads": str(threads), "g": "9999", "force_key_frames": keyframes, "forced-idr": "1",
        "a53cc": "0", "crf": _H264_QUALITY, "r": f"{rate:g}",
    }  # fmt: skip


def _av1(rung: Rung, rate: float, threads: int) -> dict[str, str]:
    return {
        "c": "libsvtav1", "preset": _AV1_PRESET, "crf": _AV1_QUALITY,
        "g": f"{rate * rung.segment_s:.0f}", "svtav1-params": f"lp={threads}",
    }  # fmt: skip


def has_av1() -> bool:
    """Whether this machine's ffmpeg encodes AV1 as it is asked to here; it gets no file to read."""
    asked = ("ffmpeg", "-hide_banner", "-h", "encoder=libsvtav1")
    try:
        said = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False)
    except OSError:
        return False
    return "Encoder libsvtav1" in said.stdout
