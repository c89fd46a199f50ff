"""Sizes in AV1: the same pictures and clock as in H.264, in a playlist that says what they are."""

import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from gate.conftest import ffmpeg
from wardcast.gate import encoders
from wardcast.gate.edits import NO_EDITS, EditList, Mute
from wardcast.gate.errors import LimitExceeded
from wardcast.gate.ladder import DEFAULT_LADDER, Rung, in_av1, ladder_for
from wardcast.gate.limits import DEFAULT_LIMITS, Limits
from wardcast.gate.picture import frame_rate
from wardcast.gate.plan import Plan
from wardcast.gate.probe import probe
from wardcast.gate.render import Rendered, render
from wardcast.gate.source import BytesSource

Files = dict[str, bytes]


def made(
    source: BytesSource,
    rungs: tuple[Rung, ...],
    edits: EditList = NO_EDITS,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Rendered, Files]:
    files: Files = {}
    rendered = render(
        source,
        probe(source),
        edits,
        rungs,
        sink=lambda name, data: files.update({name: data.read()}),
        clip=False,
        poster=False,
        limits=limits,
    )
    return rendered, files


def both(source: BytesSource) -> tuple[Rendered, Rendered, Files]:
    """All sizes of a clip in H.264 and in AV1."""
    ladder = ladder_for(probe(source).short_side)
    (h264, _), (av1, files) = made(source, ladder.rungs), made(source, in_av1(ladder).rungs)
    return h264, av1, files


@pytest.fixture(scope="module")
def phone(clips) -> tuple[Rendered, Rendered, Files]:
    return both(clips.source("phone.mp4"))


def packets(files: Files, rung: str, folder: Path) -> list[dict[str, str]]:
    """The pictures of a rung as ffprobe reads them from its segments."""
    path = folder / "whole.mp4"
    parts = sorted(name for name in files if name.startswith(f"{rung}_0"))
    path.write_bytes(b"".join(files[name] for name in (f"{rung}_init.mp4", *parts)))
    words = ["ffprobe", "-v", "error", "-select_streams", "v", "-show_packets", "-of", "json"]
    said = subprocess.run([*words, str(path)], check=True, capture_output=True).stdout
    found: list[dict[str, str]] = json.loads(said)["packets"]
    return found


def test_they_have_the_sizes_and_segments_of_h264(phone) -> None:
    h264, av1, _ = phone
    for one, other in zip(h264.rungs, av1.rungs, strict=True):
        assert other.rung.name == f"{one.rung.name}av1"
        assert (one.variant.width, one.variant.height) == (
            other.variant.width,
            other.variant.height,
        )
        assert len(one.segment_lengths) == len(other.segment_lengths)
        assert other.segment_lengths == pytest.approx([1.0, 1.0])


def test_what_their_playlist_says_is_what_the_track_says(phone) -> None:
    _, av1, files = phone
    for rung in av1.rungs:
        init = files[f"{rung.rung.name}_init.mp4"]
        box = init.index(b"av1C") + 4
        profile, level = init[box + 1] >> 5, init[box + 1] & 31
        assert rung.variant.codecs == f"av01.{profile}.{level:02d}M.08,mp4a.40.2"
        assert not init[box + 2] & 0xE0, "neither the high tier nor more than 8 bits"


def test_nothing_that_the_phone_wrote_about_its_owner_is_in_any_file(phone) -> None:
    _, _, files = phone
    traces = (b"51.4988", b"Fictional", b"bed seven", b"Examplephone", b"2026-03-04")
    for name, data in files.items():
        for trace in traces:
            assert trace not in data, name


