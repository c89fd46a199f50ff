"""Reads the numbers of a model that was saved by PyTorch before 2020, without PyTorch.

Such a file is five pickles, after which the numbers of each storage follow. A pickle may name any
function, so only the three names that a model needs are known here; whatever else one names makes
it no model.
"""

import pickle
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float32]

_HEADERS: Final = 3
"""A magic number, the protocol's version, and the sizes of the machine that wrote it."""
_FLOAT: Final = "FloatStorage"
_STORAGES: Final = {_FLOAT: 4, "LongStorage": 8}
"""Bytes of each number."""


_BROKEN: Final = (
    pickle.UnpicklingError, EOFError, LookupError, AttributeError, TypeError, ValueError,
    OverflowError, ImportError, MemoryError,
)  # fmt: skip
"""What a pickle may raise that is none or not whole (the documentation of `Unpickler`)."""


class NotAModel(ValueError):
    """The file does not hold a model that was saved in this form."""


@dataclass(frozen=True, slots=True)
class _Storage:
    kind: str
    key: str
    count: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    storage: _Storage
    offset: int
    shape: tuple[int, ...]


class _Names(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _tensor
        if module == "torch" and name in _STORAGES:
            return name
        raise NotAModel(f"{module}.{name} is nothing that a model's numbers need.")

    def persistent_load(self, pid: Any) -> _Storage:
        _, kind, key, _, count, *_ = pid
        return _Storage(kind, key, count)


def _tensor(storage: _Storage, offset: int, shape: tuple[int, ...], *_: Any) -> _Tensor:
    return _Tensor(storage, offset, shape)


def read(path: Path, part: str) -> dict[str, Numbers]:
    """The tensors of floats in the dictionary `part` of what was saved, by name; raises
    `NotAModel`."""
    with path.open("rb") as file:
        try:
            for _ in range(_HEADERS):
                _Names(file).load()
            saved, keys = _Names(file).load(), _Names(file).load()
            tensors = {n: t for n, t in saved[part].items() if t.storage.kind == _FLOAT}
            storages = _storages(file, keys, _of_each(saved))
        except NotAModel:
            raise
        except _BROKEN as error:
            raise NotAModel(f"{path.name} holds no model's numbers.") from error
    return {name: _shaped(each, storages[each.storage.key]) for name, each in tensors.items()}


def _of_each(saved: Any) -> dict[str, _Storage]:
    """Every storage that is named anywhere in what was saved, by its key."""
    found: dict[str, _Storage] = {}
    _walk(saved, lambda tensor: found.update({tensor.storage.key: tensor.storage}))
    return found


def _walk(saved: Any, visit: Callable[[_Tensor], None]) -> None:
    if isinstance(saved, _Tensor):
        visit(saved)
    elif isinstance(saved, dict):
        for each in saved.values():
            _walk(each, visit)
    elif isinstance(saved, list | tuple):
        for each in saved:
            _walk(each, visit)


def _storages(file: BinaryIO, keys: list[str], known: dict[str, _Storage]) -> dict[str, Numbers]:
    """The numbers of each storage, which follow in the order of the keys; those of floats only."""
    found: dict[str, Numbers] = {}
    for key in keys:
        count = int.from_bytes(file.read(8), "little")
        size = _STORAGES[known[key].kind]
        raw = file.read(count * size)
        if count != known[key].count or len(raw) != count * size:
            raise EOFError
        if known[key].kind == _FLOAT:
            found[key] = np.frombuffer(raw, "<f4")
    return found


def _shaped(tensor: _Tensor, numbers: Numbers) -> Numbers:
    count = int(np.prod(tensor.shape))
    return numbers[tensor.offset : tensor.offset + count].reshape(tensor.shape)
