"""Trains the model of context on scripts that the project makes itself, and on folders given.

The same recipe gives the same model: what is drawn is drawn from a seed.
"""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from wardcast.check.contexts import features
from wardcast.check.detectors.by_context import KINDS
from wardcast.check.making.queries import queries
from wardcast.check.making.scripts import Script, joined, make, told
from wardcast.check.reading import Reading, read

_AS = {
    "NAME": "NAME",
    "FIRST": "NAME",
    "LAST": "NAME",
    "STAFF": "STAFF",
    "FAC": "FAC",
    "LOC": "LOC",
    "SHORT": "NAME",
    "CO": "NAME",
    "PT": "NAME",
    "DOC": "STAFF",
    "HOUSE": "FAC",
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides what the model becomes. `floors` are how sure it must be, by label."""

    scripts: int = 16_000
    lessons: int = 8_000
    told: int = 26_000
    told_lessons: int = 10_000
    queries: int = 8_000
    seed: int = 1
    c1: float = 0.8
    c2: float = 0.6
    iterations: int = 90
    floors: tuple[tuple[str, float], ...] = (
        ("NAME", 0.2), ("STAFF", 0.4), ("FAC", 0.3), ("LOC", 0.3),
    )  # fmt: skip


def train(recipe: Recipe, folders: Iterable[Path], model: Path) -> int:
    """Writes the model and, beside it, its recipe (`.json`); returns how many scripts it read.

    A folder holds `*.jsonl` files of {"text": …, "spans": [[start, end, kind], …]} a line, of the
    kinds NAME, STAFF, FAC and LOC; the others are left aside.
    """
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    folders = list(folders)
    count = 0
    for script in [*_own(recipe), *_given(folders)]:
        reading = read(script.text)
        trainer.append(features(reading.tokens), _labels(reading, script))
        count += 1
    trainer.set_params(
        {"c1": recipe.c1, "c2": recipe.c2, "max_iterations": recipe.iterations,
         "feature.possible_transitions": True, "feature.minfreq": 2}
    )  # fmt: skip
    trainer.train(str(model))
    about = {**asdict(recipe), "floors": dict(recipe.floors), "folders": [f.name for f in folders]}
    model.with_suffix(".json").write_text(json.dumps(about, indent=1) + "\n")
    return count


def _own(recipe: Recipe) -> list[Script]:
    made: list[Script] = []
    texts: list[Script] = []
    for spoken in (False, True):
        made += make("train", recipe.scripts // 2, recipe.seed, spoken=spoken)
        made += make("train", recipe.lessons // 2, recipe.seed, spoken=spoken, lessons=True)
        made += told("train", recipe.told // 2, recipe.seed, spoken=spoken)
        made += told("train", recipe.told_lessons // 2, recipe.seed, spoken=spoken, lessons=True)
        draw = random.Random(recipe.seed)
        draw.shuffle(made)
        texts += joined(made, draw)
        made = []
    return [*texts, *queries("train", recipe.queries, recipe.seed)]


def _given(folders: Iterable[Path]) -> Iterator[Script]:
    for folder in folders:
        for path in sorted(folder.glob("*.jsonl")):
            for line in path.read_text().splitlines():
                row = json.loads(line)
                spans = tuple((int(a), int(b), str(kind)) for a, b, kind in row["spans"])
                yield Script(row["text"], spans, spoken=row["text"].islower(), lesson=not spans)


def _labels(reading: Reading, script: Script) -> list[str]:
    """The label of each word; a word of the normalised text is found where it came from."""
    labels = []
    for token in reading.tokens:
        at = reading.normal.source(token.start, token.end)
        kinds = [_AS.get(k, "O") for a, b, k in script.spans if at.start < b and a < at.end]
        labels.append(kinds[0] if kinds else "O")
    assert set(labels) <= {*KINDS, "O"}
    return labels
