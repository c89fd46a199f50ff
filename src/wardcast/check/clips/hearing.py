"""What is said in a clip: heard by a recogniser, or found by laying a typed script over its sound.

The sound is in memory only, and as sensitive as the clip; so are the words.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from wardcast.check import turns
from wardcast.check.adapters import aligner, speakers, whisper
from wardcast.check.adapters.voice import RATE, voiced
from wardcast.check.hushed import left_in, quiet_in
from wardcast.check.span import TimeSpan
from wardcast.check.speech import Speech
from wardcast.check.voices import Voices
from wardcast.gate import clocks
from wardcast.gate.edits import EditList
from wardcast.gate.errors import FileRefused
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.probe import Probe
from wardcast.gate.source import Source
from wardcast.gate.speech import speech_sound


class NothingHeard(Exception):
    """No word of what is said is known; `code` is for programs, `detail` a sentence for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def recognised(
    source: Source, probe: Probe, model: Path | None, limits: Limits = DEFAULT_LIMITS
) -> Speech:
    """What the recogniser in this folder hears, and where somebody speaks.

    Raises `NothingHeard` where there is no sound or no whole model, and what the gate raises.
    """
    pcm = _sound(source, probe, limits)
    if model is None or whisper.missing(model):
        raise NothingHeard("no_recogniser", "The recogniser's model is gone. Tell the operator.")
    return replace(whisper.recognise(model, pcm), voiced=voiced(pcm), quiet=quiet_in(pcm))


def aligned(source: Source, probe: Probe, script: str, limits: Limits = DEFAULT_LIMITS) -> Speech:
    """The typed script's words with the times at which they are said, and where somebody speaks.

    Raises `NothingHeard` where there is no sound or something else is said, and what the gate
    raises.
    """
    pcm = _sound(source, probe, limits)
    found = aligner.align(pcm, script)
    if found is None:
        raise NothingHeard(
            "not_what_is_said",
            "What was typed could not be found in the speech. Type what is said word by word, "
            "then try again.",
        )
    return replace(found, voiced=voiced(pcm), quiet=quiet_in(pcm))


def spoken(source: Source, probe: Probe, limits: Limits = DEFAULT_LIMITS) -> tuple[TimeSpan, ...]:
    """Where somebody speaks, in order; nowhere in a clip without sound."""
    return voiced(speech_sound(source, probe, limits))


def in_original(said: Speech, edits: EditList) -> Speech:
    """What was heard in the clip that these edits made, in the original's clock."""
    if not edits.cuts:
        return said
    words = tuple(
        replace(
            each,
            start_ms=edits.original_ms(each.start_ms),
            end_ms=max(edits.original_ms(each.start_ms), edits.original_ms(each.end_ms - 1) + 1),
        )
        for each in said.words
    )
    voiced, quiet = (spans_in_original(spans, edits) for spans in (said.voiced, said.quiet))
    return replace(said, words=words, voiced=voiced, quiet=quiet)


def spans_in_original(spans: Iterable[TimeSpan], edits: EditList) -> tuple[TimeSpan, ...]:
    """Spans of the clip that these edits made, in the original's clock: what runs over a cut has a
    part on each side."""
    return tuple(
        TimeSpan(*part)
        for each in spans
        for part in clocks.in_original((each.start_ms, each.end_ms), edits.cuts)
    )


def voices(source: Source, probe: Probe, limits: Limits = DEFAULT_LIMITS) -> Voices | None:
    """Whose turn it is in a clip's sound, without anybody's name; None where no model tells voices
    apart or the sound cannot be decoded. Raises the gate's `GateBroken`."""
    if speakers.missing():
        return None
    try:
        pcm = speech_sound(source, probe, limits)
    except FileRefused:
        return None
    return voices_in(pcm, voiced(pcm))


def voices_in(pcm: bytes, speaking: tuple[TimeSpan, ...]) -> Voices:
    """The voices in sound of which this is spoken. What they are like is forgotten at once."""
    sound = np.frombuffer(pcm, "<i2").astype(np.float32) / 32_768
    pieces = [sound[_sample(each.start_ms) : _sample(each.end_ms)] for each in speaking]
    row = np.concatenate([np.zeros(0, np.float32), *pieces])
    starts = [_sample(at) for at in turns.windows(speaking)]
    return turns.told_apart(speaking, speakers.prints(row, starts, _sample(turns.WINDOW_MS)))


def _sample(ms: int) -> int:
    return ms * RATE // 1000


def left_under(pcm: bytes, edits: EditList) -> tuple[TimeSpan, ...]:
    """The muted spans, in the original's clock, in which something is heard in all the sound of the
    clip that these edits made."""
    muted = [
        (mute, edits.edited_ms(mute.start_ms), edits.edited_ms(mute.end_ms)) for mute in edits.mutes
    ]
    return tuple(
        TimeSpan(mute.start_ms, mute.end_ms)
        for mute, start_ms, end_ms in muted
        if start_ms < end_ms and any(left_in(pcm, [TimeSpan(start_ms, end_ms)]))
    )


def _sound(source: Source, probe: Probe, limits: Limits) -> bytes:
    pcm = speech_sound(source, probe, limits)
    if not pcm:
        raise NothingHeard("no_sound", "This clip has no sound, so nobody is heard in it.")
    return pcm
