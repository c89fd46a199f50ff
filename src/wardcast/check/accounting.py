"""Which moments of a recording are accounted for by the words that are known to be said.

An alignment stretches any script over any speech, so a word of a script counts only where its own
sound fits it. What is voiced and not covered by such a word must be listened to by somebody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from wardcast.check.span import TimeSpan, left_of, long_ms, merged, widened
from wardcast.check.speech import Speech, SpokenWord

ENOUGH: Final = 0.9
"""The share of the voiced time that a typed script must account for before speech is checked."""
FITS: Final = 0.45
"""The least confidence of an aligned word that counts. Six recordings of people, whose scripts
lacked one or two words of 200 ms and more in every place in turn: 125 of 131 places were found, and
the whole scripts accounted for 0.92 to 1.00 of the voiced time."""
_ALIGNED_GAP_MS: Final = 100
_EDGE_MS: Final = 200
"""Where a voice sets in and ends is less sharp than the ends of words within it."""
_RECOGNISED_GAP_MS: Final = 600
"""What a recogniser leaves between two words is mostly their ends: it does not say exactly when."""
_WORD_MS: Final = 60
_AROUND_MS: Final = 250
"""A word that a script leaves out lies partly beneath its neighbours, which fit their sound: with
130 less was muted of a number's digit, said by a synthesiser."""
_NEAR_MS: Final = 500


@dataclass(frozen=True, slots=True)
class Account:
    """`share`, 0 to 1, of the voiced time is accounted for; `moments` are to be listened to."""

    share: float
    moments: tuple[TimeSpan, ...]

    @property
    def enough(self) -> bool:
        """Whether speech counts as checked, once somebody has listened to the moments."""
        return self.share >= ENOUGH


def account(said: Speech, *, without: Iterable[TimeSpan] = ()) -> Account:
    """What the words account for of all that is voiced; spans of `without` (muted ones) are not
    heard by anyone and count on neither side."""
    voiced = left_of(said.voiced, without)
    covered = [TimeSpan(word.start_ms, word.end_ms) for word in said.words if _counts(word, said)]
    found = _gaps(voiced, covered, aligned=said.how == "aligned")
    gaps = [part for gap in found for part in _heard(gap, said.quiet)]
    all_ms, gap_ms = long_ms(left_of(voiced, said.quiet)), long_ms(gaps)
    share = 1 - gap_ms / all_ms if all_ms else 1.0
    return Account(share, merged((widened(each, _AROUND_MS) for each in gaps), _NEAR_MS))


def _counts(word: SpokenWord, said: Speech) -> bool:
    if said.how == "recognised":
        return True
    return word.confidence is not None and word.confidence >= FITS


def _gaps(
    voiced: Iterable[TimeSpan], covered: list[TimeSpan], *, aligned: bool
) -> Iterator[TimeSpan]:
    """What no word covers and is long enough to be a word."""
    for span in voiced:
        for gap in left_of([span], covered):
            at_edge = gap.start_ms == span.start_ms or gap.end_ms == span.end_ms
            least = _EDGE_MS if at_edge else _ALIGNED_GAP_MS
            if gap.long_ms >= (least if aligned else _RECOGNISED_GAP_MS):
                yield gap


def _heard(gap: TimeSpan, quiet: Iterable[TimeSpan]) -> list[TimeSpan]:
    """What is to be heard of a gap: a pause of nothing at all, which a voice around it carries,
    holds no word, and neither does what little stands beside it."""
    parts = list(left_of([gap], quiet))
    return parts if long_ms(parts) >= _WORD_MS else []
