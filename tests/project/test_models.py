"""A recogniser of speech comes by one command, whole or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from check.adapters.tiny import write_model
from project.hub import Hub, serving

pytestmark = pytest.mark.slow


def wardcast(data: Path, *words: str, hub: str = "http://127.0.0.1:9") -> tuple[int, str, str]:
    said = subprocess.run(
        [sys.executable, "-m", "wardcast.project.cli", "models", *words],
        env={**os.environ, "WARDCAST_DATA": str(data), "HF_ENDPOINT": hub},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return said.returncode, said.stdout, said.stderr


def test_a_model_is_fetched_tried_and_used(tmp_path: Path) -> None:
    with serving(Hub(write_model(tmp_path / "there"))) as hub:
        code, said, progress = wardcast(tmp_path / "data", "fetch", "tiny", hub=hub.address)
        assert code == 0, progress
        assert "listened to with it" in said
        assert "model.bin" in progress
        asked = len(hub.asked)
        assert "here already" in wardcast(tmp_path / "data", "fetch", "tiny", hub=hub.address)[1]
        assert len(hub.asked) == asked
    home = tmp_path / "data" / "models" / "whisper"
    assert [each.name for each in home.iterdir()] == ["tiny"]
    assert not list((home / "tiny").glob(".*"))
    listed = wardcast(tmp_path / "data", "list")[1]
    assert f"Speech is recognised with {home / 'tiny'}" in listed
    assert "  here  tiny" in listed
    assert "  here  small" not in listed


def test_a_fetch_that_broke_off_goes_on_and_leaves_no_half_a_model(tmp_path: Path) -> None:
    model = write_model(tmp_path / "there")
    # The client keeps what has come in pieces of ten million bytes.
    (model / "model.bin").write_bytes((model / "model.bin").read_bytes() + bytes(25_000_000))
    data = tmp_path / "data"
    code, _, why = wardcast(data, "fetch", "tiny")
    assert code == 1
    assert "goes on where it ended" in why
    assert "not recognised" in wardcast(data, "list")[1]
    with serving(Hub(model, breaks={"model.bin"})) as hub:
        code, _, why = wardcast(data, "fetch", "tiny", hub=hub.address)
        assert code == 0, why
        ranges = [asked for path, asked in hub.asked if path.endswith("model.bin") and asked]
    assert ranges


def test_what_cannot_be_loaded_is_thrown_away(tmp_path: Path) -> None:
    model = write_model(tmp_path / "there")
    (model / "model.bin").write_bytes(b"no model at all")
    with serving(Hub(model)) as hub:
        code, _, why = wardcast(tmp_path / "data", "fetch", "base", hub=hub.address)
    assert code == 1
    assert "cannot be loaded" in why
    assert not list((tmp_path / "data" / "models" / "whisper").iterdir())


def test_a_model_that_nobody_knows_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    code, _, why = wardcast(tmp_path, "fetch", "enormous")
    assert code == 1
    assert "enormous" in why
    assert "small" in why
