"""The check of a clip from its path: what the gate hands out is gathered, and then examined."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wardcast.check import spoken
from wardcast.check.clips.gathering import Progress, Tools, gathered, unheard
from wardcast.check.clips.opening import CannotRead, captions_in, opened, refusals
from wardcast.check.examine import Material, Policy
from wardcast.check.examine import examine as examine_material
from wardcast.check.lexicon import EMPTY, Lexicon
from wardcast.check.policy import DEFAULT
from wardcast.check.report import ChannelState, Report, unreadable
from wardcast.check.transcript import Transcript
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.probe import Probe, probe
from wardcast.gate.source import Source

_NO_WORDS = ChannelState(
    spoken.CHANNEL,
    "not_checked",
    "There was no recogniser of speech and no script of what is said, so nobody has listened to "
    "it.",
    "Type what is said, word by word, and give it as the script (--script FILE); or have somebody "
    "listen to it.",
)


@dataclass(frozen=True, slots=True)
class Looked:
    """A clip that was examined: all that was read of it, and what was found."""

    source: Source
    probe: Probe
    material: Material
    report: Report


def examine(
    clip: Material | Path | str,
    policy: Policy = DEFAULT,
    *,
    title: str = "",
    caption: str = "",
    script: str = "",
    captions: Transcript | Path | None = None,
    own_voice: bool = False,
    lexicon: Lexicon = EMPTY,
    place: str = "",
    posted_at: datetime | None = None,
    recogniser: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress = unheard,
) -> Report:
    """Examines a clip on every channel: a file by its path, or `Material` that was gathered.

    `title` and `caption` are what stands beside the clip, `script` is what is said in it, typed
    word by word; `captions` are those of what is said; `own_voice` says that the voice which speaks
    most is the author's; `recogniser` is the folder of a Whisper
    model, with which no script is needed. Material holds all of these already.

    The same bytes and words give the same report. No bytes make it raise: a file that cannot be
    looked at gives a report whose verdict is "unreadable" and which says why.
    """
    if isinstance(clip, Material):
        return examine_material(clip, policy)
    tools = Tools(recogniser, replace(limits, text_tracks=True), progress)
    try:
        words = Material(
            title=title,
            caption=caption,
            script=script,
            captions=captions_in(captions) if isinstance(captions, Path) else captions,
            own_voice=own_voice,
            lexicon=lexicon,
            posted_at=posted_at,
            place=place,
        )
        return look(Path(clip), words, tools, policy).report
    except CannotRead as error:
        return unreadable(error.code, error.detail)


def look(clip: Path, words: Material, tools: Tools, policy: Policy = DEFAULT) -> Looked:
    """Examines a file, with what its author gives beside it; raises `CannotRead`."""
    source = opened(clip)
    with refusals():
        found = probe(source, tools.limits)
        material = gathered(source, found, words, tools)
    return Looked(source, found, material, judged(material, policy))


def judged(material: Material, policy: Policy = DEFAULT) -> Report:
    """The report on what was gathered of a file, in the words of who has no house around them."""
    report = examine_material(material, policy)
    if material.said is not None or material.script.strip() or not material.has_audio:
        return report
    channels = (_NO_WORDS if each.name == spoken.CHANNEL else each for each in report.channels)
    return replace(report, channels=tuple(channels))
