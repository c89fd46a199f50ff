"""Real speech for tests, by ffmpeg's own synthesiser (flite) where it has one."""

import subprocess
from functools import cache
from pathlib import Path

import pytest


@cache
def speech(text: str, voice: str = "slt") -> bytes:
    """The text said aloud: 16 kHz mono, signed 16 bits. Skips where ffmpeg has no flite."""
    words = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"flite=text='{text}':voice={voice}"]
    made = subprocess.run(
        [*words, "-ar", "16000", "-ac", "1", "-f", "s16le", "-"], capture_output=True, check=False
    )
    if made.returncode or not made.stdout:
        pytest.skip("this ffmpeg cannot speak (it has no flite)")
    return made.stdout


def clip_saying(text: str, folder: Path) -> bytes:
    """A small upright clip in which this is said."""
    return clip_of(speech(text), folder)


def clip_of(pcm: bytes, folder: Path) -> bytes:
    """A small upright clip with this sound."""
    (folder / "voice.pcm").write_bytes(pcm)
    out = folder / "clip.mp4"
    subprocess.run(
        [
            *"ffmpeg -nostdin -v error -y -f lavfi -i color=s=90x160:r=10:d=60".split(),
            *"-f s16le -ar 16000 -ac 1 -i".split(), str(folder / "voice.pcm"),
            *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -shortest".split(), str(out),
        ],
        check=True,
    )  # fmt: skip
    return out.read_bytes()
