"""How many identifiers the check finds, and how much it flags that is none.

Texts that the project makes itself, of templates, names and towns that the model has not seen; with
`--data DIR` also the sets of others that `labelled` reads, each half apart. Baselines: Presidio and
scrubadub as installed from requirements/bench.txt in a place of their own (`make rivals`), on the
same texts; without it they are left out, and said to be.

What each set gave, by type and with Wilson's 95 % bounds, goes to standard error as it is known;
one JSON object per figure is printed at the end. The baselines are slow, so they read of each set
only every n-th text, up to 40,000 characters; the line beside each says how many.

Run: `python bench/identifiers.py [--data DIR]`.
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from figures import note, tell
from labelled import Sample, queries, scripts, visits
from scoring import Flag, Score, score

from wardcast.check import Severity, examine_text
from wardcast.check.making.scripts import make, told
from wardcast.recall.asking import wilson

_HERE = Path(__file__).parent
_RIVALS = _HERE.parent / ".venv-bench" / "bin" / "python"
_COUNT = 600
_SEED = 11
_NUMBERS = {"MRN", "PHONE", "SSN", "DOB", "DATE", "ROOM", "CODE", "ADDR", "AGE90"}
_WORDS_A_MINUTE = 150
_RIVAL_CHARACTERS = 40_000


@dataclass
class Book:
    """The figures until all are known, so that they stand together at the end."""

    rows: list[tuple[str, float, str, float, str, bool]] = field(default_factory=list)

    def keep(self, name: str, value: float, unit: str, base: float, goal: str, holds: bool) -> None:
        """A figure, as `figures.tell` takes it."""
        note(f"{name}: {value:.4f} {unit} ({goal}: {'holds' if holds else 'missed'})")
        self.rows.append((name, value, unit, base, goal, holds))

    def close(self) -> None:
        """Prints them all."""
        for row in self.rows:
            tell(*row)


def flags(text: str) -> list[Flag]:
    """What the author is asked about or stopped by; what is merely told counts as no flag."""
    found = examine_text(text).findings
    return [
        (f.span.start, f.span.end, f.kind) for f in found if f.span and f.severity != Severity.INFO
    ]


def own(*, spoken: bool, lessons: bool = False, long: bool = False) -> list[Sample]:
    """Scripts of the part that no training has seen; `long` ones are told as people speak, with
    names of every form in every place, and meant to be hard."""
    made = (told if long else make)("test", _COUNT, _SEED, spoken=spoken, lessons=lessons)
    return [Sample(s.text, s.spans, "held", "spoken" if spoken else "cased") for s in made]


def sampled(samples: list[Sample]) -> list[Sample]:
    """Every n-th text, of about as many characters as the baselines can read in a few seconds."""
    characters = sum(len(s.text) for s in samples)
    return samples[:: max(1, -(-characters // _RIVAL_CHARACTERS))]


def rivals(name: str, samples: list[Sample]) -> dict[str, Score]:
    """A part of the texts read by the baselines; empty where they are not installed."""
    if not _RIVALS.exists() or not samples:
        return {}
    part = sampled(samples)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump([s.text for s in part], file)
        file.flush()
        done = subprocess.run(
            [_RIVALS, _HERE / "rivals.py", file.name], stdout=subprocess.PIPE, check=True
        )
    read: dict[str, list[list[Flag]]] = json.loads(done.stdout)
    scores = {
        rival: score(part, [[(a, b, k) for a, b, k in each] for each in found])
        for rival, found in read.items()
    }
    for rival, theirs in sorted(scores.items()):
        said = f"recall {theirs.recall:.3f} precision {theirs.precision:.3f}"
        note(f"{name}: {rival} {said} (on {len(part)} of {len(samples)} texts)")
    return scores


def recall_of(
    book: Book, name: str, samples: list[Sample], floor: float, precise: float | None
) -> Score:
    """Tells recall by kind and whole, precision, with bounds, and the baselines beside them."""
    ours = score(samples, [flags(s.text) for s in samples])
    others = rivals(name, samples)
    best = max((s.recall for s in others.values()), default=0.0)
    low, high = wilson(ours.found.total(), ours.spans.total())
    unit = f"share of {ours.spans.total()} spans, {low:.3f}–{high:.3f}"
    book.keep(f"{name}_recall", ours.recall, unit, best, f"≥ {floor}", ours.recall >= floor)
    for kind, count in sorted(ours.spans.items()):
        bounds = wilson(ours.found[kind], count)
        note(f"{name}: {kind} {ours.found[kind]}/{count} ({bounds[0]:.3f}–{bounds[1]:.3f})")
    if precise is not None:
        low, high = wilson(ours.right, ours.flags)
        unit = f"share of {ours.flags} flags, {low:.3f}–{high:.3f}"
        theirs_best = max((s.precision for s in others.values()), default=0.0)
        holds = ours.precision >= precise
        book.keep(f"{name}_precision", ours.precision, unit, theirs_best, f"≥ {precise}", holds)
    return ours


def numbers(book: Book, name: str, ours: Score) -> None:
    """Tells how many spoken numbers, dates and rooms were found."""
    of = sum(ours.spans[k] for k in _NUMBERS)
    hits = sum(ours.found[k] for k in _NUMBERS)
    low, high = wilson(hits, of)
    unit = f"share of {of} spans, {low:.3f}–{high:.3f}"
    book.keep(name, hits / max(1, of), unit, 0.0, "≥ 0.98", hits >= 0.98 * of)


def blocked(book: Book, name: str, samples: list[Sample]) -> None:
    """Tells how many texts about nobody are stopped."""
    texts = sorted({s.text for s in samples})
    count = sum(bool(examine_text(text).blocking) for text in texts)
    low, high = wilson(count, len(texts))
    unit = f"share of {len(texts)} texts, {low:.3f}–{high:.3f}"
    book.keep(name, count / len(texts), unit, 0.0, "≤ 0.05", count <= 0.05 * len(texts))


def halves(samples: Iterator[Sample]) -> Iterator[tuple[str, list[Sample]]]:
    every = list(samples)
    for half in ("seen", "held"):
        part = [s for s in every if s.half == half]
        if part:
            yield half, part


def given(book: Book, folder: Path) -> None:
    """Tells the figures of the sets in a folder, half by half."""
    for half, part in halves(scripts(folder)):
        for style, floor, precise in (("cased", 0.99, 0.93), ("asr", 0.96, 0.85)):
            chosen = [s for s in part if s.style == style]
            recall_of(book, f"scripts_{style}_{half}", chosen, floor, precise)
        blocked(book, f"scripts_lessons_blocked_{half}", [s for s in part if not s.spans])
    for half, part in halves(queries(folder)):
        recall_of(book, f"queries_{half}", [s for s in part if s.spans], 0.985, 0.93)
        hard = [s for s in part if not s.spans]
        count = sum(bool(flags(s.text)) for s in hard)
        low, high = wilson(count, len(hard))
        unit = f"share of {len(hard)} texts, {low:.3f}–{high:.3f}"
        holds = count <= 0.12 * len(hard)
        book.keep(f"queries_hard_flagged_{half}", count / len(hard), unit, 0.0, "≤ 0.12", holds)
    for half, part in halves(visits(folder)):
        ours = recall_of(book, f"visits_{half}", part, 0.96, None)
        rate = (ours.flags - ours.right) / (ours.words / _WORDS_A_MINUTE)
        book.keep(f"visits_other_flags_{half}", rate, "flags a minute", 0.0, "≤ 1.5", rate <= 1.5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help="a folder of labelled sets of others")
    data = parser.parse_args().data
    book = Book()
    if not _RIVALS.exists():
        note("Presidio and scrubadub are not installed, so no baselines: make rivals")
    recall_of(book, "own_cased", own(spoken=False), 0.99, 0.93)
    said = recall_of(book, "own_spoken", own(spoken=True), 0.96, 0.85)
    numbers(book, "own_spoken_numbers", said)
    blocked(
        book,
        "own_lessons_blocked",
        own(spoken=False, lessons=True) + own(spoken=True, lessons=True),
    )
    recall_of(book, "told_cased", own(spoken=False, long=True), 0.9, 0.93)
    recall_of(book, "told_spoken", own(spoken=True, long=True), 0.85, 0.85)
    blocked(
        book,
        "told_lessons_blocked",
        own(spoken=False, lessons=True, long=True) + own(spoken=True, lessons=True, long=True),
    )
    if data is None:
        note("No sets of others were given (--data DIR).")
    elif not data.is_dir():
        note(f"{data} is no folder, so the sets of others are left out.")
    else:
        given(book, data)
    book.close()


if __name__ == "__main__":
    main()
