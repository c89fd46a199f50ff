"""What comes out of a cell: archives on standard output, lines on standard error."""

import tarfile
from collections.abc import Iterator
from typing import IO, BinaryIO, Final

from wardcast.gate.errors import GateBroken

RECORD: Final = 20 * tarfile.BLOCKSIZE
_LINE_LIMIT: Final = 4_000
_CHUNK: Final = 1 << 20


class Blocks:
    """Standard output, which holds one tar archive after another, with zeros between them.

    GNU tar writes whole records, so reading by records never reaches into the next archive.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._held = b""
        self.ended = False

    def begin(self) -> bool:
        """Whether an archive begins here; a block of zeros is skipped."""
        block = self._exactly(tarfile.BLOCKSIZE)
        self._held = block if block.strip(b"\0") else b""
        return bool(self._held)

    def read(self, size: int) -> bytes:
        """That many bytes; fewer at the end alone."""
        held, self._held = self._held[:size], self._held[size:]
        return held + self._exactly(size - len(held))

    def _exactly(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size and not self.ended:
            part = self._stream.read(size)
            self.ended = not part
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


class Lines:
    """Standard error by lines; one that is too long is cut into several."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._held = b""

    def read(self) -> bool:
        """Read what is there; False at the end."""
        part = self._stream.read(_CHUNK)
        self._held += part
        return bool(part)

    def taken(self, *, ended: bool) -> Iterator[str]:
        """The lines that are whole; at the end also what is left."""
        while self._held:
            end = self._held.find(b"\n", 0, _LINE_LIMIT)
            if end < 0 and len(self._held) < _LINE_LIMIT and not ended:
                return
            end = min(len(self._held), _LINE_LIMIT) if end < 0 else end
            line, self._held = self._held[:end], self._held[end:].removeprefix(b"\n")
            yield line.decode("utf-8", "replace").rstrip()


def copy_exactly(stream: BinaryIO, out: IO[bytes], size: int) -> None:
    """Copy ``size`` bytes; a stream that holds more or fewer raises `GateBroken`."""
    left = size
    while chunk := stream.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            break
        view = memoryview(chunk)
        while view:
            view = view[out.write(view) :]
    if left != 0:
        raise GateBroken(
            "source_unreadable",
            "The stored file does not have the size that was noted for it. Upload it again.",
        )
