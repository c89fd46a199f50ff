"""Which renditions a clip gets.

1080, 720, 480 and 360 by the short side. The lowest rung is small and all segments are short, so
that a phone on a poor line shows a picture at once; the next are for larger screens. No rung is
larger than the source, and even a tiny source gets two.
"""

from dataclasses import dataclass, replace
from typing import Final

H264: Final = "h264"
AV1: Final = "av1"
_AV1_SHARE: Final = 0.8
"""Of H.264's bits, at their highest. A clip of somebody who talks takes about 0.3 for the same
look; falling water took 0.66, and looked worse where it was not given as much."""
_AUDIO_KBPS: Final = {True: 96, False: 128}


@dataclass(frozen=True, slots=True)
class Rung:
    """One rendition: its name (a part of file names), short side in pixels, bit rates in kbit/s,
    and how its pictures are coded."""

    name: str
    short_side: int
    video_kbps: int
    segment_s: int
    audio_kbps: int = 128
    codec: str = H264

    def __post_init__(self) -> None:
        if not (self.name.isalnum() and self.name.isascii()):
            raise ValueError(f"A rung's name is letters and digits, not {self.name!r}.")
        if self.short_side < 2 or self.short_side % 2:
            raise ValueError(f"A rung's short side is even and at least 2, not {self.short_side}.")
        if min(self.video_kbps, self.segment_s, self.audio_kbps) <= 0:
            raise ValueError("A rung's bit rates and segment length must be above zero.")
        if self.codec not in (H264, AV1):
            raise ValueError(f"A rung is coded as {H264} or {AV1}, not {self.codec!r}.")

    def size_of(self, width: int, height: int) -> tuple[int, int]:
        """Width and height of this rung for a picture of that size: even, and never larger than
        it."""
        scale = min(1.0, self.short_side / min(width, height))
        return _even(width * scale), _even(height * scale)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs from the lowest to the highest."""

    rungs: tuple[Rung, ...]

    def __post_init__(self) -> None:
        sides = [rung.short_side for rung in self.rungs]
        if not sides or sides != sorted(set(sides)):
            raise ValueError("A ladder has at least one rung, each larger than the one before.")
        # Chromium's own player goes on in another rung by the segment's number: unless all are of
        # one length, the pictures run ahead of the clock from there on.
        if len({rung.segment_s for rung in self.rungs}) > 1:
            raise ValueError("All rungs of a ladder have segments of one length.")
        if len({rung.name for rung in self.rungs}) != len(self.rungs):
            raise ValueError("Each rung of a ladder needs a name of its own.")

    @property
    def lowest(self) -> Rung:
        """The rung that is made first, so that the clip is playable soon."""
        return self.rungs[0]

    @property
    def rest(self) -> tuple[Rung, ...]:
        """The rungs above the lowest."""
        return self.rungs[1:]


DEFAULT_LADDER: Final = Ladder(
    (
        Rung("360", 360, 400, 1, audio_kbps=96),
        Rung("480", 480, 900, 1),
        Rung("720", 720, 2_072, 1),
        Rung("1080", 1_080, 4_500, 1),
    ),
)
_NEAR: Final = 1.25
"""A rung at the source's own size takes the place of one that it is hardly larger than."""


def ladder_for(short_side: int, wanted: Ladder = DEFAULT_LADDER) -> Ladder:
    """The wanted ladder cut down to a source of this short side, in pixels.

    Rungs above the source become one at the source's own size, in place of one that is nearly as
    large; if only one is left, one at two thirds of it goes below.
    """
    source = max(4, short_side - short_side % 2)
    kept = [rung for rung in wanted.rungs if rung.short_side <= source]
    above = [rung for rung in wanted.rungs if rung.short_side > source]
    if above and (not kept or kept[-1].short_side < source):
        if len(kept) > 1 and source < kept[-1].short_side * _NEAR:
            kept.pop()
        kept.append(_shrunk(above[0], source, lowest=not kept))
    if len(kept) == 1:
        kept.insert(0, _shrunk(kept[0], max(2, _even(source * 2 / 3)), lowest=True))
    return Ladder(tuple(kept))


def in_av1(ladder: Ladder) -> Ladder:
    """The same sizes in AV1, each under the name of its H.264 rung with `av1` behind it."""
    return Ladder(
        tuple(
            replace(
                rung,
                name=f"{rung.name}{AV1}",
                codec=AV1,
                video_kbps=max(60, round(rung.video_kbps * _AV1_SHARE)),
            )
            for rung in ladder.rungs
        )
    )


def _shrunk(rung: Rung, short_side: int, *, lowest: bool) -> Rung:
    """The rung at a smaller size, its bit rate shrunk with its area."""
    share = (short_side / rung.short_side) ** 2
    return Rung(
        name=str(short_side),
        short_side=short_side,
        video_kbps=max(100, round(rung.video_kbps * share)),
        segment_s=rung.segment_s,
        audio_kbps=_AUDIO_KBPS[lowest],
    )


def _even(value: float) -> int:
    return max(2, round(value / 2) * 2)
