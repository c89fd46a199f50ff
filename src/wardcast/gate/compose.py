"""Makes a clip from drawn pictures and a spoken text, as a phone would record one.

For the demo and for tests: the same sandbox, the same program, no file of anybody else's.
"""

import io
import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO, Final

from wardcast.gate.errors import GateBroken
from wardcast.gate.sandbox import INPUT, Caps, run, shell
from wardcast.gate.source import BytesSource

_NAMES: Final = re.compile(r"clip\.mp4")
_SPOKEN: Final = re.compile(r"[^A-Za-z0-9 .,?]")


def compose(
    pictures: Iterable[bytes],
    *,
    fps: int,
    duration_ms: int,
    spoken: str = "",
    tags: Sequence[tuple[str, str]] = (),
) -> bytes:
    """An MP4 of JPEG pictures at ``fps``, with ``spoken`` read aloud over a soft tone.

    ``tags`` are container metadata, such as a phone writes. Raises `GateBroken`.
    """
    made: list[bytes] = []

    def keep(name: str, data: BinaryIO) -> None:
        made.append(data.read())

    seconds = duration_ms / 1000
    script = shell(
        *"ffmpeg -nostdin -v error -f mjpeg -framerate".split(),
        str(fps),
        "-i",
        INPUT,
        *("-f", "lavfi", "-i", _sound(spoken, seconds)),
        *"-map 0:v -map 1:a -c:v libx264 -preset veryfast -crf 22 -pix_fmt yuv420p".split(),
        *"-color_range tv -c:a aac -b:a 128k -ar 48000 -ac 2".split(),
        *("-t", f"{seconds:.3f}"),
        *(word for name, value in tags for word in ("-metadata", f"{name}={value}")),
        *"-movflags use_metadata_tags+faststart clip.mp4".split(),
    )
    done = run(
        script,
        source=BytesSource(b"".join(pictures)),
        caps=Caps(wall_seconds=120, memory_bytes=4 << 30, output_bytes=200 << 20),
        names=_NAMES,
        sink=keep,
    )
    if not done.ok or len(made) != 1:
        raise GateBroken("not_composed", f"The clip could not be made: {' '.join(done.log)[-300:]}")
    return io.BytesIO(made[0]).getvalue()


def _sound(spoken: str, seconds: float) -> str:
    """A filter graph: a low chord, and the text by flite. Its words are reduced to what needs no
    escaping inside the graph."""
    chord = f"aevalsrc='0.02*sin(2*PI*196*t)+0.015*sin(2*PI*294*t)':s=48000:d={seconds:.3f}"
    words = _SPOKEN.sub("", spoken).replace(",", r"\,")
    if not words.strip():
        return chord
    voice = f"flite=text='{words}':voice=slt,aresample=48000,adelay=300,volume=1.6,apad"
    return f"{chord}[c];{voice}[v];[c][v]amix=inputs=2:duration=first:normalize=0"
