"""Where the built web app's files are, by Vite's manifest."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils.safestring import SafeString, mark_safe

_ENTRY = "src/main.ts"
_MANIFEST = "manifest.json"
_EARLY = "early.js"
"""Stands in the page itself."""
_ALONE = "alone.js"
"""Stands in pages that play one clip without the app."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Paths below `/app/` of the entry's script and styles, and what runs before them, as text."""

    script: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]
    early: str


def entry() -> Bundle | None:
    """The app that is served, or None when it has not been built.

    The collected copy comes first: it names the files that are served, also while the app is built
    anew beside a running house.
    """
    for folder in folders():
        manifest = folder / _MANIFEST
        if manifest.is_file():
            return _read(manifest, manifest.stat().st_mtime_ns)
    return None


def alone() -> SafeString:
    """What a page runs that plays one clip without the app; empty where it was not built."""
    for folder in folders():
        script = folder / _ALONE
        if script.is_file():
            return _script(script, script.stat().st_mtime_ns)
    return SafeString("")


def folders() -> tuple[Path, Path]:
    """Where the app's files are looked for, in that order."""
    return _collected(), Path(settings.WEB_DIST)


def collect() -> None:
    """Copies the app and the pages' files to where they are served from."""
    # Django leaves a copy that is younger than its source, and a build may be older than the copy
    # of the one before. The other files carry their content in their name.
    for name in (_MANIFEST, _EARLY, _ALONE):
        (_collected() / name).unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)


def _collected() -> Path:
    return Path(settings.STATIC_ROOT) / "app"


@lru_cache(maxsize=2)
def _script(path: Path, changed: int) -> SafeString:
    return mark_safe(path.read_text(encoding="utf-8"))  # noqa: S308  # our own script


@lru_cache(maxsize=2)
def _read(manifest: Path, changed: int) -> Bundle:
    early = manifest.with_name(_EARLY)
    chunks = json.loads(manifest.read_text(encoding="utf-8"))
    first = chunks[_ENTRY]
    imports = [chunks[name] for name in _imported(chunks, _ENTRY)]
    styles = [css for each in (first, *imports) for css in each.get("css", ())]
    return Bundle(
        script=first["file"],
        styles=tuple(dict.fromkeys(styles)),
        preloads=tuple(each["file"] for each in imports),
        early=_script(early, early.stat().st_mtime_ns),
    )


def _imported(chunks: Mapping[str, Any], entry: str) -> list[str]:
    """Chunks that a chunk needs before it runs, those that they need too; each once."""
    found: dict[str, None] = {}
    waiting = list(chunks[entry].get("imports", ()))
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting += chunks[name].get("imports", ())
    return list(found)
