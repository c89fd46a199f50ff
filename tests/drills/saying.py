"""Voices for drills: espeak-ng's where it is installed, else ffmpeg's own (flite) alone.

A sentence is said piece by piece, so that when a piece is heard is known from how it was made and
from no recogniser.
"""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

import numpy as np

from check.adapters.voices import speech

RATE = 16_000
FLITE = ("slt", "rms", "awb", "kal16")
_ESPEAK = ("en-us+f2", "en-us", "en-gb-x-rp+f5", "en-us+m3", "en-us+f5", "en-gb-scotland+f5")
_PAUSE_S = 0.12


@dataclass(frozen=True, slots=True)
class Said:
    """Words and when they are heard, in seconds."""

    words: str
    start: float
    end: float


@cache
def voices() -> tuple[str, ...]:
    """Every voice that this machine has, the two makers' by turns."""
    if not shutil.which("espeak-ng"):
        return FLITE
    return tuple(each for pair in zip_longest(_ESPEAK, FLITE) for each in pair if each)


def say(pieces: list[str], voice: str) -> tuple[np.ndarray, tuple[Said, ...]]:
    """All pieces after each other, 16 kHz, and when each is heard."""
    gap = np.zeros(round(_PAUSE_S * RATE), "<i2")
    sounds, times = [gap], []
    for piece in pieces:
        heard = _trimmed(_aloud(piece.strip(" ."), voice))
        start = sum(map(len, sounds)) / RATE
        times.append(Said(piece.strip(" ."), start, start + len(heard) / RATE))
        sounds += [heard, gap]
    sounds.append(np.zeros(RATE // 2, "<i2"))
    return np.concatenate(sounds), tuple(times)


def _trimmed(sound: np.ndarray) -> np.ndarray:
    loud = np.flatnonzero(np.abs(sound) > 300)
    return sound[loud[0] : loud[-1] + 1]


def _aloud(text: str, voice: str) -> np.ndarray:
    if voice in FLITE:
        return np.frombuffer(speech(text, voice), "<i2")
    made = subprocess.check_output(["espeak-ng", "-v", voice, "-s", "150", "--stdout", text])
    plain = [*"ffmpeg -nostdin -v error -i pipe:0 -ac 1 -f s16le -ar".split(), str(RATE), "-"]
    return np.frombuffer(
        subprocess.run(plain, input=made, check=True, capture_output=True).stdout, "<i2"
    )
