"""The store on this machine's disk: a folder appears and goes by one rename.

Files go to a folder beside the store, which is renamed into place. Withdrawing renames it away, so
that the file server answers 404 from that moment on.
"""

import errno
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from wardcast.platform import config
from wardcast.platform.files import fsync_folder
from wardcast.platform.ids import public_id


def publish(files: Iterable[tuple[str, BinaryIO]], folder: str | None = None) -> str:
    """Copies the files into a new public folder and gives its id; all of them or none.

    With `folder` it is idempotent: a folder that is already public is left as it is. Two at once do
    not meet: each writes a folder of its own, and the second to finish finds the first one's.
    """
    folder = folder or public_id()
    root = config.current().public
    target = root / folder
    if target.exists():
        return folder
    draft = _beside(root) / f"{folder}-{public_id()}"
    _fill(draft, files)
    root.mkdir(parents=True, exist_ok=True)
    try:
        draft.replace(target)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
    fsync_folder(root)
    return folder


def add(folder: str, files: Iterable[tuple[str, BinaryIO]]) -> bool:
    """Adds files to a public folder in the order given, once all are here; False when it is not (or
    no longer) public."""
    target = config.current().public / folder
    if not target.exists():
        return False
    draft = _beside(config.current().public) / f"{folder}-{public_id()}"
    names = _fill(draft, files)
    try:
        for name in names:
            (draft / name).replace(target / name)
        fsync_folder(target)
    except FileNotFoundError:  # withdrawn meanwhile
        return False
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return True


def withdraw(folder: str) -> None:
    """Takes a folder out of the public store; doing it twice is fine."""
    _move(config.current().public / folder, config.current().withdrawn / folder)


def restore(folder: str) -> None:
    """Puts a withdrawn folder back; doing it twice is fine."""
    _move(config.current().withdrawn / folder, config.current().public / folder)


def discard(folder: str) -> None:
    """Deletes a folder's files, public or withdrawn."""
    withdraw(folder)
    shutil.rmtree(config.current().withdrawn / folder, ignore_errors=True)


def sweep(older_than: datetime) -> None:
    """Removes what publications that were killed have left unfinished before that moment."""
    for left in _beside(config.current().public).glob("*"):
        if left.stat().st_mtime < older_than.timestamp():
            shutil.rmtree(left, ignore_errors=True)
    for link in config.current().restricted.glob("*"):
        if not link.exists():  # what it led to was taken away
            link.unlink(missing_ok=True)


def path(folder: str, name: str) -> Path | None:
    """Where a public file lies, or None when it is not (or no longer) public."""
    if not (_is_plain(folder) and _is_plain(name)):
        return None
    found = config.current().public / folder / name
    return found if found.is_file() else None


def files(folder: str) -> dict[str, Path]:
    """What lies in a public folder, by name; nothing when it is not (or no longer) public."""
    if not _is_plain(folder):
        return {}
    try:
        found = list((config.current().public / folder).iterdir())
    except FileNotFoundError:
        return {}
    return {each.name: each for each in found if _is_plain(each.name)}


def _move(source: Path, target: Path) -> None:
    if not source.exists():
        return
    shutil.rmtree(target, ignore_errors=True)  # an older copy, should it have been published again
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    fsync_folder(target.parent)
    fsync_folder(source.parent)


def _fill(draft: Path, files: Iterable[tuple[str, BinaryIO]]) -> list[str]:
    """Writes the files into a new folder; gives their names, or leaves nothing."""
    draft.mkdir(parents=True)
    names = []
    try:
        for name, stream in files:
            _write(draft / _plain(name), stream)
            names.append(name)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    fsync_folder(draft)
    return names


def _write(path: Path, stream: BinaryIO) -> None:
    with path.open("wb") as out:
        shutil.copyfileobj(stream, out, 1024 * 1024)
        out.flush()
        os.fsync(out.fileno())


def _beside(root: Path) -> Path:
    # On the same file system, for the rename, and not under the mount, which serves dotfiles too.
    return root.with_name("public-unfinished")


def _plain(name: str) -> str:
    if not _is_plain(name):
        raise ValueError(f"{name!r} is not a plain file name")
    return name


def _is_plain(name: str) -> bool:
    return bool(name) and not (set(name) & {"/", "\0"}) and not name.startswith(".")
