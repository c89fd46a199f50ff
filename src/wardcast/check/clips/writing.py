"""Where a redacted clip goes: a file beside its place, which takes that place once it is good."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_PIECE = 1 << 20


class CannotWrite(Exception):
    """Nothing was written; the message says why and what to do."""


def need_a_place(out: Path, *sources: Path) -> None:
    """Raises `CannotWrite` where nothing can be written at `out`, or one of the sources would be
    lost."""
    for source in sources:
        if out.exists() and source.exists() and out.samefile(source):
            raise CannotWrite(
                f"{out} is what was given, which is never written over. Choose another name."
            )
    if out.is_dir():
        raise CannotWrite(f"{out} is a folder. Give the name of the file to write.")
    if not out.parent.is_dir():
        raise CannotWrite(f"There is no folder {out.parent}. Make it, or choose another place.")


@contextmanager
def coming(out: Path) -> Iterator[Path]:
    """A new, empty, hidden file beside `out`; it is gone in the end unless `keep` was called."""
    path = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        path.touch(exist_ok=False)
    except OSError as error:
        raise because(out, error) from error
    try:
        yield path
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


def fill(path: Path, data: BinaryIO) -> None:
    """Writes a stream into a file, down to the disk; raises `CannotWrite`."""
    try:
        with path.open("wb") as file:
            while piece := data.read(_PIECE):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise because(path, error) from error


def keep(path: Path, out: Path) -> None:
    """Gives the file its name, in place of what had it before; raises `CannotWrite`."""
    try:
        path.replace(out)
    except OSError as error:
        raise because(out, error) from error


def because(path: Path, error: OSError) -> CannotWrite:
    """What to say of a disk's failure."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return CannotWrite(
            f"The disk is full, so nothing was written to {path.parent}. Make room, or choose "
            "another place."
        )
    return CannotWrite(
        f"{path.parent} cannot be written to ({error.strerror or error}). Choose another place."
    )
