"""Where the gate reads an original from.

The gate never asks for a path: drafts lie sealed, and their plaintext may exist in the sandbox
only. A source is anything that can open a readable stream of plaintext and knows its size.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol


class Source(Protocol):
    """A readable original.

    ``open`` may be called several times, each time from the first byte, always in the thread that
    called the gate; what it returns is read in another thread.
    """

    @property
    def size(self) -> int:
        """Length of the plaintext, in bytes."""
        ...

    def open(self) -> BinaryIO:
        """A fresh stream of the plaintext; it needs ``read`` and ``close`` and no file
        descriptor."""
        ...


@dataclass(frozen=True, slots=True)
class BytesSource:
    """An original that is already in memory."""

    data: bytes

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.data)

    def open(self) -> BinaryIO:
        """A stream over the bytes."""
        return io.BytesIO(self.data)


@dataclass(frozen=True, slots=True)
class PathSource:
    """An original in a plain file: for the command line and tests, never for drafts."""

    path: Path

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.path.stat().st_size

    def open(self) -> BinaryIO:
        """The file, opened for reading."""
        return self.path.open("rb")
