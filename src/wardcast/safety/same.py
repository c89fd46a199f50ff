"""Whether two findings in the picture are of one thing: the same clip looked at twice.

Boxes shift a little from one look to the next, since what was covered meanwhile changes what is
found. Nobody is recognised: what counts is place and time alone.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from wardcast.check import Finding
from wardcast.check.place import Track

ALIKE: Final = 0.5
"""From this share on of place and of time, two tracks are of one thing."""
_LOOKS: Final = 9
_KINDS: Final = frozenset({"face", "form"})


def pairs(found: Iterable[Finding], before: Iterable[Finding]) -> Mapping[str, str]:
    """For findings of faces and forms the ids of those that they were before; each was one thing,
    the most alike first. Both are of the same original."""
    old = [each for each in before if _is_seen(each)]
    rated = sorted(
        (
            (likeness(each.track, other.track), each.id, other.id)
            for each in found
            if each.track and _is_seen(each)
            for other in old
            if other.track and other.kind == each.kind
        ),
        reverse=True,
    )
    taken: dict[str, str] = {}
    for alike, new_id, old_id in rated:
        if alike >= ALIKE and new_id not in taken and old_id not in taken.values():
            taken[new_id] = old_id
    return taken


def likeness(one: Track, other: Track) -> float:
    """The smaller of what two tracks share of their time and, meanwhile, of their place: 0 to 1."""
    start = max(one.time.start_ms, other.time.start_ms)
    end = min(one.time.end_ms, other.time.end_ms)
    if start >= end:
        return 0.0
    whole = max(one.time.end_ms, other.time.end_ms) - min(one.time.start_ms, other.time.start_ms)
    shares = []
    for step in range(_LOOKS):
        at = start + (end - 1 - start) * step // (_LOOKS - 1)
        here, there = one.at(at), other.at(at)
        shares.append(here.likeness(there) if here and there else 0.0)
    return min((end - start) / whole, sum(shares) / len(shares))


def _is_seen(finding: Finding) -> bool:
    return finding.kind in _KINDS and finding.track is not None
