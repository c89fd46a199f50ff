from dataclasses import replace
from typing import Any

import pytest

from wardcast.gate.errors import FileRefused, GateBroken
from wardcast.gate.verdict import Expected, judge

EXPECTED = Expected(width=360, height=640, frame_count=100, duration_ms=4_000, sound=False)


def report(frames: int, *, width: int = 360, codec: str = "h264") -> dict[str, Any]:
    video = {
        "index": 0, "codec_type": "video", "codec_name": codec, "pix_fmt": "yuv420p",
        "width": width, "height": 640, "profile": "Main", "level": 30,
    }  # fmt: skip
    packets = [
        {"stream_index": 0, "pts_time": f"{n * 0.04:.3f}", "duration_time": "0.04", "flags": "__"}
        for n in range(frames)
    ]
    return {"streams": [video], "packets": packets}


@pytest.mark.parametrize("frames", [96, 100, 105])
def test_a_rendition_within_five_per_cent_is_accepted(frames: int) -> None:
    verdict = judge(report(frames), EXPECTED)
    assert verdict.frame_count == frames
    assert verdict.codecs == "avc1.4d401e"


@pytest.mark.parametrize("frames", [2, 50, 94, 106, 200])
def test_a_rendition_that_lost_pictures_is_the_file_s_fault(frames: int) -> None:
    with pytest.raises(FileRefused) as caught:
        judge(report(frames), EXPECTED)
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize("wrong", [report(100, width=320), report(100, codec="hevc")])
def test_a_rendition_of_another_form_is_our_fault(wrong: dict[str, Any]) -> None:
    with pytest.raises(GateBroken):
        judge(wrong, EXPECTED)


def test_pictures_or_sound_that_could_not_be_decoded_are_the_file_s_fault() -> None:
    with pytest.raises(FileRefused, match="none of its sound could be read"):
        judge(report(100), Expected(360, 640, 100, 4_000, sound=True))
    with pytest.raises(FileRefused, match="none of its pictures could be read"):
        judge({"streams": []}, EXPECTED)


def in_av1(av1c: str) -> dict[str, Any]:
    made = report(100, codec="av1")
    made["streams"][0]["extradata"] = f"\n00000000: {av1c}  ................\n"
    return made


@pytest.mark.parametrize(
    ("av1c", "codecs"),
    [
        ("8105 0c00 0a0b 0000 002c d59f 3fc0 2f80", "av01.0.05M.08"),
        ("810c cc00 0a0b 0000 002c d59f 3fc0 2f80", "av01.0.12H.10"),
        ("8150 7c00 0a0b 0000 002c d59f 3fc0 2f80", "av01.2.16M.12"),
    ],
)
def test_which_av1_it_is_is_read_from_the_track_itself(av1c: str, codecs: str) -> None:
    verdict = judge(in_av1(av1c), replace(EXPECTED, codec="av1"))
    assert verdict.codecs == codecs


@pytest.mark.parametrize("wrong", [report(100), report(100, codec="av1"), in_av1("0105 0c00")])
def test_av1_that_is_none_or_does_not_say_which_is_our_fault(wrong: dict[str, Any]) -> None:
    with pytest.raises(GateBroken):
        judge(wrong, replace(EXPECTED, codec="av1"))
