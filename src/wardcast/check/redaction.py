"""From chosen findings to what must be done: sound and boxes to cover, words to replace, time to
take out.

Sound is covered from 120 ms before to 120 ms after the words, and gaps under 250 ms are closed.
Choosing a finding chooses every other place where the same person is named, in every channel, and
the same is done there.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from wardcast.check.finding import LEAVE_OUT, Finding
from wardcast.check.gazetteers.folding import fold, listed
from wardcast.check.place import Cover, covers, evened
from wardcast.check.report import Report, is_captions, translated_into
from wardcast.check.span import TextSpan, TimeSpan, merged, widened
from wardcast.check.transcript import Transcript, from_cues
from wardcast.check.voices import SPEAKER

Sound = Literal["mute", "bleep", "replace"]
How = Literal["mute", "bleep", "replace", "cut", "region"]
"""What becomes of a finding. "cut" takes its time out of the clip, sound and picture; "region"
covers what is seen by one box that stands still, where all else follows it."""

PAD_MS = 120
GAP_MS = 250
REMOVED = "[removed]"


STAYS = frozenset({SPEAKER})
"""Kinds of findings that are answered and never redacted: nothing would be left."""


class UnknownFinding(KeyError):
    """A finding was chosen that the report does not hold."""


@dataclass(frozen=True, slots=True)
class AudioSpan:
    """Sound to cover, in ms of the original's clock.

    With "replace" it is muted while the new words are shown.
    """

    start_ms: int
    end_ms: int
    how: Sound


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of one finding. `words` take the place of the proposed ones; "" leaves them
    out."""

    how: How
    words: str | None = None


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
    cuts: tuple[TimeSpan, ...] = ()
    """What is taken out of the clip, in ms of the original's clock; nothing in it is covered."""

    def edits_for(self, channel: str) -> tuple[TextEdit, ...]:
        """The edits of one channel in order."""
        return tuple(e for e in self.edits if e.channel == channel)


def plan(
    report: Report,
    chosen: Collection[str],
    how: Sound,
    *,
    duration_ms: int | None = None,
    choices: Mapping[str, Choice] | None = None,
    spared: Collection[str] = (),
) -> RedactionPlan:
    """What it takes to redact the chosen findings, each by its choice or else by `how`.

    What says the same as a chosen finding goes the same way, but for the `spared`, which stay as
    they are; so does what cannot be redacted, as the voice that speaks most. Raises
    `UnknownFinding` for an id that is not in the report.
    """
    known = {f.id for f in report.findings}
    strange = sorted({*chosen, *(choices or {}), *spared} - known)
    if strange:
        raise UnknownFinding(
            f"The report holds no finding {', '.join(strange)}. Examine the version again and "
            f"choose anew."
        )
    made = {each: (choices or {}).get(each, Choice(how)) for each in chosen}
    free = tuple(f for f in report.findings if f.id not in set(spared) and f.kind not in STAYS)
    picked = _with_company(free, made)
    cuts = _cuts(picked, duration_ms)
    return RedactionPlan(
        tuple(f.id for f, _ in picked),
        _audio(picked, cuts, duration_ms),
        _edits(picked),
        _covers(report, picked, cuts),
        cuts,
    )


Picked = tuple[Finding, Choice]


def _cuts(picked: list[Picked], duration_ms: int | None) -> tuple[TimeSpan, ...]:
    """What is taken out: the time of each finding that is to be cut."""
    gone = [each for each in picked if each[1].how == "cut"]
    seen = [f.track.time for f, _ in gone if f.track is not None]
    times = [*(time for time, _ in _said(gone)), *seen]
    return merged((widened(time, PAD_MS, duration_ms) for time in times), GAP_MS)


