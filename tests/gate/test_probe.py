import io
import os
import struct
from pathlib import Path
from typing import BinaryIO

import pytest

from wardcast.gate.errors import FileRefused, GateError, LimitExceeded
from wardcast.gate.limits import Limits
from wardcast.gate.probe import Tag, probe
from wardcast.gate.source import BytesSource, PathSource


def code_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(FileRefused) as caught:
        probe(BytesSource(data), limits or Limits())
    assert caught.value.detail.endswith(".")
    return caught.value.code


def box(kind: bytes, body: bytes = b"", *, size: int | None = None) -> bytes:
    return struct.pack(">I", len(body) + 8 if size is None else size) + kind + body


def test_a_phone_s_portrait_clip_is_seen_upright(clips) -> None:
    found = probe(clips.source("phone.mp4"))
    assert (found.width, found.height, found.rotation) == (180, 320, 270)
    assert (found.container, found.video_codec, found.audio_codec) == ("mov", "h264", "aac")
    assert found.frame_count == 60
    assert abs(found.duration_ms - 2_000) < 50
    assert abs(found.fps - 30) < 0.1
    assert not found.truncated
    assert not found.no_declared_duration
    assert not found.hdr


def test_all_that_a_phone_wrote_about_its_owner_is_reported(clips) -> None:
    tags = probe(clips.source("phone.mp4")).tags
    found = {tag.value for tag in tags}
    assert {"Ward round with M. Fictional", "bed seven, do not share", "Examplephone"} <= found
    assert any(tag.value.startswith("+51.4988") for tag in tags)
    assert any(tag.value.startswith("2026-03-04T05:06:07") for tag in tags)
    assert Tag("title", "Ward round with M. Fictional", "format") in tags


def test_a_browser_s_recording_needs_no_declared_length(clips) -> None:
    found = probe(clips.source("browser.webm"))
    assert found.no_declared_duration
    assert (found.container, found.video_codec, found.audio_codec) == ("webm", "vp8", "opus")
    assert abs(found.duration_ms - 2_000) < 100
    assert found.frame_count == 40


def test_a_recording_that_was_cut_off_is_used_as_far_as_it_goes(clips) -> None:
    found = probe(clips.source("cut_off.mp4"))
    assert found.truncated
    assert 30 <= found.frame_count < 60


@pytest.mark.parametrize("name", ["browser.webm", "matroska.mkv", "index_first.mp4"])
@pytest.mark.parametrize("share", [0.35, 0.6, 0.9])
def test_a_file_of_which_the_end_is_missing_is_used_and_said_to_be_cut_off(
    clips, name: str, share: float
) -> None:
    whole = clips.path(name).read_bytes()
    assert not probe(BytesSource(whole)).truncated
    found = probe(BytesSource(whole[: int(len(whole) * share)]))
    assert found.truncated
    assert found.duration_ms < 2_000


def test_hdr_is_noticed(clips) -> None:
    found = probe(clips.source("hdr.mov"))
    assert found.hdr
    assert found.video_codec == "hevc"
    assert found.audio_codec is None


def test_the_first_picture_shown_starts_the_clock(clips) -> None:
    found = probe(clips.source("late_picture.mkv"))
    assert abs(found.first_frame_s - 0.5) < 0.02
    assert abs(found.video_ms - 1_000) < 20
    assert abs(found.duration_ms - 2_500) < 30


def test_an_original_may_be_a_stream_without_a_file(clips) -> None:
    class Sealed(BytesSource):
        def open(self) -> BinaryIO:
            class Unsealing(io.RawIOBase):
                inner = io.BytesIO(self.data)

                def readable(self) -> bool:
                    return True

                def readinto(self, buffer) -> int:
                    return self.inner.readinto(memoryview(buffer)[:777])

            return io.BufferedReader(Unsealing(), 777)

    data = clips.path("phone.mp4").read_bytes()
    assert probe(Sealed(data)) == probe(BytesSource(data))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("sound_only.mp4", "no_picture"),
        ("long.mp4", "too_long"),
        ("many_tracks.mkv", "too_many_streams"),
        ("large.mp4", "too_many_pixels"),
    ],
)
def test_a_file_past_a_limit_or_without_picture_is_told_why(clips, name: str, code: str) -> None:
    assert code_of(clips.path(name).read_bytes()) == code


