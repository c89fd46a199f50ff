import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from wardcast.gate.edits import NO_EDITS, EditList, Mute
from wardcast.gate.errors import FileRefused, LimitExceeded
from wardcast.gate.ladder import Rung, ladder_for
from wardcast.gate.limits import Limits
from wardcast.gate.probe import Probe, probe
from wardcast.gate.render import Rendered, master_playlist, render
from wardcast.gate.source import BytesSource


@pytest.fixture(scope="module")
def phone(clips) -> tuple[Rendered, dict[str, bytes]]:
    """The phone's clip, rendered whole."""
    return made(clips.source("phone.mp4"))


def made(
    source: BytesSource, edits: EditList = NO_EDITS, found: Probe | None = None
) -> tuple[Rendered, dict[str, bytes]]:
    found = found or probe(source)
    files: dict[str, bytes] = {}
    rendered = render(
        source,
        found,
        edits,
        ladder_for(found.short_side).rungs,
        sink=lambda name, data: files.update({name: data.read()}),
    )
    return rendered, files


def looked_at(data: bytes, tmp_path: Path) -> dict:
    path = tmp_path / "looked_at.mp4"
    path.write_bytes(data)
    words = ["ffprobe", "-v", "error", "-of", "json", "-show_streams", "-show_format", str(path)]
    return json.loads(subprocess.run(words, check=True, capture_output=True).stdout)


def loudness(data: bytes, tmp_path: Path, start: float, end: float, band: str = "anull") -> float:
    """Mean volume in dB of a part of the sound, as the real ffmpeg measures it."""
    path = tmp_path / "heard.mp4"
    path.write_bytes(data)
    chain = f"atrim={start}:{end},{band},volumedetect"
    words = ["ffmpeg", "-nostdin", "-i", str(path), "-vn", "-af", chain, "-f", "null", "-"]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stderr
    match = re.search(r"mean_volume: (-?[\d.]+) dB", said)
    assert match
    return float(match[1])


def test_each_rung_has_a_playlist_an_init_and_segments_that_it_names(phone) -> None:
    rendered, files = phone
    assert [rung.rung.name for rung in rendered.rungs] == ["120", "180"]
    for rung in rendered.rungs:
        text = files[f"{rung.rung.name}.m3u8"].decode()
        named = re.findall(r'^[^#\n].*$|(?<=URI=")[^"]+', text, re.MULTILINE)
        assert set(named) == {file.name for file in rung.files} - {f"{rung.rung.name}.m3u8"}
        assert set(named) <= set(files)
        assert text.endswith("#EXT-X-ENDLIST\n")
        assert abs(sum(rung.segment_lengths) - 2) < 0.1


def test_the_lowest_rung_has_segments_of_one_second(phone) -> None:
    rendered, _ = phone
    assert [round(length, 2) for length in rendered.rungs[0].segment_lengths] == [1.0, 1.0]


def test_what_is_reported_of_each_file_is_true(phone) -> None:
    rendered, files = phone
    assert {file.name for file in rendered.files} == set(files)
    for file in rendered.files:
        assert file.size == len(files[file.name])
        assert file.sha256 == hashlib.sha256(files[file.name]).hexdigest()
    assert rendered.clip is not None
    assert rendered.clip.media_type == "video/mp4"


def test_the_mp4_is_upright_h264_and_aac_with_its_index_in_front(phone, tmp_path: Path) -> None:
    rendered, files = phone
    report = looked_at(files["clip.mp4"], tmp_path)
    video, audio = report["streams"]
    assert (video["codec_name"], video["width"], video["height"]) == ("h264", 180, 320)
    assert (video["pix_fmt"], video["color_space"], video["has_b_frames"]) == (
        "yuv420p",
        "bt709",
        0,
    )
    assert (audio["codec_name"], audio["sample_rate"], audio["channels"]) == ("aac", "48000", 2)
    assert "side_data_list" not in video
    assert float(video["start_time"]) == 0
    assert files["clip.mp4"].index(b"moov") < files["clip.mp4"].index(b"mdat")
    assert (rendered.width, rendered.height, rendered.frame_count) == (180, 320, 60)


def test_nothing_that_the_phone_wrote_about_its_owner_is_in_any_file(phone) -> None:
    _, files = phone
    traces = (b"51.4988", b"Fictional", b"bed seven", b"Examplephone", b"2026-03-04")
    created = (0x7C25B080 + 1_772_600_767).to_bytes(4, "big")
    for name, data in files.items():
        for trace in traces:
            assert trace not in data, name
        assert created not in data, name


def test_the_poster_is_a_picture_that_is_not_black(phone) -> None:
    _, files = phone
    poster = files["poster.jpg"]
    assert poster.startswith(b"\xff\xd8\xff")
    assert len(poster) > 2_000


