"""Clips full of what identifies somebody: said, written, shown and carried in the file.

Each is made of its seed alone. When a name is said, where a face is and when words come and go is
known from how it was made and from no recogniser. Nobody in them is real, but for the face: an
astronaut's photograph in the public domain.
"""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image, ImageOps

import drawn
from drills.carrying import carried
from drills.saying import RATE, Said, say, voices

FPS = (24, 25, 30)
KEPT = "Wash your hands"
"""What stands in the picture and identifies nobody."""
SIZES = ((540, 960), (960, 540), (540, 960), (720, 1280), (1280, 720))
FACES = 2
"""Every other clip has one."""

_FIRST = (
    "Margaret Harold Dorothy Vincent Nathaniel Beatrice Gregory Rosalind Theodore Winifred"
).split()
_LAST = (
    "Thompson Okonkwo Whitfield Quintero Baker Hutchinson Sullivan Marsden Abernathy Delacroix"
).split()
_TOWNS = ("Scranton", "Wolverhampton", "Albuquerque", "Chattanooga", "Sheffield")
_DAYS = ("third", "fourteenth", "twentieth", "eighth")
_MONTHS = ("March", "October", "February", "August")
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SAID = (
    "My patient|{first} {last}|came in with chest pain on the|{day} of {month}|and we gave her"
    " aspirin.",
    "Yesterday I met a man called|{first} {last}|who lives in|{town}|and he has a cough.",
    "Last week we admitted a patient named|{first} {last}|with a broken hip. She comes from|{town}|"
    "and can walk again.",
    "This is my patient|{first} {last}|and the record number is|{digits}|as the ward told me.",
    "Then came a lady called|Mrs {last}|who was born on the|{day} of {month}|and her leg"
    " is swollen.",
    "Our patient|{first} {last}|has gone home to|{town}|and her sister|{other}|looks after the"
    " wound.",
    "The man in the next bed was|Mr {last}|and he can be called at|{phone}|if he falls again.",
)
"""Every other piece identifies somebody."""
_SHOWN = {
    "wristband": "{LAST}, {first}\nDOB {born}  F\nMRN 00{number}",
    "badge": "Name: {first} {last}\nWard: 7B\nID: {number}",
    "board": "Bed 4  {first} {last}\nMRN 00{number}\nBorn {born}",
    "monitor": "Patient: {last} {first}\nMRN: {number}\nHR 88  SpO2 97%",
    "label": "Patient {first} {last}\nDOB {born}\nMRN: 00{number}",
    "list": "07:30  Mrs {last}\nMRN 00{number}\nDOB {born}",
}
_PAPERS = ((250, 250, 250), (244, 232, 170), (196, 220, 240))


@dataclass(frozen=True, slots=True)
class Face:
    """A head in the picture, as a square that moves across, and when it is to be seen."""

    at: tuple[int, int]
    speed: int
    side: int
    since: float
    until: float
    mirrored: bool

    def square(self, now: float) -> tuple[int, int] | None:
        """Its left upper corner; None while it is not to be seen."""
        if not self.since <= now < self.until:
            return None
        return self.at[0] + round(self.speed * now), self.at[1]

    def edges(self, now: float) -> tuple[float, float, float, float] | None:
        """The face within the head."""
        if (corner := self.square(now)) is None:
            return None
        left, top, right, bottom = (self.side * each for each in drawn.FACE)
        if self.mirrored:
            left, right = self.side - right, self.side - left
        return corner[0] + left, corner[1] + top, corner[0] + right, corner[1] + bottom