def test_a_file_above_the_size_limit_is_not_even_opened() -> None:
    class Huge(BytesSource):
        @property
        def size(self) -> int:
            return 10_000_000_000

        def open(self) -> BinaryIO:
            raise AssertionError("it was opened")

    with pytest.raises(LimitExceeded) as caught:
        probe(Huge(b""))
    assert caught.value.code == "too_large"
    assert "10000 MB" in caught.value.detail


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"Not a film at all, only words.", "not_a_video"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "not_a_video"),
        (box(b"ftyp", b"isom\0\0\2\0isom") + box(b"mdat", b"x" * 99), "unreadable"),
        (box(b"ftyp", b"isom\0\0\2\0isom") + box(b"mdat", b"x" * 99, size=1 << 31), "unreadable"),
        (box(b"ftyp", b"isom\0\0\2\0isom") + box(b"moov", b"", size=0x7FFFFFFF), "unreadable"),
        (b"\x1aE\xdf\xa3" + b"\xff" * 400, "unreadable"),
    ],
)
def test_what_only_pretends_to_be_a_video_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_a_header_that_claims_ten_gigabytes_harms_nobody() -> None:
    large = struct.pack(">I4sQ", 1, b"mdat", 10_000_000_000)
    assert code_of(box(b"ftyp", b"isom\0\0\2\0isom") + large + b"x" * 100) == "unreadable"


def test_a_thousand_nested_boxes_are_refused() -> None:
    data = b""
    for _ in range(1_000):
        data = box(b"moov", data)
    assert code_of(box(b"ftyp", b"isom\0\0\2\0isom") + data) == "unreadable"


def test_noise_behind_a_true_beginning_is_refused() -> None:
    assert code_of(box(b"ftyp", b"isom\0\0\2\0isom") + os.urandom(50_000)) == "unreadable"


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://{path}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{path}'\n",
        '<?xml version="1.0"?><MPD><Period><BaseURL>file://{path}</BaseURL></Period></MPD>',
    ],
)
@pytest.mark.parametrize("disguise", [b"", box(b"ftyp", b"isom\0\0\2\0isom"), b"\x1aE\xdf\xa3"])
def test_a_disguised_playlist_cannot_read_another_person_s_draft(
    clips, tmp_path: Path, text: str, disguise: bytes
) -> None:
    draft = tmp_path / "draft.mp4"
    draft.write_bytes(clips.path("phone.mp4").read_bytes())
    evil = tmp_path / "evil.mp4"
    evil.write_bytes(disguise + text.format(path=draft).encode())
    with pytest.raises(FileRefused) as caught:
        probe(PathSource(evil))
    expected = "unreadable" if disguise else "disguised_playlist"
    assert caught.value.code == expected
    assert "M. Fictional" not in caught.value.log


def test_pictures_that_come_too_many_are_refused(clips) -> None:
    assert code_of(clips.path("phone.mp4").read_bytes(), Limits(max_frames=20)) == "too_many_frames"


def test_a_damaged_clip_is_refused_or_measured_but_never_breaks_the_gate(clips) -> None:
    whole = bytearray(clips.path("phone.mp4").read_bytes())
    for seed in range(12):
        damaged = bytearray(whole)
        for at in range(seed * 97 + 40, len(damaged), 4_001):
            damaged[at] ^= 0xFF
        try:
            probe(BytesSource(bytes(damaged)))
        except GateError as error:
            assert isinstance(error, FileRefused)  # noqa: PT017 (either is fine, but not ours)
