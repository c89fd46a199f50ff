"""`wardcast redact`: what was found is gone from the file, and that is looked at again."""

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from check.adapters.voices import clip_saying
from clips import PLACE
from drawn import clip as drawn_clip
from drawn import words
from wardcast.check import parse_captions
from wardcast.project.cli import main

SAID = "My patient Harold Baker came in with a cough. He went home the next morning."
VTT = f"WEBVTT\n\n00:00.200 --> 00:02.700\n{SAID[:45]}\n\n00:02.700 --> 00:04.400\n{SAID[46:]}\n"
NUMBER = "MRN 00447291"


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a clip, what is said in it, and its captions."""
    folder = tmp_path_factory.mktemp("spoken")
    clip_saying(SAID, folder)
    subprocess.run(
        [
            *("ffmpeg", "-nostdin", "-v", "error", "-i", str(folder / "clip.mp4"), "-c", "copy"),
            *("-metadata", f"location={PLACE}", "-metadata", f"title={SAID}"),
            *("-movflags", "use_metadata_tags", str(folder / "tagged.mp4")),
        ],
        check=True,
    )
    (folder / "tagged.mp4").replace(folder / "clip.mp4")
    (folder / "said.txt").write_text(SAID)
    (folder / "said.vtt").write_text(VTT)
    return folder


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A silent clip with a number on a white band."""
    path = tmp_path_factory.mktemp("board") / "board.mp4"
    drawn_clip(path, 1, lambda picture, _: words(picture, NUMBER, (60, 400)))
    return path


def loudness(path: Path, start: float, end: float) -> float:
    """Mean volume in dB of a part of the sound, as the real ffmpeg measures it."""
    chain = f"atrim={start}:{end},volumedetect"
    asked = ["ffmpeg", "-nostdin", "-i", str(path), "-vn", "-af", chain, "-f", "null", "-"]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stderr
    match = re.search(r"mean_volume: (-?[\d.]+) dB", said)
    assert match
    return float(match[1])


def length(path: Path) -> float:
    asked = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"]
    return float(subprocess.check_output([*asked, str(path)]))


def pictures(path: Path, folder: Path) -> list[Image.Image]:
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), str(folder / "p%03d.png")],
        check=True,
    )
    return [Image.open(each).convert("RGB") for each in sorted(folder.glob("p*.png"))]


@pytest.mark.slow
def test_words_are_silent_where_they_were_said(
    spoken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "clean.mp4"
    beside = ["--script", str(spoken / "said.txt"), "--captions", str(spoken / "said.vtt")]
    given = ["redact", str(spoken / "clip.mp4"), "-o", str(out), "--all", *beside]
    assert main(given) == 1
    assert "--my-voice" in capsys.readouterr().out
    assert main([*given, "--my-voice"]) == 0
    said = capsys.readouterr().out
    assert f"{out} is written without" in said
    assert "Examined again: we found nothing that we can recognise." in said
    assert "not checked" not in said
    assert loudness(spoken / "clip.mp4", 0.85, 1.4) > -40
    assert loudness(out, 0.85, 1.4) < -80  # “Harold Baker”
    assert loudness(out, 2.1, 2.5) > -40  # “cough”
    before, after = (spoken / "clip.mp4").read_bytes(), out.read_bytes()
    for trace in (PLACE.encode(), b"Harold"):
        assert trace in before
        assert trace not in after
    captions = parse_captions((tmp_path / "clean.vtt").read_text())
    assert "Harold" not in captions.text
    assert "[removed]" in captions.text
    assert sorted(each.name for each in tmp_path.iterdir()) == ["clean.mp4", "clean.vtt"]


@pytest.mark.slow
def test_what_is_seen_is_under_a_solid_box_and_the_report_chooses_it(
    board: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(board), "--format", "json"])
    report = tmp_path / "report.json"
    report.write_text(capsys.readouterr().out)
    found = json.loads(report.read_text())["findings"]
    assert {each["channel"] for each in found} == {"screen"}
    _, left, top, right, bottom = found[0]["track"]["spots"][0]
    out = tmp_path / "clean.mp4"
    assert main(["redact", str(board), "-o", str(out), "--findings", str(report)]) == 0
    told = capsys.readouterr().out
    assert "0 in the sound" in told
    assert "not checked" not in told
    shown = pictures(out, tmp_path)
    assert len(shown) == 25
    for picture in shown:
        assert picture.size == (540, 960)
        under = picture.crop((left, top, right, bottom)).getextrema()
        assert max(high for _, high in under) <= 20, "black, and nothing else"
        assert picture.getpixel((500, 900)) == pytest.approx((70, 90, 100), abs=6)


