import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wardcast.gate.looks import MOST, best, every_ms, score

SIZE = 64
_RANDOM = np.random.default_rng(3)
SHARP = np.kron(_RANDOM.integers(70, 180, (16, 16)), np.ones((4, 4))).astype(np.uint8)


def blurred(picture: np.ndarray) -> np.ndarray:
    for _ in range(3):
        sides = [np.roll(picture, step, axis) for step in (1, -1) for axis in (0, 1)]
        picture = np.mean([picture, *sides], axis=0)
    return picture.astype(np.uint8)


def test_a_sharp_picture_is_better_than_the_same_one_blurred() -> None:
    assert score(SHARP) > 2 * score(blurred(SHARP))


def test_a_well_exposed_picture_is_better_than_a_dark_a_black_or_a_burnt_out_one() -> None:
    dark, burnt = (SHARP // 4).astype(np.uint8), np.clip(SHARP.astype(int) * 3, 0, 255)
    pictures = [dark, np.zeros_like(SHARP), burnt.astype(np.uint8), SHARP, blurred(SHARP)]
    data = b"".join(each.tobytes() for each in pictures)
    assert best(data, SIZE, SIZE) == 3


def test_where_nothing_is_good_there_is_still_a_poster() -> None:
    assert best(b"", SIZE, SIZE) == 0
    assert best(bytes(SIZE * SIZE * 2), SIZE, SIZE) == 0


@given(st.integers(1, 3_600_000))
def test_at_most_so_many_pictures_are_looked_at(duration_ms: int) -> None:
    assert -(-duration_ms // every_ms(duration_ms)) <= MOST


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_picture_of_any_shape_has_a_score(height: int, width: int) -> None:
    found = score(np.arange(height * width, dtype=np.uint8).reshape(height, width))
    assert 0 <= found < np.inf
