"""Merkle trees of RFC 6962, section 2.1: the root of entries, and paths that prove an entry or a
growth."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256


def leaf(entry: bytes) -> bytes:
    """The hash of an entry."""
    return sha256(b"\0" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return sha256(b"\1" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; of none, the hash of nothing."""
    if not leaves:
        return sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        # A lone last node rises as it is: the same tree as the RFC's split at a power of two.
        paired = [node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) - len(level) % 2 :]
    return level[0]


def roots(leaves: Iterable[bytes]) -> Iterator[bytes]:
    """The root over each beginning of these leaf hashes, the shortest first."""
    peaks: list[tuple[int, bytes]] = []  # whole subtrees and their sizes, the largest first
    for each in leaves:
        size, top = 1, each
        while peaks and peaks[-1][0] == size:
            top = node(peaks.pop()[1], top)
            size *= 2
        peaks.append((size, top))
        for _, left in reversed(peaks[:-1]):
            top = node(left, top)
        yield top


def included(entry: bytes, index: int, size: int, path: Sequence[bytes], top: bytes) -> bool:
    """Whether the entry (its leaf hash) stands at `index` of the tree of `size` leaves with this
    root."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, entry
    for each in path:
        if last == 0:
            return False
        if here % 2 or here == last:
            found = node(each, found)
            while not here % 2 and here:
                here, last = here // 2, last // 2
        else:
            found = node(found, each)
        here, last = here // 2, last // 2
    return last == 0 and found == top
