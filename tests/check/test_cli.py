"""`wardcast check --text`: what it says, how it ends."""

import io
import json
from pathlib import Path

import pytest

from wardcast.project.cli import main

CASE = "My patient Harold Okafor came in.\nHe was in room four twelve."
SPANISH = "Hoy vino una paciente con dolor en el pecho y la ingresamos por la noche"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    return tmp_path / "script.txt"


@pytest.mark.parametrize(
    ("text", "code"),
    [("Drink water every day.", 0), (CASE, 1), (SPANISH, 2)],
)
def test_the_exit_code_tells_what_was_found(script: Path, text: str, code: int) -> None:
    script.write_text(text)
    assert main(["check", "--text", str(script)]) == code


def test_text_names_line_and_column_and_what_to_say(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script.write_text(CASE)
    main(["check", "--text", str(script)])
    out = capsys.readouterr().out
    assert f"{script}:1:12: block: name: “Harold Okafor”." in out
    assert f"{script}:2:11: ask: room: “room four twelve”." in out
    assert "Say instead: a room on the ward" in out


def test_json_and_sarif_hold_the_same_findings(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script.write_text(CASE)
    assert main(["check", "--text", str(script), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert main(["check", "--text", str(script), "--format", "sarif"]) == 1
    sarif = json.loads(capsys.readouterr().out)
    assert report["verdict"] == "findings"
    results = sarif["runs"][0]["results"]
    assert [r["ruleId"] for r in results] == [f["kind"] for f in report["findings"]]
    region = results[0]["locations"][0]["physicalLocation"]["region"]
    start = region["charOffset"]
    assert CASE[start : start + region["charLength"]] == "Harold Okafor"
    assert sarif["version"] == "2.1.0"


def test_what_is_piped_in_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped = io.TextIOWrapper(io.BytesIO(b"ROOM412BEDB"))
    monkeypatch.setattr("sys.stdin", piped)
    assert main(["check", "--text", "-", "--channel", "screen"]) == 1
    assert "room" in capsys.readouterr().out


def test_a_name_of_ones_own_is_no_patient(script: Path) -> None:
    script.write_text("My patient Harold Okafor came in.")
    assert main(["check", "--text", str(script), "--own", "Harold Okafor"]) == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "cannot be read"), (b"\xff\xfe\x00\xd8", "no UTF-8"), (b"a" * 4_000_001, "larger")],
)
def test_what_cannot_be_read_says_why(
    script: Path, content: bytes | None, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        script.write_bytes(content)
    assert main(["check", "--text", str(script)]) == 3
    assert says in capsys.readouterr().err
    assert main(["check"]) == 3


def test_a_hosts_file_weighs_and_one_that_is_none_says_what_to_mend(
    script: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script.write_text(CASE)
    policy = tmp_path / "policy.toml"
    policy.write_text('[kinds]\nname = "info"\nroom = "block"\n')
    main(["check", "--text", str(script), "--policy", str(policy)])
    out = capsys.readouterr().out
    assert "info: name: “Harold Okafor”." in out
    assert "block: room: “room four twelve”." in out
    policy.write_text('[kinds]\nnames = "info"\n')
    assert main(["check", "--text", str(script), "--policy", str(policy)]) == 3
    said = capsys.readouterr()
    assert (said.out, f"{policy}: There is no kind “names”" in said.err) == ("", True)
    assert main(["check", "--text", str(script), "--policy", str(tmp_path / "none")]) == 3
    assert "none" in capsys.readouterr().err
