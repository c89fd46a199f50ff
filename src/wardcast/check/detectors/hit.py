"""What a detector hands back, before policy gives it a weight."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading


@dataclass(frozen=True, slots=True)
class Hit:
    """Characters `start` up to `end` of the normalised text, and why they stand out."""

    kind: str
    start: int
    end: int
    confidence: float
    reason: str
    suggestion: str
    beside: bool = False
    """True where the detector itself saw that this is said of a patient."""


Detector = Callable[[Reading, Lexicon], Iterable[Hit]]