@pytest.mark.slow
def test_what_comes_to_light_under_the_first_box_is_covered_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside the number the second band is no name; once that is gone it reads as one."""
    clip, out = tmp_path / "two.mp4", tmp_path / "clean.mp4"

    def draw(picture: Image.Image, _: float) -> None:
        words(picture, NUMBER, (60, 100))
        words(picture, "Okafor", (60, 700))

    drawn_clip(clip, 0.6, draw)
    main(["check", str(clip)])
    assert "name" not in capsys.readouterr().out
    assert main(["redact", str(clip), "-o", str(out), "--all"]) == 0
    assert "we found nothing" in capsys.readouterr().out
    for picture in pictures(out, tmp_path):
        for at in ((200, 125), (200, 725)):
            assert max(picture.getpixel(at)) <= 20


def test_a_finding_that_nobody_chose_stays_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = tmp_path / "two.mp4"

    def draw(picture: Image.Image, _: float) -> None:
        words(picture, NUMBER, (60, 100))
        words(picture, "call 212 555 0142", (60, 700))

    drawn_clip(clip, 0.6, draw)
    main(["check", str(clip), "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    number = [each["id"] for each in found if "00447291" in each["text"]]
    chosen, out = tmp_path / "chosen.json", tmp_path / "clean.mp4"
    chosen.write_text(json.dumps(number))
    assert main(["redact", str(clip), "-o", str(out), "--findings", str(chosen)]) == 1
    told = capsys.readouterr().out
    assert "was not chosen and is still there" in told
    assert "555" in told
    assert "00447291" not in told
    assert out.exists()


@pytest.mark.slow
def test_what_is_cut_is_gone_from_picture_and_sound_and_captions_move_up(
    spoken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beside = ["--script", str(spoken / "said.txt"), "--captions", str(spoken / "said.vtt")]
    beside.append("--my-voice")
    clip, out = spoken / "clip.mp4", tmp_path / "clean.mp4"
    main(["check", str(clip), *beside, "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    for each in report["findings"]:
        assert each["how"] is None
        each["how"] = "cut" if "cut" in each["ways"] else None
    edited = tmp_path / "edited.json"
    edited.write_text(json.dumps(report))
    assert main(["redact", str(clip), "-o", str(out), "--findings", str(edited), *beside]) == 0
    assert "1 cut out of both" in capsys.readouterr().out
    gone = length(clip) - length(out)
    assert 0.7 < gone < 1.2  # “Harold Baker”, 120 ms wider
    assert len(pictures(out, tmp_path)) == pytest.approx(10 * length(out), abs=1)
    first, second = parse_captions((tmp_path / "clean.vtt").read_text()).cues
    assert first.text == "My patient came in with a cough."
    assert second.start_ms == pytest.approx(2_700 - 1000 * gone, abs=150)


def test_what_is_said_to_be_no_patients_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip, out = tmp_path / "two.mp4", tmp_path / "clean.mp4"

    def draw(picture: Image.Image, _: float) -> None:
        words(picture, NUMBER, (60, 100))
        words(picture, "call 212 555 0142", (60, 700))

    drawn_clip(clip, 0.6, draw)
    main(["check", str(clip), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    for each in report["findings"]:
        each["how"] = "drop" if "555" in each["text"] else "blur region"
    edited = tmp_path / "edited.json"
    edited.write_text(json.dumps(report))
    assert main(["redact", str(clip), "-o", str(out), "--findings", str(edited)]) == 0
    told = capsys.readouterr().out
    assert "This stays, as the file of findings says:" in told
    assert "0142" in told
    assert "not chosen" not in told
    shown = pictures(out, tmp_path)[0]
    assert max(shown.getpixel((200, 125))) <= 20
    assert max(high for _, high in shown.crop((60, 700, 300, 740)).getextrema()) > 200


def test_what_cannot_be_taken_out_leaves_no_file_that_looks_clean(
    spoken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The script is not what is said, so nobody knows when its name is."""
    other = tmp_path / "other.txt"
    other.write_text("Then Mrs. Margaret Okonkwo, my patient, had a stroke in the lift on Tuesday.")
    out = tmp_path / "clean.mp4"
    asked = ["redact", str(spoken / "clip.mp4"), "-o", str(out), "--all", "--script", str(other)]
    assert main(asked) == 1
    told = capsys.readouterr().out
    assert "was not written" in told
    assert "Okonkwo" in told
    assert not list(tmp_path.glob("*.mp4")) + list(tmp_path.glob(".*"))