def _audio(
    picked: list[Picked], cuts: tuple[TimeSpan, ...], duration_ms: int | None
) -> tuple[AudioSpan, ...]:
    """Sound to cover, by what covers it; what is cut out needs nothing more."""
    spans: list[AudioSpan] = []
    said = [(widened(time, PAD_MS, duration_ms), how) for time, how in _said(picked)]
    for how in _SOUNDS:
        times = [time for time, wanted in said if wanted == how and not _within(time, cuts)]
        spans += (AudioSpan(t.start_ms, t.end_ms, how) for t in merged(times, GAP_MS))
    return tuple(sorted(spans, key=lambda span: (span.start_ms, span.end_ms)))


_SOUNDS: tuple[Sound, ...] = ("mute", "bleep", "replace")


def _within(time: TimeSpan, cuts: Iterable[TimeSpan]) -> bool:
    return any(cut.start_ms <= time.start_ms and time.end_ms <= cut.end_ms for cut in cuts)


def _edits(picked: list[Picked]) -> tuple[TextEdit, ...]:
    """The words that others take the place of."""
    return tuple(
        TextEdit(f.channel, f.span.start, f.span.end, _replacement(f, choice))
        for f, choice in sorted(picked, key=lambda p: (p[0].channel, p[0].span or TextSpan(0, 0)))
        if f.span is not None and f.track is None
    )


def _covers(
    report: Report, picked: Iterable[Picked], cuts: tuple[TimeSpan, ...]
) -> tuple[Cover, ...]:
    """Boxes over all that is seen, for as long as it is seen: following it, or standing still."""
    size = report.picture
    if size is None:
        return ()
    found: set[Cover] = set()
    for finding, choice in picked:
        track = finding.track
        if track is None or _within(track.time, cuts):
            continue
        if choice.how == "region":
            found.add(Cover(track.time, evened(track.whole, size)))
        else:
            found.update(covers(track, size))
    return tuple(sorted(found))


def _with_company(findings: tuple[Finding, ...], chosen: Mapping[str, Choice]) -> list[Picked]:
    """The chosen findings and every other one that says the same, each with what becomes of it:

    "Mrs Okoro" brings "Ada Okoro" along.
    """
    words: dict[str, dict[str, Choice]] = {}
    values: dict[tuple[str, str], Choice] = {}
    for finding in findings:
        if finding.id in chosen and finding.span is not None:
            choice = chosen[finding.id]
            values.setdefault((finding.kind, fold(finding.text)), choice)
            if finding.kind in {"name", "staff"}:
                for word in _telling(finding.text):
                    words.setdefault(finding.kind, {}).setdefault(word, choice)
    becomes = ((f, _choice_for(f, chosen, values, words)) for f in findings)
    return [(f, what) for f, what in becomes if what is not None]


def _choice_for(
    finding: Finding,
    chosen: Mapping[str, Choice],
    values: Mapping[tuple[str, str], Choice],
    words: Mapping[str, Mapping[str, Choice]],
) -> Choice | None:
    """What becomes of a finding: as chosen, as of one with the same words, as of the same
    person."""
    if finding.id in chosen:
        return chosen[finding.id]
    if finding.span is not None and (same := values.get((finding.kind, fold(finding.text)))):
        return same
    told = words.get(finding.kind, {})
    return next((told[word] for word in sorted(_telling(finding.text)) if word in told), None)


def _said(picked: list[Picked]) -> Iterator[tuple[TimeSpan, How]]:
    """When the findings are said, and what becomes of it. A translation's words tell no more than
    their cue's time, so they count only where the spoken track does not say the same within it."""
    heard = [(f, c) for f, c in picked if f.time is not None and f.track is None]
    spoken = [f for f, _ in heard if translated_into(f.channel) is None]
    for finding, choice in heard:
        if translated_into(finding.channel) and any(_says(f, finding) for f in spoken):
            continue
        if finding.time is not None:
            yield finding.time, _SOUND_OF.get(choice.how, choice.how)


_SOUND_OF: Mapping[How, How] = {"region": "mute"}
"""A box covers no sound; of a finding that came along with a box, it is silenced."""


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


def _replacement(finding: Finding, choice: Choice) -> str:
    if choice.words is not None:
        return choice.words
    if is_captions(finding.channel) and choice.how != "replace":
        return "" if choice.how == "cut" else REMOVED
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
