"""What can still be found in a redacted clip, and whether anybody wanted it to stay: pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from wardcast.check.finding import Finding, Severity
from wardcast.check.gazetteers.folding import fold
from wardcast.check.place import Box
from wardcast.check.report import Report


@dataclass(frozen=True, slots=True)
class Remaining:
    """Findings of the new file: `against` were to go, or were not there before; `left` are those
    that nobody chose; `spared` those that stay because they are said to be no patient's."""

    against: tuple[Finding, ...]
    left: tuple[Finding, ...]
    spared: tuple[Finding, ...] = ()


def remaining(
    before: Report, gone: Collection[str], after: Report, spared: Collection[str] = ()
) -> Remaining:
    """What the new file's report still holds against it; `gone` are the ids that were redacted,
    `spared` those that were to stay.

    What only informs counts where it was to go, and where the file itself tells it: an output holds
    no metadata.
    """
    kept = [each for each in before.findings if each.id not in gone]
    chosen = [each for each in before.findings if each.id in gone]
    weighs = [each for each in after.findings if _weighs(each, chosen, before, after)]
    left = [
        each
        for each in weighs
        if _is_among(each, kept, before, after) and not _is_one_of(each, chosen, before, after)
    ]
    against = [each for each in weighs if each not in left]
    told = [each for each in before.findings if each.id in spared]
    stays = [each for each in left if _is_among(each, told, before, after)]
    left = [each for each in left if each not in stays]
    return Remaining(tuple(against), tuple(left), tuple(stays))


def _weighs(found: Finding, chosen: list[Finding], before: Report, after: Report) -> bool:
    informs = found.severity is Severity.INFO and found.channel != "metadata"
    return not informs or _is_one_of(found, chosen, before, after)


def _is_one_of(found: Finding, others: Iterable[Finding], before: Report, after: Report) -> bool:
    """Whether it is one of these, also by its kind: a number in a form is not the form."""
    return _is_among(found, (each for each in others if each.kind == found.kind), before, after)


def _is_among(found: Finding, others: Iterable[Finding], before: Report, after: Report) -> bool:
    return any(_same(each, found, before, after) for each in others)


def _same(one: Finding, other: Finding, before: Report, after: Report) -> bool:
    """Whether two reports on a clip mean the same thing: the same words, or, of what has none, the
    same place at the same time. What else is covered can change as what it is read."""
    if one.channel != other.channel or not _at_once(one, other):
        return False
    if one.track is None or other.track is None:
        return one.span is None or fold(one.text) == fold(other.text)
    return _overlap(_shares(one, before), _shares(other, after))


def _at_once(one: Finding, other: Finding) -> bool:
    if one.time is None or other.time is None:
        return one.time is None and other.time is None
    return one.time.start_ms < other.time.end_ms and other.time.start_ms < one.time.end_ms


_Shares = tuple[float, float, float, float]


def _shares(found: Finding, report: Report) -> _Shares:
    """Where it is, in shares of the picture: an output may be smaller than the original."""
    assert found.track is not None
    box: Box = found.track.whole
    width, height = report.picture or (1, 1)
    return box.left / width, box.top / height, box.right / width, box.bottom / height


def _overlap(one: _Shares, other: _Shares) -> bool:
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    )  # fmt: skip
