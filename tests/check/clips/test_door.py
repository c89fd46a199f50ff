"""A clip by its path: every channel examined, and no file that makes it raise."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from check.adapters.voices import clip_saying
from clips import PHONE, PLACE, small_clip
from drawn import clip as drawn_clip
from drawn import words
from wardcast.check import Lexicon, Material, Report, examine, parse_captions
from wardcast.gate.limits import Limits

SAID = "My patient Harold Baker came in with a cough. He went home the next morning."
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nMy patient Harold Okafor came in\n"


def test_a_clip_is_examined_on_every_channel(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(small_clip())
    heard: list[tuple[str, float]] = []
    report = examine(
        path, captions=parse_captions(VTT), progress=lambda what, share: heard.append((what, share))
    )
    found = {(each.channel, each.kind): each for each in report.findings}
    name = found["captions", "name"]
    assert name.text == "Harold Okafor"
    assert name.time is not None
    assert name.time.end_ms <= 2_000
    assert PLACE in {each.text for each in report.findings if each.kind == "location"}
    assert PHONE in {each.text for each in report.findings if each.kind == "device"}
    states = {each.name: each.state for each in report.channels}
    assert states["screen"] == states["faces"] == states["metadata"] == "checked"
    assert (states["voices"], states["speech"]) == ("checked", "not_checked")
    (speech,) = [each for each in report.channels if each.name == "speech"]
    assert "--script" in speech.remedy
    assert {what for what, _ in heard} == {
        "Listening", "Telling voices apart", "Looking at the picture",
    }  # fmt: skip
    assert max(share for _, share in heard) == 1.0


@pytest.mark.slow
def test_what_is_said_is_found_by_the_script_with_its_times(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(clip_saying(SAID, tmp_path))
    report = examine(str(path), script=SAID)
    (speech,) = [each for each in report.channels if each.name == "speech"]
    assert speech.state == "checked"
    (name,) = [each for each in report.findings if each.kind == "name"]
    assert (name.channel, name.text) == ("script", "Harold Baker")
    assert name.time is not None
    assert 300 < name.time.start_ms < name.time.end_ms < 2_500
    kept = examine(path, script=SAID, lexicon=Lexicon.of(["Harold Baker"]))
    assert not [each for each in kept.findings if each.kind == "name"]


def test_the_same_clip_gives_the_same_report_with_boxes(tmp_path: Path) -> None:
    path = tmp_path / "board.mp4"
    drawn_clip(path, 1, lambda picture, _: words(picture, "MRN 00447291", (60, 400)))
    first, second = examine(path), examine(path)
    assert first == second
    (form,) = [each for each in first.findings if each.kind == "form"]
    assert form.track is not None
    box = form.track.whole
    assert box.left <= 72
    assert box.top <= 412 <= box.bottom
    assert first.picture == (540, 960)
    assert Report.from_json(first.to_json()) == first


def test_material_is_still_examined_as_it_is() -> None:
    report = examine(Material(title="My patient Harold Okafor", has_audio=False))
    assert [each.channel for each in report.findings] == ["title"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "no_such_file"),
        (b"", "empty_file"),
        (b"Wash your hands.", "not_a_video"),
        (b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n", "disguised_playlist"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 300, "unreadable"),
    ],
)
def test_what_is_no_clip_is_unreadable_and_says_why(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "clip.mp4"
    if content is not None:
        path.write_bytes(content)
    report = examine(path)
    assert report.verdict == "unreadable"
    assert report.unreadable is not None
    assert report.unreadable.code == code
    assert {each.state for each in report.channels} == {"not_checked"}
    assert Report.from_json(report.to_json()) == report


def test_folders_odd_names_and_captions_are_unreadable_too(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(small_clip())
    broken = tmp_path / "broken.vtt"
    broken.write_text("WEBVTT\n\n00:01.000 --> soon\nmy patient Harold Okafor\n")
    asked = {
        "not_a_file": examine(tmp_path),
        "no_such_file": examine("clip\0.mp4"),
        "captions_unreadable": examine(path, captions=broken),
        "too_long": examine(path, limits=Limits(max_duration_ms=500)),
    }
    assert {r.unreadable.code if r.unreadable else "" for r in asked.values()} == set(asked)


@given(st.one_of(st.binary(max_size=400), st.tuples(st.integers(0, 4_000), st.binary(max_size=40))))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_bytes_make_it_raise(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes | tuple[int, bytes]
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "clip.mp4"
    if isinstance(damage, bytes):
        path.write_bytes(b"\0\0\0\x18ftypisom" + damage)
    else:
        at, data = damage
        whole = small_clip()
        path.write_bytes(whole[:at] + data + whole[at + len(data) : at + 9_000])
    report = examine(path)
    assert Report.from_json(report.to_json()) == report
    assert (report.unreadable is not None) == (report.verdict == "unreadable")


def test_nothing_of_it_needs_django(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(small_clip())
    asks = (
        "import sys; from wardcast.project.cli import main; from wardcast.check import examine; "
        "code = main(['check', sys.argv[1]]); "
        "assert not {'django', 'psycopg', 'dbos', 'sqlite3'} & set(sys.modules); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asks, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
