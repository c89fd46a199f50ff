"""The containers' own words: MP4 boxes and Matroska elements, written and patched byte by byte."""

import re
import struct
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

Change = Callable[[bytes], bytes]

FOLDERS = frozenset(
    b"moov trak mdia minf stbl edts udta dinf mvex moof traf".split(),
)  # boxes that hold nothing but boxes


def box(kind: bytes, *payload: bytes, size: int | None = None) -> bytes:
    """A box; `size` lies about its length."""
    body = b"".join(payload)
    return struct.pack(">I", 8 + len(body) if size is None else size) + kind + body


def full(kind: bytes, *payload: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box with a version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *payload)


def u32(*values: int) -> bytes:
    """Whole numbers, four bytes each."""
    return struct.pack(f">{len(values)}I", *(value & 0xFFFFFFFF for value in values))


def u16(*values: int) -> bytes:
    """Whole numbers, two bytes each."""
    return struct.pack(f">{len(values)}H", *(value & 0xFFFF for value in values))


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(kind, payload) of a well-formed run of boxes."""
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        size = size or len(data) - at
        yield kind, data[at + 8 : at + size]
        at += max(8, size)


def patched(data: bytes, path: str, change: Change, *, nth: int = 0) -> bytes:
    """The file with the payload of the `nth` box at `path` (``moov/trak/tkhd``) changed and all
    lengths right. Offsets into ``mdat`` hold as long as it lies before what is changed."""
    left = [nth]

    def walk(payload: bytes, steps: list[bytes]) -> bytes:
        out = b""
        for kind, inner in boxes(payload):
            new = inner
            if kind == steps[0] and len(steps) > 1:
                new = walk(inner, steps[1:])
            elif kind == steps[0]:
                if left[0] == 0:
                    new = change(inner)
                left[0] -= 1
            out += box(kind, new)
        return out

    made = walk(data, [step.encode() for step in path.split("/")])
    if left[0] >= 0:
        raise LookupError(f"no {path} number {nth}")
    return made


def write(at: int, *new: bytes) -> Change:
    """Overwrites a payload from `at` on."""
    data = b"".join(new)
    return lambda payload: payload[:at] + data + payload[at + len(data) :]


def replace(*new: bytes) -> Change:
    """Puts something else in its place."""
    return lambda _: b"".join(new)


def add(*new: bytes) -> Change:
    """Puts something behind it."""
    return lambda payload: payload + b"".join(new)


def element(name: int, *payload: bytes, size: int | None = None) -> bytes:
    """A Matroska element with a length of eight bytes; `size` lies about it, -1 is "unknown"."""
    body = b"".join(payload)
    length = len(body) if size is None else size
    code = b"\x01" + b"\xff" * 7 if length == -1 else struct.pack(">Q", length | 1 << 56)
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + code + body


def number(name: int, value: int) -> bytes:
    """An element that holds a whole number."""
    return element(name, value.to_bytes(8, "big"))


EBML, SEGMENT, INFO, TRACKS, TRACK, CLUSTER = (
    0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675,
)  # fmt: skip
VIDEO, AUDIO, SIMPLE_BLOCK, ATTACHMENTS, TAGS, CHAPTERS, CUES = (
    0xE0, 0xE1, 0xA3, 0x1941A469, 0x1254C367, 0x1043A770, 0x1C53BB6B,
)  # fmt: skip


def elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(name, payload) of a well-formed run of elements; an unknown length goes to the end."""
    at = 0
    while at < len(data):
        width = 9 - data[at].bit_length()
        name = int.from_bytes(data[at : at + width], "big")
        at += width
        wide = 9 - data[at].bit_length()
        size = int.from_bytes(data[at : at + wide], "big") & ((1 << 7 * wide) - 1)
        at += wide
        if size == (1 << 7 * wide) - 1:
            size = len(data) - at
        yield name, data[at : at + size]
        at += size


def with_element(data: bytes, *new: bytes, before: int = CLUSTER) -> bytes:
    """A Matroska file with elements put in before the first of that name, its length unknown."""
    (_, head), (_, segment) = list(elements(data))[:2]
    out, done = b"", False
    for name, payload in elements(segment):
        if name == before and not done:
            out, done = out + b"".join(new), True
        out += element(name, payload)
    return element(EBML, head) + element(SEGMENT, out if done else out + b"".join(new), size=-1)


