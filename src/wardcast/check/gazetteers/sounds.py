"""How a name sounds, roughly: recognisers spell one name in several ways."""

import re
from functools import lru_cache

_SAME = (
    (re.compile(r"^(?:kn|gn|pn)"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"^x"), "s"),
    (re.compile(r"tch|sch|ch|sh|tion"), "x"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ght|gh"), ""),
    (re.compile(r"ck|c(?![eiy])|q"), "k"),
    (re.compile(r"c(?=[eiy])|z"), "s"),
    (re.compile(r"dg|j|g(?=[eiy])"), "j"),
    (re.compile(r"th"), "t"),
    (re.compile(r"w|h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_VOWELS = re.compile(r"[aeiouy]+")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A key that words of one sound share; the first letter counts with its own vowel."""
    heard = word
    for pattern, same in _SAME:
        heard = pattern.sub(same, heard)
    if not heard:
        return word
    first = "a" if _VOWELS.match(heard) else heard[0]
    rest = _VOWELS.sub("a", heard[1:]).rstrip("a")
    return re.sub(r"(.)\1+", r"\1", first + rest)
