"""The host's table of weights: where it lies, what is said of it, and that the check goes by it."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import factories
from people import Person
from wardcast.platform import config
from wardcast.posts import actions as posts
from wardcast.project import cli, doctor
from wardcast.safety import queries, weights

Jobs = Callable[[], int]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Writes a policy file that this process goes by until the test ends."""

    def write(text: str) -> Path:
        path = tmp_path / "policy.toml"
        path.write_text(text)
        monkeypatch.setenv("WARDCAST_POLICY", str(path))
        config.current.cache_clear()
        weights.current.cache_clear()
        return path

    yield write
    monkeypatch.undo()
    config.current.cache_clear()
    weights.current.cache_clear()


def says() -> doctor.Finding:
    (found,) = [each for each in doctor.examine() if each.what == "Policy of the check"]
    return found


@pytest.mark.django_db
def test_a_version_is_weighed_by_the_hosts_table(
    ana: Person, do_jobs: Jobs, table: Callable[[str], Path]
) -> None:
    table('[kinds]\nname = { beside = "ask" }')
    version_id = posts.cut(factories.a_draft(ana, text="My patient Harold Okafor had chest pain."))
    do_jobs()
    assert [(each.kind, each.severity) for each in queries.checked(version_id).open] == [
        ("name", "ask")
    ]


@pytest.mark.django_db
def test_a_table_that_is_less_strict_is_said_so(
    table: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = table('[kinds]\nname = "info"')
    found = says()
    assert (found.state, str(path) in found.says) == ("on", True)
    assert "blocks less than by default: name." in found.says
    assert cli._policy_holds()
    assert "blocks less than by default: name." in capsys.readouterr().err


@pytest.mark.django_db
def test_with_a_table_that_is_wrong_nothing_starts(
    table: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = table('[kinds]\nnames = "ask"')
    assert cli.work(argparse.Namespace()) == 1
    said = capsys.readouterr().err
    assert f"{path}: There is no kind “names”." in said
    assert says().state == "broken"


def test_a_file_in_the_data_folder_is_found(
    data_folder: Path, table: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    table("")
    monkeypatch.delenv("WARDCAST_POLICY")
    config.current.cache_clear()
    assert config.current().policy is None
    here = data_folder / "policy.toml"
    here.write_text("")
    try:
        assert config.current().policy == here
    finally:
        here.unlink()
