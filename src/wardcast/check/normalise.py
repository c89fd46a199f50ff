"""Spoken forms written as a reader would type them, with a way back to the words they came from.

"room four twelve" becomes "room 412", "march third sixty one" becomes "march 3rd 61", "jo at
gmail dot com" becomes "jo@gmail.com". `Normal.source` maps any stretch of the result to the
original's offsets. The rewriting is for the detectors alone and is never shown.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wardcast.check.glued import unglued
from wardcast.check.letters import plain_letters
from wardcast.check.number_words import ORDINALS, TEENS, TENS, UNITS
from wardcast.check.span import TextSpan
from wardcast.check.spoken_codes import codes

_OH = {"oh", "o"}
_TIMES = {"double": 2, "triple": 3}
_NUMBER_WORDS = {*UNITS, *TEENS, *TENS, *ORDINALS, *_TIMES, "oh", "o", "hundred", "thousand"}
_ALTERNATIVES = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_RUN = re.compile(
    rf"\b(?:an? (?=hundred\b|thousand\b))?(?:{_ALTERNATIVES})\b"
    rf"(?:[ \t-]+(?:and[ \t]+(?=(?:{_ALTERNATIVES})\b))?(?:{_ALTERNATIVES})\b)*",
    re.IGNORECASE,
)
_PART = re.compile(r"[A-Za-z]+")
_DOTS = r"(?:\s+(?:dot|underscore|dash|hyphen)\s+|[._-])"
_SPELLED = r"(?:[a-z0-9]\s+){2,30}[a-z0-9]"
_EMAIL = re.compile(
    rf"\b(?:{_SPELLED}|(?:(?<=from )|(?<=is )|(?<=was )|(?<=it's )|(?<=her email )|"
    r"(?<=his email )|(?<=emailed ))"
    rf"(?:[a-z0-9]{{1,20}} ){{1,5}}[a-z0-9]{{1,40}}(?:{_DOTS}[a-z0-9]{{1,40}}){{0,3}}(?=\s+at\b)|"
    rf"[a-z0-9]{{1,40}}(?:{_DOTS}[a-z0-9]{{1,40}}){{0,5}}(?:\s+\d{{1,4}})?)"
    r"\s*(?:\bat\b|@)\s*(?:g(?=\s+mail\b)\s+)?"
    r"(?:the\s+rate\s+)?[a-z0-9-]{1,63}(?:(?:\s+dot\s+|\.)[a-z0-9-]{1,63}){0,4}(?:\s+dot\s+|\.)"
    r"(?:com|org|net|edu|gov|nhs|co|uk|io|me|info|ca|au|ie|de|fr|in|nz|za|ng|ph|sg|us|eu|health|care|"
    r"clinic|live|mail|example)\b",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\b(?:www\s+dot\s+)?(?:(?<=\bat )(?:[a-z0-9]+ ){0,4})?"
    r"[a-z0-9-]{2,63}(?:\s+dot\s+[a-z0-9-]{1,63}){0,4}\s+dot\s+"
    r"(?:com|org|net|edu|gov|co|uk|io)\b",
    re.IGNORECASE,
)
_SIGNS = {"dot": ".", "underscore": "_", "dash": "-", "hyphen": "-", "at": "@"}
_SIGN = re.compile(r"\s*\b(dot|underscore|dash|hyphen|at)\b\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Normal:
    """A rewritten text; character i of it came from `starts[i]` up to `ends[i]` of the source."""

    text: str
    starts: "array[int]"
    ends: "array[int]"

    def source(self, start: int, end: int) -> TextSpan:
        """Where the characters `start` up to `end` came from."""
        return TextSpan(self.starts[start], self.ends[end - 1])


_SPEAKER = re.compile(
    r"\[(?:doctor|patient|patient_guest|nurse|clinician|interviewer|speaker ?\d*)\]", re.IGNORECASE
)
_UNSAID = re.compile(
    r"\[(?:removed|redacted|bleep(?:ed)?|muted|inaudible|unintelligible|music|laughter|applause|"
    r"silence|noise)\]",
    re.IGNORECASE,
)
_THINKING = re.compile(r"(?<![\w'-])(?:u+m+|u+h+m?|erm+|hmm+),?[ \t]+(?=[\w'])")
_LETTERS = re.compile(r"(?<![\w'-])(?:[A-Za-z](?:[ \t]|-|, )){2,30}[A-Za-z](?![\w'])")
_NOT_SPELLED = re.compile(r"(?:[ai] )+[ai]?\Z", re.IGNORECASE)


def normalise(text: str, *, glued: bool = False) -> Normal:
    """`text` with its letters made plain, spelled words joined, spoken numbers, e-mail addresses
    and sites written out. `glued` also parts words that a reader of pictures ran together."""
    size = len(text)
    normal = Normal(text, array("l", range(size)), array("l", range(1, size + 1)))
    normal = _rewritten(normal, plain_letters(normal.text))
    if glued:
        normal = _rewritten(normal, unglued(normal.text))
    normal = _rewritten(normal, _hesitations(normal.text))
    normal = _rewritten(normal, _turns(normal.text))
    normal = _rewritten(normal, codes(normal.text))
    normal = _rewritten(normal, _spelled(normal.text))
    normal = _rewritten(normal, _spoken_numbers(normal.text))
    normal = _rewritten(normal, _apart(normal.text))
    normal = _rewritten(normal, _signs_said(normal.text))
    return _rewritten(normal, _spoken_addresses(normal.text))


def _hesitations(text: str) -> Iterator[tuple[int, int, str]]:
    """ "her name is uh maverick": what is said while one thinks is no word."""
    for match in _THINKING.finditer(text):
        yield match.start(), match.end(), ""


def _turns(text: str) -> Iterator[tuple[int, int, str]]:
    """Who speaks, as transcripts write it, is a new line and no word; what cannot be heard is a
    pause within the sentence."""
    if "[" in text:
        marks = [(m, "\n") for m in _SPEAKER.finditer(text)]
        marks += [(m, ";") for m in _UNSAID.finditer(text)]
        for match, instead in sorted(marks, key=lambda each: each[0].start()):
            yield match.start(), match.end(), instead


def _spelled(text: str) -> Iterator[tuple[int, int, str]]:
    """Words told letter by letter: "o k a f o r", "M-A-R-S-H"."""
    for match in _LETTERS.finditer(text):
        if not _NOT_SPELLED.match(match.group()):
            yield match.start(), match.end(), re.sub(r"[^A-Za-z]", "", match.group())


def _rewritten(normal: Normal, edits: Iterable[tuple[int, int, str]]) -> Normal:
    parts: list[str] = []
    starts, ends = array("l"), array("l")
    at = 0
    for start, end, new in edits:
        parts += (normal.text[at:start], new)
        starts += normal.starts[at:start]
        ends += normal.ends[at:start]
        starts += array("l", [normal.starts[start]]) * len(new)
        ends += array("l", [normal.ends[end - 1]]) * len(new)
        at = end
    if not parts:
        return normal
    parts.append(normal.text[at:])
    return Normal("".join(parts), starts + normal.starts[at:], ends + normal.ends[at:])


def _spoken_addresses(text: str) -> Iterator[tuple[int, int, str]]:
    if " dot " not in text.lower():
        return
    at = 0
    for match in sorted(
        [*_EMAIL.finditer(text), *_SITE.finditer(text)], key=lambda m: (m.start(), -m.end())
    ):
        if match.start() >= at:
            signs = _SIGN.sub(lambda m: _SIGNS[m.group(1).lower()], match.group())
            yield match.start(), match.end(), re.sub(r"\s+", "", signs)
            at = match.end()


_ONE_BY_ONE = re.compile(
    r"(?<![\w.,/-])(?:(?:[a-z] ){2,4})?\d(?: \d){2,}"
    r"(?: [a-z](?= |$)(?! \w{2}))?(?![\w%]|[.,/-]\d)"
    r"|(?<![\w'.-])(?:[b-hj-z] ){2,4}(?=\d{3})",
    re.IGNORECASE,
)


def _apart(text: str) -> Iterator[tuple[int, int, str]]:
    """Numbers that are told sign by sign: "2 2 9 8 4", "b c 992"."""
    for match in _ONE_BY_ONE.finditer(text):
        yield match.start(), match.end(), match.group().replace(" ", "")


_SAID_SIGN = re.compile(r"(?<=\d) (dash|hyphen|slash|stroke) (?=\d)", re.IGNORECASE)


def _signs_said(text: str) -> Iterator[tuple[int, int, str]]:
    """Signs between numbers: "6 slash 11 slash 22", "661 dash 22"."""
    for match in _SAID_SIGN.finditer(text):
        yield match.start(), match.end(), "-" if match[1][0].lower() in "dh" else "/"


def _spoken_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    for run in _RUN.finditer(text):
        words = [
            (m.start() + run.start(), m.end() + run.start(), m.group().lower())
            for m in _PART.finditer(run.group())
        ]
        if len(words) == 1 and words[0][2] in {"oh", "o", "double", "triple", "second"}:
            continue
        yield from _groups(words)


def _groups(words: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Runs of digits that belong together; an ordinal ends one."""
    at, begin, digits = 0, 0, ""
    spoken = [word for _, _, word in words]
    while at < len(words):
        count, said, closes = _group(spoken, at)
        if count == 0:  # a word that only counts with a neighbour, alone here
            if digits:
                yield words[begin][0], words[at - 1][1], digits
            at, begin, digits = at + 1, at + 1, ""
            continue
        digits, at = digits + said, at + count
        if closes:
            yield words[begin][0], words[at - 1][1], digits
            begin, digits = at, ""
    if digits:
        yield words[begin][0], words[at - 1][1], digits


