"""How loud a clip is, and what must be done for it to be as loud as all others.

Loudness is measured over the whole clip (ITU-R BS.1770, EBU R 128) on what will be heard: without
the muted spans. What follows is one plain gain for every rung, so that rungs sound alike and quiet
words stay quieter than loud ones; where it would push peaks too high, a limiter holds them. The
gain comes before the mutes, so that nothing of it reaches into a muted span.
"""

import re
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from wardcast.gate import sound
from wardcast.gate.edits import EditList, Mute
from wardcast.gate.failures import error_for
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.probe import Probe
from wardcast.gate.reading import opening
from wardcast.gate.sandbox import Caps, run, shell
from wardcast.gate.sound import AS_IT_IS, Level
from wardcast.gate.source import Source

TARGET_LUFS: Final = -14.0
SILENT_LUFS: Final = -50.0
"""What is quieter than this is a quiet room, not speech: raised, it would only hiss."""
SHORTEST_MS: Final = 1_000
"""The measure needs blocks of 400 ms; of less than this it says nothing."""
MOST_GAIN_DB: Final = 30.0
_MOST_MORE_DB: Final = 12.0
"""More than this is not added for what the limiter takes: it would flatten the speech."""
_TRIES: Final = 3
_CLOSE_LU: Final = 0.5
_REPORT: Final = "loudness.txt"
_REPORT_BYTES: Final = 4_000_000
_LOUDNESS: Final = re.compile(r"^\s*I:\s*(-?[0-9.]+|-inf|nan) LUFS$", re.MULTILINE)
_PEAK: Final = re.compile(r"^\s*Peak:\s*(-?[0-9.]+|-inf|nan) dBFS$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness in LUFS and the highest true peak in dB over full scale."""

    lufs: float
    peak_db: float


def level_for(
    source: Source, probe: Probe, edits: EditList, limits: Limits = DEFAULT_LIMITS
) -> Level:
    """The gain that brings a clip to `TARGET_LUFS`; none for silence, very short clips and clips
    without sound.

    Where peaks must be held down, the clip is measured again behind the limiter, and the gain
    raised by what that took. Raises as `wardcast.gate.render.render` does.
    """
    if probe.audio_index is None or probe.duration_ms < SHORTEST_MS:
        return AS_IT_IS
    level = level_of(_measured(source, probe, edits, AS_IT_IS, limits))
    highest = level.gain_db + _MOST_MORE_DB
    for _ in range(_TRIES if level.limited else 0):
        missing = TARGET_LUFS - _measured(source, probe, edits, level, limits).lufs
        if missing < _CLOSE_LU or level.gain_db >= highest:
            break
        level = replace(level, gain_db=round(min(level.gain_db + missing, highest), 2))
    return level


def level_of(measured: Loudness) -> Level:
    """What must be done to sound that measures so."""
    if not measured.lufs > SILENT_LUFS:
        return AS_IT_IS
    gain_db = round(min(TARGET_LUFS - measured.lufs, MOST_GAIN_DB), 2)
    return Level(gain_db, limited=measured.peak_db + gain_db > sound.CEILING_DB)


def _measured(
    source: Source, probe: Probe, edits: EditList, level: Level, limits: Limits
) -> Loudness:
    whole = edits.at_full_length(probe.width, probe.height)  # silence counts for nothing here
    silent = EditList(tuple(Mute(each.start_ms, each.end_ms) for each in whole.mutes))
    chains = [
        sound.on_the_clock(f"0:{probe.audio_index}", "heard", probe.first_frame_s),
        sound.levelled("heard", "level", level),
        *sound.without_mutes("level", "kept", silent, probe.duration_ms),
        "[kept]ebur128=peak=true:framelog=verbose[measured]",
    ]
    words = (
        "ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-v", "info", "-copyts",
        *opening(probe.container, limits),
        "-filter_complex", ";".join(chains), "-map", "[measured]", "-f", "null", "-",
    )  # fmt: skip
    pieces: list[bytes] = []

    def keep(name: str, data: BinaryIO) -> None:
        pieces.append(data.read())

    finished = run(
        f"{shell(*words)} 2>{_REPORT}",
        source=source,
        caps=Caps(limits.render_seconds, limits.max_memory_bytes, _REPORT_BYTES),
        names=re.compile(re.escape(_REPORT)),
        sink=keep,
    )
    if not finished.ok:
        raise error_for(finished, doing="listening to it")
    return read_report(b"".join(pieces).decode("utf-8", "replace"))


def read_report(said: str) -> Loudness:
    """The last loudness and peak in ffmpeg's words; what it could not measure counts as silence."""
    summary = said.rpartition("Summary:")[2]
    return Loudness(_last(_LOUDNESS, summary), _last(_PEAK, summary))


def _last(pattern: re.Pattern[str], text: str) -> float:
    found = pattern.findall(text)
    return float(found[-1]) if found and found[-1] != "nan" else float("-inf")
