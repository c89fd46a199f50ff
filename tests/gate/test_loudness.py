"""Every clip is about as loud as the next, and what was muted stays silent."""

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.gate.edits import NO_EDITS, EditList, Mute
from wardcast.gate.ladder import Rung
from wardcast.gate.loudness import (
    MOST_GAIN_DB,
    SILENT_LUFS,
    TARGET_LUFS,
    Loudness,
    level_for,
    level_of,
    read_report,
)
from wardcast.gate.probe import probe
from wardcast.gate.render import render
from wardcast.gate.sound import AS_IT_IS, CEILING_DB
from wardcast.gate.source import BytesSource

RUNG = Rung("90", 90, 100, 1)
# Speech-like: bursts of pink noise, with clicks far above it where `clicks` says so.
_SPEECH = "anoisesrc=color=pink:seed=7:sample_rate=48000:duration=4:amplitude={amplitude}"
_BURSTS = "volume='0.3+0.7*gt(sin(2*PI*1.5*t),0)':eval=frame"


def recorded(path: Path, amplitude: float, extra: str = "anull") -> BytesSource:
    subprocess.run(
        [
            *"ffmpeg -nostdin -v error -y -f lavfi -i color=size=90x160:rate=10:duration=4".split(),
            *("-f", "lavfi", "-i", _SPEECH.format(amplitude=amplitude)),
            *("-af", f"{_BURSTS},{extra}"),
            *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -b:a 128k -f mp4".split(),
            str(path),
        ],
        check=True,
    )
    return BytesSource(path.read_bytes())


def rendered(source: BytesSource, edits: EditList = NO_EDITS) -> bytes:
    found = probe(source)
    files: dict[str, bytes] = {}
    render(
        source,
        found,
        edits,
        [RUNG],
        sink=lambda name, data: files.update({name: data.read()}),
        poster=False,
        level=level_for(source, found, edits),
    )
    return files["clip.mp4"]


def heard(data: bytes, tmp_path: Path, chain: str = "anull") -> Loudness:
    path = tmp_path / "heard.mp4"
    path.write_bytes(data)
    words = ["ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-i", str(path), "-vn"]
    words += ["-af", f"{chain},ebur128=peak=true:framelog=verbose", "-f", "null", "-"]
    return read_report(subprocess.run(words, check=True, capture_output=True, text=True).stderr)


@pytest.mark.parametrize("amplitude", [0.05, 0.3, 1.0])
def test_quiet_and_loud_recordings_end_up_equally_loud(amplitude: float, tmp_path: Path) -> None:
    found = heard(rendered(recorded(tmp_path / "a.mp4", amplitude)), tmp_path)
    assert abs(found.lufs - TARGET_LUFS) <= 1
    assert found.peak_db <= 0


def test_a_knock_on_the_microphone_is_held_and_leaves_the_speech_as_loud(tmp_path: Path) -> None:
    knock = "volume='if(between(t,2,2.02),20,1)':eval=frame"
    found = heard(rendered(recorded(tmp_path / "a.mp4", 0.1, knock)), tmp_path)
    assert abs(found.lufs - TARGET_LUFS) <= 1
    assert found.peak_db <= 0


def test_silence_is_left_alone(tmp_path: Path) -> None:
    source = recorded(tmp_path / "a.mp4", 0.0001)
    assert level_for(source, probe(source), NO_EDITS) == AS_IT_IS


def test_a_clip_without_sound_and_a_very_short_one_are_left_alone(clips, tmp_path: Path) -> None:
    silent = clips.source("silent.mp4")
    assert level_for(silent, probe(silent), NO_EDITS) == AS_IT_IS
    short = tmp_path / "short.mp4"
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-i", str(clips.path("phone.mp4")), "-t", "0.5",
         *"-c:v libx264 -preset ultrafast -c:a aac".split(), str(short)],
        check=True,
    )  # fmt: skip
    source = BytesSource(short.read_bytes())
    assert level_for(source, probe(source), NO_EDITS) == AS_IT_IS


def test_what_is_muted_neither_counts_nor_comes_back(tmp_path: Path) -> None:
    shout = "volume='if(between(t,1,2),30,1)':eval=frame"
    source = recorded(tmp_path / "a.mp4", 0.05, shout)
    data = rendered(source, EditList((Mute(950, 2_050, "silence"),)))
    assert abs(heard(data, tmp_path).lufs - TARGET_LUFS) <= 1
    path = tmp_path / "heard.mp4"
    words = ["ffmpeg", "-nostdin", "-i", str(path), "-vn", "-af"]
    words += ["atrim=0.99:2.01,volumedetect", "-f", "null", "-"]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stderr
    match = re.search(r"max_volume: (-?[\d.]+) dB", said)
    assert match
    assert float(match[1]) < -60


def test_a_bleep_is_as_loud_as_ever(tmp_path: Path) -> None:
    source = recorded(tmp_path / "a.mp4", 0.05)
    found = probe(source)
    edits = EditList((Mute(1_000, 2_000, "bleep"),))
    assert abs(
        level_for(source, found, edits).gain_db
        - level_for(source, found, EditList((Mute(1_000, 2_000),))).gain_db
    ) < 0.01  # fmt: skip


@given(st.floats(-120, 20), st.floats(-120, 20))
def test_no_gain_takes_loudness_past_the_target_nor_peaks_past_the_ceiling(
    lufs: float, peak_db: float
) -> None:
    level = level_of(Loudness(lufs, peak_db))
    assert level.gain_db <= MOST_GAIN_DB
    if lufs <= SILENT_LUFS:
        assert level == AS_IT_IS
    else:
        assert lufs + level.gain_db <= TARGET_LUFS + 0.01
        assert level.limited or peak_db + level.gain_db <= CEILING_DB


@pytest.mark.parametrize("said", ["", "Summary:\n  I:  nan LUFS\n  Peak:  -inf dBFS\n"])
def test_what_cannot_be_measured_counts_as_silence(said: str) -> None:
    assert level_of(read_report(said)) == AS_IT_IS


def test_a_title_that_looks_like_a_measurement_is_not_taken_for_one() -> None:
    said = "  I: 20.0 LUFS\nSummary:\n    I:         -23.0 LUFS\n    Peak:       -6.0 dBFS\n"
    assert read_report(said) == Loudness(-23.0, -6.0)
