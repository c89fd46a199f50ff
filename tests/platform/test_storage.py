"""What the public store promises: a folder is there whole, or it is not there."""

import io
from datetime import timedelta
from pathlib import Path

import pytest

from wardcast.platform import clock, config, ids, storage


def files(**named: bytes) -> list[tuple[str, io.BytesIO]]:
    return [(name.replace("_", "."), io.BytesIO(data)) for name, data in named.items()]


def unfinished() -> list[Path]:
    root = config.current().public.with_name("public-unfinished")
    return list(root.iterdir()) if root.exists() else []


class Failing(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise OSError("the disk is full")


def test_a_published_folder_holds_every_file_under_its_address() -> None:
    folder = storage.publish(files(clip_mp4=b"clip", poster_jpg=b"poster"))
    found = storage.path(folder, "clip.mp4")
    assert found is not None
    assert found.read_bytes() == b"clip"
    assert storage.url(folder, "clip.mp4") == f"/media/{folder}/clip.mp4"
    assert unfinished() == []


def test_when_one_file_fails_none_is_public_and_nothing_stays() -> None:
    folder = ids.public_id()
    with pytest.raises(OSError, match="disk is full"):
        storage.publish([*files(clip_mp4=b"clip"), ("poster.jpg", Failing())], folder)
    assert storage.path(folder, "clip.mp4") is None
    assert not (config.current().public / folder).exists()
    assert unfinished() == []
    storage.publish(files(clip_mp4=b"clip"), folder)
    assert storage.path(folder, "clip.mp4") is not None


def test_publishing_again_after_a_kill_finishes_the_folder_and_leaves_a_finished_one_alone() -> (
    None
):
    folder = ids.public_id()
    half = config.current().public.with_name("public-unfinished") / f"{folder}-killed"
    half.mkdir(parents=True)
    (half / "rest.tmp").write_bytes(b"of the attempt that was killed")
    assert storage.publish(files(clip_mp4=b"one"), folder) == folder
    assert storage.path(folder, "rest.tmp") is None
    storage.sweep(clock.now() + timedelta(seconds=5))
    assert unfinished() == []
    storage.publish(files(clip_mp4=b"two"), folder)
    found = storage.path(folder, "clip.mp4")
    assert found is not None
    assert found.read_bytes() == b"one"


def test_a_withdrawn_folder_is_gone_at_once_and_can_be_restored() -> None:
    folder = storage.publish(files(clip_mp4=b"clip"))
    for _ in range(2):
        storage.withdraw(folder)
        assert storage.path(folder, "clip.mp4") is None
        assert not (config.current().public / folder).exists()
    for _ in range(2):
        storage.restore(folder)
        assert storage.path(folder, "clip.mp4") is not None


def test_a_folder_published_again_after_withdrawal_can_be_withdrawn_again() -> None:
    folder = storage.publish(files(clip_mp4=b"clip"))
    storage.withdraw(folder)
    storage.publish(files(clip_mp4=b"clip"), folder)
    storage.withdraw(folder)
    assert storage.path(folder, "clip.mp4") is None


def test_a_discarded_folder_is_nowhere() -> None:
    folder = storage.publish(files(clip_mp4=b"clip"))
    storage.discard(folder)
    storage.restore(folder)
    assert storage.path(folder, "clip.mp4") is None


@pytest.mark.parametrize("name", ["", ".hidden", "..", "a/b", "../x", "/etc/passwd", "nul\0l"])
def test_only_plain_names_lead_anywhere(name: str) -> None:
    folder = storage.publish(files(clip_mp4=b"clip"))
    assert storage.path(folder, name) is None
    assert storage.path(name, "clip.mp4") is None
    with pytest.raises(ValueError, match="plain file name"):
        storage.publish([(name, io.BytesIO(b""))])


def test_two_who_publish_the_same_folder_do_not_meet() -> None:
    folder = ids.public_id()

    class Overtaken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if not self.tell():
                storage.publish(files(clip_mp4=b"first", poster_jpg=b"first"), folder)
            return super().read(size)

    storage.publish([("clip.mp4", Overtaken(b"second"))], folder)
    for name in ("clip.mp4", "poster.jpg"):
        found = storage.path(folder, name)
        assert found is not None
        assert found.read_bytes() == b"first"
    assert unfinished() == []


def test_what_a_kill_has_left_unfinished_is_swept_once_it_is_old() -> None:
    left = config.current().public.with_name("public-unfinished") / "left"
    left.mkdir(parents=True)
    (left / "clip.mp4").write_bytes(b"half")
    storage.sweep(clock.now() - timedelta(hours=1))
    assert left.exists()
    storage.sweep(clock.now() + timedelta(seconds=5))
    assert not left.exists()
