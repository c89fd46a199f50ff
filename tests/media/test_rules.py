"""What an upload may be called and how large it may be."""

from hypothesis import given
from hypothesis import strategies as st

from wardcast.media import rules


@given(st.text(max_size=400))
def test_a_name_for_display_is_short_printable_and_never_a_path(name: str) -> None:
    shown = rules.display_name(name)
    assert 1 <= len(shown) <= rules.NAME_CHARS
    assert shown.isprintable()
    assert not set(shown) & {"/", "\\"}
    assert rules.display_name(shown) == shown


@given(st.integers(-(2**40), 2**40))
def test_a_size_is_refused_exactly_outside_its_limits(size: int) -> None:
    wrong = rules.size_fits(size, 1000)
    assert (wrong is None) == (1 <= size <= 1000)
    if wrong:
        assert wrong.status in (413, 422)


def test_a_long_name_keeps_its_ending() -> None:
    assert rules.display_name("x" * 500 + ".mp4").endswith("….mp4")
