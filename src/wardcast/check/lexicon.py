"""The author's own words: names and handles that are not patients."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from wardcast.check.gazetteers.folding import fold, listed


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded words and phrases that make no finding. Build it by `of`. `monitor` are the words of
    the author's own monitors and boards."""

    phrases: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    monitor: frozenset[str] = frozenset()

    @classmethod
    def of(cls, known: Iterable[str], monitor: Iterable[str] = ()) -> "Lexicon":
        """A lexicon of whole names ("Ana Reyes", "@drana", "Northside Hospital"):

        each as a phrase and its words.
        """
        phrases = {" ".join(_plain(k)) for k in known}
        return cls(
            frozenset(phrases),
            frozenset(w for p in phrases for w in p.split() if len(w) > 1),
            frozenset(word for text in monitor for word in screen_words(text)),
        )

    def shows(self, text: str) -> bool:
        """Whether what stands on a screen are words of the author's own monitors alone. Readings
        change, so bare numbers do not count."""
        words = screen_words(text)
        return bool(words) and words <= self.monitor

    def holds(self, text: str) -> bool:
        """Whether the text is one of the author's own names, or made of their words alone."""
        folded = " ".join(_plain(text))
        words = [w for w in folded.split() if w not in _TITLES]
        return folded in self.phrases or (bool(words) and all(w in self.words for w in words))


def screen_words(text: str) -> frozenset[str]:
    """The folded words of a screen, without numbers and signs."""
    return frozenset(word for word in _plain(text) if any(each.isalpha() for each in word))


def _plain(text: str) -> list[str]:
    """The words of a name or handle: "@ana.reyes" is "ana reyes"."""
    return _SIGNS.sub(" ", fold(text)).split()


_SIGNS = re.compile(r"[@._-]")
_TITLES = listed("dr doctor prof professor nurse mr mrs ms miss")
EMPTY = Lexicon()
