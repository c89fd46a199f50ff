"""A typed English script laid over the speech by pocketsphinx, whose model comes with it.

Two passes: the first finds the words, the second how well each fits its sound. The second matters,
since an alignment stretches any script over any speech: where most words do not fit, nothing was
aligned. A word that is in no dictionary is found by how its letters may sound.

Traps: the dictionary is without apostrophes' curls and capitals; a word twice in another way of
saying it comes back as `to(2)`; scores are of words' frames of 10 ms, 0 at best.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import median
from typing import TYPE_CHECKING, Final

from wardcast.check.adapters.sounding import phones_of, words_of
from wardcast.check.speech import Speech, SpokenWord

if TYPE_CHECKING:
    from pocketsphinx import AlignmentEntry, Decoder

RATE: Final = 16_000
"""Samples a second, 16-bit, one channel."""
FITS: Final = 0.42
"""The median confidence below which a script is not what is said. Six recordings gave 0.54 to 0.80
with their own script; with another's, no way was found, or one of at most 0.33."""
_BEAMS: Final[tuple[dict[str, float], ...]] = (
    {},
    {"beam": 1e-57, "wbeam": 1e-40, "pbeam": 1e-57},
)
"""How many ways through the sound are kept in mind: the second for words that sound unlike what the
dictionary says. Wider ones break the decoder (1e-100: "Failed to stop utterance processing")."""
_FRAME_MS: Final = 10
_MOMENT: Final = RATE // 50
_NOISE: Final = 10
"""Of 32,768, -70 dB: as much as a quiet room leaves in a recording. With it scripts were found in
what 13 synthetic voices said in 74 of 91 cases, without in 53."""
_SPREAD: Final = 40.0
_LONG_PHONE: Final = 10
_ILL: Final = 0.3
_AGAIN: Final = re.compile(r"\(\d+\)$")


@dataclass(frozen=True, slots=True)
class _Token:
    """A typed word with the space before it, and the dictionary's words that it is said by."""

    typed: str
    said: tuple[str, ...]


def align(pcm: bytes, script: str) -> Speech | None:
    """The script's words with the times at which they are said in 16 kHz mono sound (signed 16
    bits, little endian); None where the script is not what is said."""
    from pocketsphinx import Decoder

    typed = [_Token(each, words_of(each)) for each in re.findall(r"\s*\S+", script)]
    for sound, beams in product(_sounds(pcm), _BEAMS):
        decoder = Decoder(lm=None, loglevel="FATAL", **beams)
        strange, tokens = _learnt(decoder, typed)
        said = [word for token in tokens for word in token.said]
        found = _aligned(decoder, sound, said) if said and pcm else None
        if found is not None and median(each.confidence or 0 for each in found) >= FITS:
            break
    else:
        return None
    return Speech(
        words=tuple(_spread(tokens, found)),
        language="en",
        how="aligned",
        by="pocketsphinx en-us",
        guessed=_listed(t for t in tokens if strange & set(t.said)),
        left_out=_listed(t for t in tokens if not t.said),
    )


def _sounds(pcm: bytes) -> Iterator[bytes]:
    """The sound, and where it has moments of nothing at all, as editors and synthesisers leave
    them, again with a little noise: the decoder learnt from recordings, and takes a word beside
    such a moment for none."""
    import numpy as np

    yield pcm
    sound = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2")
    whole = sound[: len(sound) // _MOMENT * _MOMENT].reshape(-1, _MOMENT)
    if len(whole) and not whole.any(axis=1).all():
        noise = np.random.default_rng(0).normal(0, _NOISE, len(sound))
        yield (sound + noise).clip(-32_768, 32_767).astype("<i2").tobytes()


def _learnt(decoder: "Decoder", typed: Sequence[_Token]) -> tuple[set[str], list[_Token]]:
    """Has the decoder know every word that has letters; the words that it did not know, and the
    tokens with what can be said of them."""
    said = {word for token in typed for word in token.said}
    strange = {word for word in sorted(said) if decoder.lookup_word(word) is None}
    silent = {word for word in sorted(strange) if not _teach(decoder, word)}
    heard = [_Token(t.typed, tuple(w for w in t.said if w not in silent)) for t in typed]
    return strange - silent, heard


def _teach(decoder: "Decoder", word: str) -> bool:
    """Adds a word by how its letters sound; whether it has any that do."""
    phones = phones_of(word)
    if phones:
        decoder.add_word(word, " ".join(phones), update=False)
    return bool(phones)


def _aligned(decoder: "Decoder", pcm: bytes, said: Sequence[str]) -> list[SpokenWord] | None:
    try:
        decoder.set_align_text(" ".join(said))
        _hear(decoder, pcm)
        if decoder.hyp() is None:
            return None
        decoder.set_alignment()
        _hear(decoder, pcm)
    except RuntimeError:  # how the library says that it found no way through the sound
        return None
    found = [
        SpokenWord(
            _AGAIN.sub("", each.name),
            each.start * _FRAME_MS,
            (each.start + each.duration) * _FRAME_MS,
            round(_confidence(each), 3),
        )
        for each in decoder.get_alignment()
        if not each.name.startswith("<") and not each.name.startswith("[")
    ]
    return found if [each.text for each in found] == list(said) else None


def _confidence(word: "AlignmentEntry") -> float:
    """How well a word fits its sound; as little as its worst long phone where that fits badly, for
    then something else is said beneath it."""
    phones = [phone for phone in word if phone.duration >= _LONG_PHONE]
    worst = min((_fit(phone) for phone in phones), default=1.0)
    return worst if worst < _ILL else _fit(word)


def _fit(entry: "AlignmentEntry") -> float:
    return math.exp(entry.score / max(1, entry.duration) / _SPREAD)


def _hear(decoder: "Decoder", pcm: bytes) -> None:
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()


def _spread(tokens: Sequence[_Token], found: Sequence[SpokenWord]) -> Iterator[SpokenWord]:
    """The typed words with their times; one that cannot be said stands where the one before it
    ends."""
    at = 0
    before_ms = 0
    for token in tokens:
        parts = found[at : at + len(token.said)]
        at += len(parts)
        if not parts:
            yield SpokenWord(token.typed, before_ms, before_ms, None)
            continue
        before_ms = parts[-1].end_ms
        least = min(part.confidence or 0.0 for part in parts)
        yield SpokenWord(token.typed, parts[0].start_ms, before_ms, least)


def _listed(tokens: Iterator[_Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token.typed.strip() for token in tokens))
