"""Ties a process's life to its parent's (Linux `prctl`)."""

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1  # prctl(2)


def die_with_parent() -> None:
    """Has the kernel kill this process when its parent dies, however that happens.

    The setting is not inherited: each process of the tree asks for itself. Elsewhere than on Linux
    it does nothing, and the supervisor's own care is what there is.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
