"""A model's file gives numbers and nothing else, whatever it names."""

import os
import pickle
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcast.check.adapters import speakers, tensors
from wardcast.check.adapters.tensors import NotAModel

MODEL = speakers._model()


def test_the_packaged_model_is_read_whole() -> None:
    found = tensors.read(MODEL, "model_state")
    assert found["lstm.weight_ih_l0"].shape == (1_024, 40)
    assert found["linear.bias"].shape == (256,)
    assert all(np.isfinite(each).all() for each in found.values())


class Harm:
    """Would make a folder when it is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.folder),)


def test_what_names_a_function_is_no_model_and_is_not_called(tmp_path: Path) -> None:
    file, made = tmp_path / "model.pt", tmp_path / "made"
    parts = [1, 1_001, {}, OrderedDict(model_state=Harm(made)), []]
    file.write_bytes(b"".join(pickle.dumps(each, 2) for each in parts))
    with pytest.raises(NotAModel, match="mkdir"):
        tensors.read(file, "model_state")
    assert not made.exists()


def test_what_lacks_the_part_or_is_no_pickle_is_no_model(tmp_path: Path) -> None:
    file = tmp_path / "model.pt"
    for raw in (b"", b"RIFF", MODEL.read_bytes()[:100_000]):
        file.write_bytes(raw)
        with pytest.raises(NotAModel):
            tensors.read(file, "model_state")
    with pytest.raises(NotAModel):
        tensors.read(MODEL, "another")


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(raw: bytes) -> None:
    file = Path(os.environ["WARDCAST_DATA"]) / "any.pt"
    file.write_bytes(raw)
    with pytest.raises(NotAModel):
        tensors.read(file, "model_state")
