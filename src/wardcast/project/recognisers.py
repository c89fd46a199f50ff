"""`wardcast models`: the recognisers of speech that a house can have, and how one comes here.

Nothing is fetched by itself: the worker loads what lies in a folder (`check.adapters.whisper`).
A model is fetched into a hidden folder, tried, and only then given its name, so that a fetch which
broke off is never taken for a model; the next one goes on where it ended.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wardcast.check.adapters import whisper
from wardcast.platform import config

_FILES: Final = (
    "config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*",
)  # fmt: skip
_SPARE: Final = 200
"""Megabytes that are to stay free on the disk."""


@dataclass(frozen=True, slots=True)
class Known:
    """A model that can be fetched: where the hub has it, its megabytes, and what it is good for."""

    source: str
    megabytes: int
    says: str


KNOWN: Final = {
    "tiny": Known("Systran/faster-whisper-tiny", 75, "to try it out; mishears names and drugs"),
    "base": Known("Systran/faster-whisper-base", 145, "a little better than tiny"),
    "small": Known("Systran/faster-whisper-small", 484, "good captions on a small machine"),
    "medium": Known("Systran/faster-whisper-medium", 1_530, "better with accents; slow on 2 cores"),
    "turbo": Known(
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo", 1_620, "nearly large-v3, at a fourth"
    ),
    "large-v3": Known("Systran/faster-whisper-large-v3", 3_090, "the best; wants a large machine"),
}
DEFAULT: Final = "small"


class CannotFetch(Exception):
    """A model did not come here; the message says why and what to do."""


def models(action: str, name: str) -> int:
    """Does what `wardcast models` was asked; exit code 1 where it could not."""
    if action == "list":
        print("\n".join(listed()))
        return 0
    try:
        print("\n".join(fetch(name or DEFAULT)))
    except CannotFetch as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def home() -> Path:
    """Where models lie, a folder each."""
    return config.current().data / "models" / "whisper"


def listed() -> Iterator[str]:
    """A line for each model that is here or could be, then what is used."""
    used = config.current().whisper_model
    for name, known in KNOWN.items():
        state = "here" if _whole(home() / name) else "    "
        yield f"  {state}  {name:9} {known.megabytes:>5,} MB  {known.says}"
    for folder in sorted(home().glob("[!.]*")):
        if folder.name not in KNOWN:
            yield f"  {'here' if _whole(folder) else 'torn'}  {folder.name}"
    yield ""
    if used is None:
        yield f"Speech is not recognised. Fetch a model: wardcast models fetch {DEFAULT}"
    elif lacking := whisper.missing(used):
        yield f"{used} is no whole model: it lacks {', '.join(lacking)}."
    else:
        yield f"Speech is recognised with {used}."


def fetch(name: str) -> Iterator[str]:
    """Brings a model into the data folder, with a progress bar; raises `CannotFetch`."""
    known = KNOWN.get(name)
    if known is None:
        raise CannotFetch(f"There is no model “{name}”. Choose one of: {', '.join(KNOWN)}.")
    folder = home() / name
    if _whole(folder):
        yield f"{name} is here already: {folder}"
        return
    coming = home() / f".coming-{name}"
    coming.mkdir(parents=True, exist_ok=True)
    _has_room(coming, known.megabytes)
    _download(known, name, coming)
    _try_out(name, coming)
    shutil.rmtree(coming / ".cache", ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    coming.rename(folder)
    yield f"{name} is here: {folder}"
    used = config.current().whisper_model
    if used == folder:
        yield "Clips that arrive from now on are listened to with it."
    else:
        yield f"WARDCAST_WHISPER_MODEL names another, {used}, which stays in use."


def _has_room(folder: Path, megabytes: int) -> None:
    here = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) // config.MB
    free = shutil.disk_usage(folder).free // config.MB
    if free + here < megabytes + _SPARE:
        raise CannotFetch(
            f"The model takes {megabytes:,} MB, and {folder.parent} has {free:,} MB free. "
            "Make room, or set WARDCAST_DATA to another disk."
        )


def _download(known: Known, name: str, into: Path) -> None:
    # The client reads these when it is imported.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_XET", "1")
    import httpx2
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    print(f"Fetching {known.source} ({known.megabytes:,} MB)", file=sys.stderr)
    try:
        snapshot_download(
            known.source, local_dir=into, allow_patterns=list(_FILES), token=False, max_workers=2
        )
    except (OSError, httpx2.HTTPError, HfHubHTTPError, LocalEntryNotFoundError) as error:
        because = error.__cause__ or error
        words = (str(because).strip() or "no answer").splitlines()[0]
        raise CannotFetch(
            f"{known.source} could not be fetched: {type(because).__name__}: {words}\n"
            "Check the network and try again: it goes on where it ended. Or copy the model's "
            f"folder from another machine to {into.parent / name}"
        ) from error


def _try_out(name: str, folder: Path) -> None:
    """Loads what has come, so that a torn file is found now and not at the first clip."""
    try:
        whisper.recognise(folder, bytes(32_000))
    except (whisper.NotUsable, RuntimeError, ValueError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise CannotFetch(
            f"What came of {name} cannot be loaded ({error}), so it was thrown away. Try again; if "
            "it stays so, choose another model."
        ) from error


def _whole(folder: Path) -> bool:
    return folder.is_dir() and not whisper.missing(folder)
