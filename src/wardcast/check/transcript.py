"""Captions and typed scripts as one text with times: WebVTT and SRT in, WebVTT and SRT out.

`Transcript.text` is the cues' words joined by newlines; every offset in a finding counts in it.
What WebVTT can hold beside the words (notes, styles, cue settings, cue names, tags) is dropped,
and a speaker's name in a voice tag becomes part of the words, so that `to_webvtt()` holds nothing
that was not examined. Format: W3C WebVTT, https://www.w3.org/TR/webvtt1/.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardcast.check.span import TextSpan, TimeSpan

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_ARROW = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?:[ \t].*)?$")
_OVERRIDE = re.compile(r"\{\\[^}\n]*\}")
"""What players of SRT take for a position or a style, such as `{\\an8}`."""
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?(?:[a-z][^>\n]*|\d{1,4}(?::\d{1,2}){1,2}[.,]\d{1,3})?>", re.IGNORECASE)
_WORD = re.compile(r"\S+")


class NotCaptions(ValueError):
    """The file is neither WebVTT nor SRT; the message says at which line and what to do."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words shown from `start_ms` to `end_ms`; they begin at `offset` in the transcript's text."""

    start_ms: int
    end_ms: int
    text: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """One word, its place in the transcript's text, and when it is said, if known."""

    text: str
    span: TextSpan
    time: TimeSpan | None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A text and, where it came as captions, its cues.

    Build it by `parse_captions`, `from_cues` or `plain`.
    """

    text: str
    cues: tuple[Cue, ...] = ()

    def words(self) -> Iterator[Word]:
        """Every word with its place and time."""
        for match in _WORD.finditer(self.text):
            span = TextSpan(match.start(), match.end())
            yield Word(match.group(), span, self.time_of(span))

    def time_of(self, span: TextSpan) -> TimeSpan | None:
        """When the characters of `span` are said, or None in a plain script.

        Inside a cue the time follows the character position, from the start of the first word
        touched to the end of the last, rounded outward; redaction pads it further.
        """
        touched = [
            c for c in self.cues if c.offset < span.end and span.start < c.offset + len(c.text)
        ]
        if not touched:
            return None
        starts, ends = zip(*(_inside(cue, span) for cue in touched), strict=True)
        return TimeSpan(min(starts), max(ends))

    def whole_time_of(self, span: TextSpan) -> TimeSpan | None:
        """The whole of the cues that `span` touches: of a translation nobody knows which of its
        words stands for which sound."""
        touched = [
            c for c in self.cues if c.offset < span.end and span.start < c.offset + len(c.text)
        ]
        if not touched:
            return None
        return TimeSpan(min(c.start_ms for c in touched), max(c.end_ms for c in touched))

    def to_webvtt(self) -> str:
        """The cues as a WebVTT file that holds their words and times and nothing else."""
        blocks = ["WEBVTT"]
        for cue in self.cues:
            lines = [line for line in cue.text.split("\n") if line.strip()]
            if lines:
                times = f"{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}"
                blocks.append("\n".join([times, *map(_escaped, lines)]))
        return "\n\n".join(blocks) + "\n"

    def to_srt(self) -> str:
        """The cues as a SubRip file, numbered from 1. It knows no escapes: an arrow in the words
        would end a cue, so it becomes another sign."""
        blocks: list[str] = []
        for cue in self.cues:
            lines = [line for line in cue.text.split("\n") if line.strip()]
            if lines:
                times = f"{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}".replace(".", ",")
                words = "\n".join(lines).replace("-->", "→")
                blocks.append(f"{len(blocks) + 1}\n{times}\n{words}\n")
        return "\n".join(blocks)


def plain(script: str) -> Transcript:
    """A typed script: words without times, offsets as typed."""
    return Transcript(script)


def from_cues(cues: list[tuple[int, int, str]]) -> Transcript:
    """A transcript of (start_ms, end_ms, words) in order."""
    out: list[Cue] = []
    offset = 0
    for start_ms, end_ms, text in cues:
        out.append(Cue(start_ms, max(start_ms, end_ms), text, offset))
        offset += len(text) + 1
    return Transcript("\n".join(c.text for c in out), tuple(out))


def parse_captions(source: str) -> Transcript:
    """WebVTT or SRT as a transcript. Raises `NotCaptions` when no cue is to be found in a
    non-empty file.

    Cues are put in order of time; a cue that ends before it begins lasts no time at its start.
    """
    lines = lines_of(source)
    bare = [line for line in lines if line.strip()]
    is_webvtt = bool(bare) and bare[0].startswith("WEBVTT")
    if not is_webvtt:
        lines = [_OVERRIDE.sub("", line) for line in lines]
    cues = sorted(_cues(lines), key=lambda c: (c[0], c[1]))
    if not cues and bare and not is_webvtt:
        raise NotCaptions(
            "These captions are neither WebVTT nor SRT: no line such as "
            "“00:01.000 --> 00:03.000” was found. Export them again as .vtt or .srt."
        )
    return from_cues(cues)


def lines_of(source: str) -> list[str]:
    """The lines of a caption file, however they end; the first is number 1."""
    return source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a caption file at one of its lines, and what to do."""

    line: int
    because: str


