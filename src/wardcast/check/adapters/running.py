"""Models run by onnxruntime: on one thread, since one clip is checked beside others."""

from typing import Any


def session(model: bytes) -> Any:
    """What runs a model in ONNX's form, whose warnings nobody can act on."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
