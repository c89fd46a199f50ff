"""What of a redacted clip's findings was to go, and what nobody chose."""

import errno
import io
from pathlib import Path

import pytest

from wardcast.check import Finding, Report, Severity
from wardcast.check.clips.remaining import remaining
from wardcast.check.clips.writing import CannotWrite, because, coming, fill, keep
from wardcast.check.place import Box, Spot, Track
from wardcast.check.span import TextSpan, TimeSpan


def face(id_: str, at_ms: int, left: int, size: int = 40) -> Finding:
    track = Track((Spot(at_ms, Box(left, 10, left + size, 10 + size)),), at_ms + 500)
    return finding(id_, "face", "faces", "Face 1", track=track)


def finding(
    id_: str,
    kind: str,
    channel: str,
    text: str,
    severity: Severity = Severity.ASK,
    track: Track | None = None,
) -> Finding:
    span = None if track else TextSpan(0, len(text))
    time = track.time if track else TimeSpan(0, 900)
    return Finding(
        id_, kind, channel, span, time, severity, 0.9, text, "", "", "", "", (), track
    )  # fmt: skip


def report(*findings: Finding, picture: tuple[int, int] = (200, 200)) -> Report:
    return Report(findings, (), picture=picture)


def test_a_face_that_was_kept_is_told_from_one_that_was_to_go() -> None:
    before = report(face("a", 0, 10), face("b", 0, 120))
    half = report(face("c", 100, 60, 20), picture=(100, 100))  # the kept one, in a smaller output
    assert [each.id for each in remaining(before, {"a"}, half).left] == ["c"]
    there = report(face("d", 100, 5, 20), picture=(100, 100))
    assert [each.id for each in remaining(before, {"a"}, there).against] == ["d"]


def test_what_only_informs_counts_where_it_was_to_go_or_the_file_tells_it() -> None:
    season = finding("s", "season", "captions", "winter", Severity.INFO)
    place = finding("p", "location", "metadata", "+48+16/", Severity.INFO)
    before = report(season, place)
    assert not remaining(before, {"p"}, report(season)).against
    assert [each.id for each in remaining(before, {"s"}, report(season)).against] == ["s"]
    assert [each.id for each in remaining(before, {"p"}, report(place)).against] == ["p"]


def test_what_was_not_there_before_counts_against_it() -> None:
    new = finding("n", "unheard", "speech", "0:01.0–0:02.0")
    assert remaining(report(), set(), report(new)).against == (new,)


def test_what_is_said_to_be_no_patients_stays_and_is_not_held_against_the_file() -> None:
    mine, theirs = finding("m", "name", "captions", "Ana"), finding("t", "name", "script", "Ben")
    found = remaining(report(mine, theirs), {"t"}, report(mine), {"m"})
    assert (found.against, found.left, found.spared) == ((), (), (mine,))
    again = remaining(report(mine, theirs), {"t"}, report(mine, theirs), {"m"})
    assert again.against == (theirs,)


def test_a_file_that_was_not_finished_is_gone(tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    with coming(out) as new:
        fill(new, io.BytesIO(b"half"))
        assert [new] == list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())
    with coming(out) as new:
        fill(new, io.BytesIO(b"whole"))
        keep(new, out)
    assert out.read_bytes() == b"whole"
    assert [out] == list(tmp_path.iterdir())


def test_a_full_disk_is_named() -> None:
    with pytest.raises(CannotWrite, match="The disk is full"):
        fill(Path("/dev/full"), io.BytesIO(b"much"))
    other = because(Path("/x/y"), OSError(errno.EROFS, "Read-only file system"))
    assert "Read-only file system" in str(other)
