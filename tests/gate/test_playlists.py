import pytest

from wardcast.gate.errors import GateBroken
from wardcast.gate.playlists import Variant, master_playlist, media_playlist, segment_lengths


def test_a_name_in_ffmpeg_s_playlist_never_reaches_viewers() -> None:
    said = "#EXTM3U\n#EXTINF:1.000000,\nhttps://evil.example/x.m4s\n#EXTINF:0.5,\n../../draft.m4s\n"
    text = media_playlist("360", segment_lengths(said))
    assert "evil" not in text
    assert "draft" not in text
    assert text.splitlines()[-5:] == [
        "#EXTINF:1.000000,",
        "360_00000.m4s",
        "#EXTINF:0.500000,",
        "360_00001.m4s",
        "#EXT-X-ENDLIST",
    ]


def test_a_playlist_without_segments_is_our_fault() -> None:
    with pytest.raises(GateBroken):
        segment_lengths("#EXTM3U\n")


def test_the_target_length_is_never_below_a_segment_s_rounded_length() -> None:
    assert "#EXT-X-TARGETDURATION:2\n" in media_playlist("720", [1.5, 2.4])
    assert "#EXT-X-TARGETDURATION:3\n" in media_playlist("720", [1.5, 2.6])
    assert "#EXT-X-TARGETDURATION:1\n" in media_playlist("720", [0.2])


def test_the_smallest_picture_is_listed_first() -> None:
    high = Variant("720", 1_000, 900, 720, 1280, 30.0, "avc1.64001f")
    low = Variant("360", 2_000, 900, 360, 640, 30.0, "avc1.4d401e")
    text = master_playlist([high, low])
    assert text.index("360.m3u8") < text.index("720.m3u8")
