"""Captions as an ASS script, which libass draws into a picture: text in, text out.

A caption's words are words: what ASS would take for a command is written so that it is shown. They
stand large, white, outlined and centred in the lower third: in an upright clip high enough that
what apps lay over the bottom does not cover them.

Traps: ``{\\an8}`` moves a line; ``\\{`` is a brace, and a backslash loses its meaning before a word
joiner, as ffmpeg itself writes it. libass breaks lines at spaces alone, so that words which are
longer than a line, and scripts without spaces, are broken here.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FAMILY: Final = "Atkinson Hyperlegible Next"
"""The web app's typeface; where it lacks a letter or is not there, another of the system's."""
_JOINER: Final = "\u2060"
_SIDES: Final = 0.08
_LETTER: Final = 0.075
"""A line's height, as a share of the short side."""
_MOST_LINES: Final = 4
_LEAST_SCALE: Final = 0.5
_EM: Final = 0.83  # of a line's height
_MEAN: Final = 0.52  # a letter's width, in em


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that are shown from ``start_ms`` up to ``end_ms``."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where captions stand in a picture, in its pixels; `line` is a line's height, `most` how many
    letters of usual width fit into one."""

    width: int
    height: int
    line: int
    sides: int
    bottom: int
    most: int


def layout(width: int, height: int) -> Layout:
    """The layout for a picture of this size."""
    line = max(12, round(min(width, height) * _LETTER))
    sides = round(width * _SIDES)
    most = int((width - 2 * sides) / (line * _EM * _MEAN))
    return Layout(width, height, line, sides, round(height * _lift(width, height)), max(8, most))


def _lift(width: int, height: int) -> float:
    """How far above the bottom captions end, as a share of the height."""
    if height > width * 1.2:
        return 0.22
    return 0.08 if width > height * 1.2 else 0.12


def script(cues: Iterable[Cue], place: Layout) -> str:
    """The whole ASS script."""
    lines = [*_head(place), *(_event(cue, place) for cue in cues if cue.text.strip())]
    return "\n".join(lines) + "\n"


def letters(cues: Iterable[Cue]) -> str:
    """An ASS script that shows each letter of the captions once, to see whether it can be drawn."""
    found = sorted({letter for cue in cues for letter in _plain(cue.text) if not letter.isspace()})
    place = layout(320, 320)
    rows = ("".join(found[at : at + 20]) for at in range(0, len(found), 20))
    return "\n".join([*_head(place), *(_event(Cue(0, 1000, row), place) for row in rows)]) + "\n"


def _head(place: Layout) -> list[str]:
    outline = max(1, round(place.line * 0.07))
    style = (
        f"{FAMILY},{place.line},&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,-1,0,0,0,100,100,0,0,"
        f"1,{outline},0,2,{place.sides},{place.sides},{place.bottom},-1"  # -1: by its own letters
    )
    return [
        "[Script Info]",
        "ScriptType: v4.00+",
        f"PlayResX: {place.width}",
        f"PlayResY: {place.height}",
        "WrapStyle: 0",
        "ScaledBorderAndShadow: yes",
        "[V4+ Styles]",
        "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, "
        "BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, "
        "BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding",
        f"Style: Caption,{style}",
        "[Events]",
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
    ]


def _event(cue: Cue, place: Layout) -> str:
    scale = _scale(cue.text, place.most)
    size = f"{{\\fs{round(place.line * scale)}}}" if scale < 1 else ""
    words = _shown(cue.text, int(place.most / scale))
    return f"Dialogue: 0,{_time(cue.start_ms)},{_time(cue.end_ms)},Caption,,0,0,0,,{size}{words}"


def _scale(text: str, most: int) -> float:
    """How much smaller the letters must be for a long caption to stay within its lines."""
    filled = _width(text) / (most * _MOST_LINES)
    return 1.0 if filled <= 1 else max(_LEAST_SCALE, filled**-0.5)


def _shown(text: str, most: int) -> str:
    lines = (" ".join(_broken(word, most) for word in line.split()) for line in text.split("\n"))
    return "\\N".join(line for line in lines if line)


def _broken(word: str, most: int) -> str:
    parts, width = [""], 0
    for letter in _plain(word):
        width += _width(letter)
        if width > most:
            parts.append("")
            width = _width(letter)
        parts[-1] += letter
    return "\\N".join(_literally(part) for part in parts)


def _literally(text: str) -> str:
    marked = text.replace("\\", f"\\{_JOINER}")
    return marked.replace("{", "\\{").replace("}", "\\}")


def _plain(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cs"))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _time(ms: int) -> str:
    hundredths = (ms + 5) // 10
    seconds, rest = divmod(hundredths, 100)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:02}"
