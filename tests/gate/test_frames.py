import io
import wave

import pytest
from PIL import Image

from wardcast.gate.edits import EditList, Mute
from wardcast.gate.frames import SOUND, frame_at, samples, still_at
from wardcast.gate.probe import probe


@pytest.mark.parametrize("at_ms", [-5, 0, 1_000, 99_000])
def test_a_still_is_upright_and_no_wider_than_asked(clips, at_ms: int) -> None:
    source = clips.source("phone.mp4")
    still = frame_at(source, probe(source), at_ms, width=90)
    with Image.open(io.BytesIO(still)) as picture:
        assert picture.size == (90, 160)


def test_stills_of_different_moments_differ(clips) -> None:
    source = clips.source("browser.webm")
    found = probe(source)
    assert frame_at(source, found, 0) != frame_at(source, found, 1_000)


def test_a_still_for_a_poster_comes_with_its_colours(clips) -> None:
    source = clips.source("phone.mp4")
    still = still_at(source, probe(source), 500)
    with Image.open(io.BytesIO(still.jpeg)) as picture:
        assert picture.width < picture.height
    assert len(still.blurhash) == 28


@pytest.mark.parametrize("name", ["phone.mp4", "browser.webm", "late_picture.mkv"])
def test_pictures_and_sound_come_out_of_one_decode(clips, basket, name: str) -> None:
    source = clips.source(name)
    found = probe(source)
    times = samples(source, found, every_ms=500, sink=basket)
    assert times[0] == 0
    assert len(times) == len(basket.files) - 1
    assert abs(len(times) - found.video_ms / 500) <= 1
    with wave.open(io.BytesIO(basket.files[SOUND])) as heard:
        assert (heard.getframerate(), heard.getnchannels()) == (16_000, 1)
        assert abs(heard.getnframes() / 16 - found.duration_ms) < 60


def test_what_was_muted_is_not_heard_in_the_samples(clips, basket) -> None:
    source = clips.source("phone.mp4")
    edits = EditList((Mute(500, 1_000),))
    samples(source, probe(source), every_ms=1_000, sink=basket, edits=edits)
    with wave.open(io.BytesIO(basket.files[SOUND])) as heard:
        data = memoryview(heard.readframes(heard.getnframes())).cast("h")
    assert max(map(abs, data[16 * 510 : 16 * 990])) <= 2
    assert max(map(abs, data[16 * 100 : 16 * 400])) > 500


def test_a_clip_without_sound_gives_pictures_alone(clips, basket) -> None:
    source = clips.source("silent.mp4")
    samples(source, probe(source), every_ms=250, sink=basket)
    assert SOUND not in basket.files
    assert "frame_00000.jpg" in basket.files
