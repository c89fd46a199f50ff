"""How many people a story can be about: k = population × P(age, sex) × P(condition) × P(window).

k bounds what strangers can tell. The patient and those who were there always recognise it.
Tables and their sources: `data/people.tsv`, `data/conditions.tsv`, `gazetteers.towns`.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from wardcast.check.population import share

Level = Literal["red", "amber", "green"]
Piece = Literal["place", "age", "sex", "condition", "window"]

RED, AMBER = 5.0, 20.0
UNKNOWN_PER_100K = 1.0
"""What a condition that no table knows is taken to be: one in 100,000."""
YEAR_DAYS = 365.0


@dataclass(frozen=True, slots=True)
class Told:
    """What a story says, as numbers. None where it says nothing of it.

    `share` is of people of that age and sex, `per_100k` how many have the condition, `begins`
    whether that is counted by year (an illness that starts) or at any time (one lived with).
    """

    people: int
    place: str
    age: tuple[int, int] | None = None
    sex: Literal["female", "male"] | None = None
    condition: str = ""
    per_100k: float | None = None
    begins: bool = True
    known: bool = True
    days: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What leaving out one piece of the story would make of k, and how to say it instead."""

    piece: Piece
    k: float
    advice: str


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
        people = "fewer than one person" if self.k < 1 else f"about {shown(self.k)} people"
        if 1 <= self.k < 1.5:
            people = "about one person"
        return f"As told, this fits {people} in {self.told.place}."


def risk_to_dict(risk: StoryRisk) -> dict[str, Any]:
    """The figure as plain JSON values, its sentence with it."""
    return {**asdict(risk), "sentence": risk.sentence}


def risk_from_dict(data: dict[str, Any]) -> StoryRisk:
    """The figure that `risk_to_dict` wrote."""
    told = {**data["told"], "age": tuple(data["told"]["age"]) if data["told"]["age"] else None}
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
    """The figure for what is told. `wider` is the same with the place left out: it has the people
    whom a viewer would then have to think of."""
    k = _k(told)
    best = max(_changes(told, wider), key=lambda c: c.k, default=None)
    if best is not None and best.k <= k * 1.05:
        best = None
    return StoryRisk(k, level_of(k), told, tuple(_assumed(told)), best)


def _k(told: Told) -> float:
    per_100k = told.per_100k
    sick = 1.0 if per_100k is None else per_100k / 100_000
    days = told.days if told.days is not None else YEAR_DAYS
    return told.people * share(told.age, told.sex) * sick * _window(told, days)


def _window(told: Told, days: float) -> float:
    """The share of a year's cases that fall into the window; somebody who lives with an illness is
    taken to be seen once a year."""
    if told.per_100k is None and told.days is None:
        return 1.0
    return days / YEAR_DAYS if told.begins else min(1.0, days / YEAR_DAYS)


def _changes(told: Told, wider: Told | None) -> list[Change]:
    found: list[Change] = []
    if wider is not None and wider.people > told.people:
        found.append(Change("place", _k(wider), "leave out the place"))
    if told.days is not None and told.days < YEAR_DAYS:
        later = _k(replace(told, days=YEAR_DAYS))
        found.append(Change("window", later, "say “in the past year” and no nearer time"))
    if told.age is not None and told.age[1] - told.age[0] < 9:
        low = told.age[0] // 10 * 10
        decade = _k(replace(told, age=(low, low + 9)))
        found.append(Change("age", decade, f"say {_decade(low)}"))
    if told.sex is not None:
        found.append(Change("sex", _k(replace(told, sex=None)), "leave out the sex"))
    if told.per_100k is not None:
        vague = _k(replace(told, per_100k=max(told.per_100k, 1000.0), begins=told.begins))
        found.append(Change("condition", vague, "name the kind of illness and not the illness"))
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
    out: list[str] = []
    if not told.known:
        out.append(
            f"How common “{told.condition}” is stands in no table here: one in 100,000 is assumed."
        )
    if told.days is None:
        out.append("No time is told: the past year is assumed.")
    return out
