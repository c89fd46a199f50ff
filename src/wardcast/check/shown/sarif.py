"""A report as SARIF 2.1.0, the form in which tools hand findings to editors and reviewers.

SARIF knows lines and characters, not seconds and boxes: of a clip these stand among the properties.
"""

import json
from typing import Any
from urllib.parse import quote

from wardcast.check.finding import Finding, Severity
from wardcast.check.labels import label_of
from wardcast.check.place import track_to_dict
from wardcast.check.report import Report
from wardcast.check.shown.subject import Subject, message

_LEVELS = {Severity.BLOCK: "error", Severity.ASK: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(report: Report, subject: Subject) -> str:
    """The whole report as JSON text."""
    kinds = sorted({f.kind for f in report.findings})
    rules = [{"id": kind, "shortDescription": {"text": label_of(kind)}} for kind in kinds]
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "wardcast check", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, subject) for f in report.findings],
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
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)


def _result(finding: Finding, subject: Subject) -> dict[str, Any]:
    return {
        "ruleId": finding.kind,
        "level": _LEVELS[finding.severity],
        "message": {"text": message(finding)},
        "locations": [_location(finding, subject)],
        "partialFingerprints": {"wardcast/v1": finding.id},
        "properties": _properties(finding),
    }


def _location(finding: Finding, subject: Subject) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": {"uri": quote(subject.name)}}
    if subject.duration_ms is not None:
        channel = {"name": finding.channel, "kind": "channel"}
        return {"physicalLocation": where, "logicalLocations": [channel]}
    assert finding.span is not None
    line, column = subject.place_of(finding)
    where["region"] = {
        "startLine": line, "startColumn": column, "charOffset": finding.span.start,
        "charLength": finding.span.end - finding.span.start,
    }  # fmt: skip
    return {"physicalLocation": where}


def _properties(finding: Finding) -> dict[str, Any]:
    said: dict[str, Any] = {
        "confidence": finding.confidence,
        "severity": finding.severity.value,
    }
    if finding.time is not None:
        said["startMs"], said["endMs"] = finding.time.start_ms, finding.time.end_ms
    if finding.track is not None:
        said["track"] = track_to_dict(finding.track)
    return said
