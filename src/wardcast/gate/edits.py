"""What an author removed from a clip, in the original's clock.

The clock: the first picture that is shown is 0 ms, and times are whole milliseconds. Spans are half
open: a span from 1,000 to 2,000 covers 1,000 up to and without 2,000. What is cut out makes the
clip shorter, so it has a clock of its own: `EditList.edited_ms` and `original_ms` map between the
two. An EditList is part of what a version *is*, so its JSON is canonical: equal lists give equal
bytes.
"""

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Literal, get_args

How = Literal["silence", "bleep"]

PAD_MS = 120
"""Added on each side of a muted span: recognisers place words about this far off, and AAC smears
sound."""
GAP_MS = 250
"""Spans that are closer than this are joined, so that no shred of a word is left between them."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``start_ms`` up to and without ``end_ms``."""

    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_ms < self.end_ms:
            raise ValueError(
                "A span must start at or after 0 ms and end after it starts, but this one goes "
                "from "
                f"{self.start_ms} to {self.end_ms} ms."
            )


@dataclass(frozen=True, slots=True, order=True)
class Mute:
    """A span whose sound is taken away: replaced by silence or by a tone of 1 kHz."""

    start_ms: int
    end_ms: int
    how: How = "silence"

    def __post_init__(self) -> None:
        Span(self.start_ms, self.end_ms)
        if self.how not in get_args(How):
            raise ValueError(f"A mute is 'silence' or 'bleep', not {self.how!r}.")

    @property
    def span(self) -> Span:
        """The muted span."""
        return Span(self.start_ms, self.end_ms)


@dataclass(frozen=True, slots=True, order=True)
class Cover:
    """A box of the picture that is filled with black over a span.

    Edges are pixels of the upright original, the last two not in the box; they are even, so that
    no colour of what lies under it is left in what a pixel beside it shows.
    """

    start_ms: int
    end_ms: int
    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        Span(self.start_ms, self.end_ms)
        if not (0 <= self.left < self.right and 0 <= self.top < self.bottom):
            raise ValueError(
                "A covered box runs from its left upper corner to the right and down, but this one "
                f"goes from {self.left}, {self.top} to {self.right}, {self.bottom}."
            )


