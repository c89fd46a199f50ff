"""From chosen findings to what must be done: sound and boxes to cover, words to replace.

Sound is covered from 120 ms before to 120 ms after the words, and gaps under 250 ms are closed.
Choosing a finding chooses every other place where the same person is named, in every channel.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from wardcast.check.finding import LEAVE_OUT, Finding
from wardcast.check.gazetteers.folding import fold, listed
from wardcast.check.place import Cover, covers
from wardcast.check.report import Report, is_captions, translated_into
from wardcast.check.span import TextSpan, TimeSpan, merged, widened
from wardcast.check.transcript import Transcript, from_cues

How = Literal["mute", "bleep", "replace"]

PAD_MS = 120
GAP_MS = 250
REMOVED = "[removed]"


class UnknownFinding(KeyError):
    """A finding was chosen that the report does not hold."""


@dataclass(frozen=True, slots=True)
class AudioSpan:
    """Sound to cover, in ms of the original's clock.

    With "replace" it is muted while the new words are shown.
    """

    start_ms: int
    end_ms: int
    how: How


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Characters `start` up to `end` of one channel's text become `replacement`."""

    channel: str
    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class RedactionPlan:
    """What redacting the chosen findings takes; `finding_ids` also names those that came along."""

    finding_ids: tuple[str, ...]
    audio: tuple[AudioSpan, ...]
    edits: tuple[TextEdit, ...]
    covers: tuple[Cover, ...] = ()

    def edits_for(self, channel: str) -> tuple[TextEdit, ...]:
        """The edits of one channel in order."""
        return tuple(e for e in self.edits if e.channel == channel)


def plan(
    report: Report, chosen: Collection[str], how: How, *, duration_ms: int | None = None
) -> RedactionPlan:
    """What it takes to redact the chosen findings.

    Raises `UnknownFinding` for an id that is not in the report.
    """
    known = {f.id for f in report.findings}
    strange = sorted(set(chosen) - known)
    if strange:
        raise UnknownFinding(
            f"The report holds no finding {', '.join(strange)}. Examine the version again and "
            f"choose anew."
        )
    picked = _with_company(report.findings, set(chosen))
    times = [widened(time, PAD_MS, duration_ms) for time in _said(picked)]
    audio = tuple(AudioSpan(t.start_ms, t.end_ms, how) for t in merged(times, GAP_MS))
    edits = tuple(
        TextEdit(f.channel, f.span.start, f.span.end, _replacement(f, how))
        for f in sorted(picked, key=lambda f: (f.channel, f.span or TextSpan(0, 0)))
        if f.span is not None and f.track is None
    )
    return RedactionPlan(tuple(f.id for f in picked), audio, edits, _covers(report, picked))


def _covers(report: Report, picked: Iterable[Finding]) -> tuple[Cover, ...]:
    """Boxes over all that is seen, for as long as it is seen."""
    if report.picture is None:
        return ()
    found = (cover for f in picked if f.track for cover in covers(f.track, report.picture))
    return tuple(sorted(set(found)))


def _with_company(findings: tuple[Finding, ...], chosen: set[str]) -> list[Finding]:
    """The chosen findings and every other one that says the same:

    "Mrs Okoro" brings "Ada Okoro" along.
    """
    words: dict[str, set[str]] = {}
    values: set[tuple[str, str]] = set()
    for finding in findings:
        if finding.id in chosen and finding.span is not None:
            values.add((finding.kind, fold(finding.text)))
            if finding.kind in {"name", "staff"}:
                words.setdefault(finding.kind, set()).update(_telling(finding.text))
    return [
        f
        for f in findings
        if f.id in chosen
        or (f.span is not None and (f.kind, fold(f.text)) in values)
        or (f.kind in words and words[f.kind] & _telling(f.text))
    ]


def _said(picked: list[Finding]) -> Iterator[TimeSpan]:
    """When the findings are said. A translation's words tell no more than their cue's time, so
    they count only where the spoken track does not say the same within it."""
    heard = [f for f in picked if f.time is not None and f.track is None]
    spoken = [f for f in heard if translated_into(f.channel) is None]
    for finding in heard:
        if translated_into(finding.channel) and any(_says(f, finding) for f in spoken):
            continue
        if finding.time is not None:
            yield finding.time


def _says(spoken: Finding, translated: Finding) -> bool:
    assert spoken.time is not None
    assert translated.time is not None
    same = fold(spoken.text) == fold(translated.text)
    if spoken.kind in {"name", "staff"}:
        same = same or bool(_telling(spoken.text) & _telling(translated.text))
    apart = (
        spoken.time.end_ms <= translated.time.start_ms
        or translated.time.end_ms <= spoken.time.start_ms
    )
    return same and spoken.kind == translated.kind and not apart


_TITLES = listed(
    """
    mr mrs ms miss mx dr doctor prof professor nurse matron sister
    """
)


def _telling(text: str) -> set[str]:
    words = fold(text).replace(".", " ").replace("-", " ").split()
    return {w for w in words if w not in _TITLES and len(w) > 1}


def _replacement(finding: Finding, how: How) -> str:
    if how == "mute" or how == "bleep":
        return REMOVED if is_captions(finding.channel) else _suggested(finding)
    return _suggested(finding)


def _suggested(finding: Finding) -> str:
    if finding.suggestion == LEAVE_OUT:
        return ""
    return finding.suggestion or REMOVED


def apply_text(text: str, edits: Iterable[TextEdit]) -> str:
    """`text` with the edits made;

    they must not overlap. What is left out leaves no double space.
    """
    out: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < at or edit.end > len(text):
            raise ValueError(
                f"An edit of characters {edit.start} to {edit.end} overlaps another or lies "
                f"outside "
                f"the text of {len(text)} characters."
            )
        out.append(text[at : edit.start])
        out.append(_fitting(text, edit))
        at = edit.end
        if (
            not edit.replacement
            and text[at : at + 1] == " "
            and (not out[0] or "".join(out).endswith(" "))
        ):
            at += 1
    out.append(text[at:])
    return "".join(out)


def _fitting(text: str, edit: TextEdit) -> str:
    """The replacement, with a capital where a sentence begins."""
    opens = not text[: edit.start].strip() or text[: edit.start].rstrip()[-1:] in ".!?"
    if opens and text[edit.start : edit.start + 1].isupper() and edit.replacement[:1].islower():
        return edit.replacement[0].upper() + edit.replacement[1:]
    return edit.replacement


def apply_captions(captions: Transcript, edits: Iterable[TextEdit]) -> Transcript:
    """The captions with the edits made, each cue keeping its times.

    An edit that runs over several cues puts its words into the first and takes them from the rest.
    """
    ordered = sorted(edits, key=lambda e: e.start)
    cues: list[tuple[int, int, str]] = []
    for cue in captions.cues:
        begin, end = cue.offset, cue.offset + len(cue.text)
        inside = [
            TextEdit(
                e.channel,
                max(e.start, begin) - begin,
                min(e.end, end) - begin,
                e.replacement if e.start >= begin else "",
            )
            for e in ordered
            if e.start < end and begin < e.end
        ]
        cues.append((cue.start_ms, cue.end_ms, apply_text(cue.text, inside)))
    return from_cues(cues)


def covered(audio: Iterable[AudioSpan], time: TimeSpan) -> bool:
    """Whether a stretch of time is covered whole by one audio span."""
    return any(a.start_ms <= time.start_ms and time.end_ms <= a.end_ms for a in audio)
