import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.gate.seccomp import AARCH64, X86_64, Architecture, program

ALLOW, KILL, EPERM, ENOSYS = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
both = pytest.mark.parametrize("machine", [X86_64, AARCH64])


def answer(code: bytes, *, nr: int, arch: int, first: int = 0) -> int:
    """What the kernel would answer: the few instructions of classic BPF that a filter uses."""
    data = struct.pack("<IIQ6Q", nr, arch, 0, first, 0, 0, 0, 0, 0)
    lines = list(struct.iter_unpack("=HBBI", code))
    at, accumulator = 0, 0
    while True:
        op, when_true, when_false, k = lines[at]
        at += 1
        if op == 0x20:
            accumulator = struct.unpack_from("<I", data, k)[0]
        elif op == 0x06:
            return int(k)
        else:
            holds = {0x15: accumulator == k, 0x35: accumulator >= k, 0x45: bool(accumulator & k)}[
                op
            ]
            at += when_true if holds else when_false


@both
def test_every_denied_call_answers_eperm(machine: Architecture) -> None:
    code = program(machine)
    for number in machine.denied.values():
        assert answer(code, nr=number, arch=machine.audit) == EPERM


@both
def test_both_machines_deny_the_same_calls_by_name(machine: Architecture) -> None:
    only_on_intel = {"iopl", "ioperm"}
    assert set(machine.denied) | only_on_intel == set(X86_64.denied)


@both
@given(number=st.integers(0, 2_000))
def test_all_other_calls_are_allowed(machine: Architecture, number: int) -> None:
    special = {*machine.denied.values(), machine.clone, machine.clone3}
    if number not in special:
        assert answer(program(machine), nr=number, arch=machine.audit) == ALLOW


@both
def test_a_call_of_another_architecture_kills(machine: Architecture) -> None:
    assert answer(program(machine), nr=0, arch=0x40000003) == KILL


def test_a_call_through_the_x32_table_kills() -> None:
    assert answer(program(X86_64), nr=0x40000000 | 41, arch=X86_64.audit) == KILL


@both
def test_threads_may_be_made_but_no_namespaces(machine: Architecture) -> None:
    code = program(machine)
    threads, new_user = 0x3D0F00, 0x10000000
    assert answer(code, nr=machine.clone, arch=machine.audit, first=threads) == ALLOW
    assert answer(code, nr=machine.clone, arch=machine.audit, first=threads | new_user) == EPERM
    assert answer(code, nr=machine.clone3, arch=machine.audit) == ENOSYS