@dataclass(frozen=True, slots=True)
class EditList:
    """All edits of one version, sorted. Mutes lie apart, and so do cuts; covers may overlap."""

    mutes: tuple[Mute, ...] = ()
    cuts: tuple[Span, ...] = ()
    covers: tuple[Cover, ...] = ()

    def __post_init__(self) -> None:
        if list(self.covers) != sorted(set(self.covers)):
            raise ValueError("The covers of an edit list must be in order, each once.")
        for before, after in zip(self.cuts, self.cuts[1:], strict=False):
            if after.start_ms <= before.end_ms:
                raise ValueError(
                    f"Two cuts touch at {after.start_ms} ms. Join them before listing them."
                )
        if list(self.mutes) != sorted(self.mutes):
            raise ValueError("The mutes of an edit list must be in the order of their times.")
        for earlier, later in zip(self.mutes, self.mutes[1:], strict=False):
            if later.start_ms < earlier.end_ms:
                raise ValueError(
                    f"Two mutes overlap at {later.start_ms} ms. Merge them before listing them."
                )

    @classmethod
    def of(cls, mutes: Iterable[Mute], duration_ms: int) -> "EditList":
        """The list that mutes at least these spans of a clip: padded, merged, within the clip.

        Where a bleep and a silence touch, the joined span bleeps.
        """
        return cls(merged(mutes, duration_ms))

    def to_json(self) -> str:
        """Canonical JSON: equal lists give equal text, so it can be hashed."""
        body: dict[str, list[list[int | str]]] = {
            "cuts": [[cut.start_ms, cut.end_ms] for cut in self.cuts],
            "mutes": [[mute.start_ms, mute.end_ms, mute.how] for mute in self.mutes],
        }
        if self.covers:  # left out where there are none: what was cut before keeps its hash
            body["covers"] = [list(astuple(cover)) for cover in self.covers]
        return json.dumps(body, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "EditList":
        """Read what `to_json` wrote; anything else raises ValueError with what is wrong."""
        body = json.loads(text)
        if not isinstance(body, dict) or set(body) - {"covers"} != {"cuts", "mutes"}:
            raise ValueError(
                "An edit list is an object with the keys 'cuts' and 'mutes', and 'covers' where "
                "there are some."
            )
        return cls(
            mutes=tuple(_mute(entry) for entry in _entries(body["mutes"], 3)),
            cuts=tuple(Span(*_whole(entry)) for entry in _entries(body["cuts"], 2)),
            covers=tuple(_cover(entry) for entry in _entries(body.get("covers", []), 6)),
        )

    def edited_ms(self, original_ms: int) -> int:
        """Where a moment of the original lies in the edited clip; of one that was cut out, where
        the cut is."""
        return original_ms - sum(
            min(original_ms, cut.end_ms) - cut.start_ms
            for cut in self.cuts
            if cut.start_ms < original_ms
        )

    def original_ms(self, edited_ms: int) -> int:
        """Where a moment of the edited clip lies in the original; where a cut is, after it."""
        at_ms = edited_ms
        for cut in self.cuts:
            if cut.start_ms <= at_ms:
                at_ms += cut.end_ms - cut.start_ms
        return at_ms

    def at_full_length(self, width: int, height: int) -> "EditList":
        """The same without a cut, for who looks in the original's clock at a picture of this size:
        what is cut out is silent and black there."""
        if not self.cuts:
            return self
        gone = (Mute(cut.start_ms, cut.end_ms) for cut in self.cuts)
        black = {Cover(cut.start_ms, cut.end_ms, 0, 0, width, height) for cut in self.cuts}
        mutes = _joined(sorted([*self.mutes, *gone]), 1)
        return EditList(mutes, covers=tuple(sorted({*self.covers, *black})))

    @property
    def unheard(self) -> tuple[Span, ...]:
        """When nothing of the original's sound is heard: what is muted, and what is cut out."""
        return tuple(sorted([*(mute.span for mute in self.mutes), *self.cuts]))

    def silences(self, original_ms: int) -> bool:
        """Whether the original's sound is removed at this moment."""
        return any(each.start_ms <= original_ms < each.end_ms for each in self.unheard)


NO_EDITS = EditList()


def padded(mute: Mute, duration_ms: int, pad_ms: int = PAD_MS) -> Mute | None:
    """The mute with ``pad_ms`` on each side, within the clip; None when it lies wholly after the
    clip."""
    if mute.start_ms >= duration_ms:
        return None
    end_ms = min(mute.end_ms + pad_ms, duration_ms)
    return Mute(max(mute.start_ms - pad_ms, 0), end_ms, mute.how)


def merged(
    mutes: Iterable[Mute], duration_ms: int, *, pad_ms: int = PAD_MS, gap_ms: int = GAP_MS
) -> tuple[Mute, ...]:
    """Pad every mute, then join those that overlap or lie less than ``gap_ms`` apart.

    Keeps every millisecond of the given mutes that lies in the clip, and adds none beyond the
    padding and the gaps. Merging what was merged adds its padding again: merge spans as found,
    once.
    """
    within = (padded(mute, duration_ms, pad_ms) for mute in mutes)
    return _joined(sorted(mute for mute in within if mute is not None), gap_ms)


def cut_out(cuts: Iterable[Span], duration_ms: int) -> tuple[Span, ...]:
    """The cuts within the clip, those that overlap or touch made one."""
    joined: list[Span] = []
    for cut in sorted(cuts):
        if cut.start_ms >= duration_ms:
            continue
        start_ms, end_ms = cut.start_ms, min(cut.end_ms, duration_ms)
        if joined and start_ms <= joined[-1].end_ms:
            start_ms, end_ms = joined[-1].start_ms, max(joined.pop().end_ms, end_ms)
        joined.append(Span(start_ms, end_ms))
    return tuple(joined)


def _joined(mutes: Iterable[Mute], gap_ms: int) -> tuple[Mute, ...]:
    joined: list[Mute] = []
    for mute in mutes:
        if joined and mute.start_ms - joined[-1].end_ms < gap_ms:
            joined[-1] = _join(joined[-1], mute)
        else:
            joined.append(mute)
    return tuple(joined)


def _join(earlier: Mute, later: Mute) -> Mute:
    how: How = "bleep" if "bleep" in (earlier.how, later.how) else "silence"
    return Mute(earlier.start_ms, max(earlier.end_ms, later.end_ms), how)


def _entries(value: object, length: int) -> list[list[object]]:
    if not isinstance(value, list):
        raise ValueError("The edits of an edit list must be lists.")
    for entry in value:
        if not isinstance(entry, list) or len(entry) != length:
            raise ValueError(f"Each edit here needs {length} parts, but one is {entry!r}.")
    return value


def _whole(entry: list[object]) -> tuple[int, int]:
    start_ms, end_ms = entry[:2]
    if type(start_ms) is not int or type(end_ms) is not int:
        raise ValueError(f"Times are whole milliseconds, but an edit holds {entry[:2]!r}.")
    return start_ms, end_ms


def _cover(entry: list[object]) -> Cover:
    if any(type(each) is not int for each in entry):
        raise ValueError(f"Times and edges of a cover are whole numbers, but one is {entry!r}.")
    return Cover(*(int(str(each)) for each in entry))


def _mute(entry: list[object]) -> Mute:
    start_ms, end_ms = _whole(entry)
    how = entry[2]
    if how not in get_args(How):
        raise ValueError(f"A mute is 'silence' or 'bleep', not {how!r}.")
    return Mute(start_ms, end_ms, "bleep" if how == "bleep" else "silence")
