"""First and family names: the lists of many languages that the `faker` package carries, and those
of `data/names.tsv`, which it lacks.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from wardcast.check.data import rows
from wardcast.check.gazetteers.folding import fold
from wardcast.check.gazetteers.words import WORD_NAMES, zipf

_PROVIDERS = "faker.providers.person"
_NAME = re.compile(r"[a-z]{2,}(?:'[a-z]+)?\Z")
_ENGLISH_LISTS = frozenset({"en", "en_US"})  # a census of two centuries: holds "infant" and "said"

_OURS = "ours"
_OURS_ALONE = frozenset({_OURS})

Known = dict[str, set[str]]


@cache
def _lists() -> tuple[Known, Known]:
    """Folded first names and family names, each with the lists (languages) that hold it."""
    package = importlib.import_module(_PROVIDERS)
    first: Known = {}
    family: Known = {}
    for module in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"{_PROVIDERS}.{module.name}").Provider
        for attribute in dir(provider):
            if attribute.startswith("first_name"):
                _collect(first, getattr(provider, attribute), module.name)
            elif attribute.startswith("last_name"):
                _collect(family, getattr(provider, attribute), module.name)
    for kind, name in rows("names.tsv"):
        (first if kind == "first" else family).setdefault(name, {_OURS})
    return first, family


def _collect(into: Known, values: object, language: str) -> None:
    if isinstance(values, (tuple, list, dict, set, frozenset)):
        for value in values:
            if isinstance(value, str):
                for part in _parts(value):
                    into.setdefault(part, set()).add(language)


def _parts(value: str) -> Iterator[str]:
    for part in re.split(r"[\s-]+", fold(value)):
        if _NAME.match(part):
            yield part


@lru_cache(maxsize=65536)
def first_name(word: str) -> float:
    """How surely a folded word, seen alone, is a first name: 0 no, .5 perhaps, 1 yes."""
    lists = _lists()[0].get(word)
    if lists is None:
        return 0.0
    common = zipf(word)
    if word in WORD_NAMES or len(word) < 3:
        return 0.5
    if lists == _OURS_ALONE:
        return _unless_a_word(common)
    elsewhere = len(lists - _ENGLISH_LISTS)
    if common >= 3.3:
        return 1.0 if elsewhere >= 2 and any(x.startswith("en") for x in lists) else 0.5
    if common >= 2.3:
        return 1.0 if elsewhere >= 1 else 0.7
    return 1.0


@lru_cache(maxsize=65536)
def family_name(word: str) -> float:
    """How surely a folded word, seen alone, is a family name: 0 no, .5 perhaps, 1 yes."""
    lists = _lists()[1].get(word)
    if lists is None:
        return 0.0
    if word in WORD_NAMES or len(word) < 3 or zipf(word) >= 4.0:
        return 0.5
    if lists == _OURS_ALONE:
        return _unless_a_word(zipf(word))
    return 1.0 if zipf(word) < 3.6 else 0.7


def _unless_a_word(common: float) -> float:
    """How surely a word of our own list is a name: the commoner it is, the more else it may be."""
    return 1.0 if common < 2.6 else 0.7 if common < 3.2 else 0.5


def may_be_name(word: str) -> bool:
    """Whether a folded word is in a list of names, or so rare that it may be one all the same."""
    return first_name(word) > 0 or family_name(word) > 0 or zipf(word) < 2.5


def load() -> None:
    """Reads the lists now, so that the first text does not wait for them."""
    _lists()
    zipf("patient")