@dataclass(frozen=True, slots=True)
class Words:
    """Words in the picture: how, where, how they move, and when they are to be seen."""

    text: str
    form: Literal["band", "monitor", "title"]
    at: tuple[int, int]
    high: int
    turned: int
    speed: tuple[int, int]
    since: float
    until: float
    paper: tuple[int, int, int] = _PAPERS[0]

    def draw(self, picture: Image.Image, now: float) -> None:
        if not self.since <= now < self.until:
            return
        x, y = (
            at + round(step * (now - self.since))
            for at, step in zip(self.at, self.speed, strict=True)
        )
        if self.form == "monitor":
            drawn.monitor(picture, (x, y), self.text, self.high)
        elif self.form == "title":
            drawn.title(picture, self.text, (x, y), self.high)
        else:
            drawn.words(picture, self.text, (x, y), self.high, self.turned, self.paper)


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip, what is typed beside it, what nobody may find in it any more, and when that is said
    and seen, in seconds."""

    path: Path
    script: Path
    captions: Path
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    said: tuple[Said, ...]
    else_said: tuple[Said, ...]
    words: tuple[Words, ...]
    face: Face | None
    seconds: float
    fps: int
    size: tuple[int, int]
    how: str
    voice: str
    about: str

    @property
    def shown(self) -> str:
        """All identifying words of its pictures."""
        return "\n".join(each.text for each in self.words)


def a_clip(folder: Path, seed: int) -> Clip:
    """The clip of this seed, drawn, said and written into the folder."""
    folder.mkdir()
    chance = random.Random(f"ward {seed}")
    words = _persona(chance)
    sentence = _SAID[seed % len(_SAID)].format(**words)
    voice = voices()[seed % len(voices())]
    sound, said = say(sentence.split("|"), voice)
    (folder / "said.pcm").write_bytes(sound.tobytes())
    seconds = len(sound) / RATE
    (folder / "said.txt").write_text(sentence.replace("|", " "))
    (folder / "said.vtt").write_text(_cues(said))
    size, fps = chance.choice(SIZES), FPS[seed % len(FPS)]
    where = sorted(_SHOWN)[seed % len(_SHOWN)]
    shown = _shown(where, words, sentence, size, seconds, chance)
    face = _face(size, seconds, chance) if seed % FACES == 0 else None
    _film(folder / "silent.mp4", size, fps, seconds, shown, face, chance)
    name = f"{words['first']} {words['last']}"
    path, kind = carried(folder, seed, name, words["number"])
    names = tuple(words[each] for each in ("first", "last", "town", "other"))
    return Clip(
        path, folder / "said.txt", folder / "said.vtt", names,
        (words["number"], words["born"], words["phone_typed"]), said[1::2], said[::2], shown, face,
        seconds, fps, size, ("mute", "bleep")[seed // 3 % 2], voice,
        f"{where}, {voice}, {size[0]}x{size[1]}, {kind}{', face' if face else ''}",
    )  # fmt: skip


def _persona(chance: random.Random) -> dict[str, str]:
    first, last, town = chance.choice(_FIRST), chance.choice(_LAST), chance.choice(_TOWNS)
    number = str(chance.randint(200_000, 999_999))
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    phone = f"212555{chance.randint(100, 199):04d}"
    return {
        "first": first,
        "last": last,
        "LAST": last.upper(),
        "other": chance.choice([each for each in _FIRST if each != first]),
        "town": town,
        "born": f"{day:02d}/{month:02d}/19{chance.randint(30, 69)}",
        "number": number,
        "digits": _spelled(number),
        "phone": _spelled(phone),
        "phone_typed": f"{phone[:3]} {phone[3:6]} {phone[6:]}",
        "day": chance.choice(_DAYS),
        "month": chance.choice(_MONTHS),
    }


def _spelled(figures: str) -> str:
    return " ".join(_DIGITS[int(each)] for each in figures)


def _cues(said: tuple[Said, ...]) -> str:
    """Captions of what is said, two pieces a cue."""
    cues = ["WEBVTT"]
    for at in range(0, len(said), 2):
        pair = said[at : at + 2]
        text = " ".join(each.words for each in pair)
        cues.append(f"00:{pair[0].start:06.3f} --> 00:{pair[-1].end:06.3f}\n{text}")
    return "\n\n".join(cues) + "\n"


def _shown(
    where: str,
    words: dict[str, str],
    sentence: str,
    size: tuple[int, int],
    seconds: float,
    chance: random.Random,
) -> tuple[Words, ...]:
    """A form that comes and goes, a line about the patient, and now and then what is said."""
    wide, high = size
    scale = min(size) / 540
    letters = round(chance.choice((18, 22, 26, 30)) * scale)
    turned = chance.choice((0, 0, 5, -7, 12, 90))
    moves = chance.choice(((0, 0), (0, 0), (12, 0), (0, 14), (-6, 9)))
    at = (chance.randint(20, 60), round(high * chance.uniform(0.24, 0.34)))
    since = chance.uniform(0.5, 1.5)
    until = seconds + 1 if chance.random() < 0.5 else since + chance.uniform(2, 4)
    form = Words(
        _SHOWN[where].format(**words), "monitor" if where == "monitor" else "band", at, letters,
        0 if where == "monitor" else turned, moves, since, until, chance.choice(_PAPERS),
    )  # fmt: skip
    line = f"About {words['first']} {words['last']}"
    title = Words(
        line, chance.choice(("band", "title")), (40, round(high * 0.08)), round(30 * scale), 0,
        (chance.choice((0, 0, 15)), 0), 0, chance.uniform(1.5, 3),
    )  # fmt: skip
    shown = [form, title]
    if chance.random() < 0.4:
        piece = sentence.split("|")[1]
        spot = (round(wide * 0.1), round(high * 0.8))
        begin = chance.uniform(1, 2)
        shown.append(
            Words(f"with {piece}", "title", spot, round(24 * scale), 0, (0, 0), begin, begin + 2)
        )
    return tuple(shown)


def _face(size: tuple[int, int], seconds: float, chance: random.Random) -> Face:
    """To the right of the words or below them."""
    wide, high = size
    side = round(min(size) * chance.choice((0.3, 0.4, 0.5)))
    at = (wide - side - 30, round(high * 0.72) - side // 2 if high > wide else high - side - 70)
    until = seconds + 1 if chance.random() < 0.5 else chance.uniform(3, 5)
    speed = chance.choice((0, -14, -30))
    return Face(at, speed, side, chance.choice((0, 0.7)), until, chance.random() < 0.5)


@cache
def _wall(size: tuple[int, int], seed: int) -> Image.Image:
    """Soft blotches."""
    blotches = np.random.default_rng(seed).integers(60, 130, (16, 9, 3), np.uint8)
    return Image.fromarray(blotches).resize(size, Image.Resampling.BICUBIC)


def _film(
    path: Path,
    size: tuple[int, int],
    fps: int,
    seconds: float,
    shown: tuple[Words, ...],
    face: Face | None,
    chance: random.Random,
) -> None:
    """Pictures in which the patient's words are shown, the face, and a line that tells nothing."""
    wall = _wall(size, chance.randint(0, 3))
    head = drawn.somebody(face.side) if face else None
    if face and face.mirrored and head:
        head = ImageOps.mirror(head)

    def draw(picture: Image.Image, now: float) -> None:
        picture.paste(wall)
        if face and head and (corner := face.square(now)):
            picture.paste(head, corner)
        for each in shown:
            each.draw(picture, now)
        drawn.words(picture, KEPT, (60, round(size[1] * 0.9)), round(size[1] / 30))

    drawn.clip(path, seconds, draw, size=size, fps=fps)
