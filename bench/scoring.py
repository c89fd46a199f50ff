"""How well flags cover what is labelled, with bounds that small sets deserve."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from labelled import Sample

_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset("the a an of and on in at".split())
Flag = tuple[int, int, str]


@dataclass(slots=True)
class Score:
    """Counts over a set. A span is found where every word of it lies in some flag; a flag is right
    where it shares a word with some span."""

    spans: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    flags: int = 0
    right: int = 0
    texts: int = 0
    flagged: int = 0
    words: int = 0
    misses: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Spans found of all."""
        return self.found.total() / max(1, self.spans.total())

    @property
    def precision(self) -> float:
        """Flags that are right of all."""
        return self.right / max(1, self.flags)


def score(samples: Iterable[Sample], flags: Iterable[Sequence[Flag]]) -> Score:
    """The counts of a system's flags against the labels."""
    total = Score()
    for sample, given in zip(samples, flags, strict=True):
        _add(total, sample, given)
    return total


def _add(total: Score, sample: Sample, given: Sequence[Flag]) -> None:
    text = sample.text
    total.texts += 1
    total.flagged += bool(given)
    total.words += len(_WORD.findall(text))
    for start, end, kind in sample.spans:
        total.spans[kind] += 1
        words = [(start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])]
        telling = [w for w in words if text[w[0] : w[1]].lower() not in _FILLERS] or words
        if all(any(s < b and a < e for s, e, _ in given) for a, b in telling):
            total.found[kind] += 1
        else:
            total.misses.append(f"{kind}: {_shown(text, start, end)}")
    for start, end, kind in given:
        if any(start < b and a < end for a, b in sample.apart):
            continue
        total.flags += 1
        if any(start < e and s < end for s, e, _ in sample.spans):
            total.right += 1
        else:
            total.wrong.append(f"{kind}: {_shown(text, start, end)}")


def _shown(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    return f"{before}[{text[start:end]}]{after}".replace("\n", " ")
