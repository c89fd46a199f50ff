"""What cameras, phones, browsers and editors write, each rendered for real.

Every clip shows the same scene, upright as its viewer sees it: red and white above, grey and
blue below. So a picture that is turned, mirrored, stretched or off in its colours is seen by its
corners.
"""

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.gate.conftest import ffmpeg

from wardcast.gate.edits import NO_EDITS
from wardcast.gate.errors import FileRefused, LimitExceeded
from wardcast.gate.ladder import ladder_for
from wardcast.gate.limits import DEFAULT_LIMITS, Limits, limits_for
from wardcast.gate.probe import Probe, probe
from wardcast.gate.render import Rendered, render
from wardcast.gate.source import BytesSource

pytestmark = pytest.mark.slow

Words = tuple[str, ...]
_H264: Words = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
_HEVC: Words = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none")
_VP8: Words = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8")
_VP9: Words = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8")
_AV1: Words = ("-c:v", "libsvtav1", "-preset", "12")
_AAC: Words = ("-c:a", "aac")
_BT709: Words = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
_TO_709 = "scale=out_color_matrix=bt709:out_range=tv"


def _hdr(transfer: str) -> Words:
    """10-bit HEVC in this transfer, whose white is what a phone calls diffuse white."""
    return (
        *(*_HEVC, "-pix_fmt", "yuv420p10le", "-tag:v", "hvc1", "-color_trc", transfer),
        *("-color_primaries", "bt2020", "-colorspace", "bt2020nc", "-color_range", "tv"),
    )


def _bright(transfer: str) -> str:
    return (
        f"{_TO_709},format=yuv420p,setparams=range=tv:color_primaries=bt709:color_trc=bt709:"
        "colorspace=bt709,zscale=t=linear:npl=203,format=gbrpf32le,"
        f"zscale=p=bt2020:t={transfer}:m=bt2020nc:r=limited:npl=203,format=yuv420p10le"
    )


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip and how it is made. Sizes as shown; `turned` is how its pictures are stored."""

    name: str
    video: Words = _H264
    audio: Words | None = _AAC
    size: tuple[int, int] = (96, 160)
    fps: str = "30"
    seconds: float = 1.0
    frames: int = 30
    turned: str = ""
    stored: str = _TO_709
    sound: str = "sine=frequency=440:sample_rate=48000"
    more: Words = ()
    colours: Words = _BT709
    after: Callable[[Path], None] | None = None
    rotation: int = 0
    near: int = 40
    """By how much a corner's red, green and blue may be off."""


def _turn(degrees: int) -> Callable[[Path], None]:
    def turn(path: Path) -> None:
        flat = path.with_name(f"flat_{path.name}")
        path.rename(flat)
        # ffmpeg 5 writes the matrix of the other direction.
        ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v:0", f"rotate={360 - degrees}", path)

    return turn


