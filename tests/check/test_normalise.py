"""Spoken forms are written out, and every character knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.check.normalise import normalise

WORDS = st.sampled_from(
    "room four twelve oh double and a hundred thousand two twenty third first march at "
    "gmail dot com the patient Zoë İpek, 412 . second o ninety-nine triple seven".split()
)


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("room four twelve", "room 412"),
        ("room two forty three", "room 243"),
        ("march third sixty one", "march 3rd 61"),
        ("september twenty third twenty twenty five", "september 23rd 2025"),
        ("oh seven one four two thousand two", "07142002"),
        ("june second two thousand and three", "june 2nd 2003"),
        ("double four seven", "447"),
        ("a hundred and two", "102"),
        ("nineteen hundred and five", "1905"),
        ("four thousand two hundred and twelve", "4212"),
        ("jo dot marsh at gmail dot com", "jo.marsh@gmail.com"),
        ("her name is o k a f o r", "her name is okafor"),
        ("that is M-A-R-S-H", "that is MARSH"),
        ("\uff2fkafor \u041ekafor Oka\u200bfor", "Okafor Okafor Okafor"),
        ("Zoe\u0308 in room\u00a0\uff14", "Zoë in room 4"),
        ("[doctor] hello", "\n hello"),
        ("oh my, a second thought", "oh my, a second thought"),
    ],
)
def test_spoken_forms_are_written_out(spoken: str, written: str) -> None:
    assert normalise(spoken).text == written


@given(st.lists(WORDS, max_size=20).map(" ".join))
def test_every_character_leads_back_into_the_source_in_order(text: str) -> None:
    normal = normalise(text)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    assert list(normal.starts) == sorted(normal.starts)
    assert all(0 <= s < e <= len(text) for s, e in zip(normal.starts, normal.ends, strict=True))
    if text:
        whole = normal.source(0, len(normal.text))
        assert (whole.start, whole.end) == (0, len(text))


@pytest.mark.parametrize(
    ("read", "parted"),
    [
        ("ROOM412BEDB", "ROOM 412 BED B"),
        ("MRN4471208Dr.Okafor", "MRN 4471208 Dr. Okafor"),
        ("PATIENT:OKAFOR,ADA", "PATIENT: OKAFOR, ADA"),
        ("BEDSIDE MONITOR", "BEDSIDE MONITOR"),
        ("jo.marsh@example.com", "jo.marsh@example.com"),
    ],
)
def test_words_that_a_picture_ran_together_are_parted(read: str, parted: str) -> None:
    assert normalise(read, glued=True).text == parted
