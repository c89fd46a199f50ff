"""`wardcast check --text FILE|-` and `wardcast models …`: the check without a server.

Exit codes of `check`: 0 nothing found, 1 something found, 2 not checked, 3 not readable.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from wardcast.check.examine import examine_text
from wardcast.check.finding import Finding, Severity, finding_to_dict
from wardcast.check.lexicon import Lexicon
from wardcast.check.report import Report

CLEAN, FINDINGS, NOT_CHECKED, UNREADABLE = 0, 1, 2, 3
_MOST_BYTES = 4_000_000
_LEVELS = {Severity.BLOCK: "error", Severity.ASK: "warning", Severity.INFO: "note"}
TEXT_CHANNELS = (
    "speech", "captions", "caption", "title", "script", "hashtags", "comment", "screen",
)  # fmt: skip


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wardcast check`."""
    parser.add_argument("--text", metavar="FILE", help="a text to check; - reads what is piped in")
    parser.add_argument(
        "--channel", choices=TEXT_CHANNELS, default="speech", help="where the text stands"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "sarif"), default="text", help="how to tell it"
    )
    parser.add_argument(
        "--own", action="append", default=[], metavar="NAME", help="a name that is no patient's"
    )
    parser.add_argument("--place", default="", help="the author's own town: “Scranton, PA”")


def check(given: argparse.Namespace) -> int:
    """Checks one text and tells what was found; returns the exit code."""
    text = _read(given.text)
    if text is None:
        return UNREADABLE
    report = examine_text(
        text, channel=given.channel, lexicon=Lexicon.of(given.own), place=given.place
    )
    shown = {"text": _as_text, "json": _as_json, "sarif": _as_sarif}[given.format]
    print(shown(report, text, "stdin" if given.text == "-" else given.text))
    if report.blocking or report.asking:
        return FINDINGS
    return NOT_CHECKED if report.not_checked else CLEAN


def _read(name: str | None) -> str | None:
    """The text, or None after saying why it cannot be read."""
    if not name:
        _complain("Say which text to check: wardcast check --text FILE, or --text - for a pipe.")
        return None
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        _complain(f"{name} cannot be read ({error.strerror}). Give the path of a text file.")
        return None
    if len(raw) > _MOST_BYTES:
        _complain(f"{name} is larger than {_MOST_BYTES // 1_000_000} MB. Check it in parts.")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _complain(f"{name} is no UTF-8 text (byte {error.start}). Save it as UTF-8 plain text.")
        return None


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _as_text(report: Report, text: str, name: str) -> str:
    lines = []
    for finding in report.findings:
        line, column = _place_of(text, finding)
        lines.append(
            f"{name}:{line}:{column}: {finding.severity.value}: {finding.kind}: “{finding.text}”. "
            f"{finding.reason} Say instead: {finding.suggestion}"
        )
    if report.story is not None:
        lines.append(f"story: {report.story.level}: {report.story.sentence}")
        if report.story.best is not None:
            lines.append(f"story: {report.story.best.sentence}")
        lines += [f"story: {sentence}" for sentence in report.story.assumed]
    lines += [f"not checked: {c.reason} {c.remedy}" for c in report.not_checked]
    if not report.findings and not report.not_checked:
        lines.append("We found nothing that we can recognise.")
    return "\n".join(lines)


def _as_json(report: Report, text: str, name: str) -> str:
    data = json.loads(report.to_json())
    data["verdict"] = report.verdict
    return json.dumps(data, ensure_ascii=True, indent=1)


def _as_sarif(report: Report, text: str, name: str) -> str:
    """SARIF 2.1.0, the form in which tools hand findings to editors and reviewers."""
    kinds = sorted({f.kind for f in report.findings})
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "wardcast check", "rules": [{"id": kind} for kind in kinds]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, text, name) for f in report.findings],
        "invocations": [
            {
                "executionSuccessful": not report.not_checked,
                "toolExecutionNotifications": [
                    {"level": "warning", "message": {"text": f"{c.name}: {c.reason}"}}
                    for c in report.not_checked
                ],
            }
        ],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=1)


def _result(finding: Finding, text: str, name: str) -> dict[str, Any]:
    assert finding.span is not None
    line, column = _place_of(text, finding)
    region = {
        "startLine": line, "startColumn": column, "charOffset": finding.span.start,
        "charLength": finding.span.end - finding.span.start,
    }  # fmt: skip
    where = {"physicalLocation": {"artifactLocation": {"uri": name}, "region": region}}
    return {
        "ruleId": finding.kind,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.reason} Say instead: {finding.suggestion}"},
        "locations": [where],
        "partialFingerprints": {"wardcast/v1": finding.id},
        "properties": {"confidence": finding.confidence, **_severity(finding)},
    }


def _severity(finding: Finding) -> dict[str, str]:
    return {"severity": str(finding_to_dict(finding)["severity"])}


def _place_of(text: str, finding: Finding) -> tuple[int, int]:
    """Line and column, both from 1."""
    start = finding.span.start if finding.span else 0
    before = text[:start]
    return before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1


def train_text(folders: list[str]) -> int:
    """Trains the model of context anew, on folders of labelled texts too."""
    from wardcast.check.detectors.by_context import MODEL
    from wardcast.check.making.training import Recipe, train

    missing = [name for name in folders if not Path(name).is_dir()]
    if missing:
        _complain(f"{missing[0]} is no folder. Give folders of *.jsonl files with text and spans.")
        return UNREADABLE
    count = train(Recipe(), [Path(name) for name in folders], MODEL)
    print(f"Trained on {count:,} texts: {MODEL} ({MODEL.stat().st_size // 1000} kB)")
    return CLEAN


def make_towns() -> int:
    """Makes the list of towns anew."""
    from wardcast.check.data import FOLDER
    from wardcast.check.making.towns import write

    print(f"{write(FOLDER / 'towns.tsv.gz'):,} towns")
    return CLEAN
