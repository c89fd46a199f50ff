"""The sound of a clip as recognisers of speech hear it: 16 kHz, one channel, on its own clock."""

import re
from typing import BinaryIO, Final

from wardcast.gate import sound
from wardcast.gate.failures import error_for
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.probe import Probe
from wardcast.gate.reading import opening
from wardcast.gate.sandbox import Caps, run, shell
from wardcast.gate.source import Source

RATE: Final = 16_000
_BYTES_A_SECOND: Final = 2 * RATE
_OUT: Final = "speech.pcm"
_SLACK_BYTES: Final = 1 << 20


def speech_sound(source: Source, probe: Probe, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """All that is heard in an original, nothing muted: 16 kHz mono, signed 16 bits, little endian;
    its first sample is at 0 ms of the original's clock. Empty for a clip without sound.

    It is as sensitive as the original: keep it in memory. Raises as `wardcast.gate.render.render`
    does.
    """
    if probe.audio_index is None:
        return b""
    chains = [
        sound.on_the_clock(f"0:{probe.audio_index}", "heard", probe.first_frame_s),
        f"[heard]aresample={RATE},aformat=sample_fmts=s16:channel_layouts=mono[mono]",
    ]
    words = (
        "ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-v", "error", "-copyts",
        *opening(probe.container, limits),
        "-filter_complex", ";".join(chains), "-map", "[mono]", "-map_metadata", "-1",
        "-f", "s16le", _OUT,
    )  # fmt: skip
    pieces: list[bytes] = []

    def keep(name: str, data: BinaryIO) -> None:
        pieces.append(data.read())

    most = limits.max_duration_ms * _BYTES_A_SECOND // 1000 + _SLACK_BYTES
    finished = run(
        shell(*words),
        source=source,
        caps=Caps(limits.render_seconds, limits.max_memory_bytes, most),
        names=re.compile(re.escape(_OUT)),
        sink=keep,
    )
    if not finished.ok:
        raise error_for(finished, doing="listening to it")
    return b"".join(pieces)
