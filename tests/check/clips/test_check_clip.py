"""`wardcast check CLIP`: how it ends, and what each form of it says."""

import io
import json
from pathlib import Path

import pytest

from clips import small_clip
from drawn import clip as drawn_clip
from wardcast.check.shown.bar import Bar
from wardcast.project.cli import main

VTT = "WEBVTT\n\n00:00.100 --> 00:00.900\nMy patient Harold Okafor came in\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    drawn_clip(folder / "silent.mp4", 0.4, lambda picture, _: None, size=(90, 160))
    (folder / "tone.mp4").write_bytes(small_clip())
    (folder / "said.vtt").write_text(VTT)
    (folder / "note.mp4").write_text("Wash your hands.")
    return folder


def test_it_ends_with_0_where_nothing_was_found(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(folder / "silent.mp4")]) == 0
    assert "We found nothing that we can recognise." in capsys.readouterr().out


def test_it_ends_with_1_where_something_was_found_and_says_where(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip, captions = str(folder / "silent.mp4"), str(folder / "said.vtt")
    assert main(["check", clip, "--captions", captions]) == 1
    out = capsys.readouterr().out
    assert f"{clip}: captions 0:00.3–0:00.7: block: name: “Harold Okafor”." in out


def test_it_ends_with_2_where_a_channel_is_not_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = str(folder / "tone.mp4")
    assert main(["check", clip]) == 2
    out = capsys.readouterr().out
    assert "not checked: speech:" in out
    assert f"{clip}: data in the file: info: device" in out


def test_it_ends_with_3_where_it_cannot_be_read_and_says_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note, silent = str(folder / "note.mp4"), str(folder / "silent.mp4")
    assert main(["check", note]) == 3
    assert f"{note}: This file is a text, not a video. Choose" in capsys.readouterr().err
    assert main(["check", note, "--format", "json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert (told["verdict"], told["unreadable"]["code"]) == ("unreadable", "not_a_video")
    assert main(["check", silent, "--captions", note]) == 3
    assert "neither WebVTT nor SRT" in capsys.readouterr().err
    assert main(["check", silent, "--text", note]) == 3
    with pytest.raises(SystemExit) as ended:
        main(["check", silent, "--format", "pdf"])
    assert ended.value.code == 3


def test_json_and_sarif_hold_times_and_the_same_findings(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["check", str(folder / "silent.mp4"), "--captions", str(folder / "said.vtt")]
    main([*asked, "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    main([*asked, "--format", "sarif"])
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert report["verdict"] == "findings"
    assert report["clip"]["duration_ms"] == 400
    (result,) = run["results"]
    (finding,) = report["findings"]
    assert result["partialFingerprints"]["wardcast/v1"] == finding["id"]
    assert [result["properties"]["startMs"], result["properties"]["endMs"]] == finding["time"]
    (place,) = result["locations"]
    assert place["logicalLocations"] == [{"name": "captions", "kind": "channel"}]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_on_terminals_alone_and_goes_away() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        bar = Bar(stream)
        bar("Looking at the picture", 0.5)
        bar("Looking at the picture", 0.5)
        bar.done()
    assert pipe.getvalue() == ""
    lines = terminal.getvalue().split("\r")
    assert "############............  50%" in lines[1]
    assert len(lines) == 4
    assert not lines[2].strip()
    assert not lines[3]
