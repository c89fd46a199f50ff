"""What can go wrong at the gate, and whose fault it is.

::

    GateError                 .code for programs, .detail for people
    ├── FileRefused           the file's fault: another file, or another export, is needed
    │   └── LimitExceeded     the file is past a limit: a shorter or smaller one is needed
    └── GateBroken            our fault: the file may be fine, and only this one is worth retrying

Codes: `FileRefused`: ``empty_file``, ``not_a_video``, ``disguised_playlist``,
``format_not_accepted``, ``codec_not_accepted``, ``no_picture``, ``unreadable``,
``letters_missing``. `LimitExceeded`:
``too_large``, ``too_long``, ``too_many_streams``, ``too_many_pixels``, ``too_many_frames``,
``too_much_memory``, ``too_much_output``,
``took_too_long``. `GateBroken`: ``sandbox_missing``, ``sandbox_failed``,
``tool_missing``, ``source_unreadable``, ``output_unexpected``, ``not_signed``, ``not_read``.
"""


class GateError(Exception):
    """Anything the gate refuses or cannot do.

    ``code`` is stable and for programs; ``detail`` is one plain sentence (or two) for people that
    says what happened and what to do next; ``log`` holds the last words of the tool, for the
    operator alone: it may quote the file's contents and is never shown to others.
    """

    def __init__(self, code: str, detail: str, *, log: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.log = log

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error cross a process or a queue with its code and detail."""
        return (type(self), (self.code, self.detail), {"log": self.log})


class FileRefused(GateError):
    """The file cannot be taken; retrying the same file gives the same answer."""


class LimitExceeded(FileRefused):
    """The file is past a limit on size, length, pixels, streams, memory or time."""


class GateBroken(GateError):
    """The gate itself failed; the file may be fine. The only error to retry."""
