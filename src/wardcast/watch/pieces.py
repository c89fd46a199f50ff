"""Parts of a clip over HTTP: one piece an answer, read whole and never streamed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpResponse

from wardcast.platform.http import Refused
from wardcast.watch import rules


@dataclass(frozen=True, slots=True)
class Played:
    """Bytes `start` to `end`, without `end`, of a file of `size` bytes; `whole` when that is all of
    it and no range was asked for."""

    data: bytes
    start: int
    end: int
    size: int
    type: str
    whole: bool


def read(wanted: str, size: int, kind: str, take: Callable[[int, int], bytes]) -> Played:
    """The part of a file that answers the `Range` header `wanted`; `take(start, end)` reads it."""
    part = rules.piece(wanted, size)
    if isinstance(part, rules.NoSuchPiece):
        raise Refused(
            "no_such_range",
            f"The file has {size} bytes, and the part that was asked for lies outside of it. "
            "Ask for a part within it.",
            status=416,
            size=size,
        )
    if isinstance(part, rules.AskInPieces):
        raise Refused(
            "range_needed",
            f"The file has {size} bytes and is sent in parts. Ask for a part with a Range header, "
            "as video players do.",
            size=size,
        )
    return Played(take(part.start, part.end), part.start, part.end, size, kind, part.whole)


def from_disk(path: Path, wanted: str, kind: str) -> Played:
    """A part of a public file."""

    def take(start: int, end: int) -> bytes:
        with path.open("rb") as stream:
            stream.seek(start)
            return stream.read(end - start)

    return read(wanted, path.stat().st_size, kind, take)


def answer(played: Played, *, cache: str) -> HttpResponse:
    """The response: 206 with the range, or 200 for a small file that was asked for as a whole."""
    response = HttpResponse(
        played.data, content_type=played.type, status=200 if played.whole else 206
    )
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = cache
    response.headers["X-Content-Type-Options"] = "nosniff"
    if not played.whole:
        response.headers["Content-Range"] = f"bytes {played.start}-{played.end - 1}/{played.size}"
    return response
