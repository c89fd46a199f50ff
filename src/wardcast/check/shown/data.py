"""A report as JSON, for programs and for who edits it: `wardcast redact --findings` reads it
again."""

import json

from wardcast.check.chosen import ways
from wardcast.check.report import Report
from wardcast.check.shown.subject import Subject


def as_json(report: Report, subject: Subject) -> str:
    """The whole report, with its verdict; of a clip also what may become of each finding."""
    data = json.loads(report.to_json())
    data["verdict"] = report.verdict
    if subject.duration_ms is not None:
        data["clip"] = {"name": subject.name, "duration_ms": subject.duration_ms}
        if subject.sha256:
            data["clip"]["sha256"] = subject.sha256
        for told, finding in zip(data["findings"], report.findings, strict=True):
            told |= {"how": None, "ways": list(ways(finding))}
    return json.dumps(data, ensure_ascii=True, indent=1)
