"""How many screens, bands and boards are found in clips where they stand aslant, small and moving.

Each place is drawn in eight ways: sizes of letters from 16 pixels, angles, motion. A region counts
as found where covering its findings leaves at most 5 % of its ink in the middle of its time.
Baseline: the first picture read once, a region found where any finding stands in a line of it.

Prints one JSON object per figure. Run: `python bench/screens.py`.
"""

import random
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from drawing import SIZE, ground, words
from figures import note, tell
from PIL import Image, ImageFilter

from wardcast.check import Material, examine, examine_text
from wardcast.check.adapters import reader
from wardcast.check.eyes.looking import Eyes
from wardcast.check.finding import Severity

SECONDS = 1.5
PLACES = {
    "wristband": "{last}, {first}\nDOB {born}  F\nMRN 00{number}  Ward {ward}B",
    "whiteboard": "Bed {ward}  {first} {last}\nBed 1{ward}  J. Okafor\nNBM theatre 14:00",
    "monitor": "Patient: {last} {first}\nMRN: {number}\nDOB: {born}\nHR 88  SpO2 97%",
    "badge": "Name: {first} {last}\nWard: {ward}B\nID: {number}",
    "phone": "{first} {last}\n07700 900{ward}12\nborn {born}",
}
LOOKS = {
    "wristband": ((10, 10, 10), (245, 245, 245)),
    "whiteboard": ((20, 40, 140), (235, 238, 240)),
    "monitor": ((120, 255, 140), (8, 12, 16)),
    "badge": ((10, 30, 80), (250, 250, 250)),
    "phone": ((30, 30, 30), (255, 255, 255)),
}
WAYS = (
    (16, 0, 0, 0), (20, 4, 0, 0), (24, -8, 0, 0), (28, 12, 120, 0),
    (36, -17, 0, 0.8), (44, 90, 0, 0), (32, 5, 240, 0.8), (56, -30, 60, 0),
)  # fmt: skip
"""Height of letters in pixels, angle in degrees, pixels a second to the right, blur in pixels."""


@dataclass(frozen=True)
class Case:
    """A place in one of the ways, and what is written there."""

    place: str
    text: str
    high: int
    turned: float
    speed: float
    blur: float
    at: tuple[int, int]


def cases() -> list[Case]:
    draw = random.Random(11)
    made = []
    for place, form in PLACES.items():
        for high, turned, speed, blur in WAYS:
            text = form.format(
                first=draw.choice(("Margaret", "Harold", "Nadia", "Vivaan")),
                last=draw.choice(("Thompson", "Okonkwo", "Marsh", "Quintero")),
                born=_born(draw),
                number=draw.randint(100_000, 999_999), ward=draw.randint(2, 9),
            )  # fmt: skip
            at = (draw.randint(40, 200), draw.randint(200, 900))
            made.append(Case(place, text, high, turned, speed, blur, at))
    return made


def _born(draw: random.Random) -> str:
    return f"{draw.randint(1, 28):02d}/{draw.randint(1, 12):02d}/19{draw.randint(30, 89)}"


def picture(case: Case, now: float) -> tuple[Image.Image, npt.NDArray[np.bool_]]:
    """The picture at a time, and which of its pixels are ink."""
    plain, shown = ground().copy(), ground().copy()
    ink, paper = LOOKS[case.place]
    at = (case.at[0] + case.speed * now, case.at[1])
    words(shown, case.text, at, case.high, turned=case.turned, ink=ink, paper=paper)
    words(plain, case.text, at, case.high, turned=case.turned, ink=paper, paper=paper)
    inked = np.abs(np.asarray(shown).astype(int) - np.asarray(plain)).max(axis=2) > 60
    return shown.filter(ImageFilter.GaussianBlur(case.blur)) if case.blur else shown, inked


def planes_of(shown: Image.Image) -> bytes:
    import cv2

    return bytes(cv2.cvtColor(np.asarray(shown), cv2.COLOR_RGB2YUV_I420).tobytes())


def found(case: Case) -> tuple[bool, bool]:
    """Whether the place is found and covered, and whether the baseline finds it."""
    eyes = Eyes(SIZE)
    plain = False
    for number in range(round(SECONDS * 10)):
        shown, _ = picture(case, number / 10)
        eyes.see(number * 100, *SIZE, planes_of(shown))
        if number == 0:
            plain = any(
                each.severity is not Severity.INFO
                for line in reader.read(np.asarray(shown)[:, :, ::-1].copy())
                for each in examine_text(line.text, channel="screen").findings
            )
    middle = SECONDS / 2
    _, inked = picture(case, middle)
    left = inked.copy()
    for each in examine(Material(seen=eyes.seen(round(SECONDS * 1000)))).findings:
        where = each.track.at(round(middle * 1000)) if each.track else None
        if where and each.severity is not Severity.INFO:
            left[where.top : where.bottom, where.left : where.right] = False
    return bool(left.sum() <= 0.05 * inked.sum()), plain


def main() -> None:
    every = cases()
    hits, plain = 0, 0
    for case in every:
        is_found, is_plain = found(case)
        hits += is_found
        plain += is_plain
        if not is_found:
            note(f"missed: {case.place} at {case.high} px, {case.turned}°, {case.speed} px/s")
    share, before = hits / len(every), plain / len(every)
    tell(
        "screens: regions found and covered", share, "share", before, "at least .95", share >= 0.95
    )


if __name__ == "__main__":
    main()
