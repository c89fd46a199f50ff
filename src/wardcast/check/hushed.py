"""Whether anything is left of sound that was taken away: silence and a plain tone hold nothing."""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from wardcast.check.span import TimeSpan

RATE: Final = 16_000
TONE_HZ: Final = 1_000
_STEP: Final = RATE // 20
_EDGE_MS: Final = 60
"""At a span's edges AAC smears what stands beside it; spans are padded by twice as much."""
_LEFT: Final = 0.006
"""Of full scale, -44 dB: what an encoder leaves of silence and beside a tone is a tenth of it."""
_NOTHING: Final = 16
"""Of 32,768, -66 dB at the loudest: no word is said so quietly beside others."""
_SHORT: Final = RATE // 100
_PAUSE_MS: Final = 50


def quiet_in(pcm: bytes) -> tuple[TimeSpan, ...]:
    """Where nothing at all is heard for 50 ms and more, in sound as `left_in` takes it."""
    sound = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2")
    pieces = sound[: len(sound) // _SHORT * _SHORT].reshape(-1, _SHORT).astype(np.int32)
    silent = np.concatenate([[False], np.abs(pieces).max(axis=1, initial=0) <= _NOTHING, [False]])
    turns = np.flatnonzero(np.diff(silent.astype(np.int8))) * 10
    spans = (TimeSpan(int(start), int(end)) for start, end in turns.reshape(-1, 2))
    return tuple(span for span in spans if span.end_ms - span.start_ms >= _PAUSE_MS)


def left_in(pcm: bytes, spans: Iterable[TimeSpan]) -> Iterator[TimeSpan]:
    """The spans in which more than silence or the tone of 1 kHz is heard, in sound of 16 kHz, one
    channel, signed 16 bits, little endian."""
    sound = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32)
    sound /= 32_768
    for span in spans:
        start, end = (
            RATE * ms // 1000 for ms in (span.start_ms + _EDGE_MS, span.end_ms - _EDGE_MS)
        )
        heard = sound[max(0, start) : max(0, end)]
        pieces = [heard[at : at + _STEP] for at in range(0, len(heard), _STEP)]
        if any(_beside_tone(piece) > _LEFT for piece in pieces if len(piece) == _STEP):
            yield span


def _beside_tone(piece: npt.NDArray[np.float32]) -> float:
    """How loud a piece is once the tone is taken out of it."""
    turn = 2 * np.pi * TONE_HZ / RATE * np.arange(len(piece))
    waves = np.stack([np.sin(turn), np.cos(turn)]).astype(np.float32)
    rest = piece - (waves @ piece) @ waves * (2 / len(piece))
    return float(np.sqrt(np.mean(rest**2)))
