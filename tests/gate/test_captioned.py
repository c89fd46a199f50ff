"""A clip with its captions in the picture: what is written is seen, and the rest is as it was."""

import io
from pathlib import Path
from typing import BinaryIO

import pytest

from gate.conftest import ffmpeg
from wardcast.gate.captioned import Picture, captioned
from wardcast.gate.errors import FileRefused
from wardcast.gate.source import BytesSource
from wardcast.gate.subtitles import Cue

pytestmark = pytest.mark.slow

SIZES = {"upright": (180, 320), "square": (240, 240), "wide": (320, 180)}


def grey(width: int, height: int, folder: Path, *, sound: bool = True) -> bytes:
    """Two grey seconds, as the gate leaves a clip."""
    path = folder / "grey.mp4"
    audio = "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=2 -c:a aac" if sound else ""
    ffmpeg(
        *f"-f lavfi -i color=gray:s={width}x{height}:r=10:d=2 {audio}".split(),
        *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -map_metadata -1".split(), path,
    )  # fmt: skip
    return path.read_bytes()


def burned(clip: bytes, size: tuple[int, int], *cues: Cue, sound: bool = True) -> bytes:
    made: dict[str, bytes] = {}

    def keep(name: str, data: BinaryIO) -> None:
        made[name] = data.read()

    captioned(BytesSource(clip), Picture(*size, 20, sound), cues, sink=keep)
    assert list(made) == ["clip.mp4"]
    return made["clip.mp4"]


def rows_drawn_on(clip: bytes, size: tuple[int, int], at_s: float, folder: Path) -> list[int]:
    """The rows of the picture at a moment that hold something white."""
    path, raw = folder / "made.mp4", folder / "made.gray"
    path.write_bytes(clip)
    ffmpeg(
        "-ss", str(at_s), "-i", path, "-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo", raw
    )
    data, width = raw.read_bytes(), size[0]
    return [y for y in range(size[1]) if max(data[y * width : (y + 1) * width]) > 200]


@pytest.mark.parametrize("shape", SIZES)
def test_a_caption_is_seen_in_its_time_and_in_the_lower_third(shape: str, tmp_path: Path) -> None:
    size = SIZES[shape]
    made = burned(grey(*size, tmp_path), size, Cue(500, 1500, "Shake it first"))
    drawn = rows_drawn_on(made, size, 1.0, tmp_path)
    assert len(drawn) > size[1] / 40
    assert drawn[0] > size[1] * 0.6
    assert drawn[-1] < size[1] * 0.96
    for at in (0.2, 1.8):
        assert rows_drawn_on(made, size, at, tmp_path) == []


def test_a_command_in_a_caption_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    size = SIZES["upright"]
    text = r"{\an8}{\pos(10,10)}Top"
    made = burned(grey(*size, tmp_path), size, Cue(0, 2000, text))
    assert min(rows_drawn_on(made, size, 1.0, tmp_path)) > size[1] * 0.5


def test_the_sound_is_the_same_to_the_bit(tmp_path: Path) -> None:
    def sound(clip: bytes) -> bytes:
        (tmp_path / "of.mp4").write_bytes(clip)
        out = tmp_path / "of.aac"
        ffmpeg("-i", tmp_path / "of.mp4", "-map", "0:a", "-c", "copy", "-f", "adts", out)
        return out.read_bytes()

    size = SIZES["wide"]
    clip = grey(*size, tmp_path)
    assert sound(burned(clip, size, Cue(0, 900, "Shake it"))) == sound(clip)


def test_a_clip_without_sound_gets_captions_too(tmp_path: Path) -> None:
    size = SIZES["square"]
    made = burned(grey(*size, tmp_path, sound=False), size, Cue(0, 2000, "Mute"), sound=False)
    assert rows_drawn_on(made, size, 1.0, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "\u0647\u0632 \u0627\u0644\u0628\u062e\u0627\u062e\u0629",
        "\u0412\u0441\u0442\u0440\u044f\u0445",
        "\u0394\u03cc\u03c3\u03b7 \u00bd \u00b5g \u2265 5",
    ],
)
def test_letters_of_other_scripts_are_drawn(text: str, tmp_path: Path) -> None:
    size = SIZES["square"]
    made = burned(grey(*size, tmp_path), size, Cue(0, 2000, text))
    assert rows_drawn_on(made, size, 1.0, tmp_path)


def test_letters_that_no_typeface_has_are_named_instead_of_drawn_as_boxes(tmp_path: Path) -> None:
    size = SIZES["square"]
    unknown = "\U0001b170\U0001b171"  # Nushu, of which Debian's common typefaces have none
    with pytest.raises(FileRefused) as refused:
        burned(grey(*size, tmp_path), size, Cue(0, 2000, f"Shake {unknown} it"))
    assert refused.value.code == "letters_missing"
    assert all(letter in refused.value.detail for letter in unknown)
    assert "without captions" in refused.value.detail


def test_what_comes_out_carries_no_word_beside_the_picture(tmp_path: Path) -> None:
    size = SIZES["square"]
    made = burned(grey(*size, tmp_path), size, Cue(0, 2000, "Zebrafinch"))
    assert b"Zebrafinch" not in made
    assert io.BytesIO(made).read(12)[4:8] == b"ftyp"
