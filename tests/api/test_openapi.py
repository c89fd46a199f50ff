"""The API's description and the table of permissions are what the code says."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ninja import Schema

from wardcast.project import generated

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    return dict(json.loads(generated.openapi()))


def operations(description: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in description["paths"].values() for operation in path.values()]


@pytest.mark.parametrize(
    ("name", "write"),
    [("openapi.json", generated.openapi), ("docs/permissions.md", generated.permissions)],
)
def test_what_is_committed_is_what_the_code_says(name: str, write: Callable[[], str]) -> None:
    path = ROOT / name
    committed = path.read_text(encoding="utf-8") if path.exists() else ""
    assert committed == write(), f"{name} is older than the code: run `make fix`"


def test_every_operation_names_itself_once_says_what_it_does_and_its_verb(
    description: dict[str, Any],
) -> None:
    named = [each["operationId"] for each in operations(description)]
    assert sorted(named) == sorted(set(named))
    for each in operations(description):
        assert each["description"].strip(), each["operationId"]
        assert each["x-verb"], each["operationId"]
        assert each["x-kind"], each["operationId"]


def test_every_operation_but_those_of_files_says_what_it_answers_with(
    description: dict[str, Any],
) -> None:
    silent = [
        each["operationId"]
        for path, methods in description["paths"].items()
        for each in methods.values()
        if not path.endswith("/{file}")
        and not any("content" in answer for answer in each["responses"].values())
    ]
    assert silent == []


def test_no_two_shapes_share_a_name() -> None:
    # The description keeps one shape a name: a second one of that name would silently stand for it.
    shapes: dict[str, set[str]] = {}
    for shape in subclasses(Schema):
        if shape.__module__.startswith("wardcast.api"):
            fields = {"properties": {}} | shape.model_json_schema()
            said = json.dumps(fields["properties"], sort_keys=True)
            shapes.setdefault(shape.__name__, set()).add(said)
    assert [name for name, said in shapes.items() if len(said) > 1] == []


def subclasses(base: type[Schema]) -> Iterator[type[Schema]]:
    for each in base.__subclasses__():
        yield each
        yield from subclasses(each)
