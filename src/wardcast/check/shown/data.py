"""A report as JSON, for programs."""

import json

from wardcast.check.report import Report
from wardcast.check.shown.subject import Subject


def as_json(report: Report, subject: Subject) -> str:
    """The whole report, with its verdict. `wardcast redact --findings` reads it again."""
    data = json.loads(report.to_json())
    data["verdict"] = report.verdict
    if subject.duration_ms is not None:
        data["clip"] = {"name": subject.name, "duration_ms": subject.duration_ms}
    return json.dumps(data, ensure_ascii=True, indent=1)
