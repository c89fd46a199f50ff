"""Filters for sound: onto the original's clock, as loud as it should be, without the muted spans
and without what is cut out.

Trap: ffmpeg's timeline decides once per audio frame, and a frame of 1,024 samples would let 21 ms
of a muted name through. So sound is cut into frames of one millisecond before it is muted, and a
frame that covers any of a span is muted whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from wardcast.gate.edits import EditList, Mute, Span

SAMPLE_RATE: Final = 48_000
BLEEP_HZ: Final = 1_000
_FRAME_MS: Final = 1
_FRAME: Final = SAMPLE_RATE * _FRAME_MS // 1000
CEILING_DB: Final = -1.5
"""What the limiter holds peaks at; AAC and the waves between samples stay below full scale."""


@dataclass(frozen=True, slots=True)
class Level:
    """What is done to a clip's loudness: a gain in dB, and a limiter where peaks would be too
    high."""

    gain_db: float
    limited: bool = False


AS_IT_IS: Final = Level(0.0)


def on_the_clock(label: str, out: str, first_frame_s: float) -> str:
    """Sound from the first picture on, silence where it starts later, 48 kHz stereo."""
    return (
        f"[{label}]atrim=start={first_frame_s:.6f},asetpts=PTS-{first_frame_s:.6f}/TB,"
        f"aresample={SAMPLE_RATE}:async=1:first_pts=0,"
        f"aformat=sample_fmts=fltp:channel_layouts=stereo[{out}]"
    )


def levelled(label: str, out: str, level: Level) -> str:
    """Sound with the gain, its peaks held; in its own time, to the sample."""
    steps = [] if level.gain_db == 0 else [f"volume={level.gain_db:.2f}dB:precision=float"]
    if level.limited:
        limit = 10 ** (CEILING_DB / 20)
        steps.append(f"alimiter=limit={limit:.4f}:level=disabled:latency=1")
        steps.append("aformat=sample_fmts=fltp:channel_layouts=stereo")
    return f"[{label}]{','.join(steps) or 'anull'}[{out}]"


def without_mutes(label: str, out: str, edits: EditList, duration_ms: int) -> list[str]:
    """Filter chains that take the muted spans away and put a tone where the author wants one."""
    if not edits.mutes:
        return [f"[{label}]anull[{out}]"]
    bleeps = [mute for mute in edits.mutes if mute.how == "bleep"]
    quiet = "quiet" if bleeps else out
    chains = [
        f"[{label}]asetnsamples=n={_FRAME}:p=0,volume=0:enable='{_during(edits.mutes)}'[{quiet}]"
    ]
    if bleeps:
        length = duration_ms / 1000 + 1
        chains += [
            f"sine=frequency={BLEEP_HZ}:sample_rate={SAMPLE_RATE}:duration={length:.3f},"
            f"aformat=sample_fmts=fltp:channel_layouts=stereo,asetnsamples=n={_FRAME}:p=0,"
            f"volume=0:enable='not({_during(bleeps)})'[tone]",
            f"[quiet][tone]amix=inputs=2:duration=first:normalize=0[{out}]",
        ]
    return chains


def without_cuts(label: str, out: str, cuts: Sequence[Span]) -> str:
    """The chain that takes the cuts out; what comes after them moves up, to the sample."""
    if not cuts:
        return f"[{label}]anull[{out}]"
    return (
        f"[{label}]asetnsamples=n={_FRAME}:p=0,aselect='not({_during(cuts)})',"
        f"asetpts=N/SR/TB[{out}]"
    )


def _during(spans: Iterable[Mute | Span]) -> str:
    """An expression that is above zero while any of the spans is touched by the frame at ``t``."""
    return "+".join(
        f"gt(t,{(span.start_ms - _FRAME_MS) / 1000:.3f})*lt(t,{span.end_ms / 1000:.3f})"
        for span in spans
    )
