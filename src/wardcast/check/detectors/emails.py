"""E-mail addresses, typed or spoken."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_EMAIL = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,80}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.[a-z]{2,24}"
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Every e-mail address that is not the author's own."""
    if "@" not in reading.low:
        return
    for match in _EMAIL.finditer(reading.low):
        if not lexicon.holds(match.group()):
            yield Hit(
                "email", match.start(), match.end(), 0.98,
                "An e-mail address leads straight to a person.", "their e-mail",
            )  # fmt: skip
