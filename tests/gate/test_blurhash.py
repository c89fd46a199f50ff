"""Our hashes are those of the published format."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wardcast.gate.blurhash import _LETTERS, blurhash

SIZE = 32


def value(text: str) -> int:
    found = 0
    for letter in text:
        found = found * 83 + _LETTERS.index(letter)
    return found


def light(srgb: int) -> float:
    part = srgb / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def drawn(text: str, width: int, height: int) -> np.ndarray:
    """The picture that a hash stands for, step by step as the format says."""
    flag = value(text[0])
    across, down = flag % 9 + 1, flag // 9 + 1
    peak = (value(text[1]) + 1) / 166
    mean = value(text[2:6])
    waves = [[light(mean >> 16), light(mean >> 8 & 255), light(mean & 255)]]
    for at in range(6, len(text), 2):
        number = value(text[at : at + 2])
        steps = [number // 361, number // 19 % 19, number % 19]
        waves.append([math.copysign(((s - 9) / 9) ** 2, s - 9) * peak for s in steps])
    assert len(waves) == across * down
    picture = np.zeros((height, width, 3))
    for y in range(height):
        for x in range(width):
            for number, wave in enumerate(waves):
                i, j = number % across, number // across
                share = math.cos(math.pi * x * i / width) * math.cos(math.pi * y * j / height)
                picture[y, x] += share * np.array(wave)
    clipped = np.clip(picture, 0, 1)
    curved = np.where(clipped <= 0.0031308, clipped * 12.92, 1.055 * clipped ** (1 / 2.4) - 0.055)
    return np.round(curved * 255).astype(np.uint8)


def test_a_black_picture_has_the_hash_that_all_writers_give_it() -> None:
    assert blurhash(bytes(SIZE * SIZE * 3), SIZE, SIZE) == "L00000fQfQfQfQfQfQfQfQfQfQfQ"


def test_the_format_s_own_example_is_drawn_and_hashed_alike() -> None:
    example = "LEHV6nWB2yk8pyo0adR*.7kCMdnj"
    picture = drawn(example, SIZE, SIZE)
    again = blurhash(picture.tobytes(), SIZE, SIZE)
    assert again[0] == example[0]
    difference = drawn(again, SIZE, SIZE).astype(int) - picture.astype(int)
    assert np.abs(difference).mean() < 8


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_the_mean_colour_of_a_plain_picture_is_its_colour(colour: tuple[int, int, int]) -> None:
    text = blurhash(bytes(colour) * 64, 8, 8)
    mean = value(text[2:6])
    assert (mean >> 16, mean >> 8 & 255, mean & 255) == colour


def test_an_upright_picture_has_more_waves_down_than_across() -> None:
    assert value(blurhash(bytes(18 * 32 * 3), 18, 32)[0]) == 2 + 3 * 9
