"""How many turns of another voice are found, and how often one's own voice is asked about.

Clips are laid together of recordings of people: one speaks for up to 24 s, another for a turn of 1
to 3 s somewhere in it, louder or softer; or both speak in turns. All of a clip then goes through
the same room with noise in it. In half of the clips the other voice is given the first one's mean
spectrum before, so that no microphone tells them apart; some of a voice goes with it, so they are
more alike than people are. A turn counts as found where the check asks about a fifth of a second
of it or more.

Baseline: one likeness for all clips, 0.75 to the mean of the clip, below which a window is another
voice's, as the model's makers do.

`--voices FOLDER` holds a folder of recordings for each person. `--debian` makes one of recorded
prompts and words of children's games that Debian packs (it calls apt-get). Without either the
synthetic voices of ffmpeg stand in, and the figures say so.

Prints one JSON object per figure. Run: `python bench/voices.py [--voices FOLDER | --debian]`.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from figures import note, tell
from scipy.signal import fftconvolve, firwin2

from wardcast.check import turns
from wardcast.check.adapters import speakers
from wardcast.check.adapters.voice import voiced
from wardcast.check.span import TimeSpan, long_ms
from wardcast.recall.asking import wilson

Sound = npt.NDArray[np.float32]

RATE: Final = 16_000
PACKAGES: Final = (
    "asterisk-core-sounds-en-wav", "asterisk-core-sounds-es-wav", "asterisk-core-sounds-fr-wav",
    "asterisk-core-sounds-it-wav", "asterisk-core-sounds-ru-wav", "asterisk-prompt-it-menardi-wav",
    "asterisk-prompt-fr-armelle", "asterisk-prompt-es-co", "klettres-data", "ktuberling-data",
)  # fmt: skip
CHILDREN: Final = {
    "klettres-data": "usr/share/klettres", "ktuberling-data": "usr/share/ktuberling/sounds",
}  # fmt: skip
"""Packages that hold a folder for each person here."""
SOUNDS: Final = (".wav", ".gsm", ".ogg", ".opus", ".flac", ".mp3")
LEAST_FILES: Final = 20
LEAST_S: Final = 12
MOST_S: Final = 45
MAIN_S: Final = 24
TURNS: Final = (1.0, 1.5, 2.0, 3.0)
"""Seconds that the other voice speaks."""
GOALS: Final = {False: (0.9, 0.95), True: (0.7, 0.9)}
"""The shares of turns to be found: of those of 1 s, of all others."""
ASKED_MS: Final = 200
FIXED: Final = 0.75
SEED: Final = 20


@dataclass(frozen=True, slots=True)
class Clip:
    """What is heard, and when it is the other voice."""

    sound: Sound
    turns: tuple[TimeSpan, ...]


@dataclass(slots=True)
class Tally:
    """How many turns were found of how many, and what was asked about in how many minutes of the
    main voice."""

    found: int = 0
    of: int = 0
    asked: int = 0
    minutes: float = 0.0

    @property
    def share(self) -> float:
        """Of the turns, those that were found."""
        return self.found / max(1, self.of)


def recorded(file: Path) -> Sound:
    """What is spoken in a recording, without its pauses."""
    words = ["ffmpeg", "-v", "error", "-i", str(file), "-ac", "1", "-ar", str(RATE), "-f", "s16le"]
    pcm = subprocess.run([*words, "-"], capture_output=True, check=False).stdout
    sound = np.frombuffer(pcm, "<i2").astype(np.float32) / 32_768
    return joined(sound[each.start_ms * 16 : each.end_ms * 16] for each in voiced(pcm))


def joined(pieces: Iterator[Sound]) -> Sound:
    return np.concatenate([np.zeros(0, np.float32), *pieces])


def person(files: list[Path]) -> Sound | None:
    """Up to `MOST_S` of somebody's speech, the longest recordings first; None where there is too
    little."""
    pieces: list[Sound] = []
    for file in sorted(files, key=lambda each: -each.stat().st_size):
        pieces.append(recorded(file))
        if sum(map(len, pieces)) > MOST_S * RATE:
            break
    random.Random(SEED).shuffle(pieces)
    sound = joined(iter(pieces))[: MOST_S * RATE]
    return loud(sound) if len(sound) > LEAST_S * RATE else None


def loud(sound: Sound) -> Sound:
    return sound * np.float32(0.03 / max(1e-6, float(sound.std())))


def folders_in(given: argparse.Namespace, into: Path) -> dict[str, list[Path]]:
    """The recordings of each person."""
    if given.voices:
        homes = {each.name: each for each in sorted(given.voices.iterdir()) if each.is_dir()}
    else:
        homes = unpacked(into)
    found = {
        name: [each for each in sorted(home.rglob("*")) if each.suffix in SOUNDS]
        for name, home in homes.items()
    }
    return {
        name: files for name, files in found.items() if given.voices or len(files) > LEAST_FILES
    }


def unpacked(into: Path) -> dict[str, Path]:
    """Folders of people in what Debian packs, fetched and unpacked."""
    subprocess.run(
        ["apt-get", "download", "-q", *PACKAGES], cwd=into, check=True, stdout=sys.stderr
    )
    homes: dict[str, Path] = {}
    for deb in sorted(into.glob("*.deb")):
        name = deb.name.partition("_")[0]
        subprocess.run(["dpkg", "-x", deb, into / name], check=True)
        if name in CHILDREN:
            for home in sorted((into / name / CHILDREN[name]).iterdir()):
                homes[f"{name}/{home.name}"] = home
        else:
            homes[name] = into / name
    return homes


def synthetic() -> dict[str, Sound]:
    """The four voices of ffmpeg's own synthesiser."""
    text = (Path(__file__).parent.parent / "docs" / "check.md").read_text()
    words = " ".join(word for word in text.split() if word.isalpha())[:600]
    found = {}
    for name in ("slt", "rms", "awb", "kal"):
        given = ["-f", "lavfi", "-i", f"flite=text='{words}':voice={name}"]
        pcm = subprocess.run(
            ["ffmpeg", "-v", "error", *given, "-ar", str(RATE), "-ac", "1", "-f", "s16le", "-"],
            capture_output=True,
            check=True,
        ).stdout
        found[name] = loud(np.frombuffer(pcm, "<i2").astype(np.float32)[: MOST_S * RATE] / 32_768)
    return found