def _cut(share: float) -> Callable[[Path], None]:
    def cut(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return cut


_FRAGMENTS: Words = ("-movflags", "frag_keyframe+empty_moov", "-g", "10")
_CLIPS = (
    Clip("h264.mp4"),
    Clip("h264.mov"),
    Clip("h264.m4v"),
    Clip("h264.mkv"),
    Clip("h264_with_b_pictures.mp4", video=("-c:v", "libx264", "-bf", "3", "-pix_fmt", "yuv420p")),
    Clip("h264_main_in_bt601.mp4", colours=(), stored="scale=out_color_matrix=bt601",
         more=("-colorspace", "smpte170m")),
    Clip("h264_of_full_range.mp4", stored="scale=out_color_matrix=bt709:out_range=pc",
         more=("-color_range", "pc")),
    Clip("h264_in_422.mov", video=("-c:v", "libx264", "-pix_fmt", "yuv422p10le")),
    Clip("hevc.mp4", video=(*_HEVC, "-pix_fmt", "yuv420p", "-tag:v", "hvc1")),
    Clip("hevc.mov", video=(*_HEVC, "-pix_fmt", "yuv420p")),
    Clip("hevc_of_10_bits.mov", video=(*_HEVC, "-pix_fmt", "yuv420p10le", "-tag:v", "hvc1")),
    Clip("hlg.mov", video=_hdr("arib-std-b67"), stored=_bright("arib-std-b67"), colours=(),
         near=60),
    Clip("hdr10.mp4", video=_hdr("smpte2084"), stored=_bright("smpte2084"), colours=(), near=60),
    Clip("turned_by_90.mov", turned="transpose=cclock", after=_turn(90), rotation=90),
    Clip("turned_by_180.mp4", turned="hflip,vflip", after=_turn(180), rotation=180),
    Clip("turned_by_270.mp4", turned="transpose=clock", after=_turn(270), rotation=270),
    Clip("vp8.webm", video=_VP8, audio=("-c:a", "libopus"), colours=(), stored="null"),
    Clip("vp8_with_vorbis.webm", video=_VP8, audio=("-c:a", "libvorbis"), colours=(),
         stored="null"),
    Clip("vp9.webm", video=_VP9, audio=("-c:a", "libopus")),
    Clip("vp9.mp4", video=_VP9, audio=("-c:a", "libopus", "-strict", "-2")),
    Clip("av1.webm", video=_AV1, audio=("-c:a", "libopus")),
    Clip("av1.mkv", video=_AV1),
    Clip("av1.mp4", video=_AV1),
    Clip("uneven.mp4", more=("-fps_mode", "vfr"), frames=23,
         turned="select='not(between(n,4,10))'"),
    Clip("without_a_length.webm", video=_VP8, audio=("-c:a", "libopus"), colours=(),
         stored="null", more=("-live", "1")),
    Clip("without_a_length.mp4", more=_FRAGMENTS),
    Clip("opus.mkv", audio=("-c:a", "libopus")),
    Clip("pcm_s16le.mov", audio=("-c:a", "pcm_s16le")),
    Clip("pcm_s16be.mov", audio=("-c:a", "pcm_s16be")),
    Clip("pcm_s24le.mov", audio=("-c:a", "pcm_s24le")),
    Clip("pcm_s24be.mov", audio=("-c:a", "pcm_s24be")),
    Clip("pcm_s32le.mov", audio=("-c:a", "pcm_s32le")),
    Clip("pcm_f32le.mov", audio=("-c:a", "pcm_f32le")),
    Clip("pcm_s24le.mkv", audio=("-c:a", "pcm_s24le")),
    Clip("mp3.mp4", audio=("-c:a", "libmp3lame")),
    Clip("mp3.mkv", audio=("-c:a", "libmp3lame")),
    Clip("flac.mkv", audio=("-c:a", "flac")),
    Clip("alac.mov", audio=("-c:a", "alac")),
    Clip("no_sound.mp4", audio=None),
    Clip("sound_at_44100.mp4", sound="sine=frequency=440:sample_rate=44100"),
    Clip("sound_in_mono.mp4", more=("-ac", "1")),
    Clip("sound_on_six_channels.mp4", more=("-ac", "6")),
    Clip("landscape.mp4", size=(160, 96)),
    Clip("square.mp4", size=(96, 96)),
    Clip("very_wide.mp4", size=(240, 64)),
    Clip("odd.mkv", size=(97, 161), video=("-c:v", "libx264", "-pix_fmt", "yuv444p")),
    Clip("odd.webm", size=(97, 161), video=_VP8, audio=("-c:a", "libopus"), colours=(),
         stored="null"),
    Clip("at_24.mp4", fps="24", frames=24),
    Clip("at_23_976.mp4", fps="24000/1001", frames=24),
    Clip("at_25.mp4", fps="25", frames=25),
    Clip("at_29_97.mp4", fps="30000/1001", frames=30),
    Clip("at_50.mp4", fps="50", frames=50),
    Clip("at_59_94.mp4", fps="60000/1001", frames=60),
    Clip("at_60.mp4", fps="60", frames=60),
    Clip("at_120.mp4", fps="120", frames=60),
    Clip("at_240.mov", fps="240", frames=60),
    Clip("half_a_second.mp4", seconds=0.5, frames=15),
    Clip("two_seconds.mp4", seconds=2.0, frames=60),
    Clip("wide_pixels.mp4", size=(192, 160), turned="scale=96:160,setsar=2"),
)  # fmt: skip


_SCENE = (
    "drawbox=0:0:iw/2:ih/2:red:fill,drawbox=iw/2:0:iw/2+1:ih/2:white:fill,"
    "drawbox=0:ih/2:iw/2:ih/2+1:gray:fill,drawbox=iw/2:ih/2:iw/2+1:ih/2+1:blue:fill"
)


def _made(clip: Clip, folder: Path) -> Path:
    path = folder / clip.name
    width, height = clip.size
    picture = (
        f"color=black:size={width}x{height}:rate={clip.fps}:duration={clip.seconds},format=rgb24"
    )
    chain = ",".join(each for each in (_SCENE, clip.turned, clip.stored) if each)
    words: list[str] = ["-f", "lavfi", "-i", picture]
    if clip.audio is not None:
        words += ["-f", "lavfi", "-i", f"{clip.sound}:duration={clip.seconds}", *clip.audio]
    ffmpeg(*words, "-vf", chain, *clip.video, *clip.colours, *clip.more, path)
    if clip.after is not None:
        clip.after(path)
    return path


def rendered(source: BytesSource, limits: Limits = DEFAULT_LIMITS) -> tuple[Probe, Rendered, bytes]:
    """All rungs of a clip, and its MP4."""
    found = probe(source, limits)
    files: dict[str, bytes] = {}
    made = render(
        source,
        found,
        NO_EDITS,
        ladder_for(found.short_side).rungs,
        sink=lambda name, data: files.update({name: data.read()}),
        limits=limits,
    )
    return found, made, files["clip.mp4"]


def corners(
    mp4: bytes, size: tuple[int, int], folder: Path, at: str = "0.2"
) -> list[tuple[int, ...]]:
    """The colours in the middle of the four quarters of a picture, as a viewer sees them."""
    path = folder / "shown.mp4"
    path.write_bytes(mp4)
    words = ["ffmpeg", "-nostdin", "-v", "error", "-ss", at, "-i", path, "-frames:v", "1"]
    words += ["-vf", "scale=in_color_matrix=bt709", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"]
    pixels = subprocess.run(words, check=True, capture_output=True).stdout
    width, height = size
    assert len(pixels) == width * height * 3
    places = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    return [tuple(pixels[(y * width + x) * 3 :][:3]) for x, y in places]


def loudest(mp4: bytes, folder: Path, start: float, end: float, band: str = "anull") -> float:
    """The highest sample in dB in a part of the sound."""
    path = folder / "heard.mp4"
    path.write_bytes(mp4)
    chain = f"{band},atrim={start}:{end},volumedetect"
    words = ["ffmpeg", "-nostdin", "-i", path, "-vn", "-af", chain, "-f", "null", "-"]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stderr
    match = re.search(r"max_volume: (-?[\d.]+) dB", said)
    return float(match[1]) if match else -99.0


_SEEN = ((254, 0, 0), (255, 255, 255), (128, 128, 128), (0, 0, 254))


@pytest.mark.parametrize("clip", _CLIPS, ids=lambda clip: clip.name)
def test_a_clip_keeps_its_size_pictures_length_colours_and_sound(
    clip: Clip, tmp_path: Path
) -> None:
    found, made, mp4 = rendered(BytesSource(_made(clip, tmp_path).read_bytes()))
    even = (clip.size[0] // 2 * 2, clip.size[1] // 2 * 2)
    assert abs(made.width - even[0]) <= 2
    assert abs(made.height - even[1]) <= 2
    assert abs(made.frame_count - clip.frames) <= 1
    assert abs(found.duration_ms - clip.seconds * 1000) < 100
    assert abs(found.video_ms - clip.seconds * 1000) < 60
    shown = corners(mp4, (made.width, made.height), tmp_path)
    for colour, wanted in zip(shown, _SEEN, strict=True):
        assert all(abs(a - b) <= clip.near for a, b in zip(colour, wanted, strict=True)), shown
    assert found.rotation == clip.rotation
    assert (found.audio_codec is None) == (clip.audio is None)
    if clip.audio is not None:
        assert loudest(mp4, tmp_path, 0.1, clip.seconds - 0.1) > -30


@pytest.mark.parametrize("name", ["cut.mp4", "cut.mkv", "cut.webm"])
def test_a_recording_that_broke_off_is_used_as_far_as_it_goes(name: str, tmp_path: Path) -> None:
    clip = {
        "cut.mp4": Clip("cut.mp4", more=_FRAGMENTS),
        "cut.mkv": Clip("cut.mkv"),
        "cut.webm": Clip("cut.webm", video=_VP8, audio=("-c:a", "libopus")),
    }[name]
    noisy = replace(clip, seconds=2.0, stored=f"noise=alls=40:allf=t,{_TO_709}", after=_cut(0.7))
    found, made, mp4 = rendered(BytesSource(_made(noisy, tmp_path).read_bytes()))
    assert 600 < found.duration_ms < 1_950
    assert found.frame_count - 1 <= made.frame_count <= found.frame_count
    assert loudest(mp4, tmp_path, 0.1, 0.5) > -30


def _of_three_tones(path: Path, *codecs: str) -> BytesSource:
    tones = [f"sine=frequency={hertz}:sample_rate=48000:duration=1" for hertz in (440, 3000, 8000)]
    inputs = [word for tone in tones for word in ("-f", "lavfi", "-i", tone)]
    picture = ["-f", "lavfi", "-i", "testsrc2=size=96x160:rate=30:duration=1"]
    tracks = ["-map", "3:v", "-map", "0:a", "-map", "1:a", "-map", "2:a"]
    ffmpeg(*inputs, *picture, *tracks, *_H264, *codecs, path)
    return BytesSource(path.read_bytes())


def test_of_several_sound_tracks_the_first_is_heard(tmp_path: Path) -> None:
    source = _of_three_tones(tmp_path / "tracks.mkv", "-c:a", "aac", "-c:a:2", "pcm_s24le")
    _, _, mp4 = rendered(source)
    assert loudest(mp4, tmp_path, 0.1, 0.9, "bandpass=f=440:w=50") > -30
    assert loudest(mp4, tmp_path, 0.1, 0.9, "highpass=f=2000,highpass=f=2000") < -45


def test_a_track_that_is_not_taken_is_named(tmp_path: Path) -> None:
    source = _of_three_tones(tmp_path / "tracks.mkv", "-c:a", "aac", "-c:a:1", "ac3")
    with pytest.raises(FileRefused) as refused:
        probe(source)
    assert refused.value.code == "codec_not_accepted"
    assert "stored as ac3" in refused.value.detail


def test_sound_that_starts_late_is_heard_when_it_was_recorded(tmp_path: Path) -> None:
    path = tmp_path / "late.mkv"
    picture = ["-f", "lavfi", "-i", "testsrc2=size=96x160:rate=30:duration=2"]
    tone = ["-itsoffset", "0.8", "-f", "lavfi", "-i", "sine=frequency=440:duration=1.2"]
    ffmpeg(*picture, *tone, *_H264, "-c:a", "aac", path)
    found, _, mp4 = rendered(BytesSource(path.read_bytes()))
    assert abs(found.duration_ms - 2_000) < 60
    assert loudest(mp4, tmp_path, 0.0, 0.75) < -60
    assert loudest(mp4, tmp_path, 0.9, 1.9) > -30


def test_words_from_the_middle_of_six_channels_are_heard(tmp_path: Path) -> None:
    path = tmp_path / "surround.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc2=size=96x160:rate=30:duration=1"]
    tone = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=1"]
    ffmpeg(*picture, *tone, "-af", "pan=5.1|FC=c0", *_H264, "-c:a", "aac", path)
    _, _, mp4 = rendered(BytesSource(path.read_bytes()))
    assert loudest(mp4, tmp_path, 0.1, 0.9, "pan=mono|c0=FL") > -35
    assert loudest(mp4, tmp_path, 0.1, 0.9, "pan=mono|c0=FR") > -35


def test_more_than_sixty_pictures_a_second_are_thinned_and_keep_their_speed(tmp_path: Path) -> None:
    path = tmp_path / "fast.mp4"
    red, blue = (f"color={each}:size=96x160:rate=120:duration=0.5" for each in ("red", "blue"))
    ffmpeg("-filter_complex", f"{red}[a];{blue}[b];[a][b]concat[v]", "-map", "[v]", *_H264, path)
    found, made, mp4 = rendered(BytesSource(path.read_bytes()))
    assert (found.frame_count, made.frame_count) == (120, 60)
    assert all(red > 150 for red, _, _ in corners(mp4, (96, 160), tmp_path, "0.40"))
    assert all(blue > 150 for _, _, blue in corners(mp4, (96, 160), tmp_path, "0.60"))


def test_ten_minutes_are_made_where_the_house_takes_them(tmp_path: Path) -> None:
    path = tmp_path / "long.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc2=size=64x36:rate=10:duration=600"]
    tone = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=600"]
    ffmpeg(*picture, *tone, *_H264, "-g", "300", "-c:a", "aac", path)
    source = BytesSource(path.read_bytes())
    with pytest.raises(LimitExceeded):
        probe(source)
    found, made, mp4 = rendered(source, limits_for(500_000_000, 600_000))
    assert made.frame_count == found.frame_count == 6_000
    assert [len(rung.segment_lengths) for rung in made.rungs] == [600, 600]
    assert loudest(mp4, tmp_path, 598, 599.9) > -30


@pytest.mark.parametrize("video", [_H264, _HEVC, _VP9, _AV1], ids=["h264", "hevc", "vp9", "av1"])
@pytest.mark.parametrize("size", ["2160x3840", "3840x2160"])
def test_a_4k_picture_is_not_too_large_either_way_up(
    tmp_path: Path, video: Words, size: str
) -> None:
    clip = tmp_path / "clip.mp4"
    ffmpeg("-f", "lavfi", "-i", f"testsrc2=size={size}:rate=10:duration=1", *video, clip)
    found = probe(BytesSource(clip.read_bytes()))
    assert f"{found.width}x{found.height}" == size
