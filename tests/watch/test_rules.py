"""No answer carries more than a piece, and every byte of a clip can be had."""

from hypothesis import assume, given
from hypothesis import strategies as st

from wardcast.watch import rules
from wardcast.watch.rules import AskInPieces, NoSuchPiece, Piece

sizes = st.integers(1, 10_000)
most = st.integers(1, 3_000)


@given(st.text(max_size=60) | st.from_regex(r"bytes=\d{0,6}-\d{0,6}"), sizes, most)
def test_a_piece_lies_in_the_file_and_is_never_larger_than_allowed(
    header: str, size: int, limit: int
) -> None:
    found = rules.piece(header, size, limit)
    if isinstance(found, Piece):
        assert 0 <= found.start < found.end <= size
        assert found.end - found.start <= limit
        assert not found.whole or (found.start, found.end) == (0, size)


@given(st.integers(0, 20_000), sizes, most)
def test_asking_on_from_where_the_last_piece_ended_gives_the_whole_clip(
    start: int, size: int, limit: int
) -> None:
    if start >= size:
        assert rules.piece(f"bytes={start}-", size, limit) == NoSuchPiece()
    at, pieces = 0, 0
    while at < size:
        found = rules.piece(f"bytes={at}-", size, limit)
        assert isinstance(found, Piece)
        assert found.start == at
        at, pieces = found.end, pieces + 1
    assert pieces == -(-size // limit)


@given(st.integers(0, 20_000), st.integers(0, 20_000), sizes)
def test_a_range_begins_where_it_was_asked(first: int, last: int, size: int) -> None:
    assume(first <= last)
    found = rules.piece(f"bytes={first}-{last}", size)
    if first >= size:
        assert found == NoSuchPiece()
    else:
        assert found == Piece(first, min(last + 1, size))


def test_the_last_bytes_can_be_asked_for() -> None:
    assert rules.piece("bytes=-3", 10) == Piece(7, 10)
    assert rules.piece("bytes=-30", 10) == Piece(0, 10)
    assert rules.piece("bytes=-0", 10) == NoSuchPiece()


def test_a_large_clip_is_not_sent_at_once() -> None:
    assert rules.piece("", 100, most=100) == Piece(0, 100, whole=True)
    assert rules.piece("", 101, most=100) == AskInPieces()
    assert rules.piece("lines=1-2", 101, most=100) == AskInPieces()
    assert rules.piece("bytes=5-2", 101, most=100) == AskInPieces()


def test_a_beacon_says_how_much_was_played() -> None:
    assert rules.level("frame", None, None) == 1
    assert rules.level("two_seconds", None, None) == 2
    assert rules.level("skipped", 0, 1_999) == 1
    assert rules.level("skipped", 0, 2_000) == 2
    assert rules.level("finished", None, None) == rules.level("loop", None, None) == 3


def test_a_frame_alone_is_not_having_seen_a_clip() -> None:
    assert not rules.has_seen("frame")
    assert rules.has_seen("skipped")
