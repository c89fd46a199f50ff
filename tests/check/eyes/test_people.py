"""Faces are followed without gaps; a cut begins anew; what is faint alone is no face."""

from hypothesis import given
from hypothesis import strategies as st

from wardcast.check.adapters.faces import Face
from wardcast.check.eyes.people import GAP_MS, TAIL_MS, People

SIZE = (1080, 1920)


def at(x: float, sure: float = 0.8, y: float = 600.0) -> Face:
    return Face(x, y, x + 200, y + 240, sure)


def test_a_face_that_moves_is_one_track() -> None:
    people = People(SIZE)
    for n in range(40):
        people.take(n * 100, [at(100 + 12 * n)])
    (track,) = people.tracks(4_000)
    assert (track.time.start_ms, track.until_ms) == (0, 4_000)
    box = track.at(2_050)
    assert box is not None
    assert box.left < 100 + 12 * 20.5 < 100 + 12 * 20.5 + 200 < box.right


def test_a_face_that_is_hidden_for_less_than_a_second_is_covered_all_the_time() -> None:
    people = People(SIZE)
    for n in range(30):
        hidden = 10 <= n < 19
        people.take(n * 100, [] if hidden else [at(100 + 10 * n)])
    (track,) = people.tracks(3_000)
    assert all(track.at(ms) is not None for ms in range(0, 3_000, 20))


def test_a_face_that_stays_away_longer_has_two_tracks_and_each_a_tail() -> None:
    people = People(SIZE)
    for n in range(60):
        people.take(n * 100, [at(100)] if n < 20 or n > 40 else [])
    first, second = people.tracks(6_000)
    assert first.until_ms == 1_900 + TAIL_MS
    assert second.time.start_ms == 4_100 - TAIL_MS
    assert second.time.start_ms - first.until_ms > 0
    assert GAP_MS == 1_000


def test_a_cut_ends_every_track_and_nothing_reaches_over_it() -> None:
    people = People(SIZE)
    for n in range(20):
        if n == 10:
            people.cut(1_000)
        people.take(n * 100, [at(100)])
    first, second = people.tracks(2_000)
    assert first.until_ms == second.time.start_ms == 1_000


def test_two_faces_that_pass_each_other_stay_two() -> None:
    people = People(SIZE)
    for n in range(30):
        people.take(n * 100, [at(50 + 20 * n, y=400.0), at(700 - 20 * n, y=900.0)])
    assert len(people.tracks(3_000)) == 2


def test_what_is_faint_goes_on_but_does_not_begin() -> None:
    faint = People(SIZE)
    for n in range(10):
        faint.take(n * 100, [at(100, 0.3)])
    assert faint.tracks(1_000) == ()
    turned = People(SIZE)
    for n in range(20):
        turned.take(n * 100, [at(100, 0.3 if n > 5 else 0.9)])
    (track,) = turned.tracks(2_000)
    assert track.until_ms == 2_000


@given(
    st.lists(
        st.lists(
            st.builds(
                Face,
                st.floats(0, 1000), st.floats(0, 1800), st.floats(1001, 1080),
                st.floats(1801, 1920), st.floats(0.25, 1),
            ),
            max_size=3,
        ),
        max_size=20,
    ),
    st.sets(st.integers(0, 20)),
)  # fmt: skip
def test_whatever_is_found_makes_tracks_within_the_clip(
    pictures: list[list[Face]], cuts: set[int]
) -> None:
    people = People(SIZE)
    for n, faces in enumerate(pictures):
        if n in cuts:
            people.cut(n * 100)
        people.take(n * 100, faces)
    end = max(1, len(pictures) * 100)
    for track in people.tracks(end):
        assert 0 <= track.time.start_ms < track.until_ms <= end
        assert all(spot.box.right <= 1080 and spot.box.bottom <= 1920 for spot in track.spots)
