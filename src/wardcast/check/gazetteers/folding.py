"""Words made comparable: lower case, accents gone."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """`word` in lower case without accents: "Zoé" becomes "zoe"."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize(
        "NFKD", word.replace("’", "'").replace("ø", "o").replace("ł", "l")
    )
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def listed(words: str) -> frozenset[str]:
    """The words of a text laid out for reading, as a set."""
    return frozenset(words.split())


def phrases(names: str) -> frozenset[str]:
    """The phrases between the commas of a text laid out for reading, as a set."""
    return frozenset(" ".join(name.split()) for name in names.split(","))


def either(names: str) -> str:
    """A pattern that matches any of the phrases between the commas of a text; a phrase may hold
    signs of a pattern ("light ?bulb")."""
    return "(?:" + "|".join(" ".join(name.split()) for name in names.split(",")) + ")"
