"""``python -m wardcast.gate.landlock``: confine this process by Landlock and seccomp, then run a
command.

The fallback where user namespaces are off, so that bubblewrap cannot run. Landlock (Linux 5.13 and
newer, see landlock(7)) leaves the process the system's programs and libraries for reading and one
folder for writing; the seccomp filter of `wardcast.gate.seccomp` takes the network. Weaker than
bubblewrap: the process sees the names of others in /proc, and its memory disk has no cap of its
own.

Arguments: ``--write FOLDER``, ``--read PATH…``, ``--filter FD`` and, after ``--``, the command.
"""

import argparse
import ctypes
import os
import signal
import sys
from typing import Final

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""The same numbers on every architecture."""
_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_SET_PDEATHSIG, _SET_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 1, 38, 22, 2

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_FILE_RIGHTS: Final = _EXECUTE | _WRITE_FILE | _READ_FILE
_RIGHTS_BY_VERSION: Final = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights on files each version of Landlock knows."""
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15

_libc = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = [("handled_access_fs", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32)]


class _FilterProgram(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def version() -> int:
    """Which version of Landlock this kernel has; 0 for none."""
    found: int = _libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    return max(0, found)


def confine(write: str, read: list[str]) -> None:
    """Leave this process only ``read`` (and running programs there) and the folder ``write``, for
    good.

    Raises OSError where Landlock is missing or a path is.
    """
    rights = (1 << _RIGHTS_BY_VERSION.get(version(), 16)) - 1
    ruleset = _Ruleset(rights)
    descriptor = _checked(
        _libc.syscall(
            _CREATE_RULESET,
            ctypes.byref(ruleset),
            ctypes.c_size_t(ctypes.sizeof(ruleset)),
            ctypes.c_uint32(0),
        )
    )
    _allow(descriptor, write, rights & ~_EXECUTE)
    for path in read:
        _allow(descriptor, path, _EXECUTE | _READ_FILE | _READ_DIR)
    for path in ("/dev/null", "/dev/zero", "/dev/urandom"):
        _allow(descriptor, path, (_READ_FILE | _WRITE_FILE | _IOCTL | _TRUNCATE) & rights)
    _checked(_libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _checked(_libc.syscall(_RESTRICT_SELF, ctypes.c_int(descriptor), ctypes.c_uint32(0)))
    os.close(descriptor)


def _allow(ruleset: int, path: str, rights: int) -> None:
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    if not os.path.isdir(path):  # noqa: PTH112 (one call on an untyped path, before confinement)
        rights &= _FILE_RIGHTS | _TRUNCATE | _IOCTL
    rule = _PathBeneath(rights, parent)
    _checked(
        _libc.syscall(
            _ADD_RULE,
            ctypes.c_int(ruleset),
            ctypes.c_int(_PATH_BENEATH),
            ctypes.byref(rule),
            ctypes.c_uint32(0),
        )
    )
    os.close(parent)


def deny_calls(program: bytes) -> None:
    """Install the seccomp filter in this process, for good."""
    argument = _FilterProgram(len(program) // 8, program)
    _checked(_libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(argument), 0, 0))


def die_with_parent() -> None:
    """End this process when the thread that started it ends."""
    _checked(_libc.prctl(_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def main(arguments: list[str]) -> None:
    """Confine this process and become the command."""
    parser = argparse.ArgumentParser(prog="python -m wardcast.gate.landlock")
    parser.add_argument("--write", required=True)
    parser.add_argument("--read", action="append", default=[])
    parser.add_argument("--filter", type=int, required=True)
    parser.add_argument("command", nargs="+")
    wanted = parser.parse_args(arguments)
    die_with_parent()
    with os.fdopen(wanted.filter, "rb") as stream:
        program = stream.read()
    os.chdir(wanted.write)
    confine(wanted.write, wanted.read)
    deny_calls(program)
    os.execv(wanted.command[0], wanted.command)  # noqa: S606 (the command comes from the sandbox)


if __name__ == "__main__":
    main(sys.argv[1:])
