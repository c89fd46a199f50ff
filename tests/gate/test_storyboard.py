"""The storyboard names a tile for each moment, and its sheet holds that tile."""

import io
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from wardcast.gate.edits import NO_EDITS
from wardcast.gate.ladder import Rung
from wardcast.gate.probe import probe
from wardcast.gate.render import render
from wardcast.gate.storyboard import Sheet

_CUE = re.compile(r"([0-9:.]+) --> ([0-9:.]+)\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)")


@pytest.mark.parametrize("name", ["ten_seconds.mp4", "silent.mp4", "hdr.mov", "browser.webm"])
def test_every_tile_lies_on_the_sheet(name: str, clips) -> None:
    source = clips.source(name)
    found = probe(source)
    files: dict[str, bytes] = {}
    rendered = render(
        source,
        found,
        NO_EDITS,
        [Rung("90", 90, 100, 1)],
        sink=lambda name, data: files.update({name: data.read()}),
        clip=False,
    )
    assert [file.media_type for file in rendered.storyboard] == ["image/jpeg", "text/vtt"]
    width, height = Image.open(io.BytesIO(files["storyboard.jpg"])).size
    cues = _CUE.findall(files["storyboard.vtt"].decode())
    assert len(cues) == -(-found.video_ms // 1000)
    for _, _, sheet, *corner in cues:
        x, y, wide, high = map(int, corner)
        assert sheet == "storyboard.jpg"
        assert x + wide <= width
        assert y + high <= height


@given(st.integers(1, 3_600_000))
def test_every_moment_has_one_tile(duration_ms: int) -> None:
    every = max(1_000, -(-duration_ms // 100))
    sheet = Sheet(every, -(-duration_ms // every), 90, 160)
    cues = _CUE.findall(sheet.webvtt(duration_ms))
    assert sheet.count == len(cues) <= 100
    assert cues[0][0] == "00:00:00.000"
    assert all(one[1] == other[0] for one, other in pairwise(cues))
    assert len({tuple(cue[3:5]) for cue in cues}) == len(cues)
