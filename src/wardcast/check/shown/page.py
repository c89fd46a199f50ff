"""A report as one HTML page: the clip, its findings, words and timeline, chosen together.

The page asks the network for nothing: a policy in it forbids that, and lets only this page's own
script and style run. Every word that was found or given is escaped.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path

from wardcast.check.examine import CONTEXT
from wardcast.check.finding import Finding, Severity
from wardcast.check.labels import label_of, label_of_channel, sure
from wardcast.check.report import CHANNELS, ChannelState, Report
from wardcast.check.shown.subject import Subject, advice, clock
from wardcast.check.shown.text import NOTHING

_SIGNS = {Severity.BLOCK: "!", Severity.ASK: "?", Severity.INFO: "i"}
_WEIGHS = {
    Severity.BLOCK: "identifies a patient",
    Severity.ASK: "to decide",
    Severity.INFO: "to know",
}
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows: the report, what it is about, and a small MP4 of the clip, if any."""

    report: Report
    subject: Subject
    copy: bytes | None = None


def as_page(report: Report, subject: Subject, copy: bytes | None = None) -> str:
    """The page, in letters that every encoding has. `copy` is an H.264 MP4 of the clip."""
    page = Page(report, subject, copy)
    style = _file("page.css") + "\n".join(_places(page))
    script = _file("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hashed(style)}'; script-src '{_hashed(script)}'; "
        "media-src blob:; base-uri 'none'; form-action 'none'"
    )
    has_clip = copy is not None
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex">',
        f"<title>{_safe(_name(page))} · Wardcast check</title>",
        f"<style>{style}</style>\n</head>\n<body>",
        *_header(page),
        f'<main class="{"clip" if has_clip else "text"}">',
        *(_player(page) if has_clip else ()),
        *_findings(page),
        *_words(page),
        *(_lanes(page) if has_clip else ()),
        *_not_checked(page),
        "</main>",
        f'<script type="application/json" id="told">{_told(page)}</script>',
    ]
    if copy is not None:
        letters = base64.b64encode(copy).decode()
        parts.append(f'<script type="text/plain" id="copy">{letters}</script>')
    parts.append(f"<script>{script}</script>\n</body>\n</html>")
    return "\n".join(parts).encode("ascii", "xmlcharrefreplace").decode()


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text("ascii")


def _hashed(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _safe(text: str) -> str:
    """Words as HTML; what cannot be a letter of a document becomes a sign for it."""
    kept = "".join(
        c if c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff") else "\ufffd" for c in text
    )
    return escape(kept)


def _told(page: Page) -> str:
    """What the script needs: times and places, no words."""
    findings = [
        {
            "id": f.id,
            "start": f.time.start_ms if f.time else None,
            "until": f.track.until_ms if f.track else 0,
            "spots": [
                [s.at_ms, s.box.left, s.box.top, s.box.right, s.box.bottom]
                for s in (f.track.spots if f.track else ())
            ],
        }
        for f in page.report.findings
    ]
    data = {
        "findings": findings,
        "picture": page.report.picture,
        "duration": page.subject.duration_ms,
    }
    return json.dumps(data).replace("<", "\\u003c")


def _header(page: Page) -> Iterator[str]:
    report = page.report
    counts = [
        (len(report.blocking), "identifies a patient", "identify a patient"),
        (len(report.asking), "to decide", "to decide"),
        (len(report.not_checked), "channel not checked", "channels not checked"),
    ]
    parts = [f"{count} {one if count == 1 else more}" for count, one, more in counts if count]
    said = " · ".join(parts) or NOTHING
    yield f"<header><h1>{_safe(_name(page))}</h1>"
    yield f'<p class="verdict">{_safe(said)}</p></header>'
    yield (
        '<p class="note">This page holds what was found, and the clip: keep it as safe as the '
        "clip itself. It says what was recognised, never that a clip is safe. Keys: "
        "<kbd>j</kbd> next, <kbd>k</kbd> previous, <kbd>Space</kbd> play.</p>"
    )


def _name(page: Page) -> str:
    return page.subject.name.rpartition("/")[2]


def _player(page: Page) -> Iterator[str]:
    yield '<section class="player" aria-label="The clip"><div class="stage">'
    yield '<video controls playsinline aria-label="The clip"></video>'
    yield '<div class="box" hidden></div></div></section>'


def _findings(page: Page) -> Iterator[str]:
    yield '<section class="findings"><h2>Findings</h2>'
    if not page.report.findings:
        yield f"<p>{NOTHING}</p>"
    yield "<ol>"
    for finding in page.report.findings:
        yield f"<li>{_card(finding)}</li>"
    yield "</ol>"
    if page.report.story is not None:
        story = page.report.story
        helps = f" {story.best.sentence}" if story.best else ""
        yield f'<p class="small">{_safe(story.sentence + helps)}</p>'
    yield "</section>"


def _card(finding: Finding) -> str:
    weight = finding.severity.value
    about = [_WEIGHS[finding.severity], label_of_channel(finding.channel)]
    if finding.time is not None:
        about.append(_span(finding))
    about.append(sure(finding.confidence))
    before, text, after = (_in_a_line(each) for each in _quote(finding))
    quoted = f"{before}<mark class={weight}>{text}</mark>{after}"
    say = advice(finding)
    return (
        f'<article class="finding" data-id="{finding.id}">'
        f'<button type="button" aria-pressed="false"><span class="kind {weight}">'
        f"<i aria-hidden=true>{_SIGNS[finding.severity]}</i>{_safe(label_of(finding.kind))}</span>"
        f'<span class="small">{_safe(" · ".join(about))}</span></button>'
        f'<blockquote class="text">{quoted}</blockquote>'
        f'<p class="small">{_safe(f"{finding.reason} {say}".strip())}</p></article>'
    )


def _quote(finding: Finding) -> tuple[str, str, str]:
    """A finding between the words around it; one that was cut through at the far end is left
    out."""
    before, after = finding.before, finding.after
    if len(before) >= CONTEXT:
        before = f"…{before[before.find(' ') + 1 :]}"
    if len(after) >= CONTEXT:
        after = f"{after[: after.rfind(' ') + 1].rstrip()} …"
    return before, finding.text, after


def _in_a_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " · ", _safe(text))