def in_tracks(data: bytes, name: int, change: Change, *, track: int = 0) -> bytes:
    """A Matroska file with one element of a track changed (0: with the whole track changed)."""
    (_, head), (_, segment) = list(elements(data))[:2]
    out = b""
    for kind, payload in elements(segment):
        body = payload
        if kind == TRACKS:
            entries = [inner for each, inner in elements(payload) if each == TRACK]
            entries[track] = _changed(entries[track], name, change)
            body = b"".join(element(TRACK, entry) for entry in entries)
        out += element(kind, body)
    return element(EBML, head) + element(SEGMENT, out, size=-1)


def _changed(entry: bytes, name: int, change: Change) -> bytes:
    if name == 0:
        return change(entry)
    out, found = b"", False
    for kind, payload in elements(entry):
        found = found or kind == name
        if kind == name:
            out += element(kind, change(payload))
        elif kind in (VIDEO, AUDIO):
            out += element(kind, _changed(payload, name, change))
        else:
            out += element(kind, payload)
    return out


class Bits:
    """Writes numbers bit by bit, as the headers of pictures are written."""

    def __init__(self) -> None:
        self._bits = ""

    def put(self, width: int, value: int) -> "Bits":
        """`value` in `width` bits."""
        self._bits += f"{value:0{width}b}"
        return self

    def golomb(self, *values: int) -> "Bits":
        """Each value in as many bits as it needs."""
        for value in values:
            digits = f"{value + 1:b}"
            self._bits += "0" * (len(digits) - 1) + digits
        return self

    def data(self) -> bytes:
        """The bytes, closed with a one and zeros."""
        bits = self._bits + "1"
        bits += "0" * (-len(bits) % 8)
        return int(bits, 2).to_bytes(len(bits) // 8, "big")


_PICTURE = "testsrc2=size={size}:rate={rate}:duration={seconds}"
_SOUND = "sine=frequency=440:sample_rate=48000:duration={seconds}"
_X264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 8 "


@cache
def real(
    words: str, *, size: str = "96x160", rate: str = "12", seconds: str = "0.8", name: str = "x.mp4"
) -> bytes:
    """A real file made by ffmpeg with these words: a moving picture as input 0, a sine as 1."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        subprocess.run(
            [
                *"ffmpeg -nostdin -v error -y -f lavfi -i".split(),
                _PICTURE.format(size=size, rate=rate, seconds=seconds),
                *"-f lavfi -i".split(),
                _SOUND.format(seconds=seconds),
                *re.split(r"\s+", words.strip()),
                str(path),
            ],
            check=True,
        )
        return path.read_bytes()


SEEDS: dict[str, Callable[[], bytes]] = {
    "phone.mp4": lambda: real(
        f"{_X264} -c:a aac -metadata title=Ward -metadata location=+48.2+016.3/ "
        "-movflags use_metadata_tags"
    ),
    "fragments.mp4": lambda: real(f"{_X264} -c:a aac -movflags frag_keyframe+empty_moov"),
    "index_first.mov": lambda: real(
        f"{_X264} -c:a pcm_s16le -movflags faststart -f mov", name="x.mov"
    ),
    "browser.webm": lambda: real(
        "-c:v libvpx -deadline realtime -cpu-used 8 -b:v 100k -c:a libopus -live 1", name="x.webm"
    ),
    "export.webm": lambda: real(
        "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 100k -c:a libvorbis", name="x.webm"
    ),
    "screen.mkv": lambda: real(f"{_X264} -c:a libmp3lame", name="x.mkv"),
    "hevc.mov": lambda: real(
        "-map 0 -c:v libx265 -preset ultrafast -x265-params log-level=none -pix_fmt yuv420p10le "
        "-color_trc arib-std-b67 -color_primaries bt2020 -colorspace bt2020nc -tag:v hvc1",
        name="x.mov",
    ),
}
"""Small files as phones, browsers and programs make them; made once a session."""
