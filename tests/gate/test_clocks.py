"""The two clocks agree with a clip that is counted out millisecond by millisecond."""

from hypothesis import given
from hypothesis import strategies as st

from wardcast.gate.clocks import in_edited, in_original
from wardcast.gate.edits import Span

LENGTH = 60


@st.composite
def cuts(draw: st.DrawFn) -> tuple[Span, ...]:
    edges = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=8)))
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))


def shown(gone: tuple[Span, ...]) -> list[int]:
    """The moment of the original that each moment of the edited clip shows."""
    return [
        at for at in range(LENGTH) if not any(each.start_ms <= at < each.end_ms for each in gone)
    ]


@given(cuts(), st.integers(0, LENGTH), st.integers(0, LENGTH))
def test_a_part_of_the_edited_clip_shows_these_parts_of_the_original(
    gone: tuple[Span, ...], start: int, end: int
) -> None:
    kept = shown(gone)
    start, end = min(start, len(kept)), min(end, len(kept))
    found = in_original((start, end), gone)
    moments = [at for first, last in found for at in range(first, last)]
    assert moments == kept[start:end]


@given(cuts(), st.integers(0, LENGTH), st.integers(0, LENGTH))
def test_a_part_of_the_original_lies_there_in_the_edited_clip(
    gone: tuple[Span, ...], start: int, end: int
) -> None:
    kept = shown(gone)
    places = [place for place, at in enumerate(kept) if start <= at < end]
    found = in_edited((start, end), gone)
    assert found == ((places[0], places[-1] + 1) if places else None)


def test_without_cuts_both_clocks_are_one() -> None:
    assert in_original((1_000, 2_000), ()) == ((1_000, 2_000),)
    assert in_edited((1_000, 2_000), ()) == (1_000, 2_000)
