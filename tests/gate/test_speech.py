"""What recognisers hear is the clip's own sound, on the clip's own clock."""

import subprocess
from array import array
from pathlib import Path

from wardcast.gate.probe import probe
from wardcast.gate.source import BytesSource
from wardcast.gate.speech import RATE, speech_sound


def clip(path: Path, *sound: str) -> BytesSource:
    subprocess.run(
        [
            *"ffmpeg -nostdin -v error -y -f lavfi -i color=size=90x160:rate=10:duration=3".split(),
            *sound,
            *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -f mp4".split(),
            str(path),
        ],
        check=True,
    )
    return BytesSource(path.read_bytes())


def test_a_tone_is_heard_when_it_sounds(tmp_path: Path) -> None:
    tone = "sine=frequency=440:sample_rate=48000:duration=3,volume=0:enable='lt(t,2)'"
    source = clip(tmp_path / "tone.mp4", "-f", "lavfi", "-i", tone)
    samples = array("h", speech_sound(source, probe(source)))
    assert abs(len(samples) - 3 * RATE) < RATE // 10
    loud = [number for number, sample in enumerate(samples) if abs(sample) > 500]
    assert abs(loud[0] - 2 * RATE) < RATE // 50
    assert max(map(abs, samples[: int(1.9 * RATE)])) < 100


def test_a_clip_without_sound_is_silent(tmp_path: Path) -> None:
    source = clip(tmp_path / "mute.mp4")
    assert speech_sound(source, probe(source)) == b""
