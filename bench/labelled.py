"""Texts with the identifiers in them: sets of others read from a folder, halves kept apart.

Nothing of such a set is kept here. A span is (start, end, type) in characters of its text.
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """One text. `half` is "seen" (looked at while the check was made) or "held" (never)."""

    text: str
    spans: tuple[Span, ...]
    half: str
    style: str
    apart: tuple[tuple[int, int], ...] = ()
    """Stretches that are neither right nor wrong to flag."""


def scripts(folder: Path) -> Iterator[Sample]:
    """`scripts/spoken_dev.json`: a list of {text, spans, style, tpl}; halves by template."""
    path = folder / "scripts" / "spoken_dev.json"
    if path.exists():
        for row in json.loads(path.read_text()):
            spans = tuple((start, end, kind) for start, end, kind in row["spans"])
            yield Sample(row["text"], spans, _half(row["tpl"]), row["style"])


_BLOCK = re.compile(r"===QUERY===\n(.*?)\n===PHI_TAGS===\n(.*?)(?=\n===QUERY===|\Z)", re.DOTALL)


def queries(folder: Path) -> Iterator[Sample]:
    """`clinical_queries/queries.txt`: a query, then its identifiers by value; halves by order."""
    path = folder / "clinical_queries" / "queries.txt"
    if not path.exists():
        return
    for number, (text, tags) in enumerate(_BLOCK.findall(path.read_text())):
        spans: list[Span] = []
        for line in tags.strip().splitlines():
            tag = json.loads(line)
            start = text.find(tag["value"])
            if start >= 0:
                spans.append((start, start + len(tag["value"]), tag["identifier_type"]))
        yield Sample(text, tuple(spans), _half(number), "cased" if spans else "hard negative")


def visits(folder: Path) -> Iterator[Sample]:
    """`aci_bench`: visits as recognised speech; the names of the patient are the silver labels.

    A visit's words are given as one text; the doctor's name is neither right nor wrong.
    """
    for path in sorted((folder / "aci_bench").glob("*.csv")):
        about = path.with_name(f"{path.stem}_metadata.csv")
        if not about.exists() or "_asr" not in path.name:
            continue
        with about.open(newline="") as lines:
            people = {row["id"]: row for row in csv.DictReader(lines)}
        with path.open(newline="") as lines:
            for row in csv.DictReader(lines):
                text, person = row["dialogue"], people[row["id"]]
                patient = [person["patient_firstname"], person["patient_familyname"]]
                number = int(re.sub(r"\D", "", row["id"]))
                spans = tuple((*at, "NAME") for at in _words(text, patient))
                doctor = tuple(_words(text, [person["doctor_name"]]))
                yield Sample(text, spans, _half(number), path.stem.split("_")[-1], doctor)


def _words(text: str, names: list[str]) -> Iterator[tuple[int, int]]:
    for name in names:
        for word in (name or "").split():
            if len(word) > 1:
                for match in re.finditer(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
                    yield match.span()


def _half(number: int) -> str:
    return "seen" if number % 2 == 0 else "held"