def fault_in(source: str) -> Fault | None:
    """The first line with an arrow that says no time, or a time that cannot be; None when every
    cue can be read."""
    for number, line in enumerate(lines_of(source), start=1):
        if "-->" in line and (wrong := _wrong_with(line)):
            return Fault(number, f"Line {number} of the captions {wrong}")
    return None


def _wrong_with(line: str) -> str:
    arrow = _ARROW.match(line)
    if arrow is None:
        return (
            "should say from when to when, such as “00:01.000 --> 00:03.000”, but says "
            f"“{line.strip()[:60]}”. Correct it, then send the captions again."
        )
    parts = arrow.groups()
    for hours, minutes, seconds, _ in (parts[:4], parts[4:]):
        if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
            return (
                f"holds a time that no clock shows: “{line.strip()[:60]}”. Minutes and seconds go "
                "up to 59. Correct it, then send the captions again."
            )
    if _ms(parts[4:]) <= _ms(parts[:4]):
        return (
            f"ends before it begins: “{line.strip()[:60]}”. Give it an end after its start, then "
            "send the captions again."
        )
    return ""


def _cues(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(lines):
        arrow = _ARROW.match(lines[at])
        at += 1
        if arrow is None:
            continue
        start, end = _ms(arrow.groups()[:4]), _ms(arrow.groups()[4:])
        body: list[str] = []
        while at < len(lines) and lines[at].strip() and "-->" not in lines[at]:
            body.append(lines[at])
            at += 1
        if body:
            yield start, max(start, end), _spoken("\n".join(body))


def _spoken(body: str) -> str:
    """The words of a cue: tags gone, voices kept as words, entities resolved."""
    named = _VOICE.sub(lambda m: f"{m.group(1).strip()}: ", body)
    bare = html.unescape(_TAG.sub("", named))
    return "\n".join(" ".join(line.split()) for line in bare.split("\n") if line.strip())


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def _clock(ms: int) -> str:
    seconds, fraction = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{fraction:03}"


def _inside(cue: Cue, span: TextSpan) -> tuple[int, int]:
    """The part of a cue's time that the touched words take, rounded outward."""
    first = max(0, span.start - cue.offset)
    last = min(len(cue.text), span.end - cue.offset)
    while first > 0 and not cue.text[first - 1].isspace():
        first -= 1
    while last < len(cue.text) and not cue.text[last].isspace():
        last += 1
    length, duration = len(cue.text), cue.end_ms - cue.start_ms
    return cue.start_ms + duration * first // length, cue.start_ms - (-duration * last // length)
