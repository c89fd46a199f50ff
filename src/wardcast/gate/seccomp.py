"""A seccomp filter for decoders, assembled here: what a codec never needs answers EPERM.

The filter is classic BPF (``struct sock_filter``: u16 code, u8 jt, u8 jf, u32 k) over ``struct
seccomp_data`` (u32 nr, u32 arch, u64 ip, u64 args[6]); see seccomp(2). A call through another
architecture's table (i386 or x32 on x86_64) kills the process, since its numbers mean other calls.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_JUMP_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_JUMP_ANY_BIT = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K

_AT_NR, _AT_ARCH, _AT_FIRST_ARGUMENT = 0, 4, 16
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_X32_BIT = 0x40000000
_NEW_NAMESPACES = 0x7E020080
"""CLONE_NEWUSER, NEWNS, NEWPID, NEWNET, NEWIPC, NEWUTS, NEWCGROUP and NEWTIME."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """A machine's audit number and its numbers of the calls that are denied."""

    audit: int
    clone: int
    clone3: int
    denied: Mapping[str, int]
    has_x32: bool = False


X86_64 = Architecture(
    audit=0xC000003E,
    clone=56,
    clone3=435,
    has_x32=True,
    denied={
        "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "socketpair": 53,
        "ptrace": 101, "syslog": 103, "personality": 135, "pivot_root": 155, "adjtimex": 159,
        "chroot": 161, "acct": 163, "settimeofday": 164, "mount": 165, "umount2": 166,
        "swapon": 167, "swapoff": 168, "reboot": 169, "iopl": 172, "ioperm": 173,
        "init_module": 175,
        "delete_module": 176, "quotactl": 179, "clock_settime": 227, "kexec_load": 246,
        "add_key": 248, "request_key": 249, "keyctl": 250, "unshare": 272, "accept4": 288,
        "perf_event_open": 298, "name_to_handle_at": 303, "open_by_handle_at": 304,
        "clock_adjtime": 305, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311,
        "kcmp": 312, "finit_module": 313, "kexec_file_load": 320, "bpf": 321, "userfaultfd": 323,
        "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428,
        "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
        "pidfd_getfd": 438, "mount_setattr": 442,
    },
)  # fmt: skip

AARCH64 = Architecture(
    audit=0xC00000B7,
    clone=220,
    clone3=435,
    denied={
        "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "quotactl": 60, "acct": 89,
        "personality": 92, "unshare": 97, "kexec_load": 104, "init_module": 105,
        "delete_module": 106, "clock_settime": 112, "syslog": 116, "ptrace": 117, "reboot": 142,
        "settimeofday": 170, "adjtimex": 171, "socket": 198, "socketpair": 199, "bind": 200,
        "listen": 201, "accept": 202, "connect": 203, "add_key": 217, "request_key": 218,
        "keyctl": 219, "swapon": 224, "swapoff": 225, "perf_event_open": 241, "accept4": 242,
        "name_to_handle_at": 264, "open_by_handle_at": 265, "clock_adjtime": 266, "setns": 268,
        "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272, "finit_module": 273,
        "bpf": 280, "userfaultfd": 282, "kexec_file_load": 294, "io_uring_setup": 425,
        "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428, "move_mount": 429,
        "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433, "pidfd_getfd": 438,
        "mount_setattr": 442,
    },
)  # fmt: skip

ARCHITECTURES: Mapping[str, Architecture] = {
    "x86_64": X86_64,
    "amd64": X86_64,
    "aarch64": AARCH64,
    "arm64": AARCH64,
}
"""By ``platform.machine()``."""


def program(architecture: Architecture) -> bytes:
    """The filter's bytes for ``bwrap --seccomp`` or ``PR_SET_SECCOMP``.

    Denied calls answer EPERM. ``clone3`` answers ENOSYS, so that glibc falls back to ``clone``,
    whose flags a filter can read: those that make a namespace answer EPERM.
    """
    code = [
        _instruction(_LOAD, _AT_ARCH),
        _instruction(_JUMP_EQUAL, architecture.audit, jump_true=1),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _AT_NR),
    ]
    if architecture.has_x32:
        code += [
            _instruction(_JUMP_AT_LEAST, _X32_BIT, jump_false=1),
            _instruction(_RETURN, _KILL),
        ]
    for number in sorted(architecture.denied.values()):
        code += [
            _instruction(_JUMP_EQUAL, number, jump_false=1),
            _instruction(_RETURN, _ERRNO | _EPERM),
        ]
    code += [
        _instruction(_JUMP_EQUAL, architecture.clone3, jump_false=1),
        _instruction(_RETURN, _ERRNO | _ENOSYS),
        _instruction(_JUMP_EQUAL, architecture.clone, jump_false=3),
        _instruction(_LOAD, _AT_FIRST_ARGUMENT),
        _instruction(_JUMP_ANY_BIT, _NEW_NAMESPACES, jump_false=1),
        _instruction(_RETURN, _ERRNO | _EPERM),
        _instruction(_RETURN, _ALLOW),
    ]
    return b"".join(code)


def _instruction(code: int, k: int, *, jump_true: int = 0, jump_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, jump_true, jump_false, k)
