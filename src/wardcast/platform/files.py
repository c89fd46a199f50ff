"""Writing files so that they survive a power cut: sync the file, rename it, sync the folder."""

import os
import secrets
from pathlib import Path


def fsync_folder(folder: Path) -> None:
    """Makes the names in `folder` durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_secret(path: Path, data: bytes) -> bytes:
    """Writes `data` once, readable by its owner alone; answers with what is there, should another
    process have been first."""
    draft = _draft(path, data)
    try:
        os.link(draft, path)
    except FileExistsError:
        return path.read_bytes()
    finally:
        draft.unlink()
    fsync_folder(path.parent)
    return data


def replace_secret(path: Path, data: bytes) -> None:
    """Puts `data`, readable by its owner alone, in the place of what is there."""
    _draft(path, data).replace(path)
    fsync_folder(path.parent)


def _draft(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)
    return draft
