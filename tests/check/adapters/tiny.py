"""A real Whisper model of a few kilobytes: random weights, a vocabulary of bytes.

What it hears is nonsense; how it is loaded, asked and read is what a large one takes.
"""

from pathlib import Path

import numpy as np
from ctranslate2.specs import WhisperSpec
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

_WIDTH = 16
_MELS = 80
_LETTERS = 256
_SPECIAL = (
    "<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|transcribe|>", "<|translate|>",
    "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
    *(f"<|{number * 0.02:.2f}|>" for number in range(1501)),
)  # fmt: skip


def write_model(folder: Path, seed: int = 7) -> Path:
    """A whole model in this folder; its tokenizer too. What a seed's model hears, or that it hears
    nothing, differs from one kind of processor to the next."""
    folder.mkdir(parents=True, exist_ok=True)
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: number for number, letter in enumerate(letters)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(each, special=True) for each in _SPECIAL])
    tokenizer.save(str(folder / "tokenizer.json"))
    names = [*letters, *_SPECIAL]
    spec = WhisperSpec(1, 2, 1, 2)
    _fill(spec, len(names), seed)
    spec.register_vocabulary(names)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = [names.index("<|en|>")]
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.save(str(folder))
    return folder


def _fill(spec: WhisperSpec, words: int, seed: int) -> None:
    dice = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray:
        return dice.normal(0, 0.3, shape).astype(np.float32)

    def linear(layer: object, rows: int, columns: int = _WIDTH) -> None:
        layer.weight, layer.bias = some(rows, columns), some(rows)  # type: ignore[attr-defined]

    def norm(layer: object) -> None:
        layer.gamma = np.ones(_WIDTH, np.float32)  # type: ignore[attr-defined]
        layer.beta = np.zeros(_WIDTH, np.float32)  # type: ignore[attr-defined]

    def attention(block: object, *, crosswise: bool = False) -> None:
        norm(block.layer_norm)  # type: ignore[attr-defined]
        sizes = (_WIDTH, 2 * _WIDTH, _WIDTH) if crosswise else (3 * _WIDTH, _WIDTH)
        for layer, rows in zip(block.linear, sizes, strict=True):  # type: ignore[attr-defined]
            linear(layer, rows)

    def feed_forward(block: object) -> None:
        norm(block.layer_norm)  # type: ignore[attr-defined]
        linear(block.linear_0, 4 * _WIDTH)  # type: ignore[attr-defined]
        linear(block.linear_1, _WIDTH, 4 * _WIDTH)  # type: ignore[attr-defined]

    ears = spec.encoder
    ears.conv1.weight, ears.conv1.bias = some(_WIDTH, _MELS, 3), some(_WIDTH)
    ears.conv2.weight, ears.conv2.bias = some(_WIDTH, _WIDTH, 3), some(_WIDTH)
    ears.position_encodings.encodings = some(1500, _WIDTH)
    norm(ears.layer_norm)
    for layer in ears.layer:
        attention(layer.self_attention)
        feed_forward(layer.ffn)
    mouth = spec.decoder
    mouth.embeddings.weight = some(words, _WIDTH)
    mouth.position_encodings.encodings = some(448, _WIDTH)
    mouth.scale_embeddings = False
    mouth.projection.weight = mouth.embeddings.weight
    norm(mouth.layer_norm)
    # It leans to letters and spaces, so that it says something.
    lean = some(_WIDTH)
    mouth.layer_norm.beta = 2 * lean
    mouth.embeddings.weight[:_LETTERS] += lean
    for layer in mouth.layer:
        attention(layer.self_attention)
        attention(layer.attention, crosswise=True)
        feed_forward(layer.ffn)
