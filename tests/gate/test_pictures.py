"""Those who look at a clip see all of it, upright, in its own time and never too much at once."""

from pathlib import Path

import pytest
from PIL import Image

import drawn
from wardcast.gate.errors import FileRefused
from wardcast.gate.pictures import Picture, pictures, size_of
from wardcast.gate.probe import probe
from wardcast.gate.source import BytesSource


def seen(source: BytesSource, every_ms: int = 100, **how: object) -> list[Picture]:
    found: list[Picture] = []
    count = pictures(source, probe(source), every_ms=every_ms, see=found.append, **how)  # type: ignore[arg-type]
    assert count == len(found)
    return found


def light(picture: Picture, x: int, y: int) -> int:
    return picture.planes[y * picture.width + x]


def test_pictures_come_in_the_clips_own_time(tmp_path: Path) -> None:
    def draw(picture: Image.Image, now: float) -> None:
        if now >= 1:
            picture.paste((255, 255, 255), (0, 0, 90, 160))

    data = drawn.clip(tmp_path / "a.mp4", 2, draw, size=(90, 160), fps=20, ground=(0, 0, 0))
    found = seen(BytesSource(data))
    assert [each.at_ms for each in found] == list(range(0, 2_000, 100))
    assert [light(each, 40, 80) > 128 for each in found] == [False] * 10 + [True] * 10


def test_a_picture_is_what_is_shown_at_its_time_and_not_what_comes_next(tmp_path: Path) -> None:
    """At 30 pictures a second the one of 0.933 s is nearer to 0.9 s than to 1 s, and too late."""

    def draw(picture: Image.Image, now: float) -> None:
        if now >= 0.92:
            picture.paste((255, 255, 255), (0, 0, 90, 160))

    data = drawn.clip(tmp_path / "a.mp4", 2, draw, size=(90, 160), fps=30, ground=(0, 0, 0))
    found = seen(BytesSource(data))
    assert [light(each, 40, 80) > 128 for each in found] == [False] * 10 + [True] * 10


def test_they_are_upright_even_and_no_larger_than_asked(clips) -> None:
    source = clips.source("phone.mp4")
    found = seen(source, 500, side=100)
    assert size_of(probe(source), 100) == (56, 100)
    assert {(each.width, each.height) for each in found} == {(56, 100)}
    assert {len(each.planes) for each in found} == {56 * 100 * 3 // 2}


def test_the_same_clip_gives_the_same_pictures(clips) -> None:
    source = clips.source("browser.webm")
    assert seen(source) == seen(source)


@pytest.mark.parametrize("name", ["hdr.mov", "late_picture.mkv", "cut_off.mp4", "silent.mp4"])
def test_every_kind_of_clip_is_seen_whole(clips, name: str) -> None:
    source = clips.source(name)
    assert abs(len(seen(source)) - probe(source).video_ms / 100) <= 2


def test_pictures_wait_until_the_one_before_was_looked_at(clips) -> None:
    source = clips.source("ten_seconds.mp4")
    whole = [(each.at_ms, hash(each.planes)) for each in seen(source)]
    one_by_one = seen(source, ahead_bytes=1)
    assert [(each.at_ms, hash(each.planes)) for each in one_by_one] == whole
    assert len(whole) == 100


def test_who_looks_and_fails_ends_it(clips) -> None:
    def fail(picture: Picture) -> None:
        raise RuntimeError("seen enough")

    source = clips.source("ten_seconds.mp4")
    with pytest.raises(RuntimeError, match="seen enough"):
        pictures(source, probe(source), every_ms=100, see=fail)


def test_a_clip_of_which_half_is_lost_was_not_looked_at(clips) -> None:
    source = clips.source("index_first.mp4")
    known = probe(source)
    damaged = BytesSource(source.data[: len(source.data) // 2] + bytes(len(source.data) // 2))
    with pytest.raises(FileRefused):
        pictures(damaged, known, every_ms=100, see=lambda picture: None)


def test_no_step_is_none(clips) -> None:
    source = clips.source("silent.mp4")
    with pytest.raises(ValueError, match="millisecond"):
        pictures(source, probe(source), every_ms=0, see=lambda picture: None)
