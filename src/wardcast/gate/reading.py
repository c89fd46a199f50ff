"""The words with which ffmpeg and ffprobe may open a file: always this, never less.

``-protocol_whitelist`` alone does not stop a disguised playlist, so the demuxer is named outright
and the others are forbidden. Codecs are named as ffmpeg's *decoders* are: AV1 is decoded by
libdav1d and MP3 by mp3float, and the codec's own name would refuse them.
"""

from typing import Final

from wardcast.gate.limits import Limits
from wardcast.gate.sandbox import INPUT
from wardcast.gate.sniff import Container

VIDEO_CODECS: Final = frozenset({"h264", "hevc", "vp8", "vp9", "av1"})
_PCM: Final = (
    "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le",
)  # fmt: skip
"""Sound as it was sampled, in the orders and widths that cameras and editors store it in."""
AUDIO_CODECS: Final = frozenset({"aac", "alac", "flac", "opus", "mp3", "vorbis", *_PCM})
TEXT_CODECS: Final = frozenset({"mov_text", "subrip", "srt", "webvtt", "ass", "ssa"})
"""Tracks of words, by their codecs' and their decoders' names; opened only for who reads them
(`Limits.text_tracks`)."""
_DECODERS: Final = (*sorted(VIDEO_CODECS), "libdav1d", *sorted(AUDIO_CODECS), "mp3float")
_BLOCK: Final = 64
"""Decoders count a picture's sides rounded up to so many pixels, and an upright 4K picture would be
too large for its own size; what the picture really has is counted by the probe."""


def guards(limits: Limits) -> tuple[str, ...]:
    """The whitelists and limits that go before every input."""
    decoders = (*_DECODERS, *sorted(TEXT_CODECS)) if limits.text_tracks else _DECODERS
    return (
        "-protocol_whitelist", "file,pipe",
        "-format_whitelist", "mov,matroska,webm",
        "-codec_whitelist", ",".join(decoders),
        "-max_streams", str(limits.max_streams),
        "-max_pixels", str(limits.max_pixels + _BLOCK * limits.max_side),
        "-threads", str(limits.max_threads),
    )  # fmt: skip


def demuxer(container: Container) -> str:
    """The one demuxer that may open this container."""
    return "mov" if container == "mov" else "matroska"


def opening(container: Container, limits: Limits) -> tuple[str, ...]:
    """All words that open the sandbox's input."""
    return (*guards(limits), "-f", demuxer(container), "-i", INPUT)
