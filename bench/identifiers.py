"""How many identifiers the check finds, and how much it flags that is none.

Texts that the project makes itself, of templates, names and towns that the model has not seen; with
`--data DIR` also the sets of others that `labelled` reads, each half apart. Baselines: Presidio and
scrubadub as installed from requirements/bench.txt in a place of their own (`make rivals`), on the
same texts; without it they are left out, and said to be.

Prints one JSON object per figure. Run: `python bench/identifiers.py [--data DIR]`.
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from figures import note, tell
from labelled import Sample, queries, scripts, visits
from scoring import Flag, Score, score, wilson

from wardcast.check import Severity, examine_text
from wardcast.check.making.scripts import make

_HERE = Path(__file__).parent
_RIVALS = _HERE.parent / ".venv-bench" / "bin" / "python"
_COUNT = 600
_SEED = 11
_NUMBERS = {"MRN", "PHONE", "SSN", "DOB", "DATE", "ROOM", "CODE", "ADDR", "AGE90"}
_WORDS_A_MINUTE = 150


def flags(text: str) -> list[Flag]:
    """What the author is asked about or stopped by; what is merely told counts as no flag."""
    found = examine_text(text).findings
    return [
        (f.span.start, f.span.end, f.kind) for f in found if f.span and f.severity != Severity.INFO
    ]


def own(*, spoken: bool, lessons: bool = False) -> list[Sample]:
    """Scripts of the part that no training has seen."""
    made = make("test", _COUNT, _SEED, spoken=spoken, lessons=lessons)
    return [Sample(s.text, s.spans, "held", "spoken" if spoken else "cased") for s in made]


def rivals(samples: list[Sample]) -> dict[str, Score]:
    """The same texts read by the baselines; empty where they are not installed."""
    if not _RIVALS.exists():
        return {}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump([s.text for s in samples], file)
        file.flush()
        done = subprocess.run(
            [_RIVALS, _HERE / "rivals.py", file.name], stdout=subprocess.PIPE, check=True
        )
    read: dict[str, list[list[Flag]]] = json.loads(done.stdout)
    return {
        name: score(samples, [[(a, b, k) for a, b, k in each] for each in found])
        for name, found in read.items()
    }


def recall_of(name: str, samples: list[Sample], floor: float, precise: float | None) -> Score:
    """Tells recall by kind and whole, precision, with bounds, and the baselines beside them."""
    ours = score(samples, [flags(s.text) for s in samples])
    others = rivals(samples)
    best = max((s.recall for s in others.values()), default=0.0)
    for rival, theirs in sorted(others.items()):
        note(f"{name}: {rival} recall {theirs.recall:.3f} precision {theirs.precision:.3f}")
    low, high = wilson(ours.found.total(), ours.spans.total())
    unit = f"share of {ours.spans.total()} spans, {low:.3f}–{high:.3f}"
    tell(f"{name}_recall", ours.recall, unit, best, f"≥ {floor}", ours.recall >= floor)
    for kind, count in sorted(ours.spans.items()):
        bounds = wilson(ours.found[kind], count)
        note(f"{name}: {kind} {ours.found[kind]}/{count} ({bounds[0]:.3f}–{bounds[1]:.3f})")
    if precise is not None:
        low, high = wilson(ours.right, ours.flags)
        unit = f"share of {ours.flags} flags, {low:.3f}–{high:.3f}"
        theirs_best = max((s.precision for s in others.values()), default=0.0)
        holds = ours.precision >= precise
        tell(f"{name}_precision", ours.precision, unit, theirs_best, f"≥ {precise}", holds)
    return ours


def numbers(name: str, ours: Score) -> None:
    """Tells how many spoken numbers, dates and rooms were found."""
    of = sum(ours.spans[k] for k in _NUMBERS)
    hits = sum(ours.found[k] for k in _NUMBERS)
    low, high = wilson(hits, of)
    unit = f"share of {of} spans, {low:.3f}–{high:.3f}"
    tell(name, hits / max(1, of), unit, 0.0, "≥ 0.98", hits >= 0.98 * of)


def blocked(name: str, samples: list[Sample]) -> None:
    """Tells how many texts about nobody are stopped."""
    texts = sorted({s.text for s in samples})
    count = sum(bool(examine_text(text).blocking) for text in texts)
    low, high = wilson(count, len(texts))
    unit = f"share of {len(texts)} texts, {low:.3f}–{high:.3f}"
    tell(name, count / len(texts), unit, 0.0, "≤ 0.05", count <= 0.05 * len(texts))


def halves(samples: Iterator[Sample]) -> Iterator[tuple[str, list[Sample]]]:
    every = list(samples)
    for half in ("seen", "held"):
        part = [s for s in every if s.half == half]
        if part:
            yield half, part


def given(folder: Path) -> None:
    """Tells the figures of the sets in a folder, half by half."""
    for half, part in halves(scripts(folder)):
        for style, floor, precise in (("cased", 0.99, 0.93), ("asr", 0.96, 0.85)):
            chosen = [s for s in part if s.style == style]
            recall_of(f"scripts_{style}_{half}", chosen, floor, precise)
        blocked(f"scripts_lessons_blocked_{half}", [s for s in part if not s.spans])
    for half, part in halves(queries(folder)):
        recall_of(f"queries_{half}", [s for s in part if s.spans], 0.985, 0.93)
        hard = [s for s in part if not s.spans]
        count = sum(bool(flags(s.text)) for s in hard)
        low, high = wilson(count, len(hard))
        unit = f"share of {len(hard)} texts, {low:.3f}–{high:.3f}"
        holds = count <= 0.12 * len(hard)
        tell(f"queries_hard_flagged_{half}", count / len(hard), unit, 0.0, "≤ 0.12", holds)
    for half, part in halves(visits(folder)):
        ours = recall_of(f"visits_{half}", part, 0.96, None)
        rate = (ours.flags - ours.right) / (ours.words / _WORDS_A_MINUTE)
        tell(f"visits_other_flags_{half}", rate, "flags a minute", 0.0, "≤ 1.5", rate <= 1.5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help="a folder of labelled sets of others")
    data = parser.parse_args().data
    if not _RIVALS.exists():
        note("Presidio and scrubadub are not installed, so no baselines: make rivals")
    recall_of("own_cased", own(spoken=False), 0.99, 0.93)
    said = recall_of("own_spoken", own(spoken=True), 0.96, 0.85)
    numbers("own_spoken_numbers", said)
    blocked("own_lessons_blocked", own(spoken=False, lessons=True) + own(spoken=True, lessons=True))
    if data is None:
        note("No sets of others were given (--data DIR).")
    elif not data.is_dir():
        note(f"{data} is no folder, so the sets of others are left out.")
    else:
        given(data)


if __name__ == "__main__":
    main()
