"""Speech is recognised by a model that lies whole in a folder, never by one from the network."""

from pathlib import Path

import pytest

from check.adapters.tiny import write_model
from check.adapters.voices import speech
from wardcast.check.adapters.whisper import NotUsable, missing, recognise


@pytest.mark.slow
def test_a_real_model_gives_words_with_their_times(tmp_path: Path) -> None:
    pcm = speech("Keep your blue inhaler with you.")
    models = (write_model(tmp_path / str(seed) / "tiny", seed) for seed in range(40))
    model, found = next((each, heard) for each in models if (heard := recognise(each, pcm)).words)
    assert found == recognise(model, pcm)
    assert (found.language, found.how, found.by) == ("en", "recognised", "tiny")
    assert found.words
    for word in found.words:
        assert 0 <= word.start_ms <= word.end_ms <= len(pcm) / 32 + 1_000
        assert word.confidence is not None
        assert 0 <= word.confidence <= 1


@pytest.mark.slow
def test_where_nobody_speaks_nothing_is_heard(tmp_path: Path) -> None:
    assert recognise(write_model(tmp_path / "tiny"), bytes(64_000)).words == ()


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json", "vocabulary.json"])
def test_a_model_that_lacks_a_file_is_not_loaded(tmp_path: Path, name: str) -> None:
    for each in ("model.bin", "config.json", "tokenizer.json", "vocabulary.json"):
        (tmp_path / each).write_text("" if each == name else "{}")
    lacking = "vocabulary.*" if name == "vocabulary.json" else name
    assert missing(tmp_path) == (lacking,)
    with pytest.raises(NotUsable, match=r"lacks"):
        recognise(tmp_path, b"")


def test_a_folder_that_is_not_there_lacks_everything(tmp_path: Path) -> None:
    assert len(missing(tmp_path / "none")) == 4
