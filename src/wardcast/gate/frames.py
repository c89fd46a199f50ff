"""Still pictures and sound out of a clip, for those who must look at it and listen to it.

Recognisers and readers get pictures and sound from here, never the file itself, so that no decoder
runs outside the sandbox. Times are milliseconds in the original's clock.
"""

import re
from dataclasses import dataclass
from typing import BinaryIO, Final

from wardcast.gate import looks, picture, sound
from wardcast.gate.blurhash import blurhash
from wardcast.gate.edits import NO_EDITS, EditList
from wardcast.gate.failures import error_for
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.probe import Probe
from wardcast.gate.reading import opening
from wardcast.gate.sandbox import Caps, Sink, run, shell
from wardcast.gate.source import Source

SOUND: Final = "sound.wav"
SOUND_RATE: Final = 16_000
_STILL: Final = "still.jpg"
_POSTER_SIDE: Final = 720
_JPEG: Final = (
    "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-flags:v", "+bitexact", "-fflags", "+bitexact",
    "-map_metadata", "-1", "-f", "image2",
)  # fmt: skip


def frame_at(
    source: Source,
    probe: Probe,
    at_ms: int,
    *,
    width: int = 360,
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    """The picture that is shown at ``at_ms``, as a JPEG of at most ``width`` pixels across.

    A moment after the last picture gives the last one. Raises as `wardcast.gate.probe.probe` does.
    """
    chain = ",".join(picture.colours(probe, _fitted(probe, width)))
    words = (
        *_seeking(probe, at_ms, limits),
        "-filter_complex", f"[0:{probe.video_index}]{chain}[still]", "-map", "[still]",
        "-frames:v", "1", "-q:v", "3", *_JPEG, "-update", "1", _STILL,
    )  # fmt: skip
    return _taken(words, source, limits, (_STILL,))[_STILL]


@dataclass(frozen=True, slots=True)
class Still:
    """A picture as a JPEG, and its BlurHash."""

    jpeg: bytes
    blurhash: str


def still_at(source: Source, probe: Probe, at_ms: int, *, limits: Limits = DEFAULT_LIMITS) -> Still:
    """The picture that is shown at ``at_ms``, large enough for a poster: 720 by its short side.

    Raises as `frame_at` does.
    """
    width = round(_POSTER_SIDE * max(1.0, probe.width / probe.height))
    size = _fitted(probe, width)
    across, down = looks.tiny(*size)
    chain = ",".join(picture.colours(probe, size))
    graph = (
        f"[0:{probe.video_index}]{chain},split=2[still][c];"
        f"[c]scale={across}:{down}:flags=area,format=rgb24[tiny]"
    )
    words = (
        *_seeking(probe, at_ms, limits), "-filter_complex", graph,
        "-map", "[still]", "-frames:v", "1", "-q:v", "3", *_JPEG, "-update", "1", _STILL,
        "-map", "[tiny]", "-frames:v", "1", "-c:v", "rawvideo", "-f", "rawvideo", looks.TINY,
    )  # fmt: skip
    made = _taken(words, source, limits, (_STILL, looks.TINY))
    return Still(made[_STILL], blurhash(made[looks.TINY], across, down))


def samples(
    source: Source,
    probe: Probe,
    *,
    every_ms: int,
    sink: Sink,
    edits: EditList = NO_EDITS,
    width: int = 720,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[int, ...]:
    """A picture each ``every_ms`` and the whole sound, out of one decode; says the pictures' times.

    The sink gets ``frame_00000.jpg``, ``frame_00001.jpg``, … (times as returned, in order) and, if
    there is sound, `SOUND`: 16 kHz mono PCM with the muted spans of ``edits`` taken away. What is
    cut out is black and silent.
    """
    if every_ms <= 0:
        raise ValueError("Pictures are at least a millisecond apart.")
    words = [
        "ffmpeg", "-nostdin", "-v", "error", "-copyts", *opening(probe.container, limits),
        "-filter_complex", ";".join(_sampling(probe, edits, every_ms, width)),
        "-map", "[pictures]", "-q:v", "3", *_JPEG, "-start_number", "0", "frame_%05d.jpg",
    ]  # fmt: skip
    if probe.audio_index is not None:
        words += ["-map", "[sound]", "-c:a", "pcm_s16le", "-flags:a", "+bitexact"]
        words += ["-fflags", "+bitexact", "-map_metadata", "-1", "-f", "wav", SOUND]
    taken: list[str] = []

    def pass_on(name: str, data: BinaryIO) -> None:
        if name != SOUND:
            taken.append(name)
        sink(name, data)

    finished = run(
        shell(*words),
        source=source,
        caps=Caps(limits.render_seconds, limits.max_memory_bytes, limits.max_output_bytes, 20_000),
        names=re.compile(rf"frame_[0-9]{{5}}\.jpg|{re.escape(SOUND)}"),
        sink=pass_on,
    )
    if not finished.ok:
        raise error_for(finished, doing="taking pictures and sound out of it")
    return tuple(number * every_ms for number in range(len(taken)))


def _seeking(probe: Probe, at_ms: int, limits: Limits) -> tuple[str, ...]:
    last_ms = max(0, probe.video_ms - round(1500 / probe.fps))
    moment = max(0, min(at_ms, last_ms)) / 1000
    seek = probe.first_frame_s - probe.container_start_s + moment
    start = ("ffmpeg", "-nostdin", "-v", "error", "-ss", f"{seek:.3f}")
    return (*start, *opening(probe.container, limits))


def _taken(
    words: tuple[str, ...], source: Source, limits: Limits, names: tuple[str, ...]
) -> dict[str, bytes]:
    """What a command leaves under these names."""
    made: dict[str, bytes] = {}

    def keep(name: str, data: BinaryIO) -> None:
        made[name] = data.read()

    finished = run(
        shell(*words),
        source=source,
        caps=Caps(limits.probe_seconds, limits.max_memory_bytes, 20_000_000),
        names=re.compile("|".join(map(re.escape, names))),
        sink=keep,
    )
    if not (finished.ok and set(made) == set(names)):
        raise error_for(finished, doing="taking a picture out of it")
    return made


def _fitted(probe: Probe, width: int) -> tuple[int, int]:
    """The clip's size shrunk to ``width`` across: even, and never larger than it is."""
    scale = min(1.0, width / probe.width)
    return (
        max(2, round(probe.width * scale / 2) * 2),
        max(2, round(probe.height * scale / 2) * 2),
    )


def _sampling(probe: Probe, edits: EditList, every_ms: int, width: int) -> list[str]:
    edits = edits.at_full_length(probe.width, probe.height)
    chain = [
        f"setpts=PTS-{probe.first_frame_s:.6f}/TB",
        f"fps=1000/{every_ms}:start_time=0:round=near",
        *picture.colours(probe, _fitted(probe, width)),
        *picture.covered(edits.covers, probe, _fitted(probe, width)),
    ]
    chains = [f"[0:{probe.video_index}]{','.join(chain)}[pictures]"]
    if probe.audio_index is not None:
        chains.append(sound.on_the_clock(f"0:{probe.audio_index}", "heard", probe.first_frame_s))
        chains += sound.without_mutes("heard", "kept", edits, probe.duration_ms)
        chains.append(f"[kept]aresample={SOUND_RATE},aformat=channel_layouts=mono[sound]")
    return chains
