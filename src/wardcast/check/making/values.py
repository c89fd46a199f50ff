"""Values for the places of a template, as typed or as said; names of training and test apart.

A name belongs to one part by its letters. A fifth of the names is made of syllables that no list
holds, since patients have such names too.
"""

import importlib
import pkgutil
import random
from functools import cache
from zlib import crc32

from wardcast.check.gazetteers.folding import fold
from wardcast.check.gazetteers.towns import names as town_names
from wardcast.check.gazetteers.words import zipf

_DIGITS = "zero one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_SYLLABLES = (
    "ba chi da du eb fa gu ha ik ja ka lo ma ni oda pe qua ra sa tu uma vo wa xa ya zi".split()
)
_ENDS = "n r ndo rez mir skaya vic tan wen kar".split()
_HOUSES = (
    "{town} General Hospital", "{town} Memorial Hospital", "St. {saint}'s Hospital",
    "{town} Medical Center", "{town} Regional", "{town} Community Clinic", "St. {saint}'s",
    "{family} Memorial", "{town} Children's Hospital", "{town} Family Practice",
    "{family} Cancer Institute", "{town} Health Centre", "Royal {town} Infirmary",
    "{town} Veterans Hospital", "{street} Street Clinic", "Mercy Hospital {town}",
)  # fmt: skip
_SAINTS = "Mary Luke Jude Anne Vincent Francis Agnes Bernard Clare Hilda Columba".split()
_STREETS = "Maple Oak Cedar Elm Mill Church Station Park Chestnut Willow Highland Victoria".split()
_WAYS = "Street Road Lane Avenue Drive Court Close Way".split()
_TITLES = ("Dr.", "Dr.", "Dr.", "Doctor", "Professor", "Nurse")
_SITES = "gmail yahoo outlook hotmail icloud example".split()


