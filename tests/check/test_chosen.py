"""What somebody writes into a report is what becomes of each finding."""

import json
from dataclasses import replace

import pytest

from wardcast.check import Finding, Report, Severity
from wardcast.check.chosen import Chosen, NotChosen, chosen, everything, ways, wish_in
from wardcast.check.place import Box, Spot, Track
from wardcast.check.redaction import Choice, UnknownFinding, plan
from wardcast.check.span import TextSpan, TimeSpan

FACE = Track((Spot(0, Box(10, 10, 50, 50)),), 900)


def finding(
    id_: str, channel: str, *, time: TimeSpan | None = None, track: Track | None = None
) -> Finding:
    span = TextSpan(0, 12) if channel == "script" else None
    return Finding(
        id_, "name", channel, span, time, Severity.ASK, 0.9, "Harold Baker", "", "", "", "", (),
        track,
    )  # fmt: skip


SAID = finding("said", "script", time=TimeSpan(1_000, 1_500))
TYPED = finding("typed", "script")
SEEN = finding("seen", "faces", time=FACE.time, track=FACE)
TAG = finding("tag", "metadata")
WHO = replace(finding("who", "voices", time=TimeSpan(0, 5_000)), kind="speaker")
REPORT = Report((SAID, TYPED, SEEN, TAG, WHO), (), picture=(200, 200))


def of(**hows: str | None) -> Chosen:
    listed = [{"id": id_, "how": how} for id_, how in hows.items()]
    return chosen(wish_in(json.dumps({"findings": listed})), REPORT)


def test_what_may_become_of_a_finding_depends_on_where_it_is() -> None:
    assert ways(SAID) == ("mute", "bleep", "cut", "drop")
    assert ways(SEEN) == ("blur track", "blur region", "cut", "drop")
    assert ways(TYPED) == ("drop",)
    assert ways(TAG) == ("strip",)


def test_each_finding_goes_its_own_way_and_null_is_left_to_the_command() -> None:
    wanted = of(said="cut", seen="blur region", typed="drop", tag=None)
    assert wanted.gone == {"said", "seen", "tag"}
    assert wanted.choices == {"said": Choice("cut"), "seen": Choice("region")}
    assert wanted.spared == {"typed"}
    assert everything(REPORT).gone == {"said", "typed", "seen", "tag", "who"}


def test_a_list_of_ids_is_enough() -> None:
    assert wish_in('["said", "seen"]').hows == {"said": None, "seen": None}
    assert wish_in('{"findings": [], "clip": {"sha256": "ab"}}').of == "ab"


def test_the_voice_that_speaks_most_stays_whatever_goes() -> None:
    assert ways(WHO) == ("drop",)
    steps = plan(REPORT, everything(REPORT).gone, "mute", duration_ms=5_000)
    assert "who" not in steps.finding_ids
    assert max(each.end_ms for each in steps.audio) < 2_000


def test_what_is_dropped_does_not_come_along_with_the_same_name() -> None:
    steps = plan(REPORT, {"said"}, "mute", duration_ms=5_000, spared={"typed"})
    assert "typed" not in steps.finding_ids
    assert "typed" in plan(REPORT, {"said"}, "mute", duration_ms=5_000).finding_ids


@pytest.mark.parametrize(
    ("hows", "says"),
    [
        ({"who": "mute"}, 'voices.*cannot be "mute": nothing of the clip would be left.*"drop"'),
        ({"said": "blur track"}, '“Harold Baker”, script.*cannot be "blur track".*"mute"'),
        ({"seen": "bleep"}, 'faces.*cannot be "bleep".*"blur track", "blur region"'),
        ({"typed": "mute"}, "nobody knows when it is said. Give a --script"),
        ({"tag": "drop"}, "nothing of the data in a file comes out"),
        ({"said": "blurr"}, '"blurr", which is none'),
    ],
)
def test_what_does_not_fit_is_named_with_what_does(hows: dict[str, str], says: str) -> None:
    with pytest.raises(NotChosen, match=says):
        of(**hows)


def test_a_finding_that_is_not_in_the_report_is_named() -> None:
    with pytest.raises(UnknownFinding, match="gone"):
        of(said="mute", gone="mute")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no", "neither a report nor a list"),
        ("3", "neither a report nor a list"),
        ('{"findings": 3}', "neither a report nor a list"),
        ('{"findings": [{"how": "mute"}]}', "neither a report nor a list"),
        ('[["a"]]', "neither a report nor a list"),
        ('[{"id": "a", "how": {}}]', "which is none"),
        ('[{"id": "a", "how": "mute"}, {"id": "a", "how": "cut"}]', "names finding a twice"),
        ("[" * 100_000, "neither a report nor a list"),
    ],
)
def test_a_file_that_says_nothing_of_findings_is_refused(text: str, says: str) -> None:
    with pytest.raises(NotChosen, match=says):
        wish_in(text)
