"""Logs that hold no words of a draft: an error's own message may quote what it failed on."""

import logging
import traceback
from types import TracebackType

from django.db import InterfaceError, OperationalError

_Trouble = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_WORDLESS = (OSError, ImportError, OperationalError, InterfaceError)
"""What tells of the machine, not of what somebody wrote: its message is kept."""


class Formatter(logging.Formatter):
    """Writes of an error where it happened and what kind it is, and leaves out its message."""

    def formatException(self, ei: _Trouble) -> str:  # noqa: N802  # the name that logging calls
        """The lines of code that led to the error, and its type; the same of what caused it."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            said = f": {error}" if isinstance(error, _WORDLESS) else ""
            where = "".join(traceback.format_tb(error.__traceback__))
            lines.append(f"{where}{type(error).__name__}{said}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\ncaused by\n".join(lines)
