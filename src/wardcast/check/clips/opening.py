"""What somebody gives by its path: an original that the gate can measure, captions, a script; or
why it is none."""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final

from wardcast.check.transcript import NotCaptions, Transcript, fault_in, parse_captions
from wardcast.gate.errors import GateError
from wardcast.gate.source import PathSource, Source

MOST_TEXT_BYTES: Final = 4_000_000


class CannotRead(Exception):
    """What was given cannot be read; `code` is for programs, `detail` says what it is and what to
    do."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@contextmanager
def refusals() -> Iterator[None]:
    """What the gate refuses or cannot do becomes `CannotRead`, and so does a disk that fails."""
    try:
        yield
    except GateError as error:
        raise CannotRead(error.code, error.detail) from error
    except OSError as error:
        raise CannotRead(
            "not_readable",
            f"The clip could not be read to its end ({error.strerror or error}). Copy it to "
            "another disk, then try again; `wardcast doctor` says whether something is missing.",
        ) from error


def hash_of(source: Source) -> str:
    """The SHA-256 of a clip's bytes; raises `CannotRead`."""
    with refusals(), closing(source.open()) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def opened(path: Path) -> PathSource:
    """The clip at a path; raises `CannotRead` for what is no file."""
    _is_a_file(path)
    return PathSource(path)


def text_in(path: Path) -> str:
    """A text in UTF-8; raises `CannotRead`."""
    _is_a_file(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_TEXT_BYTES + 1)
    except OSError as error:
        raise _no_file(path, error.strerror) from error
    return text_of(raw, str(path))


def text_of(raw: bytes, name: str) -> str:
    """Bytes as a text; `name` is what people call it. Raises `CannotRead`."""
    if len(raw) > MOST_TEXT_BYTES:
        megabytes = MOST_TEXT_BYTES // 1_000_000
        raise CannotRead("too_large", f"{name} is larger than {megabytes} MB. Check it in parts.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotRead(
            "no_text",
            f"{name} is no UTF-8 text (byte {error.start}). Save it as UTF-8 plain text.",
        ) from error


def captions_in(path: Path) -> Transcript:
    """Captions in WebVTT or SRT; raises `CannotRead`, also where a single cue cannot be read:
    nobody would have examined its words."""
    text = text_in(path)
    fault = fault_in(text)
    if fault is not None:
        raise CannotRead("captions_unreadable", f"{path}: {fault.because}")
    try:
        return parse_captions(text)
    except NotCaptions as error:
        raise CannotRead("captions_unreadable", f"{path}: {error}") from error


def _is_a_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # a path with a zero byte is a wrong value
        because = error.strerror if isinstance(error, OSError) else "no path has a zero byte"
        raise _no_file(path, because) from error
    if not S_ISREG(mode):
        kind = "a folder" if S_ISDIR(mode) else "no plain file"
        raise CannotRead("not_a_file", f"{path} is {kind}. Give the path of a file.")


def _no_file(path: Path, because: str | None) -> CannotRead:
    shown = str(path).replace("\0", "\\0")
    return CannotRead("no_such_file", f"{shown} cannot be read ({because}). Give another path.")
