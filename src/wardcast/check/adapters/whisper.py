"""Speech recognised by Whisper (faster-whisper), where the operator has put a model.

Traps: faster-whisper fetches a tokenizer from the hub where the model's folder has none, whatever
`local_files_only` says, so the folder is looked at first. A model given by a name instead of a path
would be looked up in the hub too.
"""

from pathlib import Path
from typing import Final

from wardcast.check.language import tag_of
from wardcast.check.speech import Speech, SpokenWord

RATE: Final = 16_000
"""Samples a second that the recogniser hears, 16-bit, one channel."""
_NEEDED: Final = ("model.bin", "config.json", "tokenizer.json")
_VOCABULARY: Final = "vocabulary.*"


class NotUsable(Exception):
    """A folder holds no model that can be loaded; the message says what is missing."""


def missing(folder: Path) -> tuple[str, ...]:
    """The files that a model's folder lacks; none when it can be used."""
    lacking = [name for name in _NEEDED if not _holds(folder / name)]
    if not any(_holds(each) for each in folder.glob(_VOCABULARY)):
        lacking.append(_VOCABULARY)
    return tuple(lacking)


def recognise(folder: Path, pcm: bytes, *, threads: int = 2) -> Speech:
    """What is said in 16 kHz mono sound (signed 16 bits, little endian), with the words' times.

    Stretches without speech are passed over, since a recogniser invents words for them. Where it is
    unsure it takes the likeliest words and does not throw dice for others: the same sound gives the
    same words. Raises `NotUsable` for a folder that holds no whole model.
    """
    if lacking := missing(folder):
        raise NotUsable(f"{folder} lacks {', '.join(lacking)}")
    import numpy as np
    from faster_whisper import WhisperModel

    model = WhisperModel(
        str(folder.absolute()),
        device="cpu",
        compute_type="int8",
        cpu_threads=threads,
        local_files_only=True,
    )
    sound = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768.0
    segments, info = model.transcribe(
        sound,
        word_timestamps=True,
        vad_filter=True,
        temperature=0.0,
        condition_on_previous_text=False,
    )
    words = tuple(
        SpokenWord(
            text=word.word,
            start_ms=round(word.start * 1000),
            end_ms=max(round(word.start * 1000), round(word.end * 1000)),
            confidence=round(float(word.probability), 3),
        )
        for segment in segments
        for word in segment.words or ()
        if word.word.strip()
    )
    return Speech(words, tag_of(info.language) or "und", "recognised", folder.name)


def _holds(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0
