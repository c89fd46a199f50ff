"""How much one file may cost, and what it may hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on a file and on the work it may cause. The defaults fit a clip of up to three
    minutes."""

    max_bytes: int = 500_000_000
    """Size of the original, in bytes."""
    max_duration_ms: int = 180_000
    """Length of the original, in milliseconds."""
    max_pixels: int = 8_294_400
    """Width times height: 3840 × 2160."""
    max_side: int = 8_192
    """Longest side, in pixels."""
    max_streams: int = 8
    """Tracks in the container: a 1 MB file with 500 made ffprobe take 683 MB."""
    max_fps: int = 60
    """Renditions are thinned to this many frames a second."""
    max_frames: int = 50_000
    """Pictures in the original: three minutes at 240 a second, with some room."""
    max_output_bytes: int = 1_000_000_000
    """Everything that one render may write, in bytes."""
    max_memory_bytes: int = 1_300_000_000
    """Memory of each process: heap and stacks, without its libraries. A 4K clip takes 0.7 GB."""
    max_threads: int = 4
    """Of one decoder or encoder: each takes memory, and by default there are as many as cores."""
    probe_seconds: int = 30
    """Wall-clock time of a probe."""
    render_seconds: int = 1_800
    """Wall-clock time of a render."""
    text_tracks: bool = False
    """Whether it may hold tracks of words: only for who reads them too (`wardcast.gate.words`)."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if name != "text_tracks" and getattr(self, name) <= 0:
                raise ValueError(f"The limit {name} must be above zero.")


DEFAULT_LIMITS = Limits()
_PICTURES_PER_S = 240
_RENDER_S_PER_S = 10
_OUTPUT_BYTES_PER_S = 2_500_000
"""Seven renditions and the MP4 at their highest rates, with some room."""


def limits_for(max_bytes: int, max_duration_ms: int) -> Limits:
    """Limits for originals of this size and length: what a longer clip needs more of grows with
    it."""
    usual, seconds = DEFAULT_LIMITS, -(-max_duration_ms // 1000)
    return Limits(
        max_bytes=max_bytes,
        max_duration_ms=max_duration_ms,
        max_frames=max(usual.max_frames, seconds * _PICTURES_PER_S),
        max_output_bytes=max(usual.max_output_bytes, seconds * _OUTPUT_BYTES_PER_S),
        render_seconds=max(usual.render_seconds, seconds * _RENDER_S_PER_S),
    )
