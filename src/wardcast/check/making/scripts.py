"""Scripts with known identifiers, made of templates: to train the model of context, to measure.

Templates, names and towns are parted: what "test" holds, "train" has never seen. An author is a way
of writing: cased as typed, or lower-case without signs as a recogniser writes.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wardcast.check.making.values import Values, in_part

_FOLDER = Path(__file__).parent
_SLOT = re.compile(r"\{([A-Z0-9]+)\}")
_SIGNS = re.compile(r"[.,!?;:](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Script:
    """A text and its identifiers: (start, end, kind). `lesson` tells of no patient."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    spoken: bool
    lesson: bool


def templates(name: str, part: str) -> list[str]:
    """The templates of one file that belong to a part, in the file's order."""
    lines = (_FOLDER / f"{name}.txt").read_text().splitlines()
    return [x for x in lines if x and not x.startswith("#") and in_part(x, part)]


def make(part: str, count: int, seed: int, *, spoken: bool, lessons: bool = False) -> list[Script]:
    """Scripts of one part, the same for the same seed: of cases (and secrets) or of lessons."""
    draw = random.Random(f"{part}|{seed}|{spoken}|{lessons}")
    lines = templates("lessons", part) if lessons else templates("cases", part)
    lines += [] if lessons else templates("secrets", part)
    return [
        _filled(lines[i % len(lines)], Values(draw, part, spoken=spoken), lesson=lessons)
        for i in range(count)
    ]


def _filled(template: str, values: Values, *, lesson: bool) -> Script:
    out: list[str] = []
    spans: list[tuple[int, int, str]] = []
    size = 0
    for piece, kind in _pieces(template):
        text = values.of(kind) if kind else _said(piece) if values.spoken else piece
        if kind:
            spans.append((size, size + len(text), kind))
        elif text == "" and out:
            continue
        out.append(text)
        size += len(text)
    made = "".join(out)
    return Script(made, tuple(spans), values.spoken, lesson)


def _said(piece: str) -> str:
    return _SIGNS.sub("", piece.lower())


def _pieces(template: str) -> Iterator[tuple[str, str]]:
    at = 0
    for slot in _SLOT.finditer(template):
        yield template[at : slot.start()], ""
        yield "", slot.group(1)
        at = slot.end()
    yield template[at:], ""
