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
from wardcast.check.making.wide import Wide

_FOLDER = Path(__file__).parent
_SLOT = re.compile(r"\{(-?[A-Z0-9]+)(?::([^}]+))?\}")
_CHOICE = re.compile(r"\[([^\]]+)\]")
_SIGNS = re.compile(r"[.,!?;:](?=\s|$)|[\"“”…]|(?<=\s)[—–-]+\s|[—–]")


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


def joined(scripts: list[Script], draw: random.Random, most: int = 4) -> list[Script]:
    """The scripts again, one to `most` after each other in one text, as clips have them."""
    out: list[Script] = []
    at = 0
    while at < len(scripts):
        several = scripts[at : at + draw.randint(1, most)]
        out.append(_one(several))
        at += len(several)
    return out


def _one(several: list[Script]) -> Script:
    text, spans = "", []
    for script in several:
        text += " " if text else ""
        spans += [(len(text) + a, len(text) + b, kind) for a, b, kind in script.spans]
        text += script.text
    lesson = all(s.lesson for s in several)
    return Script(text, tuple(spans), several[0].spoken, lesson)


def told(part: str, count: int, seed: int, *, spoken: bool, lessons: bool = False) -> list[Script]:
    """Scripts as `make` gives them, of the templates that are told at length and as people speak:
    names anywhere in the sentence and in every form, typed questions among those not `spoken`."""
    draw = random.Random(f"{part}|{seed}|{spoken}|{lessons}|told")
    lines = templates("told_lessons" if lessons else "told", part)
    more = "said" if spoken else "asked"
    lines += templates(f"{more}_lessons" if lessons else more, part)
    return _drawn(lines, Wide(draw, part, spoken=spoken), count, lesson=lessons)


def make(part: str, count: int, seed: int, *, spoken: bool, lessons: bool = False) -> list[Script]:
    """Scripts of one part, the same for the same seed: of cases (and secrets) or of lessons."""
    draw = random.Random(f"{part}|{seed}|{spoken}|{lessons}")
    lines = templates("lessons", part) if lessons else templates("cases", part)
    lines += [] if lessons else templates("secrets", part)
    return _drawn(lines, Values(draw, part, spoken=spoken), count, lesson=lessons)


def _drawn(lines: list[str], values: Values, count: int, *, lesson: bool) -> list[Script]:
    return [filled(lines[i % len(lines)], values, lesson=lesson) for i in range(count)]


def filled(template: str, values: Values, *, lesson: bool) -> Script:
    """A template with every place filled."""
    chosen = _CHOICE.sub(lambda m: values.pick(m.group(1).split("|")), template)
    out: list[str] = []
    spans: list[tuple[int, int, str]] = []
    size = 0
    for piece, kind in _pieces(chosen):
        if kind:
            text = values.said(piece) if piece else values.of(kind.removeprefix("-"))
        else:
            text = _said(piece) if values.spoken else piece
        if kind and not kind.startswith("-"):
            spans.append((size, size + len(text), kind))
        out.append(text)
        size += len(text)
    return Script("".join(out), tuple(spans), values.spoken, lesson)


def _said(piece: str) -> str:
    return _SIGNS.sub("", piece.lower())


def _pieces(template: str) -> Iterator[tuple[str, str]]:
    """What stands there and the kind of identifier it is; "" for a kind whose value is drawn.
    A kind with a "-" is drawn and is no identifier there."""
    at = 0
    for slot in _SLOT.finditer(template):
        yield template[at : slot.start()], ""
        yield slot.group(2) or "", slot.group(1)
        at = slot.end()
    yield template[at:], ""
