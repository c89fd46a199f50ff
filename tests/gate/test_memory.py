"""Blocks of a picture's size are kept for the next picture instead of being fetched anew."""

import subprocess
import sys

import pytest

from wardcast.gate.memory import keep_blocks

_FAULTS = """
import resource
from wardcast.gate.memory import keep_blocks
if {keep}:
    keep_blocks()
def pictures():
    for _ in range(50):
        held = [bytes(3_000_000) for _ in range(4)]
pictures()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
pictures()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(keep: bool) -> int:
    words = [sys.executable, "-c", _FAULTS.format(keep=keep)]
    return int(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(not keep_blocks(), reason="this C library cannot be told to keep memory")
def test_pictures_come_from_memory_that_was_kept() -> None:
    assert faults(keep=True) < faults(keep=False) / 10
