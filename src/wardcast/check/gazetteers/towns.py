"""Towns and how many people live in them, from GeoNames (CC BY 4.0) by `wardcast models towns`."""

from dataclasses import dataclass
from functools import cache

from wardcast.check.data import rows
from wardcast.check.gazetteers.folding import fold

COUNTRIES = {
    "us": 334_914_895, "gb": 68_265_000, "ca": 40_097_000, "au": 26_649_000, "ie": 5_281_000,
    "nz": 5_223_000,
}  # fmt: skip
"""Inhabitants at the middle of 2023: US Census Bureau, ONS, StatCan, ABS, CSO, Stats NZ."""

_ALIASES = {
    "united states": "us", "usa": "us", "america": "us", "uk": "gb", "united kingdom": "gb",
    "britain": "gb", "england": "gb", "canada": "ca", "australia": "au", "ireland": "ie",
    "new zealand": "nz",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Town:
    """A town; `area` is a state's postal code in the US."""

    name: str
    country: str
    area: str
    people: int


@cache
def _towns() -> dict[str, tuple[Town, ...]]:
    found: dict[str, tuple[Town, ...]] = {}
    for name, country, area, people in rows("towns.tsv.gz"):
        town = Town(name, country, area, int(people))
        found[name] = (*found.get(name, ()), town)
    return found


def known(name: str) -> bool:
    """Whether a folded name is that of a town."""
    return name in _towns()


def people_in(place: str) -> int | None:
    """How many live in "Scranton", "Scranton, PA", "Canada"; of towns of one name the largest.

    None for a place that is not known.
    """
    named, _, within = (part.strip() for part in fold(place).partition(","))
    country = _ALIASES.get(named, named if within else "")
    if country in COUNTRIES:
        return COUNTRIES[country]
    towns = _towns().get(named, ())
    inside = [t for t in towns if within and within in {t.area.lower(), t.country.lower()}]
    return max((t.people for t in inside or towns), default=None)


@cache
def names() -> frozenset[str]:
    """Every folded name of a town."""
    return frozenset(_towns())
