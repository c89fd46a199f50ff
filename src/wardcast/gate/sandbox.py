"""Where hostile media is decoded: a process that sees its one input, its output and nothing else.

`run` starts a shell script with ffmpeg in it. The input reaches it through a pipe into a tmpfs that
disappears with the process; what it writes lies in another and comes back as tar archives. Neither
ever touches a disk. `detect` tries the tiers in order and says which one works here:

* `Tier.BUBBLEWRAP`: own namespaces for files, processes and network, no capabilities, a seccomp
  filter;
* `Tier.LANDLOCK`: where user namespaces are off: Landlock for files, the same seccomp filter;
* `Tier.NONE`: neither. `run` refuses, unless the operator has set ``WARDCAST_UNSAFE_NO_SANDBOX=1``.

Traps: bubblewrap's ``--die-with-parent`` follows the *thread* that started it, so `run` starts and
awaits its process in one thread. Limits are set by util-linux's prlimit rather than ``preexec_fn``,
which is not safe in a program with threads. Without ``/etc/alternatives`` and ``/etc/ld.so.cache``
Debian's ffprobe ends with status 127, since its BLAS is found through them.
"""

import contextlib
import os
import platform
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO, Final

from wardcast.gate import seccomp
from wardcast.gate.cell import Caps, Tier, prepared
from wardcast.gate.errors import GateBroken
from wardcast.gate.running import EARLY, Finished, Run, Sink
from wardcast.gate.source import Source

__all__ = ["Caps", "Finished", "Sink", "Tier"]  # what callers hold, and every function below

UNSAFE_OVERRIDE: Final = "WARDCAST_UNSAFE_NO_SANDBOX"
"""Environment variable: ``1`` lets decoders run unconfined where no sandbox works."""

INPUT: Final = "\0input"
"""Stands for the input's path in the words given to `shell`."""

_TIERS: tuple[Tier, ...] = (Tier.BUBBLEWRAP, Tier.LANDLOCK)
"""Those that are tried, strongest first."""


@dataclass(frozen=True, slots=True)
class SandboxStatus:
    """Which tier works here, why no better one does, and what an operator can do about it."""

    tier: Tier
    reason: str
    remedy: str
    unsafe_override: bool = False

    @property
    def may_decode(self) -> bool:
        """Whether files are taken at all."""
        return self.tier is not Tier.NONE or self.unsafe_override


def shell(*words: str) -> str:
    """One quoted command line; the word `INPUT` becomes the input's path."""
    return " ".join('"$IN"' if word == INPUT else shlex.quote(word) for word in words)


def hand_out(words: str) -> str:
    """The command that hands out files while the script runs; ``words`` are the shell's own.

    A file may be replaced meanwhile, as ffmpeg does with a playlist that grows: tar hands out the
    older one whole and ends with status 1, "file changed as we read it". That is no failure, and
    would be blamed on the clip.
    """
    return f"{{ tar -cf - --transform {shlex.quote(f's,^,{EARLY},')} -- {words} || [ $? = 1 ]; }}"


@cache
def detect() -> SandboxStatus:
    """Try each tier with a real ``ffprobe -version``, once per process, and say what works here."""
    refusals: list[str] = []
    for tier in _TIERS:
        because = _refusal(tier)
        if because is None:
            return _status(tier, "; ".join(refusals))
        refusals.append(f"{tier.value}: {because}")
    return _status(Tier.NONE, "; ".join(refusals))


def run(
    script: str,
    *,
    source: Source | None,
    beside: bytes | None = None,
    caps: Caps,
    names: re.Pattern[str],
    sink: Sink,
    early: Sink | None = None,
    on_line: Callable[[str], None] | None = None,
    tier: Tier | None = None,
) -> Finished:
    """Run a shell script in the sandbox and hand every file that it leaves to ``sink``.

    The script finds its input at ``"$IN"``, what is handed in ``beside`` it at ``"$BESIDE"``, and
    its own empty folder as the current one; it must leave at least one file there. Files come in
    the order of their names, once the script has succeeded; a name that does not match ``names``, a
    folder, a link or too many raise `GateBroken`; more bytes than ``caps`` allows, `LimitExceeded`.
    What the script hands out by `hand_out` while it runs goes to ``early``, where there is one, and
    comes again at the end like everything else. ``on_line`` hears each line of standard error; all
    three are called in the calling thread.

    Raises `GateBroken` when the sandbox itself cannot run or the source cannot be read. A script
    that fails is no exception: look at `Finished`.
    """
    status = None if tier is not None else detect()
    if status is not None and not status.may_decode:
        raise GateBroken("sandbox_missing", f"{status.reason} {status.remedy}")
    chosen = tier if tier is not None else (status.tier if status is not None else Tier.NONE)
    with contextlib.ExitStack() as stack:
        cell = prepared(chosen, source, beside, caps, stack)
        return Run(cell, script, source, caps, names, sink, early, on_line).execute()


def _status(tier: Tier, refusals: str) -> SandboxStatus:
    if tier is Tier.BUBBLEWRAP:
        if platform.machine().lower() in seccomp.ARCHITECTURES:
            return SandboxStatus(tier, "Decoders run in bubblewrap with a seccomp filter.", "")
        return SandboxStatus(
            tier,
            f"Decoders run in bubblewrap; there is no seccomp filter for {platform.machine()}.",
            "Run Wardcast on x86_64 or aarch64 for the stronger sandbox.",
        )
    if tier is Tier.LANDLOCK:
        return SandboxStatus(
            tier,
            "Decoders run under Landlock and seccomp, since bubblewrap does not work here "
            f"({refusals}).",
            "Install bubblewrap and allow user namespaces for the stronger sandbox.",
        )
    remedy = (
        "Install bubblewrap (apt-get install bubblewrap) and allow user namespaces, or run a "
        "kernel with "
        "Landlock."
    )
    if os.environ.get(UNSAFE_OVERRIDE) == "1":
        return SandboxStatus(
            tier,
            f"UNSAFE: decoders run with no sandbox at all, because {UNSAFE_OVERRIDE}=1 is set: a "
            "hostile "
            f"video can read every draft and key that this account can read ({refusals}).",
            f"{remedy} Then unset {UNSAFE_OVERRIDE}.",
            unsafe_override=True,
        )
    return SandboxStatus(tier, f"No sandbox for decoders works here ({refusals}).", remedy)


def _refusal(tier: Tier) -> str | None:
    """Why the tier does not work here, or None when it does."""
    caps = Caps(wall_seconds=20, memory_bytes=2_000_000_000, output_bytes=1_000_000)
    script = "ffprobe -version >version.txt"
    try:
        finished = run(
            script, source=None, caps=caps, names=re.compile("version.txt"), sink=_ignore, tier=tier
        )
    except GateBroken as broken:
        return broken.log or broken.detail
    if finished.ok:
        return None
    return " ".join(finished.log) or f"ffprobe ended with status {finished.status}"


def _ignore(name: str, data: BinaryIO) -> None:
    """A sink for a run whose files nobody needs."""
