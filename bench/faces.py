"""How much of the time a face is covered while it moves, leans, turns, is hidden and comes back.

Each picture of a clip in which the face is to be seen counts; it is covered where the track holds
at least nine tenths of the face. A gap is a run of pictures that are not. While an arm hides the
face it counts too, since it may show between two pictures.
Baseline: each third picture's own boxes, held until the next.

Prints one JSON object per figure. Run: `python bench/faces.py`.
"""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from drawing import FPS, SIZE, face, ground
from figures import note, tell
from PIL import Image, ImageDraw

from wardcast.check.adapters import faces
from wardcast.check.eyes.looking import EVERY_MS, Eyes
from wardcast.check.place import Box, boxed

SECONDS = 6
Edges = tuple[float, float, float, float]
Scene = Callable[[Image.Image, float], Edges | None]


def still(picture: Image.Image, now: float) -> Edges:
    return face(picture, (280, 600), 520)


def walking(picture: Image.Image, now: float) -> Edges:
    return face(picture, (round(110 * now), 500 + round(30 * math.sin(6 * now))), 420)


def leaning(picture: Image.Image, now: float) -> Edges:
    return face(picture, (300, 700), 500, leaned=25 * math.sin(2 * now))


def turning(picture: Image.Image, now: float) -> Edges:
    return face(picture, (300, 700), 500, narrowed=0.45 + 0.55 * abs(math.cos(1.5 * now)))


def hidden(picture: Image.Image, now: float) -> Edges:
    edges = face(picture, (300 + round(20 * now), 700), 460)
    if now % 2 > 1.3:
        ImageDraw.Draw(picture).rectangle((200, 650, 900, 1300), (120, 90, 70))
    return edges


def near(picture: Image.Image, now: float) -> Edges:
    return face(picture, (250, 600), 220 + round(70 * now))


def dark(picture: Image.Image, now: float) -> Edges:
    return face(picture, (300, 700), 400, light=0.35 + 0.25 * math.sin(4 * now))


def coming(picture: Image.Image, now: float) -> Edges | None:
    return face(picture, (300, 700), 420) if 1 <= now % 3 < 2.5 else None


SCENES: dict[str, Scene] = {
    "still": still, "walking": walking, "leaning": leaning, "turning": turning,
    "hidden": hidden, "near": near, "dark": dark, "coming": coming,
}  # fmt: skip


def covered(box: Box | None, edges: Edges) -> bool:
    known = boxed(*edges, SIZE)
    return box is not None and box.shared(known) >= 0.9 * known.area


def runs(missed: Sequence[bool]) -> Iterator[int]:
    length = 0
    for each in (*missed, False):
        if each:
            length += 1
        elif length:
            yield length
            length = 0


def planes_of(shown: Image.Image) -> bytes:
    import cv2

    return bytes(cv2.cvtColor(np.asarray(shown), cv2.COLOR_RGB2YUV_I420).tobytes())


def watched(scene: Scene) -> tuple[list[bool], list[bool], int]:
    """Per picture with a face whether it is covered, the same of the baseline; false tracks."""
    eyes = Eyes(SIZE)
    eyes._reads = False
    shown: list[tuple[float, Edges]] = []
    held: list[bool] = []
    last: list[Box] = []
    step = FPS * EVERY_MS // 1000
    for number in range(SECONDS * FPS):
        now = number / FPS
        picture = ground().copy()
        edges = scene(picture, now)
        if number % step == 0:
            eyes.see(number // step * EVERY_MS, *SIZE, planes_of(picture))
            small = np.asarray(picture.resize((360, 640)))[:, :, ::-1].copy()
            last = [
                boxed(f.left * 3, f.top * 3, f.right * 3, f.bottom * 3, SIZE)
                for f in faces.find(small, 0.5)
            ]
        if edges:
            shown.append((now, edges))
            held.append(any(covered(box, edges) for box in last))
    seen = eyes.seen(SECONDS * 1000)
    kept = [
        any(covered(track.at(round(now * 1000)), edges) for track in seen.faces)
        for now, edges in shown
    ]
    false = sum(
        not any(
            (box := track.at(round(now * 1000))) and box.shared(boxed(*edges, SIZE))
            for now, edges in shown
        )
        for track in seen.faces
    )
    return kept, held, false


def main() -> None:
    kept: list[bool] = []
    held: list[bool] = []
    longest, false = 0, 0
    for name, scene in SCENES.items():
        these, plain, wrong = watched(scene)
        gap = max(runs([not each for each in these]), default=0)
        note(f"{name}: {sum(these)} of {len(these)} pictures, longest gap {gap}, false {wrong}")
        kept += these
        held += plain
        longest, false = max(longest, gap), false + wrong
    share, before = sum(kept) / len(kept), sum(held) / len(held)
    tell("faces: pictures covered", share, "share", before, "at least .99", share >= 0.99)
    tell("faces: longest gap", longest, "pictures", 1, "at most 1", longest <= 1)
    tell("faces: tracks where nobody is", false, "tracks", 1, "0", false == 0)


if __name__ == "__main__":
    main()
