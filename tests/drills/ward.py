"""Clips full of what identifies somebody: said, written, shown and carried in the file.

Each sentence is synthesised piece by piece, so that when a name is said is known from how it was
made and from no recogniser. Nobody in them is real.
"""

import random
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

import drawn
from check.adapters.voices import speech

RATE = 16_000
FPS = 10
PLACE = "+41.4090-075.6624/"
KEPT = "Wash your hands"
"""What stands in the picture and identifies nobody."""

_FIRST = (
    "Margaret",
    "Harold",
    "Dorothy",
    "Vincent",
    "Nathaniel",
    "Beatrice",
    "Gregory",
    "Rosalind",
)
_LAST = (
    "Thompson",
    "Okonkwo",
    "Whitfield",
    "Quintero",
    "Baker",
    "Hutchinson",
    "Sullivan",
    "Marsden",
)
_TOWNS = ("Scranton", "Wolverhampton", "Albuquerque", "Chattanooga", "Sheffield")
_DAYS = ("third", "fourteenth", "twentieth", "eighth")
_MONTHS = ("March", "October", "February", "August")
_SAID = (
    "My patient|{first} {last}|came in with chest pain on|the {day} of {month}|and we gave her"
    " aspirin.",
    "Yesterday I met a man called|{first} {last}|who lives in|{town}|and he has a cough.",
    "Last week we admitted a patient named|{first} {last}|with a broken hip. She comes from|{town}|"
    "and can walk again.",
)
"""Every other piece identifies somebody."""
_SHOWN = {
    "wristband": "{LAST}, {first}\nDOB {born}  F\nMRN 00{number}",
    "badge": "Name: {first} {last}\nWard: 7B\nID: {number}",
    "board": "Bed 4  {first} {last}\nMRN 00{number}\nBorn {born}",
    "monitor": "Patient: {last} {first}\nMRN: {number}\nHR 88  SpO2 97%",
}
_PAUSE_S = 0.12


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip, what is typed beside it, what nobody may find in it any more, and when that is said,
    in seconds."""

    path: Path
    script: Path
    captions: Path
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    said: tuple[tuple[float, float], ...]
    else_said: tuple[tuple[float, float], ...]
    where: str


def a_clip(folder: Path, seed: int) -> Clip:
    """The clip of this seed, drawn, said and written into the folder."""
    folder.mkdir()
    chance = random.Random(seed)
    first, last, town = chance.choice(_FIRST), chance.choice(_LAST), chance.choice(_TOWNS)
    born = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/19{chance.randint(30, 69)}"
    number = str(chance.randint(200_000, 999_999))
    words = {
        "first": first,
        "last": last,
        "LAST": last.upper(),
        "town": town,
        "born": born,
        "number": number,
        "day": chance.choice(_DAYS),
        "month": chance.choice(_MONTHS),
    }
    sentence = _SAID[seed % len(_SAID)].format(**words)
    sound, secret, plain = _spoken(sentence.split("|"))
    (folder / "said.pcm").write_bytes(sound.tobytes())
    seconds = len(sound) / RATE
    said = sentence.replace("|", " ")
    (folder / "said.txt").write_text(said)
    (folder / "said.vtt").write_text(f"WEBVTT\n\n00:00.000 --> 00:0{seconds:.3f}\n{said}\n")
    where = sorted(_SHOWN)[seed % len(_SHOWN)]
    _film(folder / "silent.mp4", seconds, where, words, chance)
    _join(folder, f"{first} {last}", number)
    return Clip(
        folder / "clip.mp4", folder / "said.txt", folder / "said.vtt", (first, last, town),
        (number, born), secret, plain, where,
    )  # fmt: skip


Times = tuple[tuple[float, float], ...]


def _spoken(pieces: list[str]) -> tuple[np.ndarray, Times, Times]:
    """The sound of all pieces, and when every other one is heard: what identifies, what does
    not."""
    gap = np.zeros(round(_PAUSE_S * RATE), "<i2")
    sounds: list[np.ndarray] = [gap]
    times: list[tuple[float, float]] = []
    for piece in pieces:
        voice = np.frombuffer(speech(piece.strip(" .")), "<i2")
        loud = np.flatnonzero(np.abs(voice) > 300)
        heard = voice[loud[0] : loud[-1] + 1]
        start = sum(map(len, sounds)) / RATE
        times.append((start, start + len(heard) / RATE))
        sounds += [heard, gap]
    sounds.append(np.zeros(RATE // 2, "<i2"))
    return np.concatenate(sounds), tuple(times[1::2]), tuple(times[::2])


def _film(
    path: Path, seconds: float, where: str, words: dict[str, str], chance: random.Random
) -> None:
    """Pictures in which the patient's words are shown for a while, and a line is written above."""
    text = _SHOWN[where].format(**words)
    high, turned = chance.choice((22, 26, 30)), chance.choice((0, 0, 5, -7))
    at, speed = (chance.randint(20, 80), chance.randint(300, 500)), chance.choice((0, 0, 12))
    line = f"About {words['first']} {words['last']}"

    def draw(picture: Image.Image, now: float) -> None:
        if now >= 0.8:
            spot = (at[0] + round(speed * now), at[1])
            if where == "monitor":
                drawn.monitor(picture, spot, text, high)
            else:
                drawn.words(picture, text, spot, high, turned)
        if now < 2.5:
            drawn.words(picture, line, (40, 90), 30)
        drawn.words(picture, KEPT, (60, 850), 36)

    drawn.clip(path, seconds, draw, fps=FPS)


def _join(folder: Path, name: str, number: str) -> None:
    """Pictures and sound in one file as a careless phone writes it: where, whose, what of; names in
    its tracks and in a chapter."""
    (folder / "chapters.txt").write_text(
        f";FFMETADATA1\ntitle={name}\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle={name}\n"
    )
    tags = {
        "location": PLACE, "make": "Fictional", "model": f"Phone of {name}", "artist": name,
        "comment": f"MRN {number}", "description": f"{name}, {number}",
        "com.apple.quicktime.location.ISO6709": PLACE, "creation_time": "2026-03-04T05:06:07Z",
    }  # fmt: skip
    subprocess.run(
        [
            *("ffmpeg", "-nostdin", "-v", "error", "-i", str(folder / "silent.mp4")),
            *("-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", str(folder / "said.pcm")),
            *("-i", str(folder / "chapters.txt")),
            *"-map 0:v -map 1:a -map_metadata 2 -map_chapters 2".split(),
            *"-c:v copy -c:a aac -ar 48000 -b:a 96k".split(),
            *(word for key, value in tags.items() for word in ("-metadata", f"{key}={value}")),
            *("-metadata:s:v", f"handler_name={name}", "-metadata:s:a", f"title={name}"),
            *("-movflags", "use_metadata_tags", str(folder / "clip.mp4")),
        ],
        check=True,
    )
