"""What becomes of each finding, as somebody wrote into a file: the report as JSON, edited or
shortened, or a list of ids.

Each finding of a report on a clip has the keys `how`, which is null, and `ways`, which lists what
may be written there. null does what `--all` does.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wardcast.check.finding import Finding
from wardcast.check.labels import label_of_channel
from wardcast.check.redaction import STAYS, Choice, How, UnknownFinding
from wardcast.check.report import Report

DROP: Final = "drop"
"""It stays as it is, because somebody says that it is no patient's."""
STRIP: Final = "strip"
"""What becomes of the container's tags, always: an output has none."""
_HOW: Final[Mapping[str, How]] = {
    "mute": "mute",
    "bleep": "bleep",
    "cut": "cut",
    "blur track": "mute",  # a box that follows what is seen; what is said of it too is silenced
    "blur region": "region",
}
_HEARD: Final = ("mute", "bleep", "cut", DROP)
_SEEN: Final = ("blur track", "blur region", "cut", DROP)
_WAYS: Final = (*_HOW, STRIP, DROP)


class NotChosen(ValueError):
    """The file does not say what is to become of this clip's findings; the message says where it
    fails and what to do."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ids of what is to go, what was chosen for some of them, and the ids of what stays because
    it is said to be no patient's."""

    gone: frozenset[str]
    choices: Mapping[str, Choice] = field(default_factory=dict)
    spared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """A file as it was read: what it asks for by id, None where it leaves that to the command, and
    the hash of the clip that it was made of, if it says so."""

    hows: Mapping[str, str | None]
    of: str = ""


def ways(finding: Finding) -> tuple[str, ...]:
    """All that may become of a finding; the first is done where nothing is chosen."""
    if finding.channel == "metadata":
        return (STRIP,)
    if finding.kind in STAYS:
        return (DROP,)
    if finding.track is not None:
        return _SEEN
    return _HEARD if finding.time is not None else (DROP,)


def wish_in(text: str) -> Wish:
    """Reads a file's text; raises `NotChosen`."""
    try:
        data = json.loads(text)
        found = data["findings"] if isinstance(data, dict) else data
        pairs = [_pair(each) for each in found]
        clip = data.get("clip") if isinstance(data, dict) else None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        if isinstance(error, NotChosen):
            raise
        raise NotChosen("it is neither a report nor a list of ids") from error
    hows: dict[str, str | None] = {}
    for id_, how in pairs:
        if hows.setdefault(id_, how) != how:
            raise NotChosen(f"it names finding {id_} twice, with two different `how`. Keep one.")
    of = clip.get("sha256", "") if isinstance(clip, dict) else ""
    return Wish(hows, of if isinstance(of, str) else "")


def _pair(each: Any) -> tuple[str, str | None]:
    id_, how = (each["id"], each.get("how")) if isinstance(each, dict) else (each, None)
    if not isinstance(id_, str):
        raise TypeError("no id")
    if how is not None and how not in _WAYS:
        raise NotChosen(
            f"finding {id_} has the `how` {json.dumps(how)}, which is none. Write one of "
            f"{_listed(_WAYS)}, or null."
        )
    return id_, how


def chosen(wish: Wish, report: Report) -> Chosen:
    """The wish as it fits a report; raises `NotChosen` for what does not fit, and `UnknownFinding`
    for what the report does not hold."""
    by_id = {each.id: each for each in report.findings}
    if strange := sorted(set(wish.hows) - by_id.keys()):
        raise UnknownFinding(", ".join(strange))
    for id_, how in wish.hows.items():
        _need_way(by_id[id_], how)
    spared = frozenset(id_ for id_, how in wish.hows.items() if how == DROP)
    gone = frozenset(wish.hows) - spared
    choices = {id_: Choice(_HOW[how]) for id_, how in wish.hows.items() if how and how in _HOW}
    return Chosen(gone, choices, spared)


def everything(report: Report) -> Chosen:
    """All that was found goes."""
    return Chosen(frozenset(each.id for each in report.findings))


def _need_way(finding: Finding, how: str | None) -> None:
    open_ = ways(finding)
    if how is None or how in open_:
        return
    said = f"finding {finding.id} (“{finding.text}”, {label_of_channel(finding.channel)})"
    if finding.channel == "metadata":
        raise NotChosen(
            f"{said} cannot be {json.dumps(how)}: nothing of the data in a file comes out with "
            f'it. Write "{STRIP}" or null, or take the finding out of the list.'
        )
    if finding.kind in STAYS:
        raise NotChosen(
            f"{said} cannot be {json.dumps(how)}: nothing of the clip would be left to hear. Write "
            f'"{DROP}" if the voice is your own or somebody\'s who consents.'
        )
    if open_ == (DROP,):
        raise NotChosen(
            f"{said} cannot be {json.dumps(how)}: nobody knows when it is said. Give a --script "
            f'that says word by word what is said, or write "{DROP}".'
        )
    raise NotChosen(f"{said} cannot be {json.dumps(how)}. Write one of {_listed(open_)}, or null.")


def _listed(ways_: tuple[str, ...]) -> str:
    return ", ".join(f'"{each}"' for each in ways_)