def clips(people: dict[str, Sound], count: int, *, alike: bool) -> Iterator[tuple[str, Clip]]:
    """Clips by what happens in them: "1.0" to "3.0" are the seconds of a turn, "talk" is one in
    which both speak in turns. Where they are `alike`, both voices have one spectrum."""
    dice = random.Random(SEED)
    kinds = (*map(str, TURNS), "talk")
    for number in range(count):
        main, other = (people[name] for name in dice.sample(sorted(people), 2))
        kind = kinds[number % len(kinds)]
        other = loud(like(other, main)) if alike else other
        made = talk(main, other, dice) if kind == "talk" else turn(main, other, float(kind), dice)
        yield kind, Clip(roomy(made.sound, dice.randrange(2**32)), made.turns)


def turn(main: Sound, other: Sound, seconds: float, dice: random.Random) -> Clip:
    main = main[: MAIN_S * RATE]
    at = dice.randint(3 * RATE, len(main) - 3 * RATE)
    said = part(other, seconds, dice)
    when = TimeSpan(at // 16, (at + len(said)) // 16)
    return Clip(np.concatenate([main[:at], said, main[at:]]), (when,))


def talk(main: Sound, other: Sound, dice: random.Random) -> Clip:
    pieces, whose, at, taken = [], [], 0, 0
    for number in range(8):
        seconds = dice.uniform(2, 6)
        if number % 2:
            said = part(other, seconds * 0.6, dice)
            whose.append(TimeSpan(at // 16, (at + len(said)) // 16))
        else:
            said = main[taken : taken + int(seconds * RATE)]
            taken += len(said)
        pieces.append(said)
        at += len(said)
    return Clip(np.concatenate(pieces), tuple(whose))


def part(sound: Sound, seconds: float, dice: random.Random) -> Sound:
    """Some of a voice, from 8 dB softer to 3 dB louder."""
    long = int(seconds * RATE)
    at = dice.randrange(max(1, len(sound) - long))
    return sound[at : at + long] * np.float32(10 ** (dice.uniform(-8, 3) / 20))


def like(sound: Sound, other: Sound) -> Sound:
    """The sound with the mean spectrum of another."""
    gain = np.clip(spectrum(other) / (spectrum(sound) + 1e-6), 0.03, 30)
    smooth = np.convolve(gain, np.ones(9) / 9, "same")
    taps = firwin2(1023, np.linspace(0, 1, len(smooth)), smooth)
    return np.asarray(fftconvolve(sound, taps, "same"), np.float32)


def spectrum(sound: Sound) -> npt.NDArray[np.float64]:
    frames = np.lib.stride_tricks.sliding_window_view(sound, 1024)[::512] * np.hanning(1024)
    return np.sqrt(np.mean(np.square(np.abs(np.fft.rfft(frames, axis=1))), axis=0))


def roomy(sound: Sound, seed: int) -> Sound:
    """The sound in a room that takes 0.4 s to fall silent, with noise 15 dB below it."""
    dice = np.random.default_rng(seed)
    long = int(0.4 * RATE)
    echo = dice.standard_normal(long) * np.exp(-6.9 * np.arange(long) / long) * 0.25
    echo[:16], echo[0] = 0, 1
    heard = fftconvolve(sound, echo)[: len(sound)]
    noise = np.fft.rfft(dice.standard_normal(len(heard)))
    noise /= np.sqrt(np.maximum(1, np.arange(len(noise))))
    hiss = np.fft.irfft(noise, len(heard))
    return loud(np.asarray(heard + hiss / hiss.std() * heard.std() * 10 ** (-15 / 20), np.float32))


def asked_about(clip: Clip) -> tuple[tuple[TimeSpan, ...], tuple[TimeSpan, ...]]:
    """The turns that the check asks about, and those that one likeness for all would."""
    row = (TimeSpan(0, len(clip.sound) // 16),)
    starts = turns.windows(row)
    prints = speakers.prints(clip.sound, [at * 16 for at in starts], turns.WINDOW_MS * 16)
    mean = prints.mean(axis=0) / np.linalg.norm(prints.mean(axis=0))
    below = (TimeSpan(at, at + turns.WINDOW_MS) for at in np.array(starts)[prints @ mean < FIXED])
    return turns.told_apart(row, prints).others, turns.joined(below)


def count(tally: Tally, clip: Clip, asked: tuple[TimeSpan, ...], kind: str) -> None:
    """Adds a clip. In a talk either voice may be taken for the main one."""
    wanted = clip.turns
    if kind == "talk":
        others = turns_of_main(clip)
        wanted = max(wanted, others, key=lambda some: sum(touched(each, asked) for each in some))
    tally.found += sum(touched(each, asked) for each in wanted)
    tally.of += len(wanted)
    if kind != "talk":
        tally.asked += sum(not touched(each, wanted) for each in asked)
        tally.minutes += (len(clip.sound) / 16 - long_ms(wanted)) / 60_000


def turns_of_main(clip: Clip) -> tuple[TimeSpan, ...]:
    ends = [0, *(each.end_ms for each in clip.turns)]
    return tuple(TimeSpan(at, each.start_ms) for at, each in zip(ends, clip.turns, strict=False))


def touched(one: TimeSpan, others: tuple[TimeSpan, ...]) -> bool:
    return any(
        min(one.end_ms, each.end_ms) - max(one.start_ms, each.start_ms) >= ASKED_MS
        for each in others
    )


def measure(people: dict[str, Sound], number: int, who: str) -> None:
    """Prints the figures of half of the clips as they are, and of half made alike."""
    for alike in (False, True):
        ours: dict[str, Tally] = {}
        fixed: dict[str, Tally] = {}
        for kind, clip in clips(people, number // 2, alike=alike):
            found, below = asked_about(clip)
            count(ours.setdefault(kind, Tally()), clip, found, kind)
            count(fixed.setdefault(kind, Tally()), clip, below, kind)
        tell_all(ours, fixed, f"{who}, one spectrum" if alike else who, GOALS[alike])


def tell_all(
    ours: dict[str, Tally], fixed: dict[str, Tally], who: str, goals: tuple[float, float]
) -> None:
    for kind in sorted(ours):
        low, high = wilson(ours[kind].found, ours[kind].of)
        what = "turns of a talk" if kind == "talk" else f"turns of {kind} s"
        goal = goals[kind != "1.0"]
        tell(
            f"{what} found, {who} (95 %: {low:.2f} to {high:.2f})",
            ours[kind].share, "share", fixed[kind].share, f">= {goal}", ours[kind].share >= goal,
        )  # fmt: skip
    single = [each for each in map(str, TURNS) if each in ours]
    asked, before = (
        sum(each[kind].asked for kind in single) / sum(each[kind].minutes for kind in single)
        for each in (ours, fixed)
    )
    tell(f"own voice asked about, {who}", asked, "times a minute", before, "<= 4", asked <= 4)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--voices", type=Path, help="a folder of recordings for each person")
    parser.add_argument("--debian", action="store_true", help="recordings that Debian packs")
    parser.add_argument("--clips", type=int, default=200)
    given = parser.parse_args()
    if not (given.voices or given.debian):
        note("Without --voices or --debian there are no people: synthetic voices stand in.")
        measure(synthetic(), min(given.clips, 40), "synthetic voices")
        return
    with tempfile.TemporaryDirectory(prefix="wardcast-voices-") as folder:
        heard = {name: person(files) for name, files in folders_in(given, Path(folder)).items()}
    people = {name: sound for name, sound in heard.items() if sound is not None}
    note(f"{len(people)} people: {', '.join(people)}")
    measure(people, given.clips, f"{len(people)} people")


if __name__ == "__main__":
    main()
