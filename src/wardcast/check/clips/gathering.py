"""What of a clip can be read, gathered through the gate: its tags, what is said, what is seen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from wardcast.check.clips import hearing
from wardcast.check.clips.hearing import NothingHeard
from wardcast.check.clips.tracks import with_tracks
from wardcast.check.detectors.metadata import ContainerTag
from wardcast.check.examine import Material
from wardcast.check.language import language_of
from wardcast.check.speech import Speech
from wardcast.check.voices import Voices
from wardcast.gate.errors import FileRefused
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.probe import Probe, Tag
from wardcast.gate.source import Source
from wardcast.gate.words import text_tracks

Progress = Callable[[str, float], None]
"""Hears what is being done, and the share of it that is done, 0 to 1."""


def unheard(what: str, share: float) -> None:
    """A progress that nobody hears."""


@dataclass(frozen=True, slots=True)
class Tools:
    """With what a clip is looked at: the folder of a recogniser's model or none, what it may cost,
    and who hears how far it is."""

    recogniser: Path | None = None
    limits: Limits = DEFAULT_LIMITS
    progress: Progress = unheard


def gathered(source: Source, probe: Probe, words: Material, tools: Tools) -> Material:
    """All of a clip that can be read, beside `words`, which its author gives.

    Raises the gate's `GateBroken` where trying again may help.
    """
    words = with_tracks(words, text_tracks(source, probe, tools.limits))
    has_audio = probe.audio_index is not None
    said = _said(source, probe, words.script, tools) if has_audio else None
    voices = _voices(source, probe, tools) if has_audio else None
    return replace(
        shown(source, probe, words, tools), has_audio=has_audio, said=said, voices=voices
    )


def shown(source: Source, probe: Probe, words: Material, tools: Tools) -> Material:
    """As `gathered`, without the sound."""
    from wardcast.check.clips import looking  # brings numpy, which no text needs

    return replace(
        words,
        tags=container_tags(probe.tags),
        duration_ms=probe.duration_ms,
        seen=looking.seen(
            source, probe, limits=tools.limits,
            progress=partial(tools.progress, "Looking at the picture"),
        ),
    )  # fmt: skip


def container_tags(tags: Iterable[Tag]) -> tuple[ContainerTag, ...]:
    """The gate's tags as the check reads them."""
    return tuple(ContainerTag(tag.name, tag.value, tag.where) for tag in tags)


def _voices(source: Source, probe: Probe, tools: Tools) -> Voices | None:
    tools.progress("Telling voices apart", 0.0)
    found = hearing.voices(source, probe, tools.limits)
    tools.progress("Telling voices apart", 1.0)
    return found


def _said(source: Source, probe: Probe, script: str, tools: Tools) -> Speech | None:
    """What is said, by a recogniser where there is one, else by the script; None where neither
    gives words."""
    tools.progress("Listening", 0.0)
    try:
        if tools.recogniser is not None:
            return hearing.recognised(source, probe, tools.recogniser, tools.limits)
        if script.strip() and language_of(script).known:
            return hearing.aligned(source, probe, script, tools.limits)
    except (FileRefused, NothingHeard):
        return None
    finally:
        tools.progress("Listening", 1.0)
    return None