@pytest.mark.parametrize(
    ("rate", "shown"), [("30000/1001", 30), ("24000/1001", 24), ("20", 20), ("120", 60), ("4", 10)]
)
def test_each_segment_begins_with_a_keyframe_on_the_second_at_any_rate(
    rate: str, shown: int, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    pictures = f"testsrc2=size=96x160:rate={rate}:duration=3.4"
    ffmpeg("-f", "lavfi", "-i", pictures, *("-c:v", "libx264", "-pix_fmt", "yuv420p"), path)
    rendered, files = made(BytesSource(path.read_bytes()), (in_av1(DEFAULT_LADDER).rungs[0],))
    found = packets(files, "360av1", tmp_path)
    starts = [float(each["pts_time"]) for each in found if each["flags"].startswith("K")]
    assert starts == pytest.approx([0, 1, 2, 3], abs=0.002)
    assert [round(length, 2) for length in rendered.rungs[0].segment_lengths][:3] == [1, 1, 1]
    times = [float(each["pts_time"]) for each in found]
    assert {round(1 / (later - before)) for before, later in pairwise(times)} == {shown}


def test_pictures_of_uneven_spacing_keep_their_time(clips, tmp_path: Path) -> None:
    """A browser's recording drops pictures: what is left is not moved together."""
    source = clips.source("browser.webm")
    rendered, files = made(source, (in_av1(ladder_for(180)).rungs[0],))
    found = packets(files, "120av1", tmp_path)
    assert abs(float(found[-1]["pts_time"]) - 1.95) < 0.06
    assert abs(rendered.duration_ms - 2_000) < 100


def test_a_muted_span_is_silent_in_them_too(clips, tmp_path: Path) -> None:
    edits = EditList((Mute(200, 1_800, "silence"),))
    _, files = made(clips.source("phone.mp4"), (in_av1(ladder_for(180)).rungs[0],), edits)
    packets(files, "120av1", tmp_path)
    words = f"-i {tmp_path}/whole.mp4 -vn -af atrim=0.3:1.7,volumedetect -f null -"
    said = subprocess.run(["ffmpeg", *words.split()], check=True, capture_output=True, text=True)
    level = re.search(r"mean_volume: (-?[\d.]+) dB", said.stderr)
    assert level
    assert float(level[1]) < -60


def test_their_bits_are_bounded_however_busy_the_picture_is(tmp_path: Path) -> None:
    path = tmp_path / "noise.mp4"
    noise = "testsrc2=size=360x640:rate=30:duration=3,noise=alls=60:allf=t"
    coded = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-pix_fmt", "yuv420p")
    ffmpeg("-f", "lavfi", "-i", noise, *coded, path)
    rung = in_av1(DEFAULT_LADDER).rungs[0]
    rendered, _ = made(BytesSource(path.read_bytes()), (rung,))
    most = (rung.video_kbps + rung.audio_kbps) * 1_000
    assert rendered.rungs[0].variant.average_bps < most * 1.2


def test_one_that_needs_more_memory_than_it_may_have_is_ended(clips) -> None:
    limits = Limits(max_memory_bytes=110_000_000)
    with pytest.raises(LimitExceeded) as caught:
        made(clips.source("ten_seconds.mp4"), (in_av1(DEFAULT_LADDER).rungs[-1],), limits=limits)
    assert caught.value.code == "too_much_memory"


def test_one_that_takes_too_long_is_ended(clips) -> None:
    with pytest.raises(LimitExceeded) as caught:
        made(
            clips.source("ten_seconds.mp4"),
            (in_av1(DEFAULT_LADDER).rungs[-1],),
            limits=Limits(render_seconds=1),
        )
    assert caught.value.code == "took_too_long"


def test_a_call_makes_one_codec(clips) -> None:
    found = probe(clips.source("silent.mp4"))
    mixed = (DEFAULT_LADDER.lowest, in_av1(DEFAULT_LADDER).lowest)
    with pytest.raises(ValueError, match="one codec"):
        Plan(found, NO_EDITS, mixed, False, False, DEFAULT_LIMITS)


def test_no_picture_is_lost_to_a_whole_number_of_them(clips) -> None:
    found = probe(clips.source("silent.mp4"))
    assert frame_rate(found, 60) is None
    assert frame_rate(found, 60, whole=True) == 25
    assert frame_rate(found, 20, whole=True) == 20


def test_this_machine_s_encoder_is_known() -> None:
    assert encoders.has_av1()
