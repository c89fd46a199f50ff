"""What a file is, judged by its first bytes alone, before any decoder sees it.

ffmpeg decides by content too, but among hundreds of formats: a text that names another person's
draft is a playlist to it, whatever the file is called. Here a file is MP4/MOV, Matroska or WebM, or
it is refused with a sentence that says what it is.
"""

from typing import Final, Literal

from wardcast.gate.errors import FileRefused

Container = Literal["mov", "matroska", "webm"]

HEAD_BYTES: Final = 4_096

_EBML: Final = b"\x1aE\xdf\xa3"
_FIRST_BOXES: Final = (
    b"ftyp",
    b"moov",
    b"mdat",
    b"free",
    b"skip",
    b"wide",
    b"pnot",
    b"styp",
    b"uuid",
)
_PICTURE_BRANDS: Final = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis", b"crx ")
_PLAYLISTS: Final = (b"#extm3u", b"ffconcat", b"<mpd", b"[playlist]", b"#ext-x-", b"<smil")
_ANOTHER: Final = "Choose a video as MP4, MOV or WebM."

_MAGICS: Final = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a compressed file"),
)
_SOUNDS: Final = (b"ID3", b"fLaC", b"OggS", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"#!AMR")
_OTHER_VIDEO: Final = ((b"FLV\x01", "FLV"), (b"\x00\x00\x01\xba", "MPEG"), (b"0&\xb2u", "WMV"))


def sniff(head: bytes) -> Container:
    """The container that the first `HEAD_BYTES` bytes announce, or `FileRefused` with what it is
    instead."""
    if not head:
        raise FileRefused("empty_file", f"This file is empty. {_ANOTHER}")
    if head.startswith(_EBML):
        return "webm" if b"webm" in head[:64] else "matroska"
    if head[4:8] in _FIRST_BOXES:
        if head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS:
            raise _not_a_video("a picture")
        return "mov"
    raise _refusal(head)


def _refusal(head: bytes) -> FileRefused:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if any(mark in start[:1_024] for mark in _PLAYLISTS):
        return FileRefused(
            "disguised_playlist",
            f"This is a playlist: a text that points to other files, not a video. {_ANOTHER}",
        )
    if b"<svg" in start:
        return _not_a_video("a picture (SVG)")
    for magic, kind in _MAGICS:
        if head.startswith(magic):
            return _not_a_video(kind)
    if head[8:12] == b"WEBP":
        return _not_a_video("a picture")
    if head.startswith(_SOUNDS) or (head.startswith(b"RIFF") and head[8:12] == b"WAVE"):
        return FileRefused(
            "no_picture", f"This is a sound recording; a clip needs a picture. {_ANOTHER}"
        )
    return _other_video(head) or _text_or_noise(head)


def _other_video(head: bytes) -> FileRefused | None:
    names = [name for magic, name in _OTHER_VIDEO if head.startswith(magic)]
    if head.startswith(b"RIFF") and head[8:11] == b"AVI":
        names.append("AVI")
    if head[:1] == b"G" and head[188:189] == b"G":
        names.append("MPEG-TS")
    if not names:
        return None
    return FileRefused(
        "format_not_accepted",
        f"This is a video in the {names[0]} format, which Wardcast does not take. "
        "Export it again as MP4, MOV or WebM.",
    )


def _text_or_noise(head: bytes) -> FileRefused:
    printable = sum(byte >= 0x20 or byte in b"\t\r\n\f" for byte in head)
    if b"\0" not in head and printable == len(head):
        return _not_a_video("a text")
    return FileRefused("not_a_video", f"This file is not a video that we know. {_ANOTHER}")


def _not_a_video(kind: str) -> FileRefused:
    return FileRefused("not_a_video", f"This file is {kind}, not a video. {_ANOTHER}")
