"""What is heard in a file, by means that are not the check's: the words of a script sought in its
sound, each with how well the sound fits it, and how loud it is beside the tone of a bleep."""

import math
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from pocketsphinx import Decoder

from drills.saying import RATE, Said
from wardcast.check.adapters.sounding import phones_of, words_of

FITS = 0.3
"""A word is found where its sound fits it so well."""
_AROUND_S = (0.1, 0.05, 0.0)
"""So much is heard around the words: with some of the pause beside them the decoder at times finds
no way at all through six digits, without it one where each fits."""
_WIDE = {"beam": 1e-57, "wbeam": 1e-40, "pbeam": 1e-57}
_NOISES = (3e-4, 1e-3)
"""Of full scale: in plain nothing, as a mute leaves it, the decoder believes any word."""
_TONE_HZ = 1_000
_FRAMES = 100
"""A second has so many of the decoder's."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A word that was found in the sound, when, in seconds, and how well it fits, 0 to 1."""

    word: str
    start: float
    end: float
    fit: float


def sound(path: Path) -> np.ndarray:
    """All that is heard in a file, by plain ffmpeg."""
    words = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-vn", "-ac", "1"]
    made = subprocess.check_output([*words, "-ar", str(RATE), "-f", "f32le", "-"])
    return np.frombuffer(made, "<f4")


def loudest(heard: np.ndarray, start: float, end: float) -> float:
    """The loudest 20 ms of a part, in dB of full scale, without the tone of a bleep."""
    step = RATE // 50
    part = heard[round(start * RATE) : round(end * RATE)]
    turn = 2 * np.pi * _TONE_HZ / RATE * np.arange(step)
    waves = np.stack([np.sin(turn), np.cos(turn)])
    power = [1e-12]
    for at in range(0, len(part) - step + 1, step):
        piece = part[at : at + step]
        power.append(np.mean((piece - (waves @ piece) @ waves * (2 / step)) ** 2))
    return float(10 * np.log10(max(power)))


def found(heard: np.ndarray, said: Said) -> list[Heard]:
    """The words that are found where they were said, that part of the sound heard alone: of several
    ways to listen the one that finds most."""
    ways = product(_AROUND_S, _NOISES)
    return max((_found(heard, said, *way) for way in ways), key=len)


def _found(heard: np.ndarray, said: Said, around: float, noise: float) -> list[Heard]:
    begin = max(0.0, said.start - around)
    part = heard[round(begin * RATE) : round((said.end + around) * RATE)]
    return [
        Heard(each.word, begin + each.start, begin + each.end, each.fit)
        for each in laid(part, said.words, noise)
        if each.fit >= FITS
    ]


def laid(heard: np.ndarray, script: str, level: float = _NOISES[0]) -> list[Heard]:
    """A script laid over a sound with a little noise, word by word; nothing where there is no way
    through it."""
    words = [word for token in script.split() for word in words_of(token)]
    decoder = Decoder(lm=None, loglevel="FATAL", **_WIDE)
    for word in set(words):
        if decoder.lookup_word(word) is None:
            decoder.add_word(word, " ".join(phones_of(word)), update=False)
    noise = np.random.default_rng(0).normal(0, level, len(heard))
    pcm = ((heard + noise).clip(-1, 1) * 32_767).astype("<i2").tobytes()
    try:
        decoder.set_align_text(" ".join(words))
        _hear(decoder, pcm)
        if decoder.hyp() is None:
            return []
        decoder.set_alignment()
        _hear(decoder, pcm)
    except RuntimeError:  # how the library says that it found no way
        return []
    return list(_words(decoder))


def _words(decoder: Decoder) -> Iterator[Heard]:
    for each in decoder.get_alignment():
        if each.name[0] not in "<[":
            fit = math.exp(each.score / max(1, each.duration) / 40)
            end = each.start + each.duration
            yield Heard(each.name, each.start / _FRAMES, end / _FRAMES, fit)


def _hear(decoder: Decoder, pcm: bytes) -> None:
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()
