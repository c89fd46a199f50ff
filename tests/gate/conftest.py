"""Tiny clips like those that phones and browsers make, and files that pretend to be clips."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

import pytest

from wardcast.gate.source import BytesSource

GPS = "+51.4988-000.1749/"
TITLE = "Ward round with M. Fictional"
COMMENT = "bed seven, do not share"
MAKE = "Examplephone"
SECRET_HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://{path}\n#EXT-X-ENDLIST\n"

_PICTURE = "testsrc2=size={size}:rate={rate}:duration={seconds}"
_SOUND = "sine=frequency=440:sample_rate=48000:duration={seconds}"
_H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def ffmpeg(*words: str | Path) -> None:
    """Run the real ffmpeg on our own input."""
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, words)], check=True)


def _inputs(size: str, rate: str, seconds: str, *, sound: bool = True) -> list[str]:
    words = ["-f", "lavfi", "-i", _PICTURE.format(size=size, rate=rate, seconds=seconds)]
    if sound:
        words += ["-f", "lavfi", "-i", _SOUND.format(seconds=seconds)]
    return words


def _phone(path: Path) -> None:
    """A portrait clip as a phone stores it: sideways, with a turn, and with its owner's traces."""
    flat = path.with_name("flat.mp4")
    ffmpeg(*_inputs("320x180", "30", "2"), *_H264, "-c:a", "aac", "-f", "mp4", flat)
    ffmpeg(
        *("-i", flat, "-c", "copy", "-metadata:s:v:0", "rotate=90"),
        *("-metadata", f"location={GPS}", "-metadata", f"title={TITLE}"),
        *("-metadata", f"comment={COMMENT}", "-metadata", f"make={MAKE}"),
        *("-metadata", "creation_time=2026-03-04T05:06:07Z"),
        *("-movflags", "use_metadata_tags", "-f", "mp4", path),
    )


def _browser(path: Path) -> None:
    """A WebM as a browser records it: VP8 and Opus, and no length in its header."""
    ffmpeg(
        *_inputs("180x320", "20", "2"),
        *("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "300k"),
        *("-c:a", "libopus", "-f", "webm", "-live", "1", path),
    )


def _cut_off(path: Path) -> None:
    """A fragmented recording that stopped at three quarters, in the middle of a picture."""
    whole = path.with_name("whole.mp4")
    ffmpeg(
        *_inputs("180x320", "30", "2"),
        *(*_H264, "-g", "15", "-c:a", "aac", "-movflags", "frag_keyframe+empty_moov", whole),
    )
    data = whole.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 4])


def _index_first(path: Path) -> None:
    """An MP4 whose index comes before its pictures, as editors export it."""
    ffmpeg(
        *_inputs("180x320", "20", "2"),
        *(*_H264, "-c:a", "aac", "-movflags", "faststart", path),
    )


def _matroska(path: Path) -> None:
    ffmpeg(*_inputs("180x320", "20", "2"), *_H264, "-c:a", "aac", path)


def _silent(path: Path) -> None:
    ffmpeg(*_inputs("162x290", "25", "1", sound=False), *_H264, path)


def _ten_seconds(path: Path) -> None:
    """Long enough to be watched while it is made."""
    ffmpeg(*_inputs("360x640", "25", "10"), *_H264, "-c:a", "aac", path)


def _long(path: Path) -> None:
    ffmpeg(*_inputs("32x32", "1", "190", sound=False), *_H264, path)


def _sound_only(path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", _SOUND.format(seconds="1"), "-c:a", "aac", "-f", "mp4", path)


def _many_tracks(path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", _SOUND.format(seconds="0.1"), *["-map", "0:a"] * 500, path)


def _large(path: Path) -> None:
    ffmpeg(*_inputs("4200x2200", "2", "1", sound=False), *_H264, path)


def _hdr(path: Path) -> None:
    """HLG in 10-bit HEVC, as a phone's camera stores it."""
    ffmpeg(
        *_inputs("320x180", "10", "0.5", sound=False),
        *("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"),
        *("-pix_fmt", "yuv420p10le", "-color_trc", "arib-std-b67", "-color_primaries", "bt2020"),
        *("-colorspace", "bt2020nc", "-tag:v", "hvc1", "-f", "mov", path),
    )


def _late_picture(path: Path) -> None:
    """Sound from the start, the picture half a second later, and sound after its end."""
    ffmpeg(
        *("-f", "lavfi", "-i", _SOUND.format(seconds="3")),
        *("-itsoffset", "0.5", "-f", "lavfi", "-i"),
        *(_PICTURE.format(size="180x320", rate="10", seconds="1"), "-map", "1:v", "-map", "0:a"),
        *(*_H264, "-c:a", "libopus", "-f", "matroska", path),
    )


_RECIPES: Mapping[str, Callable[[Path], None]] = {
    "phone.mp4": _phone,
    "browser.webm": _browser,
    "cut_off.mp4": _cut_off,
    "index_first.mp4": _index_first,
    "matroska.mkv": _matroska,
    "silent.mp4": _silent,
    "ten_seconds.mp4": _ten_seconds,
    "long.mp4": _long,
    "sound_only.mp4": _sound_only,
    "many_tracks.mkv": _many_tracks,
    "large.mp4": _large,
    "hdr.mov": _hdr,
    "late_picture.mkv": _late_picture,
}


class Clips:
    """Makes each clip when it is first asked for, once a session."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str) -> Path:
        """Where the clip lies."""
        path = self._folder / name
        if not path.exists():
            _RECIPES[name](path)
        return path

    def source(self, name: str) -> BytesSource:
        """The clip as a source."""
        return BytesSource(self.path(name).read_bytes())


class Basket:
    """A sink that keeps what it gets."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def __call__(self, name: str, data: BinaryIO) -> None:
        self.files[name] = data.read()


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Clips:
    return Clips(tmp_path_factory.mktemp("clips"))


@pytest.fixture
def basket() -> Basket:
    return Basket()
