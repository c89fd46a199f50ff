import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.gate.errors import FileRefused
from wardcast.gate.sniff import sniff


@pytest.mark.parametrize(
    ("head", "code", "word"),
    [
        (b"", "empty_file", "empty"),
        (b"Dear colleague, the film is attached.\n", "not_a_video", "a text"),
        (b"#EXTM3U\n#EXTINF:10,\nfile:///a\n", "disguised_playlist", "playlist"),
        (b"\xef\xbb\xbf#EXTM3U\n", "disguised_playlist", "playlist"),
        (b"ffconcat version 1.0\nfile /a\n", "disguised_playlist", "playlist"),
        (b'<?xml version="1.0"?>\n<MPD xmlns="urn:x"></MPD>', "disguised_playlist", "playlist"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not_a_video", "SVG"),
        (b"\x89PNG\r\n\x1a\n", "not_a_video", "a picture"),
        (b"\xff\xd8\xff\xe0\0\0", "not_a_video", "a picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "not_a_video", "a picture"),
        (b"%PDF-1.7", "not_a_video", "PDF"),
        (b"ID3\x04\0\0", "no_picture", "sound"),
        (b"RIFF\0\0\0\0WAVEfmt ", "no_picture", "sound"),
        (b"RIFF\0\0\0\0AVI LIST", "format_not_accepted", "AVI"),
        (b"FLV\x01\x05", "format_not_accepted", "FLV"),
        (b"\x07\x00\x12\x99" * 40, "not_a_video", "not a video that we know"),
    ],
)
def test_a_file_that_is_no_video_is_told_what_it_is(head: bytes, code: str, word: str) -> None:
    with pytest.raises(FileRefused) as caught:
        sniff(head)
    assert caught.value.code == code
    assert word in caught.value.detail
    assert "MP4, MOV or WebM" in caught.value.detail


@pytest.mark.parametrize(
    ("head", "container"),
    [
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2", "mov"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "mov"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "webm"),
        (b"\x1aE\xdf\xa3\xa3B\x86\x81\x01B\x82\x88matroska", "matroska"),
    ],
)
def test_the_three_containers_are_known_by_their_first_bytes(head: bytes, container: str) -> None:
    assert sniff(head) == container


@given(st.binary(max_size=600))
def test_no_beginning_of_a_file_breaks_it(head: bytes) -> None:
    with contextlib.suppress(FileRefused):
        assert sniff(head) in ("mov", "matroska", "webm")
