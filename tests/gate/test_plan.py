from dataclasses import replace

import pytest

from wardcast.gate.edits import NO_EDITS
from wardcast.gate.ladder import DEFAULT_LADDER, Rung
from wardcast.gate.limits import DEFAULT_LIMITS
from wardcast.gate.plan import Plan, script
from wardcast.gate.probe import Probe, probe

LOWEST, *_, HIGHEST = DEFAULT_LADDER.rungs


@pytest.fixture
def camera(clips) -> Probe:
    """Ten seconds in 1080 × 1920, as a camera stores them."""
    found = probe(clips.source("phone.mp4"))
    return replace(found, width=1080, height=1920, frame_count=300)


def plan(of: Probe, *rungs: Rung, megabytes: float = 12, clip: bool = False) -> Plan:
    size = round(megabytes * 1e6)
    return Plan(of, NO_EDITS, rungs, clip, False, DEFAULT_LIMITS, source_bytes=size)


def test_only_what_is_shrunk_is_decoded_without_its_deblocking_filter(camera: Probe) -> None:
    assert "-skip_loop_filter all" in script(plan(camera, LOWEST))
    assert "-skip_loop_filter" not in script(plan(camera, LOWEST, HIGHEST))


def test_where_bits_were_scarce_blocks_would_be_seen(camera: Probe) -> None:
    assert not plan(camera, LOWEST, megabytes=4).may_skip_deblocking
    assert not plan(replace(camera, video_codec="vp9"), LOWEST).may_skip_deblocking


def test_the_mp4_stands_for_the_rung_that_it_was_copied_from(camera: Probe) -> None:
    reads = script(plan(camera, LOWEST, HIGHEST, clip=True)).count("ffprobe")
    assert reads == 2
    assert script(plan(camera, LOWEST, HIGHEST)).count("ffprobe") == 2
