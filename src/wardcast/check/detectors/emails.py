"""E-mail addresses, typed or spoken."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_EMAIL = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,80}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.[a-z]{2,24}"
)

_CUT = re.compile(
    r"\be-?mail(?:ed)?(?: is| at|:)? ([a-z0-9][a-z0-9._%+-]{0,60}@[a-z0-9-]{2,63})(?![\w-]|[.@]\w)"
)
"""An address without its end, after the word."""

_AT_SAID = re.compile(
    r"(?<![\w.%+-])(?!(?:me|us|you|him|her|them|it|look|page|more|is|was|are|on|"
    r"and)\b)[a-z0-9][\w.%+-]{0,60} ?(?:\(at\)|\[at\]| at ) ?"
    r"(?:gmail|yahoo|hotmail|outlook|icloud|aol|protonmail|live|me|[\w-]{2,40})"
    r"\.(?:com|org|net|edu|health|co\.uk|nhs\.uk)\b"
)
_REASON = "An e-mail address leads straight to a person."


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Every e-mail address that is not the author's own."""
    low = reading.low
    found = list(_EMAIL.finditer(low)) if "@" in low else []
    for match in _CUT.finditer(low) if "@" in low else ():
        yield Hit("email", *match.span(1), 0.9, _REASON, "their e-mail")
    if "at" in low and "." in low:
        found += _AT_SAID.finditer(low)
    for match in found:
        if not lexicon.holds(match.group()):
            yield Hit(
                "email", match.start(), match.end(), 0.98,
                _REASON, "their e-mail",
            )  # fmt: skip
