"""What kills have left in the vault: sealed files that no key opens, or that no row names.

Deleted file by file, and only what has lain there for a while: whoever seals under the same key
meanwhile loses nothing, since what they write is younger.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from wardcast.platform import config, vault
from wardcast.platform.models import VaultKey

_LOG = logging.getLogger("wardcast.vault")
_MANY = 500


def sweep_keyless(before: datetime) -> int:
    """Deletes what lies since before that moment under a key that is gone: noise, left by a kill
    between the end of the key and that of its files. Answers how many files.

    Where not one key is known nothing is deleted: then the house runs on another database than
    the vault belongs to.
    """
    folders = {path.name: path for path in _root().glob("*") if _is_key(path.name)}
    keyless = set(folders) - _known(list(folders))
    if len(keyless) == len(folders):
        if folders:
            _LOG.warning("no key of %d in the vault is known; nothing is swept", len(folders))
        return 0
    return sum(_emptied(folders[name], before) for name in keyless)


def sweep_unnamed(
    key_id: UUID, before: datetime, named: Callable[[], Collection[str] | None]
) -> int:
    """Deletes what lies since before that moment under this key and is not among the refs that
    rows name. `named` is asked once it is known what lies there, and answers None while something
    works under the key: then all stays. Answers how many files."""
    old = _old_files(_root() / key_id.hex, before)
    kept = named() if old else None
    if kept is None:
        return 0
    return _deleted([path for path in old if f"{key_id.hex}/{path.name}" not in kept])


def _known(names: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(names), _MANY):
        some = [UUID(name) for name in names[start : start + _MANY]]
        keys = VaultKey.objects.filter(id__in=some).values_list("id", flat=True)
        found |= {key.hex for key in keys}
    return found


def _emptied(folder: Path, before: datetime) -> int:
    resting = _is_old(folder, before)
    count = _deleted(_old_files(folder, before))
    if resting and vault.settles(UUID(folder.name), within=0.0):
        with suppress(OSError):  # something young lies there, or it is gone
            folder.rmdir()
    return count


def _old_files(folder: Path, before: datetime) -> list[Path]:
    with suppress(FileNotFoundError):
        return [path for path in folder.iterdir() if _is_old(path, before)]
    return []


def _is_old(path: Path, before: datetime) -> bool:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime < before.timestamp()
    return False


def _deleted(paths: Sequence[Path]) -> int:
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def _is_key(name: str) -> bool:
    with suppress(ValueError):
        return UUID(name).hex == name
    return False


def _root() -> Path:
    return config.current().vault
