"""A typed script is found in the speech, word by word, and a strange one is not."""

from itertools import pairwise

import numpy as np
import pytest

from check.adapters.voices import speech
from wardcast.check.adapters.aligner import align

pytestmark = pytest.mark.slow

SAID = "Keep your blue inhaler with you. Missus Okafor forgot hers. Her peak flow fell."
TYPED = "Keep your blue inhaler with you.\nMrs Okafor forgot hers. 🙂 Her peak flow fell."


def test_every_typed_word_gets_its_time() -> None:
    pcm = speech(SAID)
    found = align(pcm, TYPED)
    assert found is not None
    assert [word.text.strip() for word in found.words] == TYPED.split()
    assert all(one.end_ms <= other.start_ms + 10 for one, other in pairwise(found.words))
    assert 0 <= found.words[0].start_ms < 500
    assert found.words[-1].end_ms <= len(pcm) / 32
    assert (found.language, found.how) == ("en", "aligned")


def test_words_that_no_dictionary_knows_are_named() -> None:
    found = align(speech(SAID), TYPED)
    assert found is not None
    assert found.guessed == ("Okafor",)
    assert found.left_out == ("🙂",)
    smile = next(word for word in found.words if "🙂" in word.text)
    assert (smile.start_ms, smile.confidence) == (smile.end_ms, None)


def test_a_word_comes_when_it_is_said() -> None:
    """Two halves with a second of silence between: what is said after it begins after it."""
    first, second = speech("Wash your hands."), speech("Then wear your gloves.")
    pcm = first + bytes(32_000) + second
    found = align(pcm, "Wash your hands. Then wear your gloves.")
    assert found is not None
    begins = {word.text.strip(): word.start_ms for word in found.words}
    silent_from = len(first) / 32
    assert begins["hands."] < silent_from
    assert silent_from + 900 <= begins["Then"] < silent_from + 1_500


def test_moments_of_nothing_at_all_hide_no_words() -> None:
    """As an editor or a synthesiser leaves them: the decoder knows recordings, which are never so
    still."""
    nothing, parts = bytes(3_840), ["Wash your hands.", "Then wear your gloves."]
    sounds = [np.frombuffer(speech(each, "kal16"), "<i2") for each in parts]
    still = [np.where(np.abs(each) > 500, each, 0).astype("<i2").tobytes() for each in sounds]
    found = align(nothing + nothing.join(still) + nothing, " ".join(parts))
    assert found is not None
    assert [word.text.strip() for word in found.words] == " ".join(parts).split()


@pytest.mark.parametrize(
    "other",
    [
        "The committee will meet on Thursday to discuss the budget for the new library building.",
        "🙂 🙂",
        "",
    ],
)
def test_a_script_that_is_not_what_is_said_is_not_laid_over_it(other: str) -> None:
    assert align(speech(SAID), other) is None


def test_silence_has_no_words() -> None:
    assert align(bytes(64_000), "Keep your blue inhaler with you.") is None
    assert align(b"", "Keep it.") is None
