"""A report as lines of text: one a finding, where it is first, as compilers write them."""

from wardcast.check.finding import Finding
from wardcast.check.labels import label_of_channel
from wardcast.check.report import Report
from wardcast.check.shown.subject import Subject, clock, message
from wardcast.check.voices import SPEAKER

NOTHING = "We found nothing that we can recognise."


def as_text(report: Report, subject: Subject) -> str:
    """The whole report."""
    lines = [line(finding, subject) for finding in report.findings]
    if report.story is not None:
        lines.append(f"story: {report.story.level}: {report.story.sentence}")
        if report.story.best is not None:
            lines.append(f"story: {report.story.best.sentence}")
        lines += [f"story: {sentence}" for sentence in report.story.assumed]
    lines += whose_voice(report)
    lines += not_checked(report, subject)
    if not report.findings and not report.not_checked:
        lines.append(NOTHING)
    return "\n".join(lines)


def line(finding: Finding, subject: Subject) -> str:
    """One finding: where, how much it weighs, what, why."""
    where = _where(finding, subject)
    return f"{where}: {finding.severity.value}: {finding.kind}: “{_flat(finding.text)}”. " + (
        message(finding)
    )


def whose_voice(report: Report) -> list[str]:
    """How somebody at a terminal answers whose the voice is."""
    if not any(each.kind == SPEAKER for each in report.findings):
        return []
    return ["If the voice that speaks most is your own, say so: --my-voice."]


def not_checked(report: Report, subject: Subject) -> list[str]:
    """A line for each channel that nothing examined."""
    if subject.duration_ms is None:
        return [f"not checked: {c.reason} {c.remedy}" for c in report.not_checked]
    return [
        f"not checked: {label_of_channel(c.name)}: {c.reason} {c.remedy}".rstrip()
        for c in report.not_checked
    ]


def _where(finding: Finding, subject: Subject) -> str:
    if subject.duration_ms is None:
        line_, column = subject.place_of(finding)
        return f"{subject.name}:{line_}:{column}"
    where = f"{subject.name}: {label_of_channel(finding.channel)}"
    if finding.time is not None:
        where += f" {clock(finding.time.start_ms)}–{clock(finding.time.end_ms)}"
    elif finding.span is not None:
        line_, column = subject.place_of(finding)
        where += f" {line_}:{column}"
    if finding.track is not None:
        box = finding.track.whole
        where += f" at {box.left},{box.top}–{box.right},{box.bottom}"
    return where


def _flat(text: str) -> str:
    return text.replace("\n", " · ")
