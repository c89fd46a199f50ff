"""Memory for pictures: kept once it was needed, not given back and asked for again.

A raw picture of 1080 by 1920 is 3 MB and passes through several blocks of its size. The C library
gives such blocks back to the system at once, and what comes from there anew is first filled with
zeros, page by page: a quarter of what it costs to hand a clip's pictures over.
"""

import ctypes
from functools import cache
from typing import Final

_TRIM_THRESHOLD: Final = -1  # mallopt(3)
_MMAP_THRESHOLD: Final = -3
_KEPT_BYTES: Final = 128 << 20
_LARGEST_BYTES: Final = 32 << 20
"""The most that glibc takes; larger blocks go back as before."""


@cache
def keep_blocks() -> bool:
    """Keeps up to 128 MB that this process no longer uses for what it will; answers whether the C
    library can. Holds for the whole process from then on."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return bool(mallopt(_MMAP_THRESHOLD, _LARGEST_BYTES)) and bool(
        mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
    )
