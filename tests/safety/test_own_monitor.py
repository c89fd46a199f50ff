"""A nurse in three masks, a pulse oximeter on her own finger, and the monitor that shows it: one
answer, and the clip goes on as it is."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import drawn
import factories
from people import Person
from wardcast.check.eyes.closer import Closer
from wardcast.check.place import Box
from wardcast.gate.pictures import Picture, pictures
from wardcast.gate.plan import CLIP
from wardcast.gate.probe import probe
from wardcast.gate.source import BytesSource
from wardcast.media import queries as clips
from wardcast.platform import vault
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.posts import queries as versions
from wardcast.posts.rules import Gate
from wardcast.safety import actions, queries

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Jobs = Callable[[], int]


@pytest.mark.parametrize(
    "screen", ["SpO2  97 %\nHR  72 bpm", "Name: Ines Duarte\nID: 447291\nSpO2  97 %  HR 72"]
)
def test_ones_own_monitor_is_shown_after_one_answer(
    ana: Person, do_jobs: Jobs, tmp_path: Path, screen: str
) -> None:
    def draw(picture: Image.Image, now: float) -> None:
        drawn.nurse(picture, (20 + round(10 * now), 60))
        drawn.monitor(picture, (60, 540), screen)

    clip = drawn.clip(tmp_path / "masks.mp4", 3, draw, fps=20)
    post_id = drafts.begin(ana.actor, "masks.mp4", len(clip), factories.stream(clip))
    drafts.autosave(post_id, drafts.Changes(title="Three masks and still 97 %"))
    do_jobs()
    version_id = posts.cut(post_id)
    do_jobs()

    found = queries.checked(version_id)
    (form,) = [each for each in found.open if each.kind == "form"]
    assert {each.channel for each in found.open} == {"screen"}
    assert "mine" in form.actions
    actions.mark(ana.actor, version_id, form.id, "mine")

    assert queries.checked(version_id).open == ()
    for gate in (Gate.CHECK, Gate.ATTESTATION):
        assert versions.gates(version_id)[gate].cleared
    version = versions.version(version_id)
    assert version.edits.covers == ()
    assert version.render_id is not None
    assert "97" in read(vault.read(clips.file(version.render_id, CLIP).ref))


def read(data: bytes) -> str:
    """What can be read in the second picture of a clip."""
    shown: list[Picture] = []
    pictures(BytesSource(data), probe(BytesSource(data)), every_ms=1_000, see=shown.append)
    each = shown[1]
    grey = np.frombuffer(each.planes, np.uint8, each.width * each.height)
    picture = np.repeat(grey.reshape(each.height, each.width, 1), 3, axis=2)
    whole = Box(0, 0, each.width, each.height)
    return " ".join(line.text for line in Closer().lines(picture, 0, [whole]))
