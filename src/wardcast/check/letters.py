"""Letters as a reader sees them: width, look-alikes and invisible signs undone.

Wide letters, a Cyrillic O in "Okafor" and a space of no width within it all read "Okafor". What
is rewritten says which characters of the text it stands for.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

Edit = tuple[int, int, str]
"""Characters from, up to, and what they become."""

_FOREIGN = re.compile(r"[^\x00-\x7f]")
_CLUSTER = re.compile(r"[^\x00-\x7f’‘“”—–…]|[A-Za-z](?=[\u0300-\u036f])")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]")
_ALIKE = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαινρυ",
        "ABESIJKMHOPCTYXaesijopcyxdhqwABEZHIKMNOPTYXoaivpu",
        strict=True,
    )
)
_LONGEST_CLUSTER = 16


def plain_letters(text: str) -> Iterator[Edit]:
    """The edits that make a text readable; none for one of ASCII alone."""
    if text.isascii() or not _FOREIGN.search(text):
        return
    mixed = _mixed(text)
    at = 0
    for match in _CLUSTER.finditer(text):
        start = match.start()
        if start < at:
            continue
        end = start + 1
        while end < len(text) and end - start < _LONGEST_CLUSTER and _joins(text[end]):
            end += 1
        at = end
        written = text[start:end]
        plain = _plain(written) if start not in mixed else _ALIKE.get(written[0], written)
        if plain != written:
            yield start, end, plain


def _mixed(text: str) -> frozenset[int]:
    """Where a look-alike stands in a word that holds Latin letters too."""
    found: set[int] = set()
    for word in _WORD.finditer(text):
        if not word.group().isascii() and _LATIN.search(word.group()):
            found.update(word.start() + i for i, sign in enumerate(word.group()) if sign in _ALIKE)
    return frozenset(found)


def _joins(sign: str) -> bool:
    """Whether a sign is drawn onto the one before it, or not at all."""
    return sign > "\x7f" and unicodedata.category(sign) in {"Mn", "Me", "Cf"}


@lru_cache(maxsize=65536)
def _plain(written: str) -> str:
    if unicodedata.category(written[0]) == "Cf":
        return ""
    if len(written) == 1 and written.isspace():
        return "\n" if written in "\u2028\u2029\x85" else " "
    shown = "".join(c for c in written if unicodedata.category(c) != "Cf")
    composed = unicodedata.normalize("NFKC", shown)
    if composed in {"\u2010", "\u2011", "\u2212"}:
        return "-"
    digits = "".join(str(unicodedata.digit(c, c)) if c.isdigit() else c for c in composed)
    return digits if digits.strip() or not shown.strip() else shown
