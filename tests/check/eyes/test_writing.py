"""Lines are followed while they stand, move and flicker; what stands together is a region."""

from wardcast.check.eyes.writing import Writing, Written
from wardcast.check.place import Box
from wardcast.check.seen import Seen
from wardcast.check.span import TextSpan, TimeSpan

SIZE = (1080, 1920)
WHOLE = (Box(0, 0, *SIZE),)


def line(text: str, x: int = 100, y: int = 500, high: int = 40) -> Written:
    return Written(text, Box(x, y, x + 300, y + high), high, 0.9)


def test_a_line_is_there_from_when_it_may_have_come_until_it_is_gone() -> None:
    writing = Writing(SIZE)
    writing.take(0, 0, [], WHOLE)
    writing.take(2_000, 1_900, [line("Margaret Hall")], WHOLE)
    writing.take(3_000, 2_900, [line("Margaret Hall")], WHOLE)
    writing.take(5_000, 4_900, [], WHOLE)
    writing.take(9_000, 8_900, [], WHOLE)
    (region,) = writing.regions(10_000)
    assert region.whole.time == TimeSpan(1_900, 5_000)


def test_a_line_that_is_missed_once_was_there_all_along() -> None:
    writing = Writing(SIZE)
    for at_ms, there in ((0, True), (1_000, False), (2_000, True), (3_000, True)):
        writing.take(at_ms, at_ms, [line("Ward 7B")] if there else [], WHOLE)
    (region,) = writing.regions(4_000)
    assert region.whole.time == TimeSpan(0, 4_000)


def test_the_surest_reading_counts() -> None:
    writing = Writing(SIZE)
    for at_ms, text in ((0, "Margaret Hal"), (500, "Margaret Hall"), (900, "Margaret Hall")):
        writing.take(at_ms, at_ms, [line(text)], WHOLE)
    (region,) = writing.regions(1_000)
    assert region.text == "Margaret Hall"


def test_a_line_that_moves_is_followed_between_readings() -> None:
    writing = Writing(SIZE)
    writing.take(0, 0, [line("MRN 00447291")], WHOLE)
    for n in range(1, 10):
        boxes = [Box(100 + 40 * n, 500, 400 + 40 * n, 540)]
        assert len(list(writing.standing())) == 1
        writing.move(n * 100, boxes)
    writing.take(1_000, 900, [line("MRN 00447291", x=500)], WHOLE)
    (region,) = writing.regions(2_000)
    box = region.whole.at(450)
    assert box is not None
    assert box.left <= 280 <= 580 <= box.right


def test_what_stands_together_at_the_same_time_is_a_region() -> None:
    writing = Writing(SIZE)
    band = [line("HALL, Margaret"), line("DOB 14/03/1944", y=545), line("Ward 7B", x=410, y=547)]
    far = line("Wash your hands", y=1_500, high=80)
    writing.take(0, 0, [*band, far], WHOLE)
    first, second = writing.regions(1_000)
    assert first.text == "HALL, Margaret\nDOB 14/03/1944 Ward 7B"
    assert second.text == "Wash your hands"


def test_words_of_the_text_lead_back_to_their_place() -> None:
    writing = Writing(SIZE)
    writing.take(
        0, 0, [line("HALL, Margaret"), line("MRN 00447291", y=545), line("far", y=1_500)], WHOLE
    )
    seen = Seen(*SIZE, writing.regions(1_000), (), ())
    for text, top in (("Margaret", 500), ("00447291", 545), ("far", 1_500)):
        start = seen.text.index(text)
        track = seen.track_of(TextSpan(start, start + len(text)))
        assert track is not None
        assert track.whole.top <= top < track.whole.bottom <= top + 60
    both = seen.track_of(TextSpan(seen.text.index("Margaret"), seen.text.index("00447291") + 3))
    assert both is not None
    assert both.whole.top < 500 < 585 < both.whole.bottom


def test_where_a_line_is_read_stands_above_where_it_seemed_to_move() -> None:
    writing = Writing(SIZE)
    writing.take(0, 0, [line("MRN 00447291")], WHOLE)
    writing.move(100, [Box(60, 500, 360, 540)])
    writing.take(100, 0, [line("MRN 00447291", x=130)], WHOLE)
    (region,) = writing.regions(200)
    box = region.whole.at(100)
    assert box is not None
    assert (100 < box.left <= 130, box.right >= 430) == (True, True)


def test_what_is_read_fuller_later_was_there_before_and_a_part_takes_nothing_away() -> None:
    writing = Writing(SIZE)
    part = Written("argaret Ha", Box(160, 500, 300, 540), 40, 0.9)
    writing.take(0, 0, [part], WHOLE)
    writing.take(500, 400, [line("Margaret Hall")], WHOLE)
    writing.move(1_000, [Box(120, 500, 420, 540)])
    writing.take(1_000, 900, [Written("argaret Ha", Box(180, 500, 320, 540), 40, 0.9)], WHOLE)
    (region,) = writing.regions(1_100)
    for ms, left in ((0, 100), (500, 100), (1_000, 120)):
        box = region.whole.at(ms)
        assert box is not None
        assert box.left <= left
        assert box.right >= left + 300


def test_where_nobody_looked_a_line_is_there_still() -> None:
    writing = Writing(SIZE)
    writing.take(0, 0, [line("Ward 7B")], WHOLE)
    for at_ms in range(500, 5_000, 500):
        writing.take(at_ms, at_ms - 100, [], (Box(0, 900, 400, 1_200),))
    writing.take(5_000, 4_900, [], WHOLE)
    (region,) = writing.regions(6_000)
    assert region.whole.time == TimeSpan(0, 5_000)


def test_a_part_read_of_what_stands_still_uncovers_nothing_of_the_rest() -> None:
    writing = Writing(SIZE)
    writing.take(0, 0, [line("Margaret Hall")], WHOLE)
    writing.take(1_000, 900, [Written("argaret Ha", Box(160, 500, 300, 540), 40, 0.9)], WHOLE)
    (region,) = writing.regions(2_000)
    box = region.whole.at(1_500)
    assert box is not None
    assert (box.left <= 100, box.right >= 400) == (True, True)
