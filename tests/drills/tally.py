"""What a drill of many clips found, told a line a clip and summed up in one line of JSON.

A drill of fifty clips takes an hour; `WARDCAST_SEEDS=10-19,27` runs a part of it, and the sums of
the parts add up.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


def seeds(usual: int) -> list[int]:
    """The seeds that are asked for, or the first so many."""
    asked = os.environ.get("WARDCAST_SEEDS", "")
    return sorted({seed for part in asked.split(",") if part for seed in _part(part)}) or list(
        range(usual)
    )


def _part(part: str) -> range:
    first, _, last = part.partition("-")
    return range(int(first), int(last or first) + 1)


@dataclass
class Clips:
    """All clips so far: of which something was left, which could not be judged, and the sums."""

    say: Callable[[str], None]
    judged: list[int] = field(default_factory=list)
    left: dict[int, list[str]] = field(default_factory=dict)
    unjudged: dict[int, str] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def clip(self, seed: int, about: str) -> Iterator[tuple[list[str], Counter[str]]]:
        """One clip: what is found in it goes into the list, what was sought is counted. That its
        original does not tell what it should is raised, and told apart."""
        left: list[str] = []
        seen: Counter[str] = Counter()
        try:
            yield left, seen
        except AssertionError as error:
            because = (str(error).strip() or "a claim about the original fails").splitlines()[0]
            self.unjudged[seed] = because
            self.say(f"clip {seed} ({about}): cannot be judged: {because}")
            raise
        self.judged.append(seed)
        self.seen += seen
        if left:
            self.left[seed] = left
        self.say(f"clip {seed} ({about}): left {len(left)}, {json.dumps(seen)}")

    def summary(self) -> str:
        """All of it as one line of JSON."""
        return json.dumps(
            {
                "clips": len(self.judged),
                "seeds": self.judged,
                "left": self.left,
                "not judged": self.unjudged,
                "sought": dict(sorted(self.seen.items())),
            },
            ensure_ascii=False,
        )
