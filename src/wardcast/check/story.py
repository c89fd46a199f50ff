"""How many people a story can be about: k = population × P(age, sex) × P(condition) × P(window).

k bounds what strangers can tell. The patient and those who were there always recognise it.
Tables and their sources: `data/people.tsv`, `data/conditions.tsv`, `gazetteers.towns`.
"""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

from wardcast.check.population import EVERY_AGE, Ages, How, Rate, Sex, share
from wardcast.check.when import YEAR_DAYS

Level = Literal["red", "amber", "green"]
Piece = Literal["place", "age", "sex", "condition", "window"]
Where = Literal["told", "own", "nowhere"]

RED, AMBER = 5.0, 20.0
_KIND_PER_100K = 1000.0
"""How common "a heart condition" or "an infection" is at least, where the illness is not named."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a story says, as numbers. None where it says nothing of it.

    `people` live in `place`, which is `where`: told, the author's own town, or nowhere, so that the
    whole country is meant. `country` is empty for the United States, whose tables these are.
    `how` tells where `rates` come from; `gap` that the table is silent on these ages.
    """

    people: int
    place: str
    where: Where = "nowhere"
    country: str = ""
    own: str = ""
    age: Ages | None = None
    sex: Sex | None = None
    condition: str = ""
    rates: tuple[Rate, ...] | None = None
    how: How = "sourced"
    gap: bool = False
    days: float | None = None
    several: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What leaving out one piece of the story would make of k, and how to say it instead."""

    piece: Piece
    k: float
    advice: str

    @property
    def sentence(self) -> str:
        """The change as one would advise it."""
        most = f"To change that most, {self.advice}"
        if self.k < 1:
            return f"{most}; even then it hardly fits more than one, so change a second thing too."
        few = ", still few, so change a second thing too" if self.k < RED else ""
        return f"{most}: it would fit {_people(self.k)}{few}."


@dataclass(frozen=True, slots=True)
class StoryRisk:
    """The figure for one story. `assumed` says, in sentences, what nobody told."""

    k: float
    level: Level
    told: Told
    assumed: tuple[str, ...]
    best: Change | None

    @property
    def sentence(self) -> str:
        """The figure as one would say it."""
        where = f"in {self.told.place}"
        if self.k < 1:
            return f"As told, there is hardly more than one person {where} whom it can be about."
        return f"As told, this fits {_people(self.k)} {where}."


def risk_to_dict(risk: StoryRisk) -> dict[str, Any]:
    """The figure as plain JSON values, its sentence with it."""
    return {**asdict(risk), "sentence": risk.sentence}


def risk_from_dict(data: dict[str, Any]) -> StoryRisk:
    """The figure that `risk_to_dict` wrote; of an older one what is still known."""
    known = {field.name for field in fields(Told)}
    told = {name: value for name, value in data["told"].items() if name in known}
    told["age"] = tuple(told["age"]) if told["age"] else None
    if told.get("rates"):
        told["rates"] = tuple(Rate(**{**r, "ages": tuple(r["ages"])}) for r in told["rates"])
    best = Change(**data["best"]) if data["best"] else None
    return StoryRisk(data["k"], data["level"], Told(**told), tuple(data["assumed"]), best)


def shown(k: float) -> str:
    """A figure with the digits that it deserves: "0.05", "1.5", "41", "5,163"."""
    if k < 1:
        return f"{k:.2f}"
    return f"{k:.1f}" if k < 10 else f"{k:,.0f}"


def level_of(k: float) -> Level:
    """Red below 5, amber below 20."""
    return "red" if k < RED else "amber" if k < AMBER else "green"


def risk(told: Told, *, wider: Told | None = None) -> StoryRisk:
    """The figure for what is told. `wider` is the same without the place that it names: it has the
    people whom a viewer would then have to think of."""
    k = figure(told)
    best = max(_changes(told, wider), key=lambda c: c.k, default=None)
    if best is not None and best.k <= k * 1.05:
        best = None
    return StoryRisk(k, level_of(k), told, tuple(_assumed(told)), best)


def figure(told: Told) -> float:
    """k."""
    days = YEAR_DAYS if told.days is None else told.days
    if told.rates is None:
        seen = 1.0 if told.days is None else min(1.0, days / YEAR_DAYS)
        return told.people * share(told.age, told.sex) * seen
    return told.people * sum(
        rate.among(told.age, told.sex) * _window(rate, days) for rate in told.rates
    )


def _window(rate: Rate, days: float) -> float:
    """The share of a year's cases that fall into the window; somebody who lives with an illness is
    taken to be seen once a year."""
    return days / YEAR_DAYS if rate.begins else min(1.0, days / YEAR_DAYS)


def _people(k: float) -> str:
    """About how many, of one and more: no figure here deserves more than two digits."""
    if k < 1.5:
        return "about one person"
    return f"about {float(f'{k:.2g}') if k >= 10 else k:,.0f} people"


def _changes(told: Told, wider: Told | None) -> list[Change]:
    found: list[Change] = []
    if wider is not None and wider.people > told.people:
        found.append(Change("place", figure(wider), "leave out the place"))
    if told.days is not None and told.days < YEAR_DAYS:
        later = figure(replace(told, days=YEAR_DAYS))
        found.append(Change("window", later, "say “in the past year” and no nearer time"))
    if told.age is not None and told.age[1] - told.age[0] < 9:
        low = told.age[0] // 10 * 10
        decade = figure(replace(told, age=(low, EVERY_AGE[1] if low >= 90 else low + 9)))
        found.append(Change("age", decade, f"say {_decade(low)} instead of the age"))
    if told.sex is not None:
        found.append(Change("sex", figure(replace(told, sex=None)), "leave out the sex"))
    if told.rates is not None:
        named = replace(told, rates=(Rate(_KIND_PER_100K),))
        found.append(
            Change("condition", figure(named), "name the kind of illness and not the illness")
        )
    return found


def _decade(low: int) -> str:
    names = {
        20: "twenties", 30: "thirties", 40: "forties", 50: "fifties", 60: "sixties",
        70: "seventies", 80: "eighties",
    }  # fmt: skip
    if low in names:
        return f"“in their {names[low]}”"
    return "“over 89”" if low >= 90 else "“a child”" if low < 10 else "“a teenager”"


def _assumed(told: Told) -> list[str]:
    return [*_place_assumed(told), *_condition_assumed(told), *_time_assumed(told)]


def _place_assumed(told: Told) -> list[str]:
    out: list[str] = []
    if told.where == "nowhere" and told.own:
        out.append(
            f"How many live in “{told.own}”, the author's town, stands in no list here: everyone "
            f"in {told.place} is counted. Write it as “Scranton, PA” or “Leeds, GB”."
        )
    elif told.where == "nowhere":
        out.append(
            f"No place is told, and the author's town is not known here: everyone in {told.place} "
            "is counted. Who knows where the author works has far fewer to think of."
        )
    elif told.where == "own":
        out.append(f"No place is told: the author's own town, {told.place}, is counted.")
    if told.country:
        out.append(
            f"{told.place[:1].upper()}{told.place[1:]} is in {told.country}: how old people are "
            "and how common an illness is are counted by the United States' tables all the same."
        )
    return out


def _condition_assumed(told: Told) -> list[str]:
    if told.rates is None:
        return []
    if told.gap:
        return [
            f"How common “{told.condition}” is at that age and sex stands in no table here: one in "
            "100,000 is assumed."
        ]
    if told.how == "unknown":
        return [
            f"How common “{told.condition}” is stands in no table here: one in 100,000 is assumed."
        ]
    if told.how == "estimated":
        return [
            f"For how common “{told.condition}” is no source was found: the figure for it, "
            f"{told.rates[0].per_100k:,g} in 100,000, is an estimate."
        ]
    return []


def _time_assumed(told: Told) -> list[str]:
    out: list[str] = []
    if told.several:
        out.append("The text tells of more than one patient: this is who stands out most.")
    if told.days is None:
        out.append("No time is told: the past year is assumed.")
    elif told.days < YEAR_DAYS and (told.rates is None or not told.rates[0].begins):
        out.append("Each person is taken to be seen once a year.")
    return out
