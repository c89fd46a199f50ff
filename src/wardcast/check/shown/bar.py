"""How far long work is, on a terminal: a line that is written over, and gone in the end."""

from typing import TextIO

_WIDE = 24


class Bar:
    """A progress bar on a stream; silent where that is no terminal.

    Call it with what is being done and the share of it that is done, 0 to 1.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = ""

    def __call__(self, what: str, share: float) -> None:
        """Says what is being done and how far it is."""
        if not self._stream.isatty():
            return
        full = round(_WIDE * min(1.0, max(0.0, share)))
        line = f"{what:<26} {'#' * full}{'.' * (_WIDE - full)} {share:4.0%}"
        if line != self._shown:
            self._write(line)
            self._shown = line

    def done(self) -> None:
        """Takes the line away."""
        if self._shown:
            self._write(" " * len(self._shown))
            self._write("")
            self._shown = ""

    def _write(self, line: str) -> None:
        self._stream.write(f"\r{line}")
        self._stream.flush()
