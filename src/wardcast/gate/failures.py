"""From a tool's status and last words to an error that says whose fault it is.

ffmpeg's status is not a verdict on a file (of 1,000 damaged files 428 were decoded with status 0);
this reads only runs that failed. Whether an output is good is for `wardcast.gate.verdict`.
"""

import re
from typing import Final

from wardcast.gate.errors import FileRefused, GateBroken, GateError, LimitExceeded
from wardcast.gate.reading import TEXT_CODECS
from wardcast.gate.sandbox import Finished

_NOT_FOUND = (126, 127)
_OUT_OF_CPU = (128 + 24, -24)  # SIGXCPU
_FILE_TOO_BIG = (128 + 25, -25)  # SIGXFSZ
_KILLED = (128 + 9, -9)

_OURS = ("Unknown encoder", "No such filter", "Unrecognized option", "Error parsing filterchain")
TOO_MANY_PIXELS = "max pixel count"
"""ffmpeg's words when a picture is larger than ``-max_pixels``."""
_NOT_ACCEPTED: Final = re.compile(r"Codec \(([a-z0-9_]{1,30})\) not on whitelist")
_OUT_OF_MEMORY = (
    "Cannot allocate memory", "malloc of size", "Error while opening encoder",
    "Resource temporarily unavailable",
)  # fmt: skip
"""x264 says nothing of memory where it may not begin, and a thread that finds no room for its stack
is temporarily unavailable."""
_OUT_OF_SPACE = ("No space left on device", "File too large")


def error_for(finished: Finished, *, doing: str) -> GateError:
    """The error that a failed run deserves; ``doing`` completes "…, while".

    Time first, since a killed tool says nothing; then what is ours; then the limits; what is left
    is the file's fault.
    """
    log = "\n".join(finished.log)
    if finished.timed_out or finished.status in _OUT_OF_CPU:
        return LimitExceeded(
            "took_too_long",
            f"This video took too long, so we stopped while {doing}. "
            "Export it again with a lower resolution, or share a shorter one.",
            log=log,
        )
    if finished.status in _NOT_FOUND:
        return GateBroken(
            "tool_missing",
            "ffmpeg is not installed or cannot start. Run `wardcast doctor` to see why, then try "
            "again.",
            log=log,
        )
    if any(words in log for words in _OURS):
        return GateBroken(
            "tool_missing",
            "This ffmpeg lacks a part that Wardcast needs. Install Debian's ffmpeg 5.1 or newer, "
            "then try "
            "again.",
            log=log,
        )
    if finished.status in _KILLED:
        return GateBroken(
            "sandbox_failed",
            f"The decoder was stopped from outside while {doing}. Try again in a while.",
            log=log,
        )
    return _fault_of_the_file(finished.status, log, doing)


def too_many_pixels(log: str) -> LimitExceeded:
    """The error for a picture that a decoder refused to make room for."""
    return LimitExceeded(
        "too_many_pixels",
        "The picture in this file is larger than 4K (3840 by 2160). "
        "Export it again with a lower resolution.",
        log=log,
    )


def _fault_of_the_file(status: int, log: str, doing: str) -> FileRefused:
    if "max_streams" in log:
        return LimitExceeded(
            "too_many_streams",
            "This file holds far more tracks than a video needs. Export it again with one "
            "picture and one "
            "sound track.",
            log=log,
        )
    if TOO_MANY_PIXELS in log:
        return too_many_pixels(log)
    if status in _FILE_TOO_BIG or any(words in log for words in _OUT_OF_SPACE):
        return LimitExceeded(
            "too_much_output",
            f"This file holds far more than its length suggests, so we stopped while {doing}. "
            "Export it again as a plain MP4.",
            log=log,
        )
    if any(words in log for words in _OUT_OF_MEMORY):
        return LimitExceeded(
            "too_much_memory",
            f"This file needs too much memory, so we stopped while {doing}. "
            "Export it again with a lower resolution.",
            log=log,
        )
    codec = _NOT_ACCEPTED.search(log)
    if codec and codec[1] in TEXT_CODECS:
        return FileRefused(
            "codec_not_accepted",
            f"This file holds a track of subtitles ({codec[1]}), whose words nobody would see "
            "before it is shared. Export it without subtitles, and add them as captions.",
            log=log,
        )
    if codec:
        return FileRefused(
            "codec_not_accepted",
            f"A track in this file is stored as {codec[1]}, which Wardcast does not take. "
            "Export it again with H.264 picture and AAC sound.",
            log=log,
        )
    if "moov atom not found" in log:
        return FileRefused(
            "unreadable",
            "This MP4 has no index: the recording was cut off, or the file was copied in part. "
            "Copy it again, or record again.",
            log=log,
        )
    return FileRefused(
        "unreadable",
        f"This file is damaged or is no video: we could not read it while {doing}. "
        "Export it again as MP4, MOV or WebM.",
        log=log,
    )
