"""Names and houses in the many forms that people have, for the templates that lean on it."""

import random
from collections import defaultdict
from functools import cache

from wardcast.check.gazetteers.folding import fold
from wardcast.check.gazetteers.names import family_name, first_name
from wardcast.check.gazetteers.words import zipf
from wardcast.check.making.values import Values, in_part, people

_PLAIN = (
    "Grace Rose Hunter Faith Mark Will Hope Joy Sunny Ocean River Angel Prince Princess Miracle "
    "Heaven Destiny Chance Blessing Patience Precious Comfort Mercy Charity Prudence Felicity "
    "Constance Clay Rocky Sandy Forest Sky Star Storm Rain Wren Robin Jay Lark Dove Ivy Olive "
    "Basil Sage Clover Daisy Poppy Ginger Pepper Candy Honey Sugar Cherry Apple Plum Berry "
    "Jewel Pearl Ruby Amber Crystal Jade Sterling Cash Rich Rusty Red Gray Ash Cole Flint Stone "
    "Cliff Glen Dale Heath Marsh Lake Brook Bay Bishop Deacon Pope Major General Sargent Judge "
    "Duke Earl King Queen Knight Chase Skip Pat Bob Rob Bill Sue Drew Gene Art Frank Ernest "
    "Earnest Christian Royal Noble Justice True Wise Young Long Bear Wolf Fox Buck Buddy Ace "
    "Lucky Happy Merry Dusty Stormy Misty Autumn Summer Winter April May June Sunday Wednesday "
    "Friday Easter Noel Legend Saint Jesus Messiah Isa Moses Mo Van Guy Chuck Gale Max"
).split()
_FAMILIES = (
    "King Lord Small Law Park Song Rivers Young Long Rich White Black Brown Green Gray Wood "
    "Woods Hill Field Fields Stone Rice Bean Fish Fox Wolf Lamb Bird Bush Rose Flowers Day Week "
    "Knight Price Cash Banks Bank Best Good Goodman Strong Hand Foot Head Legg Beard Bone Bones "
    "Blood Savage Sharp Swift Short Little Strange Love Hope Church Temple Pope Bishop Abbot "
    "Cook Baker Butcher Fisher Farmer Carpenter Mason Potter Miller Taylor Ward Hall House Mill "
    "Marsh Moor Lane Street Winter Summers March Monday Friday Noble Power Powers Sweet Sugar "
    "Honey Ham Berry Cherry Root Branch Leaf Rain Frost Snow Waters Poole Ford Bridges Gates "
    "Chambers Close Court Case Drinkwater Pain Payne Gore"
).split()
"""Words that are names as well."""

_SHORT = "O Ng Oh U Wu Li Yu Ho Ha Ma An Ba Do Ek Ik Le Ly Ta To Vo Yi".split()
_BEFORE = (
    "van der ", "van ", "de la ", "de ", "von ", "al-", "El ", "O'", "Mac", "Mc", "St. ", "di ",
    "da ", "Nic ", "Ní ", "ap ", "bin ", "ben ", "ibn ", "dos ", "Abu ", "Le ", "Della ",
)  # fmt: skip
_TREES = (
    "Cedar Maple Oak Willow Pine Birch Elm Aspen Laurel Juniper Magnolia Prairie River Lake "
    "Stone Rock Eagle Fox Deer Swan Heron Silver Golden Green Blue White Red Sunny Quiet Harbor "
    "Harbour Meadow Spring Summer Winter Fair Bright North South East West Hill Valley Mountain "
    "Ocean Bay Sea Light"
).split()
_GROUNDS = (
    "Crest Knoll Ridge Grove Point Haven Wood Woods Springs Brook Creek Glen Park Lodge Manor "
    "Court House Gardens Terrace Landing View Vista Gate Rise Hollow Mead Bend Hills Acres "
    "Winds Oaks Pines"
).split()
_KINDS = (
    "Primary", "Elementary", "High", "Academy", "Middle School", "Primary School", "nursery",
    "Day Care", "Nursing Home", "Care Home", "Rest Home", "Assisted Living", "Hospice",
    "Dialysis", "Surgery", "Health", "Medical", "Clinic", "Birth Centre", "Rehab",
    "Detention Center", "prison", "Pharmacy", "Methodist", "Baptist", "Lutheran", "Presbyterian",
    "General", "Regional", "Memorial", "Infirmary", "Maternity", "Children's", "Women's",
    "Orthopaedics", "Eye Hospital", "Urgent Care", "Shelter", "methadone clinic", "walk-in",
    "health centre", "cottage hospital", "community hospital", "school",
)  # fmt: skip
_HOLY = (
    "St {saint}'s", "Saint {saint}", "Our Lady of {word}", "Sacred Heart", "Holy {word}",
    "Good Samaritan", "Mount {word}", "Mercy {word}", "Christ {word}", "Trinity {word}",
    "Bethany {word}", "Sisters of {word}",
)  # fmt: skip
_SAINTS = (
    "Brendan Brigid Bride Bridget Monica Camillus Elsewhere Dymphna Winifred Cuthbert Aidan "
    "Barnabas Gabriel Raphael Ursula Ignatius Damian Roch Kilda Ninian Mungo David Teilo Olaf "
    "Birgitta Blaise"
).split()


