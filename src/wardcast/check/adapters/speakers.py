"""What a voice is like, as 256 numbers, by the model that the package `resemblyzer` carries.

The model (Wan et al., Generalized end-to-end loss for speaker verification, 2018; Apache-2.0) hears
speech as forty mel bands every 10 ms, and was taught with 1.6 s at a time; two of its answers are
the more alike the closer their product is to 1. Of the package nothing else is used: it needs
PyTorch and a voice activity detector of its own. The same numbers go to onnxruntime as three LSTM
layers.

What it answers tells who somebody is, so it stays in memory and is never kept.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from wardcast.check.adapters import running, tensors
from wardcast.check.adapters.tensors import Numbers
from wardcast.check.adapters.voice import RATE

_WINDOW: Final = 400
_STEP: Final = 160
_BANDS: Final = 40
_LEVEL: Final = 10 ** (-30 / 20)
"""How loud speech was made for the model: -30 dB of full scale."""
_QUIET: Final = 1e-6
_WIDTH: Final = 256
_LAYERS: Final = 3
_AT_ONCE: Final = 64
_OPSET: Final = 17
_IR: Final = 9

Sound = npt.NDArray[np.float32]


def missing() -> tuple[str, ...]:
    """What is not installed of what telling voices apart needs; none when it can be used."""
    needed = ("numpy", "onnx", "onnxruntime", "resemblyzer")
    lacking = tuple(name for name in needed if find_spec(name) is None)
    return lacking or (() if _model().is_file() else (_model().name,))


def prints(sound: Sound, starts: Sequence[int], long: int) -> Numbers:
    """What the voice is like in `long` samples of 16 kHz sound from each start on: a row of 256
    numbers each, whose length is 1."""
    found = [np.zeros((0, _WIDTH), np.float32)]
    for some in _in_batches(starts):
        heard = np.stack([_bands(_as_loud(sound[at : at + long])) for at in some])
        found.append(_session().run(None, {"bands": heard})[0])
    return np.concatenate(found)


def _in_batches(starts: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(starts), _AT_ONCE):
        yield starts[at : at + _AT_ONCE]


def _as_loud(sound: Sound) -> Sound:
    """The sound as loud as all others: who turns away from the microphone stays who they are."""
    level = float(np.sqrt(np.mean(np.square(sound))))
    return sound * np.float32(_LEVEL / max(level, _QUIET))


def _bands(sound: Sound) -> Numbers:
    """The power in each mel band, every 10 ms; as many rows as steps and one more."""
    padded = np.pad(sound, _WINDOW // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_STEP]
    power = np.square(np.abs(np.fft.rfft(frames * _hann(), axis=1)))
    return (power @ _filters().T).astype(np.float32)


@cache
def _hann() -> Sound:
    turn = 2 * np.pi * np.arange(_WINDOW) / _WINDOW
    return (0.5 - 0.5 * np.cos(turn)).astype(np.float32)


_LINEAR_HZ: Final = 200 / 3
_BREAK_HZ: Final = 1000.0
_BREAK_MEL: Final = _BREAK_HZ / _LINEAR_HZ
_LOG: Final = np.log(6.4) / 27


@cache
def _filters() -> Numbers:
    """Triangles of the same area, evenly apart in mel after Slaney (Auditory Toolbox, 1998): linear
    to 1 kHz, from there on by the logarithm."""
    top = _BREAK_MEL + np.log(RATE / 2 / _BREAK_HZ) / _LOG
    mel = np.linspace(0, top, _BANDS + 2)
    above = _BREAK_HZ * np.exp(_LOG * (mel - _BREAK_MEL))
    edges = np.where(mel < _BREAK_MEL, mel * _LINEAR_HZ, above)
    away = edges[:, None] - np.linspace(0, RATE / 2, _WINDOW // 2 + 1)
    wide = np.diff(edges)[:, None]
    rising, falling = -away[:-2] / wide[:-1], away[2:] / wide[1:]
    heights = np.maximum(0, np.minimum(rising, falling))
    return np.asarray(heights * (2 / (edges[2:] - edges[:-2]))[:, None], np.float32)


def _model() -> Path:
    found = find_spec("resemblyzer")
    return Path((found.origin if found else None) or "").parent / "pretrained.pt"


@cache
def _session() -> Any:
    return running.session(_as_onnx(tensors.read(_model(), "model_state")))


def _as_onnx(model: dict[str, Numbers]) -> bytes:
    """Three LSTM layers, of whose last step a layer of positive numbers is made, of length 1."""
    from onnx import TensorProto, helper, numpy_helper

    node = helper.make_node
    nodes, weights = [node("Transpose", ["bands"], ["heard0"], perm=[1, 0, 2])], []
    for layer in range(_LAYERS):
        taken = {name: _gates(model, name, layer) for name in ("weight_ih", "weight_hh", "bias")}
        weights += [numpy_helper.from_array(v, f"{name}{layer}") for name, v in taken.items()]
        nodes += [
            node(
                "LSTM",
                [f"heard{layer}", *(f"{name}{layer}" for name in taken)],
                [f"each{layer}", f"last{layer}"],
                hidden_size=_WIDTH,
            ),
            node("Squeeze", [f"each{layer}", "directions"], [f"heard{layer + 1}"]),
        ]
    weights += [
        numpy_helper.from_array(np.array([1]), "directions"),
        numpy_helper.from_array(np.array([0]), "layers"),
        numpy_helper.from_array(model["linear.weight"], "linear"),
        numpy_helper.from_array(model["linear.bias"], "linear_bias"),
    ]
    nodes += [
        node("Squeeze", [f"last{_LAYERS - 1}", "layers"], ["last"]),
        node("Gemm", ["last", "linear", "linear_bias"], ["any"], transB=1),
        node("Relu", ["any"], ["positive"]),
        node("LpNormalization", ["positive"], ["prints"], axis=1, p=2),
    ]
    graph = helper.make_graph(
        nodes,
        "voices",
        [helper.make_tensor_value_info("bands", TensorProto.FLOAT, ["windows", "steps", _BANDS])],
        [helper.make_tensor_value_info("prints", TensorProto.FLOAT, ["windows", _WIDTH])],
        weights,
    )
    opset = helper.make_opsetid("", _OPSET)
    made = helper.make_model(graph, opset_imports=[opset], ir_version=_IR)
    return bytes(made.SerializeToString())


def _gates(model: dict[str, Numbers], name: str, layer: int) -> Numbers:
    """A layer's numbers with the gates in ONNX's order (input, output, forget, cell) in place of
    PyTorch's (input, forget, cell, output)."""
    names = ("bias_ih", "bias_hh") if name == "bias" else (name,)
    parts = [model[f"lstm.{each}_l{layer}"] for each in names]
    return np.concatenate([_ordered(each) for each in parts])[None]


def _ordered(gates: Numbers) -> Numbers:
    entry, forget, cell, out = np.split(gates, 4)
    return np.concatenate([entry, out, forget, cell])