def test_what_is_wrong_is_said_and_nothing_is_touched(
    board: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, clip = board.read_bytes(), str(board)
    unknown = tmp_path / "ids.json"
    unknown.write_text('["0123456789abcdef0123"]')
    no_list = tmp_path / "no.json"
    no_list.write_text('{"findings": 3}')
    wrong, other = tmp_path / "wrong.json", tmp_path / "other.json"
    wrong.write_text('[{"id": "0123456789abcdef0123", "how": "blurr"}]')
    other.write_text('{"clip": {"sha256": "00"}, "findings": [{"id": "0123456789abcdef0123"}]}')
    dropped = tmp_path / "dropped.json"
    dropped.write_text('[{"id": "0123456789abcdef0123", "how": "drop"}]')
    out = str(tmp_path / "out.mp4")
    (tmp_path / "same.mp4").symlink_to(board)
    asked = {
        "never written over": ["-o", clip, "--all"],
        "which is never": ["-o", str(tmp_path / "same.mp4"), "--all"],
        "--all, or --findings": ["-o", out],
        "call it": ["-o", str(tmp_path / "out.avi"), "--all"],
        "There is no folder": ["-o", str(tmp_path / "none" / "out.mp4"), "--all"],
        "neither a report nor a list": ["-o", out, "--findings", str(no_list)],
        "has no finding 0123456789abcdef0123": ["-o", out, "--findings", str(unknown)],
        'has the `how` "blurr", which is none. Write one of "mute"': [
            "-o",
            out,
            "--findings",
            str(wrong),
        ],
        "was made of another clip": ["-o", out, "--findings", str(other)],
        "drops every finding": ["-o", out, "--findings", str(dropped)],
        "cannot be read": ["-o", out, "--all", "--captions", str(tmp_path / "none.vtt")],
    }
    for says, given in asked.items():
        assert main(["redact", clip, *given]) == 3, says
        assert says in capsys.readouterr().err
    assert board.read_bytes() == before
    assert not (tmp_path / "out.mp4").exists()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.slow
def test_a_command_that_is_told_to_end_leaves_nothing_half_written(
    board: Path, tmp_path: Path
) -> None:
    words = ["redact", str(board), "-o", str(tmp_path / "clean.mp4"), "--all"]
    asked = [str(Path(sys.executable).with_name("wardcast")), *words]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        last = time.monotonic() + 60
        while not list(tmp_path.iterdir()) and time.monotonic() < last:
            time.sleep(0.02)
        assert [each.suffix for each in tmp_path.iterdir()] == [".part"]
        command.send_signal(signal.SIGTERM)
        _, said = command.communicate(timeout=60)
    assert command.returncode == 3
    assert b"Stopped: nothing was written." in said
    assert list(tmp_path.iterdir()) == []
