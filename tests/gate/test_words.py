"""The words of a file's own tracks are read where somebody asks, and refused where nobody does."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from wardcast.gate.errors import FileRefused
from wardcast.gate.limits import DEFAULT_LIMITS
from wardcast.gate.probe import probe
from wardcast.gate.source import BytesSource
from wardcast.gate.words import text_tracks

READING = replace(DEFAULT_LIMITS, text_tracks=True)
SRT = "1\n00:00:00,500 --> 00:00:01,200\nHarold Baker\n\n2\n00:00:01,200 --> 00:00:02,000\ncame\n"


def clip(path: Path, codec: str, *more: str) -> BytesSource:
    """Three seconds, and a track of words."""
    (path.parent / "words.srt").write_text(SRT)
    subprocess.run(
        [
            *"ffmpeg -nostdin -v error -y -f lavfi -i color=size=90x160:rate=10:duration=3".split(),
            *("-i", str(path.parent / "words.srt"), "-map", "0:v", "-map", "1"),
            *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:s".split(), codec, *more,
            str(path),
        ],
        check=True,
    )  # fmt: skip
    return BytesSource(path.read_bytes())


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.mp4", "mov_text"), ("a.mov", "mov_text"), ("a.mkv", "srt"), ("a.mkv", "ass")],
)
def test_a_track_is_read_with_its_times_and_language(tmp_path: Path, name: str, codec: str) -> None:
    source = clip(tmp_path / name, codec, "-metadata:s:s:0", "language=eng")
    (track,) = text_tracks(source, probe(source, READING), READING)
    assert track.language == "eng"
    assert "00:00.500 --> 00:01.200\nHarold Baker" in track.webvtt
    assert "00:01.200 --> 00:02.000\ncame" in track.webvtt


def test_times_count_from_the_first_picture(tmp_path: Path) -> None:
    source = clip(tmp_path / "late.mkv", "srt", "-output_ts_offset", "1")
    (track,) = text_tracks(source, probe(source, READING), READING)
    assert track.zero_ms == -1_000
    assert "00:01.500 --> " in track.webvtt


def test_a_house_that_shows_nobody_the_words_refuses_the_file(tmp_path: Path) -> None:
    source = clip(tmp_path / "a.mp4", "mov_text")
    with pytest.raises(FileRefused, match="Export it without subtitles") as refused:
        probe(source)
    assert refused.value.code == "codec_not_accepted"


def test_a_file_without_such_a_track_has_no_words(tmp_path: Path) -> None:
    source = clip(tmp_path / "a.mkv", "srt", "-sn")
    assert text_tracks(source, probe(source, READING), READING) == ()
