"""A file's own subtitles are captions, and none of them is left in what is written."""

import json
import subprocess
from pathlib import Path

import pytest

from drawn import clip as drawn_clip
from wardcast.check import Material, parse_captions
from wardcast.check.clips.tracks import with_tracks
from wardcast.check.transcript import from_cues
from wardcast.gate.words import TextTrack
from wardcast.project.cli import main

SRT = (
    "1\n00:00:00,100 --> 00:00:00,900\nMy patient Harold Baker came in\n\n"
    "2\n00:00:01,000 --> 00:00:01,900\nwith a cough\n"
)
HEAD = "WEBVTT\n\n00:01.000 --> 00:02.000\n"


@pytest.fixture
def titled(tmp_path: Path) -> Path:
    """A silent MP4 with a track of words."""
    drawn_clip(tmp_path / "plain.mp4", 2, lambda picture, _: None)
    (tmp_path / "words.srt").write_text(SRT)
    clip = tmp_path / "titled.mp4"
    inputs = ["-i", str(tmp_path / "plain.mp4"), "-i", str(tmp_path / "words.srt")]
    kept = "-map 0 -map 1 -c:v copy -c:s mov_text".split()
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *inputs, *kept, str(clip)], check=True)
    return clip


@pytest.mark.slow
def test_subtitles_are_read_and_none_comes_out(
    titled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert b"Harold Baker" in titled.read_bytes()
    assert main(["check", str(titled), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(each["channel"], each["text"]) for each in found if each["kind"] == "name"] == [
        ("captions", "Harold Baker")
    ]
    out = titled.with_name("clean.mp4")
    assert main(["redact", str(titled), "-o", str(out), "--all"]) == 0
    asked = "ffprobe -v error -show_entries stream=codec_type -of csv=p=0"
    assert subprocess.check_output([*asked.split(), str(out)], text=True).split() == ["video"]
    assert b"Harold" not in out.read_bytes()
    captions = parse_captions(out.with_suffix(".vtt").read_text())
    assert captions.text == "My patient [removed] came in\nwith a cough"


def test_what_is_in_english_or_does_not_say_is_the_captions() -> None:
    tracks = [TextTrack("und", f"{HEAD}One", -500), TextTrack("eng", f"{HEAD}Two", 0)]
    captions = with_tracks(Material(), tracks).captions
    assert captions is not None
    assert [(cue.start_ms, cue.text) for cue in captions.cues] == [(500, "One"), (1_000, "Two")]


def test_a_language_is_a_channel_and_so_is_english_beside_given_captions() -> None:
    given = from_cues([(0, 900, "Given")])
    tracks = [TextTrack("ger", f"{HEAD}Zwei", 0), TextTrack("", f"{HEAD}Two", 0)]
    found = with_tracks(Material(captions=given), tracks)
    assert found.captions == given
    assert {tag: each.text for tag, each in found.translations} == {"ger": "Zwei", "en": "Two"}
    assert set(found.texts()) == {"captions", "captions.ger", "captions.en"}