def test_the_second_call_takes_the_poster_of_the_same_moment_larger(clips, tmp_path: Path) -> None:
    source = clips.source("browser.webm")
    found = probe(source)
    low, high = ladder_for(found.short_side).rungs
    posters: dict[str, bytes] = {}

    def poster(of: str, rung: Rung, **options) -> Rendered:
        def sink(name: str, data) -> None:
            if name == "poster.jpg":
                posters[of] = data.read()

        return render(source, found, NO_EDITS, [rung], sink=sink, clip=False, **options)

    chosen = poster("early", low).poster_ms
    assert chosen is not None
    elsewhere = chosen + 1_000 if chosen < 900 else chosen - 800
    poster("final", high, poster=False, poster_ms=chosen)
    poster("elsewhere", high, poster=False, poster_ms=elsewhere)
    (early,), (final,) = (
        looked_at(posters[each], tmp_path)["streams"] for each in ("early", "final")
    )
    assert (early["width"], final["width"], final["height"]) == (120, 180, 320)
    seen = {name: small(data, tmp_path) for name, data in posters.items()}
    assert difference(seen["early"], seen["final"]) < difference(seen["early"], seen["elsewhere"])
    assert difference(seen["early"], seen["final"]) < 3


def test_a_poster_s_moment_after_the_end_gives_the_last_picture(clips) -> None:
    source = clips.source("silent.mp4")
    files: dict[str, bytes] = {}
    rendered = render(
        source,
        probe(source),
        NO_EDITS,
        [Rung("90", 90, 100, 1)],
        sink=lambda name, data: files.update({name: data.read()}),
        poster=False,
        poster_ms=60_000,
    )
    assert rendered.poster_ms == 60_000
    assert files["poster.jpg"].startswith(b"\xff\xd8\xff")


def small(jpeg: bytes, tmp_path: Path) -> bytes:
    """A picture as 36 × 64 grey pixels."""
    path = tmp_path / "small.jpg"
    path.write_bytes(jpeg)
    words = ["ffmpeg", "-v", "error", "-i", str(path), "-vf", "scale=36:64:flags=area,format=gray"]
    words += ["-f", "rawvideo", "-"]
    return subprocess.run(words, check=True, capture_output=True).stdout