def _group(words: list[str], at: int) -> tuple[int, str, bool]:
    """How many words from `at` say one number, its digits, and whether it was an ordinal."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in _OH:
        return 1, "0", False
    if word in _TIMES:
        if following in UNITS or following in _OH:
            return 2, str(UNITS.get(following, 0)) * _TIMES[word], False
        return 0, "", False
    if word in TENS and following in ORDINALS and ORDINALS[following] < 10:
        return 2, _suffixed(TENS[word] + ORDINALS[following]), True
    if word in ORDINALS:
        return 1, _suffixed(ORDINALS[word]), True
    if word in {"a", "an"} or following in {"hundred", "thousand"}:
        return _large(words, at)
    count, value = _below_hundred(words, at)
    if count and at + count < len(words) and words[at + count] in {"hundred", "thousand"}:
        return _large(words, at)
    return (count, str(value), False) if count else (1 if word == "and" else 0, "", False)


def _large(words: list[str], at: int) -> tuple[int, str, bool]:
    """ "two thousand and three", "a hundred and two", "nineteen hundred", "four thousand two
    hundred".
    """
    start = at
    total = 0
    for scale, size in (("thousand", 1000), ("hundred", 100)):
        count, value = (1, 1) if words[at] in {"a", "an"} else _below_hundred(words, at)
        if count and at + count < len(words) and words[at + count] == scale:
            total += value * size
            at += count + 1
            if at >= len(words):
                return at - start, str(total), False
    if at == start:
        return 0, "", False
    linked = words[at] == "and" and at + 1 < len(words)
    count, value = _below_hundred(words, at + linked)
    if count and value:
        return at + linked + count - start, str(total + value), False
    return at - start, str(total), False


def _below_hundred(words: list[str], at: int) -> tuple[int, int]:
    word = words[at] if at < len(words) else ""
    if word in TENS:
        following = words[at + 1] if at + 1 < len(words) else ""
        unit = UNITS.get(following, 0)
        return (2, TENS[word] + unit) if unit else (1, TENS[word])
    if word in TEENS:
        return 1, TEENS[word]
    return (1, UNITS[word]) if word in UNITS else (0, 0)


def _suffixed(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
