"""What a recall had reached when it was terminated, as JSON and back."""

from typing import Any

from wardcast.recall import rules

_COUNTS = ("owed", "shown_only", "acknowledged", "unreachable", "not_reached")


def kept(coverage: rules.Coverage, first: int | None, last: int | None) -> dict[str, Any]:
    """A coverage to be kept, with the first and the last time that the version was served."""
    return {
        "by_class": {
            group.value: {name: getattr(counts, name) for name in _COUNTS}
            for group, counts in coverage.by_group.items()
        },
        "lost": {each.value: count for each, count in coverage.lost.items()},
        "curve": [[each.day, each.share] for each in coverage.curve],
        "told_last": coverage.told_last,
        "served": [first, last],
    }


def coverage(data: dict[str, Any]) -> rules.Coverage:
    """The coverage that was kept."""
    groups = {each: rules.Counts(**data["by_class"][each.value]) for each in rules.Group}
    whole = rules.Counts(
        **{name: sum(getattr(each, name) for each in groups.values()) for name in _COUNTS}
    )
    return rules.Coverage(
        whole=whole,
        by_group=groups,
        curve=tuple(rules.Point(day, share) for day, share in data["curve"]),
        lost={each: data["lost"][each.value] for each in rules.Lost},
        told_last=data["told_last"],
    )


def served(data: dict[str, Any]) -> tuple[int | None, int | None]:
    """The first and the last time that the version was served to somebody exposed."""
    first, last = data["served"]
    return first, last