_SPAN = 3
"""Letters of a name that decide which comes next."""
_UNLISTED = 0.3


@cache
def _chain(part: str, which: int) -> dict[str, list[str]]:
    """Which letters follow which in the first (0) or family names (1) of one part; "$" ends one."""
    follow: dict[str, list[str]] = defaultdict(list)
    for name in people(part)[which]:
        letters = "^" * _SPAN + name.lower() + "$"
        for at in range(_SPAN, len(letters)):
            follow[letters[at - _SPAN : at]].append(letters[at])
    return dict(follow)


def invented(draw: random.Random, part: str, which: int) -> str:
    """A name that sounds like those of the lists and stands in none."""
    chain = _chain(part, which)
    while True:
        letters = "^" * _SPAN
        while letters[-1] != "$" and len(letters) < 15:
            among = chain[letters[-_SPAN:]]
            letters += among[draw.randrange(len(among))]
        name = letters.strip("^$")
        plain = fold(name)
        listed = first_name(plain) or family_name(plain)
        if len(name) > 2 and letters[-1] == "$" and not listed and zipf(plain) < 3:
            return name.capitalize()


class Wide(Values):
    """Draws names that are words, one letter, joined or with a particle, and houses that no word of
    a house tells of; else what `Values` draws."""

    def _first(self) -> str:
        chance = self.draw.random()
        if chance < 0.12:
            return self._mine(_PLAIN)
        if chance < 0.16:
            return f"{super()._first()}-{self.pick((super()._first(), super()._first().lower()))}"
        if chance < 0.16 + _UNLISTED:
            return invented(self.draw, self.part, 0)
        return super()._first()

    def _last(self) -> str:
        chance = self.draw.random()
        if chance < 0.1:
            return self._mine(_FAMILIES)
        if chance < 0.13:
            return self.pick(_SHORT)
        if chance < 0.2:
            return f"{self.pick(_BEFORE)}{super()._last()}"
        if chance < 0.26:
            return f"{super()._last()}{self.pick(('-', ' '))}{super()._last()}"
        if chance < 0.26 + _UNLISTED:
            return invented(self.draw, self.part, 1)
        return super()._last()

    def _name(self) -> str:
        chance = self.draw.random()
        if chance < 0.06:
            return f"{self._first()} {self._first()} {self._last()}"
        if chance < 0.1:
            return f"{self.pick(_SHORT[1:])} {super()._first()}"
        return super()._name()

    def _fac(self) -> str:
        chance = self.draw.random()
        if chance < 0.3:
            return super()._fac()
        word = f"{self.pick(_TREES)}{self.pick(('', ' ', ' '))}{self.pick(_GROUNDS)}".title()
        if chance < 0.45:
            return word
        if chance < 0.6:
            house = self.pick(_HOLY).format(saint=self.pick(_SAINTS), word=self.pick(_TREES))
        else:
            head = self.pick((word, self._loc(), self._loc(), super()._last()))
            house = f"{head} {self.pick(_KINDS)}"
        return house.replace("St ", "saint ") if self.spoken else house

    def _mine(self, among: list[str]) -> str:
        """One of the words of this part."""
        return self.pick([word for word in among if in_part(fold(word), self.part)])