def _span(finding: Finding) -> str:
    assert finding.time is not None
    return f"{clock(finding.time.start_ms)}\u2013{clock(finding.time.end_ms)}"


def _words(page: Page) -> Iterator[str]:
    yield '<section class="words"><h2>Words</h2>'
    for channel, text in page.subject.texts.items():
        yield f"<h3>{_safe(label_of_channel(channel).capitalize())}</h3>"
        marks = [f for f in page.report.findings if f.channel == channel and f.span]
        for start, end, at_ms in _lines(page.subject, channel, text):
            words = f'<p class="text">{_marked(text, start, end, marks)}</p>'
            if at_ms is None:
                yield words
            else:
                yield (
                    f'<div class="cue"><button type="button" data-at="{at_ms}">{clock(at_ms)}'
                    f"</button>{words}</div>"
                )
    yield "</section>"


def _lines(subject: Subject, channel: str, text: str) -> Iterator[tuple[int, int, int | None]]:
    """Stretches of a text with the time at which each begins; all of it where none is known."""
    begins = subject.begins.get(channel, ())
    if not begins:
        yield 0, len(text), None
        return
    ends = [offset for offset, _ in begins[1:]] + [len(text) + 1]
    for (offset, at_ms), end in zip(begins, ends, strict=True):
        yield offset, min(len(text), end - 1), at_ms


def _marked(text: str, start: int, end: int, findings: list[Finding]) -> str:
    """A stretch of a text with its findings marked; where several cover a word, the shortest."""
    spans = [(f.span.start, f.span.end, f) for f in findings if f.span]
    inside = [each for each in spans if each[0] < end and start < each[1]]
    edges = sorted({start, end, *(min(end, max(start, e)) for s in inside for e in s[:2])})
    out = []
    for left, right in pairwise(edges):
        over = [each for each in inside if each[0] <= left and right <= each[1]]
        words = _safe(text[left:right])
        if over:
            _, _, finding = min(over, key=lambda each: each[1] - each[0])
            words = f'<mark class="{finding.severity.value}" data-id="{finding.id}">{words}</mark>'
        out.append(words)
    return "".join(out)


def _lanes(page: Page) -> Iterator[str]:
    duration = page.subject.duration_ms or 0
    yield '<section class="lanes" aria-label="Timeline"><h2>Timeline</h2>'
    ticks = (round(duration * n / (_TICKS - 1)) for n in range(_TICKS))
    marks = "".join(f'<span id="t{n}">{clock(ms)}</span>' for n, ms in enumerate(ticks))
    yield f'<div class="row" aria-hidden="true"><span></span><div class="times">{marks}</div></div>'
    yield '<div class="rows">'
    for state in page.report.channels:
        yield _lane(page, state)
    yield '<div class="head" aria-hidden="true"><span></span></div></div></section>'


def _lane(page: Page, state: ChannelState) -> str:
    label = _safe(label_of_channel(state.name))
    word = {"absent": "nothing there", "not_checked": "not checked", "checked": ""}[state.state]
    inner = f"<em>{word}</em>" if word else ""
    for number, finding in enumerate(page.report.findings):
        if finding.channel == state.name:
            when = _span(finding) if finding.time else "no time"
            whole = "" if finding.time else " whole"
            said = f"{label_of(finding.kind)}, {label_of_channel(finding.channel)}, {when}"
            inner += (
                f'<button type="button" id="s{number}" class="{finding.severity.value}{whole}" '
                f'data-id="{finding.id}" aria-pressed="false" aria-label="{_safe(said)}"></button>'
            )
    return (
        f'<div class="row"><span>{label.capitalize()}</span>'
        f'<div class="lane {state.state}">{inner}</div></div>'
    )


def _places(page: Page) -> Iterator[str]:
    """Rules for where things stand: a policy against foreign styles forbids them in attributes."""
    duration = max(1, page.subject.duration_ms or 1)
    for number in range(_TICKS):
        yield f"#t{number}{{left:{100 * number / (_TICKS - 1):.2f}%}}"
    for number, finding in enumerate(page.report.findings):
        start, end = (finding.time.start_ms, finding.time.end_ms) if finding.time else (0, duration)
        left = min(100.0, 100 * start / duration)
        wide = min(100 - left, 100 * (end - start) / duration)
        yield f"#s{number}{{left:{left:.2f}%;width:{wide:.2f}%}}"
    width, height = page.report.picture or (9, 16)
    yield f".stage{{aspect-ratio:{width}/{height};width:min(100%,var(--high)*{width}/{height})}}"


def _not_checked(page: Page) -> Iterator[str]:
    order = {name: number for number, name in enumerate(CHANNELS)}
    states = sorted(page.report.not_checked, key=lambda c: order.get(c.name, len(order)))
    if not states:
        return
    yield '<section class="ways"><h2>Not checked</h2><ul>'
    for state in states:
        yield (
            f"<li><strong>{_safe(label_of_channel(state.name).capitalize())}.</strong> "
            f"{_safe(f'{state.reason} {state.remedy}'.strip())}</li>"
        )
    yield "</ul></section>"