def _spoken_99(number: int) -> str:
    if number < 10:
        return _DIGITS[number]
    if number < 20:
        return _TEENS[number - 10]
    rest = number % 10
    return _TENS[number // 10 - 2] + (f" {_DIGITS[rest]}" if rest else "")


def _spoken_day(day: int) -> str:
    if day <= 20:
        return _ORDINALS[day - 1]
    return "thirtieth" if day == 30 else f"{_TENS[day // 10 - 2]} {_ORDINALS[day % 10 - 1]}"


def spoken_year(year: int) -> str:
    """ "nineteen sixty five", "two thousand and three", "twenty twenty four"."""
    if 2000 <= year < 2010:
        return "two thousand" + (f" and {_DIGITS[year - 2000]}" if year > 2000 else "")
    high, low = divmod(year, 100)
    return f"{_spoken_99(high)} {'oh ' * (0 < low < 10)}{_spoken_99(low)}"


@cache
def people(part: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First names and family names of one part."""
    package = importlib.import_module("faker.providers.person")
    first: set[str] = set()
    family: set[str] = set()
    for module in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute, into in (("first_names", first), ("last_names", family)):
            values = getattr(provider, attribute, ())
            if isinstance(values, (tuple, list, dict)):
                into |= {v for v in values if isinstance(v, str) and fold(v).isalpha()}
    chosen = []
    for names in (first, family):
        latin = {n for n in names if fold(n).isascii() and 2 < len(n) < 14 and n[:1].isupper()}
        chosen.append(tuple(sorted(n for n in latin if in_part(fold(n), part))))
    return chosen[0], chosen[1]


@cache
def _towns(part: str) -> tuple[str, ...]:
    names = (n for n in town_names() if n.replace(" ", "").isalpha() and n.isascii())
    return tuple(
        sorted(n.title() for n in names if in_part(n, part) and max(map(zipf, n.split())) < 4.3)
    )


def in_part(key: str, part: str) -> bool:
    """Whether a word or template belongs to "train" (two of three) or to "test"."""
    return (crc32(key.encode()) % 3 == 0) == (part == "test")


def _letters(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalnum())


class Values:
    """Draws values, typed or (with `spoken`) as a recogniser writes what is said."""

    def __init__(self, draw: random.Random, part: str, *, spoken: bool) -> None:
        self.draw, self.part, self.spoken = draw, part, spoken

    def of(self, kind: str) -> str:
        """A value for `{KIND}`."""
        made: str = getattr(self, f"_{kind.lower()}")()
        return made.lower().replace("i\u0307", "i") if self.spoken else made

    def said(self, words: str) -> str:
        """Words that a template writes out, in this way of writing."""
        return words.lower() if self.spoken else words

    def _first(self) -> str:
        return self._unlisted() if self.draw.random() < 0.2 else self.pick(people(self.part)[0])

    def _last(self) -> str:
        return self._unlisted() if self.draw.random() < 0.2 else self.pick(people(self.part)[1])

    def _unlisted(self) -> str:
        parts = [self.pick(_SYLLABLES) for _ in range(self.draw.choice((2, 2, 3)))]
        return ("".join(parts) + self.pick(_ENDS)).capitalize()

    def _name(self) -> str:
        return self._first() if self.draw.random() < 0.15 else f"{self._first()} {self._last()}"

    def _short(self) -> str:
        """ "Anna S." """
        initial = self.pick("A B C D E F G H J K L M N P R S T V W".split())
        return f"{self._first()} {initial}{'' if self.spoken else '.'}"

    def _co(self) -> str:
        """A colleague as colleagues are called."""
        return self._first() if self.draw.random() < 0.7 else f"{self._first()} {self._last()}"

    def _staff(self) -> str:
        title = self.pick(_TITLES)
        if self.spoken and title == "Dr.":
            title = self.pick(("dr", "doctor"))
        first = f"{self._first()} " if self.draw.random() < 0.25 else ""
        return f"{title} {first}{self._last()}"

    def _fac(self) -> str:
        house = self.pick(_HOUSES).format(
            town=self._loc(), saint=self.pick(_SAINTS), family=self._last(),
            street=self.pick(_STREETS),
        )  # fmt: skip
        return house.replace("St. ", "saint ") if self.spoken else house

    def _loc(self) -> str:
        return self.pick(_towns(self.part))

    def _day_of(self, year: int) -> str:
        month, day = self.draw.randrange(12), self.draw.randint(1, 28)
        name, number = _MONTHS[month], self.pick(("st", "nd", "rd"))
        if self.spoken:
            said = spoken_year(year)
            forms = (
                f"{name} {_spoken_day(day)} {said}", f"the {_spoken_day(day)} of {name} {said}",
                f"{name} {_spoken_day(day)}, {_spoken_99(year % 100)}" if year % 100 > 12 else
                f"{name} {_spoken_day(day)}", f"{name} {_spoken_day(day)}",
            )  # fmt: skip
            return self.pick(forms).replace(",", "")
        number = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day // 10 != 1 else 0, "th")
        return self.pick(
            (f"{name} {day}, {year}", f"{name} {day}{number}", f"{month + 1}/{day}/{year}",
             f"{day} {name} {year}", f"the {day}{number} of {name}",
             f"{year}-{month + 1:02}-{day:02}")
        )  # fmt: skip

    def _date(self) -> str:
        return self._day_of(self.draw.randint(2015, 2026))

    def _dob(self) -> str:
        year, month, day = self.draw.randint(1931, 2019), self.draw.randint(1, 12), 0
        day = self.draw.randint(1, 28)
        if self.draw.random() < 0.7:
            return self._day_of(year)
        if not self.spoken:
            return f"{month:02}/{day:02}/{year}"
        said = [f"oh {_DIGITS[n]}" if n < 10 else _spoken_99(n) for n in (month, day)]
        return f"{said[0]} {said[1]} {spoken_year(year)}"

    def _number(self, digits: int) -> str:
        return "".join(str(self.draw.randrange(10)) for _ in range(digits))

    def _said(self, digits: str) -> str:
        """Digits one by one, by pairs, or with "double"."""
        style = self.draw.random()
        if style < 0.3 and len(digits) % 2 == 0 and "0" not in digits[::2]:
            return " ".join(_spoken_99(int(digits[i : i + 2])) for i in range(0, len(digits), 2))
        zero = self.pick(("zero", "oh"))
        words = [zero if d == "0" else _DIGITS[int(d)] for d in digits]
        if style > 0.85:
            for i in range(len(words) - 1):
                if words[i] == words[i + 1]:
                    words[i : i + 2] = ["double " + words[i]]
                    break
        return " ".join(words)

    def _mrn(self) -> str:
        digits = self._number(self.draw.choice((6, 7, 8)))
        if self.spoken:
            return self._said(digits)
        return self.pick(("", "", "H", "MR-", "A")) + digits

    def _phone(self) -> str:
        a, b, c = (
            str(self.draw.randint(201, 799)),
            str(self.draw.randint(211, 998)),
            self._number(4),
        )
        if self.spoken and self.draw.random() < 0.7:
            return " ".join(self._said(part) for part in (a, b, c))
        return self.pick((f"{a}-{b}-{c}", f"({a}) {b}-{c}", f"{a} {b} {c}", f"{a}.{b}.{c}"))

    def _email(self) -> str:
        first, last, site = _letters(self._first()), _letters(self._last()), self.pick(_SITES)
        if self.spoken:
            return self.pick(
                (f"{first} dot {last} at {site} dot com", f"{first}{last} at {site} dot com")
            )
        return self.pick((f"{first}.{last}@{site}.com", f"{first}{self._number(2)}@{site}.com"))

    def _addr(self) -> str:
        number, street, way = self.draw.randint(2, 980), self.pick(_STREETS), self.pick(_WAYS)
        house = self._said(str(number)) if self.spoken and self.draw.random() < 0.5 else str(number)
        return f"{house} {street} {way}"

    def _ssn(self) -> str:
        parts = str(self.draw.randint(100, 899)), self._number(2), self._number(4)
        return " ".join(map(self._said, parts)) if self.spoken else "-".join(parts)

    def _age90(self) -> str:
        age = self.draw.choice((90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 101, 103))
        if not self.spoken and self.draw.random() < 0.6:
            return str(age)
        return _spoken_99(age) if age < 100 else f"a hundred and {_DIGITS[age - 100]}"

    def _room(self) -> str:
        word = self.pick(("room", "room", "bed", "bay"))
        number = self.draw.randint(2, 980)
        if not self.spoken:
            return f"{word} {number}"
        if number > 100 and number % 100 > 9:
            return f"{word} {_DIGITS[number // 100]} {_spoken_99(number % 100)}"
        return f"{word} {self._said(str(number))}"

    def _handle(self) -> str:
        first, last = _letters(self._first()), _letters(self._last())
        return "@" + self.pick((f"{first}{last}", f"{first}_{last}", f"{first}.{self._number(2)}"))

    def _plate(self) -> str:
        letters = "".join(self.draw.choice("ABCDEFGHKLMNPRSTUVWXYZ") for _ in range(3))
        return f"{letters} {self._number(4)}"

    def _code(self) -> str:
        digits = self._number(4)
        return (
            self._said(digits) if self.spoken else self.pick((digits, f"{digits}#", f"C{digits}"))
        )

    def _secret(self) -> str:
        made = self.pick(("Winter", "Summer", "Ward", "Hello", "Rounds")) + self._number(4)
        return made if self.spoken else made + self.pick(("!", "", "#"))

    def pick(self, among: "tuple[str, ...] | list[str]") -> str:
        """One of several."""
        return among[self.draw.randrange(len(among))]
