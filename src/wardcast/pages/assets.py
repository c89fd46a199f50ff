"""The web app's files, packed: the file server in front of the house would send them as they are.

Vite writes a `.br` and a `.gz` beside each file that is worth it. Names carry their content's hash,
so a browser keeps a file for good, and the house keeps what it sent in memory.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wardcast.pages import bundle

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_PACKINGS: Final = (("br", ".br"), ("gzip", ".gz"))
_FOR_GOOD: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it lies, and packed by the name of the packing (`br`, `gzip`)."""

    plain: bytes
    packed: dict[str, bytes]


@require_safe
def asset(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the web app by its name in the build, such as `assets/main-1a2b.js`."""
    kind = _TYPES.get(Path(name).suffix)
    found = _find(name) if kind else None
    if found is None:
        return HttpResponse(status=404, content_type="text/plain")
    packing = _chosen(request.headers.get("Accept-Encoding", ""), found)
    answer = HttpResponse(found.packed.get(packing, found.plain), content_type=kind)
    if packing:
        answer.headers["Content-Encoding"] = packing
    if found.packed:
        answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = _FOR_GOOD
    return answer


@require_safe
def push_worker(request: HttpRequest) -> HttpResponse:
    """What a browser runs when the house knocks; from here it may speak for the whole site."""
    answer = render(request, "pages/push.js", content_type=_TYPES[".js"])
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _find(name: str) -> Asset | None:
    for folder in bundle.folders():
        path = (folder / name).resolve()
        if path.is_relative_to((folder / "assets").resolve()) and path.is_file():
            return _read(path)
    return None


@lru_cache(maxsize=512)
def _read(path: Path) -> Asset:
    beside = {name: path.with_name(path.name + suffix) for name, suffix in _PACKINGS}
    packed = {name: each.read_bytes() for name, each in beside.items() if each.is_file()}
    return Asset(path.read_bytes(), packed)


def _chosen(accepted: str, found: Asset) -> str:
    """The smallest packing that the browser takes; empty for none (RFC 9110, 12.5.3)."""
    taken = set()
    for each in accepted.lower().split(","):
        name, _, weight = each.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            taken.add(name.strip())
    return next((name for name, _ in _PACKINGS if name in taken and name in found.packed), "")