def difference(one: bytes, other: bytes) -> float:
    """How far apart two small pictures are, of 255."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def test_two_calls_make_a_clip_that_is_playable_early(clips) -> None:
    source = clips.source("browser.webm")
    found = probe(source)
    first, second = ladder_for(found.short_side).rungs
    files: dict[str, bytes] = {}

    def sink(name: str, data) -> None:
        assert name not in files
        files[name] = data.read()

    early = render(source, found, NO_EDITS, [first], sink=sink, clip=False)
    assert set(files) == {
        "120.m3u8",
        "120_init.mp4",
        "120_00000.m4s",
        "120_00001.m4s",
        "poster.jpg",
        "storyboard.jpg",
        "storyboard.vtt",
    }
    late = render(source, found, NO_EDITS, [second], sink=sink, poster=False)
    assert {"180.m3u8", "clip.mp4"} <= set(files)
    assert early.clip is None
    assert late.poster is None
    text = master_playlist([*early.rungs, *late.rungs])
    assert text.index("120.m3u8") < text.index("180.m3u8")
    assert re.search(
        r'RESOLUTION=180x320,FRAME-RATE=20\.000,CODECS="avc1\.4d40..,mp4a\.40\.2"', text
    )


def test_the_lowest_rung_can_be_played_while_it_grows(clips) -> None:
    source = clips.source("ten_seconds.mp4")
    found = probe(source)
    (lowest,) = ladder_for(found.short_side).rungs[:1]
    files: dict[str, bytes] = {}
    grown: list[tuple[str, set[str]]] = []

    def sink(name: str, data) -> None:
        assert name not in files
        files[name] = data.read()

    rendered = render(
        source,
        found,
        NO_EDITS,
        [lowest],
        sink=sink,
        clip=False,
        poster=False,
        early=lambda playlist: grown.append((playlist, set(files))),
    )
    first, there = grown[0]
    assert "EVENT" in first
    assert "ENDLIST" not in first
    assert f"{lowest.name}.m3u8" not in there
    for playlist, there in grown:
        named = set(re.findall(r'^[^#\n].*$|(?<=URI=")[^"]+', playlist, re.MULTILINE))
        assert named <= there
    assert len(grown[0][1]) < len(rendered.rungs[0].files) - 1
    assert {file.name for file in rendered.files} == set(files)
    for file in rendered.files:
        assert file.sha256 == hashlib.sha256(files[file.name]).hexdigest()


def test_keyframes_of_rungs_from_two_calls_lie_at_the_same_times(phone) -> None:
    rendered, _ = phone
    low, high = (rung.segment_lengths for rung in rendered.rungs)
    starts = {round(sum(low[:number]), 2) for number in range(len(low))}
    assert {round(sum(high[:number]), 2) for number in range(len(high))} <= starts


def test_a_muted_span_is_silent_to_the_millisecond(clips, tmp_path: Path) -> None:
    edits = EditList((Mute(503, 1_107, "silence"),))
    _, files = made(clips.source("phone.mp4"), edits)
    clip = files["clip.mp4"]
    assert loudness(clip, tmp_path, 0.53, 1.08) < -60
    assert loudness(clip, tmp_path, 0.1, 0.45) > -30
    assert loudness(clip, tmp_path, 1.16, 1.8) > -30


def test_a_bleep_replaces_what_was_said(clips, tmp_path: Path) -> None:
    edits = EditList((Mute(600, 1_200, "bleep"),))
    _, files = made(clips.source("phone.mp4"), edits)
    clip = files["clip.mp4"]
    said, bleeped = "bandpass=f=440:w=20", "bandpass=f=1000:w=20"
    assert loudness(clip, tmp_path, 0.7, 1.1, bleeped) > -30
    assert loudness(clip, tmp_path, 0.7, 1.1, said) < loudness(clip, tmp_path, 0.1, 0.5, said) - 25
    assert loudness(clip, tmp_path, 0.1, 0.5, bleeped) < -45


def test_every_rung_is_muted_not_only_the_mp4(clips, tmp_path: Path) -> None:
    edits = EditList((Mute(200, 1_800, "silence"),))
    rendered, files = made(clips.source("phone.mp4"), edits)
    for rung in rendered.rungs:
        segments = [files[file.name] for file in rung.files[1:]]
        assert loudness(b"".join(segments), tmp_path, 0.3, 1.7) < -60


def test_a_clip_without_sound_stays_without(clips, tmp_path: Path) -> None:
    edits = EditList((Mute(100, 300),))
    rendered, files = made(clips.source("silent.mp4"), edits)
    assert [each["codec_type"] for each in looked_at(files["clip.mp4"], tmp_path)["streams"]] == [
        "video"
    ]
    assert "mp4a" not in master_playlist(rendered.rungs)
    assert rendered.width % 2 == rendered.height % 2 == 0


def test_hdr_becomes_plain_colour(clips, tmp_path: Path) -> None:
    _, files = made(clips.source("hdr.mov"))
    (video,) = looked_at(files["clip.mp4"], tmp_path)["streams"]
    assert (video["color_transfer"], video["pix_fmt"]) == ("bt709", "yuv420p")


def test_what_is_left_of_a_recording_that_was_cut_off_is_rendered(clips) -> None:
    source = clips.source("cut_off.mp4")
    rendered, _ = made(source)
    assert abs(rendered.frame_count - probe(source).frame_count) <= 2


def test_sound_and_picture_keep_the_original_s_clock(clips, tmp_path: Path) -> None:
    rendered, files = made(clips.source("late_picture.mkv"), EditList((Mute(1_500, 2_400),)))
    assert abs(rendered.duration_ms - 2_500) < 30
    streams = looked_at(files["clip.mp4"], tmp_path)["streams"]
    assert all(abs(float(each["duration"]) - 2.5) < 0.15 for each in streams)
    assert loudness(files["clip.mp4"], tmp_path, 1.55, 2.35) < -60
    assert loudness(files["clip.mp4"], tmp_path, 0.5, 1.4) > -30


def test_more_than_sixty_pictures_a_second_are_thinned(clips) -> None:
    source = clips.source("phone.mp4")
    found = probe(source)
    files: dict[str, bytes] = {}
    rendered = render(
        source,
        found,
        NO_EDITS,
        [Rung("90", 90, 100, 1)],
        sink=lambda name, data: files.update({name: data.read()}),
        limits=Limits(max_fps=10),
    )
    assert abs(rendered.frame_count - 20) <= 1


def test_progress_grows_to_one(clips) -> None:
    source = clips.source("silent.mp4")
    found = probe(source)
    told: list[float] = []
    render(
        source,
        found,
        NO_EDITS,
        [Rung("90", 90, 100, 1)],
        sink=lambda name, data: None,
        progress=told.append,
    )
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_clip_whose_pictures_are_lost_is_refused_although_ffmpeg_is_content(clips) -> None:
    whole = clips.path("phone.mp4").read_bytes()
    at = whole.index(b"mdat") + 4
    end = whole.index(b"moov") if whole.index(b"moov") > at else len(whole)
    middle = at + (end - at) // 4
    damaged = whole[:middle] + bytes(end - middle) + whole[end:]
    source = BytesSource(damaged)
    kept: dict[str, bytes] = {}
    with pytest.raises(FileRefused) as caught:
        made_into(kept, source)
    assert caught.value.code == "unreadable"
    assert kept == {}


def made_into(kept: dict[str, bytes], source: BytesSource) -> None:
    found = probe(source)
    render(
        source,
        found,
        NO_EDITS,
        [Rung("90", 90, 100, 1)],
        sink=lambda name, data: kept.update({name: data.read()}),
    )


def test_a_render_that_writes_too_much_is_ended(clips) -> None:
    source = clips.source("phone.mp4")
    with pytest.raises(LimitExceeded) as caught:
        render(
            source,
            probe(source),
            NO_EDITS,
            [Rung("180", 180, 4_000, 1)],
            sink=lambda name, data: None,
            limits=Limits(max_output_bytes=1),
        )
    assert caught.value.code == "too_much_output"


def test_the_poster_comes_with_a_hash_of_its_colours(phone) -> None:
    rendered, _ = phone
    assert len(rendered.blurhash) == 28
