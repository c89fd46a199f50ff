"""The places that a script can run in: what it sees there, and how its input gets in.

bubblewrap mounts a tree of its own; the others have the input in a memory file and the output in a
folder of a memory disk.
"""

import contextlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO, Final

from wardcast.gate import seccomp
from wardcast.gate.errors import GateBroken
from wardcast.gate.source import Source
from wardcast.gate.streams import copy_exactly

PRLIMIT: Final = "/usr/bin/prlimit"
SLACK: Final = 16 << 20
"""Bytes that a file or a memory disk may take beyond what is asked for."""
_BWRAP: Final = "/usr/bin/bwrap"


class Tier(Enum):
    """How strongly decoders are confined here."""

    BUBBLEWRAP = "bubblewrap"
    LANDLOCK = "landlock"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Caps:
    """Bounds on one run: time in seconds, memory (per process) and output in bytes."""

    wall_seconds: float
    memory_bytes: int
    output_bytes: int
    max_files: int = 2_000


@dataclass(frozen=True, slots=True)
class Feed:
    """The opened input, its size, and the pipe that it must be written to."""

    stream: BinaryIO
    size: int
    pipe: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A prepared place to run in: the words before ``sh``, its environment and what it inherits."""

    prefix: tuple[str, ...]
    environment: Mapping[str, str]
    keep: tuple[int, ...]
    feed: "Feed | None"
    """How the input is brought in, if it is not in place already."""
    release: tuple[int, ...] = ()
    """Descriptors that this process closes once the child has them."""


def prepared(
    tier: Tier, source: Source | None, beside: bytes | None, caps: Caps, stack: contextlib.ExitStack
) -> Cell:
    """A cell of this tier with the input in it or on its way, and what goes ``beside`` it;
    ``stack`` cleans up after the run."""
    _need(PRLIMIT, "util-linux")
    held = None if beside is None else _held(beside, stack)
    if tier is Tier.BUBBLEWRAP:
        return _bubblewrap(source, held, caps, stack)
    return _folder_cell(tier, source, held, caps, stack)


def _held(data: bytes, stack: contextlib.ExitStack) -> int:
    """Bytes in a memory file that a child may inherit."""
    descriptor = os.memfd_create("wardcast-beside")
    stack.callback(os.close, descriptor)
    with os.fdopen(os.dup(descriptor), "wb") as out:
        out.write(data)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _filter_descriptor(stack: contextlib.ExitStack) -> int | None:
    """The seccomp filter for this machine in a memory file, or None on one that we have no table
    for."""
    architecture = seccomp.ARCHITECTURES.get(platform.machine().lower())
    if architecture is None:
        return None
    descriptor = os.memfd_create("wardcast-seccomp")
    stack.callback(os.close, descriptor)
    os.write(descriptor, seccomp.program(architecture))
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _bubblewrap(
    source: Source | None, beside: int | None, caps: Caps, stack: contextlib.ExitStack
) -> Cell:
    _need(_BWRAP, "bubblewrap")
    words = [
        _BWRAP, "--unshare-all", "--cap-drop", "ALL", "--die-with-parent", "--new-session",
        "--clearenv", "--setenv", "PATH", "/usr/bin:/bin", "--setenv", "LC_ALL", "C.UTF-8",
        "--setenv", "IN", "/in/clip", "--hostname", "gate",
        "--ro-bind", "/usr", "/usr", *_library_binds(), "--proc", "/proc", "--dev", "/dev",
        "--size", str(caps.output_bytes + SLACK), "--tmpfs", "/out", "--chdir", "/out",
    ]  # fmt: skip
    keep: list[int] = []
    filter_descriptor = _filter_descriptor(stack)
    if filter_descriptor is not None:
        words += ["--seccomp", str(filter_descriptor)]
        keep.append(filter_descriptor)
    if beside is not None:
        words += ["--setenv", "BESIDE", "/beside", "--file", str(beside), "/beside"]
        keep.append(beside)
    feed: Feed | None = None
    release: tuple[int, ...] = ()
    if source is not None:
        # Opened in the caller's thread: a sealed source may ask the caller's database for its key.
        stream = stack.enter_context(contextlib.closing(source.open()))
        read_end, write_end = os.pipe()
        feed = Feed(stream, source.size, write_end)
        release = (read_end,)
        words += ["--size", str(source.size + SLACK), "--tmpfs", "/in"]
        words += ["--file", str(read_end), "/in/clip"]
        keep.append(read_end)
    return Cell(tuple(words), {}, tuple(keep), feed, release)


def _library_binds() -> Iterator[str]:
    """Where Debian and its kin keep what ffmpeg loads, as bubblewrap's options."""
    for name in ("/bin", "/lib", "/lib64"):
        path = Path(name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), name)
        elif path.is_dir():
            yield from ("--ro-bind", name, name)
    for name in ("/etc/alternatives", "/etc/ld.so.cache"):
        yield from ("--ro-bind-try", name, name)


def _folder_cell(
    tier: Tier, source: Source | None, beside: int | None, caps: Caps, stack: contextlib.ExitStack
) -> Cell:
    """A cell without namespaces: the input in a memory file, the output in a folder of a memory
    disk."""
    _sweep_folders()
    folder = tempfile.mkdtemp(prefix=f"{_FOLDER_PREFIX}{os.getpid()}-", dir=_memory_disk())
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    keep: list[int] = []
    if source is not None:
        held = os.memfd_create("wardcast-clip")
        stack.callback(os.close, held)
        keep.append(held)
        with (
            os.fdopen(os.dup(held), "wb", buffering=0) as out,
            contextlib.closing(source.open()) as stream,
        ):
            copy_exactly(stream, out, source.size)
        environment["IN"] = f"/proc/self/fd/{held}"
    if beside is not None:
        keep.append(beside)
        environment["BESIDE"] = f"/proc/self/fd/{beside}"
    if tier is Tier.NONE:
        unconfined = ("/usr/bin/env", f"--chdir={folder}")
        return Cell(unconfined, environment, tuple(keep), None)
    filter_descriptor = _filter_descriptor(stack)
    if filter_descriptor is None:
        raise GateBroken(
            "sandbox_missing",
            f"There is no system-call filter for {platform.machine()} machines. "
            "Run Wardcast on x86_64 or aarch64.",
        )
    keep.append(filter_descriptor)
    readable = [word for name in _READABLE if Path(name).exists() for word in ("--read", name)]
    prefix = (
        sys.executable, "-I", "-m", "wardcast.gate.landlock", "--write", folder, *readable,
        "--filter", str(filter_descriptor), "--",
    )  # fmt: skip
    return Cell(prefix, environment, tuple(keep), None)


_FOLDER_PREFIX: Final = "wardcast-gate-"
_READABLE: Final = ("/usr", "/bin", "/lib", "/lib64", "/etc/alternatives", "/etc/ld.so.cache")


def _memory_disk() -> str | None:
    """A folder that never reaches a disk, where there is one; else the system's temporary
    folder."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 (mkdtemp is used in it)


def _sweep_folders() -> None:
    """Remove what processes left that were killed in the middle of a run."""
    for folder in Path(_memory_disk() or tempfile.gettempdir()).glob(f"{_FOLDER_PREFIX}*"):
        owner = folder.name.removeprefix(_FOLDER_PREFIX).partition("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _need(tool: str, package: str) -> None:
    if not os.access(tool, os.X_OK):
        raise GateBroken(
            "tool_missing",
            f"{tool} is not installed. Install the package {package} and try again.",
        )
