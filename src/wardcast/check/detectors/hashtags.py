"""Hashtags that hold a name, a place or a house: "#PrayForHarper", "#ScrantonER".

A tag is cut at its capitals; one without capitals into the likeliest words. It is read by whoever
searches for it, so a town that it names is asked about on the channel of hashtags even where no
case is told beside it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from wardcast.check.detectors.hit import Hit
from wardcast.check.finding import LEAVE_OUT
from wardcast.check.gazetteers.folding import fold, listed
from wardcast.check.gazetteers.medicine import EPONYM_HEADS, EPONYMS, INSTITUTIONS, medical
from wardcast.check.gazetteers.names import family_name, first_name
from wardcast.check.gazetteers.places import states_and_countries, towns
from wardcast.check.gazetteers.towns import known as listed_town
from wardcast.check.gazetteers.words import STOP, WORD_NAMES, zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_TAG = re.compile(r"(?<![\w&/])#([^\W_](?:[\w'-]{1,78}\w)?)")
_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+(?:'[a-z]+)?|[A-Z]+|\d+|[^\W\d_]+")
_HOUSE = listed(
    """
    er ed icu nicu picu ward hospital hospitals clinic medical memorial general regional health
    healthcare infirmary hospice practice surgery childrens community university medcenter center
    centre trauma ems a&e ae
    """
)
_FOR_SOMEBODY = listed(
    """
    for team pray prayers prayersfor justice strong stay fight fighting fights army warrior warriors
    rip love remember remembering goodbye heaven angel bye happy birthday miss missing save saving
    help helping support with welcome thank get well soon beats beat heals hope our my little baby
    be
    like tribe squad journey story s and the in lives forever
    """
)
_MEANT = (("pray", "for"), ("prayers", "for"), ("justice", "for"), ("team",), ("rip",))
"""What is said of somebody: a name comes next."""
_RALLY = listed("for strong army warriors warrior tribe squad journey forever")
"""Beside one of these a first name may be meant."""
_LONGEST_PART = 16


def words(tag: str) -> tuple[str, ...]:
    """The words of a hashtag (given without its sign), folded: "ScrantonER" is ("scranton", "er");
    "scrantoner" is too."""
    plain = tag.replace("_", " ").replace("-", " ")
    parts = [part for piece in plain.split() for part in _CAMEL.findall(piece)]
    if len(parts) == 1 and parts[0].isalpha():
        return _cut(fold(parts[0]))
    return tuple(fold(part) for part in parts)


@lru_cache(maxsize=4096)
def _cut(run: str) -> tuple[str, ...]:
    """The likeliest words of a run of letters: a town, a name or a common word costs little."""
    if _cost(run) < 4.5 or len(run) > 60:
        return (run,)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        low = max(0, end - _LONGEST_PART)
        best.append(min((best[at][0] + _cost(run[at:end]), at) for at in range(low, end)))
    out, end = [], len(run)
    while end:
        start = best[end][1]
        out.append(run[start:end])
        end = start
    return tuple(reversed(out))


@lru_cache(maxsize=16384)
def _cost(word: str) -> float:
    if word in _HOUSE or (word in _FOR_SOMEBODY and len(word) > 1):
        return 3.0
    if len(word) < 3:
        return 3.5 if word in {"of", "in", "at", "st", "my", "is", "to"} else 9.0
    named = first_name(word) >= 1 or family_name(word) >= 1 or word in towns()
    common = zipf(word)
    unknown = 6.0 + 1.5 * len(word)
    return min(10.0 - common if common else unknown, 4.4 if named and len(word) > 3 else unknown)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Tags of houses and of people; tags of towns beside a case or among hashtags."""
    text = reading.normal.text
    if "#" not in text:
        return
    for match in _TAG.finditer(text):
        parts = words(match.group(1))
        if not parts or lexicon.holds(" ".join(parts)) or lexicon.holds(match.group(1)):
            continue
        hit = _hit(parts, match.start(), match.end(), alone=reading.channel == "hashtags")
        if hit is not None:
            yield hit


def _hit(parts: tuple[str, ...], start: int, end: int, *, alone: bool) -> Hit | None:
    said = " ".join(parts)
    town = _town(parts)
    if _house(parts, town):
        reason = "The tag names a house; whoever looks for it finds the clip."
        return Hit("facility", start, end, 0.8, reason, LEAVE_OUT, True)
    if said in INSTITUTIONS or said in states_and_countries():
        return None
    if named(parts):
        reason = "The tag names a person; whoever looks for it finds the clip."
        return Hit("name", start, end, 0.75, reason, LEAVE_OUT)
    if town and len(parts) - town <= 1:
        reason = "The tag names a town, which beside a case leaves few people it can be."
        return Hit("place", start, end, 0.7, reason, LEAVE_OUT, alone)
    return None


def _town(parts: tuple[str, ...]) -> int:
    """How many of the first words name a town; 0 for none."""
    for length in (3, 2, 1):
        name = " ".join(parts[:length])
        if len(parts) < length or name in states_and_countries():
            continue
        if name in towns() and (length > 1 or zipf(name) < 5):
            return length
        if listed_town(name) and name not in EPONYMS and not medical(name):
            common = zipf(name) if length == 1 else min(zipf(p) for p in parts[:length])
            if common < 3.6 and first_name(name) < 1:
                return length
    return 0


def _house(parts: tuple[str, ...], town: int) -> bool:
    """A town or a saint, then what a house is called: "scranton er", "st lukes hospital"."""
    rest = parts[town:] if town else parts[1:] if family_name(parts[0]) >= 1 else ()
    if rest and all(word in _HOUSE for word in rest):
        return True
    saint = parts[0] in {"st", "saint"} and len(parts) > 1 and parts[1] not in STOP
    return saint and f"st {parts[1]}" not in towns()


def named(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a tag that name somebody: all of "harper okafor", the last of "pray for harper";
    none for a term of medicine or a saying."""
    rest = tuple(p for p in parts if p not in _FOR_SOMEBODY and not p.isdigit())
    if not 1 <= len(rest) <= 2 or any(p in EPONYM_HEADS for p in parts):
        return ()
    if any(medical(p) and max(first_name(p), family_name(p)) < 1 for p in rest):
        return ()
    if len(rest) == 2:
        sure = first_name(rest[0]) + family_name(rest[1])
        return rest if first_name(rest[0]) and family_name(rest[1]) and sure >= 1.2 else ()
    word = rest[0]
    listed_name = max(first_name(word), family_name(word))
    if word in EPONYMS or word in WORD_NAMES or word in towns():
        return ()
    if any(parts[at : at + len(begins)] == begins for begins in _MEANT for at in (0, 1)):
        return rest if listed_name or zipf(word) < 3.5 else ()
    return rest if _RALLY & set(parts) and first_name(word) >= 0.7 else ()
