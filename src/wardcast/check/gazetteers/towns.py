"""Towns and how many people live in them, from GeoNames (CC BY 4.0) by `wardcast models towns`."""

from dataclasses import dataclass
from functools import cache

from wardcast.check.data import rows
from wardcast.check.gazetteers.folding import fold

COUNTRIES = {
    "us": 340_110_988, "gb": 68_265_000, "ca": 40_097_000, "au": 26_649_000, "ie": 5_281_000,
    "nz": 5_223_000,
}  # fmt: skip
"""Inhabitants: of the US on 1 July 2024 (Census Bureau, Vintage 2024), of the others at the middle
of 2023 (ONS, StatCan, ABS, CSO, Stats NZ)."""

_NAMES = {
    "us": "the United States", "gb": "the United Kingdom", "ca": "Canada", "au": "Australia",
    "ie": "Ireland", "nz": "New Zealand",
}  # fmt: skip
_ALIASES = {
    "united states": "us", "united states of america": "us", "usa": "us", "u.s.": "us",
    "america": "us", "uk": "gb", "u.k.": "gb", "united kingdom": "gb", "great britain": "gb",
    "britain": "gb", "england": "gb", "scotland": "gb", "wales": "gb", "northern ireland": "gb",
    "canada": "ca", "australia": "au", "ireland": "ie", "new zealand": "nz",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Town:
    """A town; `country` is its code of two capitals, `area` a state's postal code in the US."""

    name: str
    country: str
    area: str
    people: int


_METROPOLIS = 1_000_000


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


def find(place: str, near: Town | None = None) -> Town | None:
    """The town that "Scranton", "Scranton, PA" or "Leeds, UK" names.

    Of towns of one name the one that lies in the state of `near`; then the most inhabited, if it
    is a city of millions; then the largest in the country of `near`; then the most inhabited.
    None where no town is known by it.
    """
    named, within = _parted(place)
    found = _towns().get(named, ())
    if within:
        inside = [t for t in found if within in {t.area.lower(), t.country.lower()}]
        found = tuple(inside) or found
    elif near is not None:
        beside = [t for t in found if (t.country, t.area) == (near.country, near.area)]
        if not beside and all(t.people < _METROPOLIS for t in found):
            beside = [t for t in found if t.country == near.country]
        found = tuple(beside) or found
    return max(found, key=lambda t: t.people, default=None)


def _parted(place: str) -> tuple[str, str]:
    """The town's name, and the code of the state or country that follows it after a comma."""
    named, _, within = (part.strip() for part in fold(place).partition(","))
    within = within.rpartition(",")[2].strip() or within
    return named, _ALIASES.get(within) or _STATES.get(within, within)


def people_in(place: str) -> int | None:
    """How many live in "Scranton", "Scranton, PA", "Canada"; of towns of one name the largest.

    None for a place that is not known.
    """
    whole = fold(place).strip()
    country = _ALIASES.get(whole, "")
    if country:
        return COUNTRIES[country]
    town = find(place)
    return town.people if town is not None else None


def country_named(code: str) -> str:
    """The name of a country by its code: "the United Kingdom"; the code where no name is known."""
    return _NAMES.get(code.lower(), code.upper())


def code_of(country: str) -> str:
    """The code of a country by the name that `country_named` gives it."""
    return next((code for code, name in _NAMES.items() if name == country), country.lower())


def people_of(code: str) -> int | None:
    """How many live in the country of this code; None for one that is not in `COUNTRIES`."""
    return COUNTRIES.get(code.lower())


@cache
def names() -> frozenset[str]:
    """Every folded name of a town."""
    return frozenset(_towns())


_STATES = {
    "alabama": "al", "alaska": "ak", "arizona": "az", "arkansas": "ar", "california": "ca",
    "colorado": "co", "connecticut": "ct", "delaware": "de", "florida": "fl", "georgia": "ga",
    "hawaii": "hi", "idaho": "id", "illinois": "il", "indiana": "in", "iowa": "ia",
    "kansas": "ks", "kentucky": "ky", "louisiana": "la", "maine": "me", "maryland": "md",
    "massachusetts": "ma", "michigan": "mi", "minnesota": "mn", "mississippi": "ms",
    "missouri": "mo", "montana": "mt", "nebraska": "ne", "nevada": "nv", "new hampshire": "nh",
    "new jersey": "nj", "new mexico": "nm", "new york": "ny", "north carolina": "nc",
    "north dakota": "nd", "ohio": "oh", "oklahoma": "ok", "oregon": "or", "pennsylvania": "pa",
    "rhode island": "ri", "south carolina": "sc", "south dakota": "sd", "tennessee": "tn",
    "texas": "tx", "utah": "ut", "vermont": "vt", "virginia": "va", "washington": "wa",
    "west virginia": "wv", "wisconsin": "wi", "wyoming": "wy", "district of columbia": "dc",
}  # fmt: skip
