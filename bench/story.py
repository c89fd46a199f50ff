"""Whether the story's figure agrees with a reader: kappa, and recall of recognisable stories.

`tests/check/stories.tsv` holds fictional stories, labelled by one author by the rule at its head. A
story is named where its figure is red or amber. The baseline is to name none.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from figures import note, tell

from wardcast.check import examine_text
from wardcast.recall.asking import wilson

STORIES = Path(__file__).parents[1] / "tests/check/stories.tsv"
KAPPA, RECALL = 0.5, 0.85
LEVELS = ("green", "amber", "red")


@dataclass(frozen=True, slots=True)
class Story:
    """One story with what its author says of it; `place` is the teller's own town."""

    text: str
    place: str
    recognisable: bool
    level: str


def stories(path: Path = STORIES) -> list[Story]:
    """The labelled stories, in their order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [Story(text, place, yes == "yes", level) for text, place, yes, level in cells]


def level_of(story: Story) -> str:
    """What the figure says: green too where the text tells of nobody."""
    risk = examine_text(story.text, channel="script", place=story.place).story
    return risk.level if risk is not None else "green"


def kappa(one: Sequence[str], other: Sequence[str]) -> float:
    """Cohen's kappa of two raters of the same things."""
    pairs = list(zip(one, other, strict=True))
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    ones, others = Counter(one), Counter(other)
    chance = sum(ones[each] * others[each] for each in ones) / len(pairs) ** 2
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def main() -> None:
    """Prints agreement and recall, and with --all each story on which the two differ."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--all", action="store_true", help="tell what is judged otherwise")
    asked = given.parse_args()
    told = stories()
    levels = [level_of(each) for each in told]
    named = ["yes" if level != "green" else "no" for level in levels]
    labels = ["yes" if each.recognisable else "no" for each in told]
    hits = sum(n == "yes" for n, each in zip(named, told, strict=True) if each.recognisable)
    of = sum(each.recognisable for each in told)
    false = sum(n == "yes" for n, each in zip(named, told, strict=True) if not each.recognisable)
    agreement = kappa(named, labels)
    by_level = kappa(levels, [each.level for each in told])
    low, high = wilson(hits, of)
    tell("story_kappa", agreement, "kappa", 0.0, f"at least {KAPPA}", agreement >= KAPPA)
    tell("story_kappa_levels", by_level, "kappa", 0.0, "told, no goal", True)
    tell("story_recall", hits / of, "share", 0.0, f"at least {RECALL}", hits / of >= RECALL)
    tell("story_recall_low", low, "share", 0.0, "Wilson's lower bound, 95 %", True)
    note(f"recognisable: {hits} of {of} named ({low:.3f} to {high:.3f}); "
         f"{false} of {len(told) - of} others named too")  # fmt: skip
    if asked.all:
        for each, level in zip(told, levels, strict=True):
            if level != each.level:
                note(
                    f"{each.level} by its author, {level} by the figure: {each.text} [{each.place}]"
                )


if __name__ == "__main__":
    main()
