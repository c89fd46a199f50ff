"""A clip's pictures one after another, for those who look at all of it: small, raw, with times.

Neither a picture nor the file that it comes from is ever on a disk: a few pictures at a time wait
in the sandbox's memory until the one before was looked at, however long the clip is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Final

from wardcast.gate import picture
from wardcast.gate.edits import NO_EDITS, Cover, EditList
from wardcast.gate.errors import FileRefused
from wardcast.gate.failures import error_for
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.memory import keep_blocks
from wardcast.gate.probe import Probe
from wardcast.gate.reading import opening
from wardcast.gate.sandbox import Caps, hand_out, run, shell
from wardcast.gate.source import Source

SIDE: Final = 1_920
"""The longer side of what is handed out, in pixels, where the clip is that large."""
_FILE: Final = "pictures.yuv"
_END: Final = "end"
AHEAD_BYTES: Final = 16 << 20
_SLACK_BYTES: Final = 64 << 20
_TOLERANCE: Final = 0.05
_SLACK_PICTURES: Final = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown at a time: 8-bit planes Y, U and V, one after another, the latter two of half
    the width and height (which are even). `at_ms` is in the original's clock."""

    at_ms: int
    width: int
    height: int
    planes: bytes


def size_of(probe: Probe, side: int = SIDE) -> tuple[int, int]:
    """Width and height of what is handed out: upright, even, no side longer than ``side``."""
    share = min(1.0, side / max(probe.width, probe.height))
    wide, high = (max(2, round(each * share / 2) * 2) for each in (probe.width, probe.height))
    return wide, high


def pictures(
    source: Source,
    probe: Probe,
    *,
    every_ms: int,
    see: Callable[[Picture], None],
    edits: EditList = NO_EDITS,
    side: int = SIDE,
    limits: Limits = DEFAULT_LIMITS,
    ahead_bytes: int = AHEAD_BYTES,
) -> int:
    """Shows ``see`` the picture each ``every_ms``, as ``edits`` leave it, in the calling thread;
    answers how many there were. What is cut out is shown as black.

    At most ``ahead_bytes`` of pictures, or one, are made ahead of ``see``.
    The same clip gives the same pictures. A clip of which many cannot be decoded raises
    `FileRefused`, like `wardcast.gate.render.render`: what was not seen was not looked at.
    """
    if every_ms <= 0:
        raise ValueError("Pictures are at least a millisecond apart.")
    keep_blocks()
    wide, high = size_of(probe, side)
    each = wide * high * 3 // 2
    at_once = max(1, ahead_bytes // each)
    seen = 0

    def show(name: str, data: BinaryIO) -> None:
        nonlocal seen
        while len(planes := data.read(each)) == each:
            see(Picture(seen * every_ms, wide, high, planes))
            seen += 1

    expected = _count(limits.max_duration_ms, every_ms)
    finished = run(
        _script(_command(probe, edits, every_ms, (wide, high), limits), at_once * each),
        source=source,
        caps=Caps(
            limits.render_seconds,
            limits.max_memory_bytes,
            expected * each + _SLACK_BYTES,
            expected + 2,
        ),
        names=re.compile(f"{re.escape(_FILE)}|{_END}"),
        sink=_nobody,
        early=show,
    )
    if not finished.ok:
        raise error_for(finished, doing="looking at its pictures")
    wanted = _count(probe.video_ms, every_ms)
    if seen < wanted - max(_SLACK_PICTURES, round(wanted * _TOLERANCE)):
        raise FileRefused(
            "unreadable",
            f"Parts of this video are damaged: {seen} of {wanted} pictures could be looked at. "
            "Copy it again from the device, or export it again as MP4.",
        )
    return seen


def _count(length_ms: int, every_ms: int) -> int:
    return -(-length_ms // every_ms) + 1


def _command(
    probe: Probe, edits: EditList, every_ms: int, size: tuple[int, int], limits: Limits
) -> str:
    chain = [
        f"setpts=PTS-{probe.first_frame_s:.6f}/TB",
        f"fps=1000/{every_ms}:start_time=0:round=up",  # near shows what comes half a step later
        *picture.colours(probe, size),
        *picture.covered(_covers(edits, probe), probe, size),
    ]
    return shell(
        "ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-v", "error", "-copyts",
        *opening(probe.container, limits),
        "-filter_complex", f"[0:{probe.video_index}]{','.join(chain)}[seen]", "-map", "[seen]",
        "-c:v", "rawvideo", "-map_metadata", "-1", "-f", "rawvideo", "pipe:1",
    )  # fmt: skip


def _covers(edits: EditList, probe: Probe) -> tuple[Cover, ...]:
    return edits.at_full_length(probe.width, probe.height).covers


def _script(command: str, at_once: int) -> str:
    """Hands out what the command writes, that many bytes at a time; a shell tells the status of a
    pipe's last part alone, so the command's own is kept in a file."""
    return f"""{{ {command} || echo $? >status; }} | while
  head -c {at_once} >{_FILE}
  [ -s {_FILE} ]
do {hand_out(_FILE)}; done
rm -f {_FILE}
if [ -e status ]; then exit "$(cat status)"; fi
: >{_END}"""


def _nobody(name: str, data: BinaryIO) -> None:
    """Takes the file that says that all was handed out."""
