"""The server is killed under an upload: it goes on where it stood, and ends in the same bytes."""

import hashlib
import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import life
from house import House, eventually
from sending import Sending, sent_from

pytestmark = pytest.mark.tree

SIZE = 40_000_000
_PIECE = 16 * 1024 * 1024
_HEAD = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    running = House(tmp_path / "house").start()
    yield running
    running.stop()


def test_a_server_killed_under_an_upload_goes_on_from_the_last_counted_byte(house: House) -> None:
    ana = life.move_in(house).ana
    data = _HEAD + os.urandom(SIZE - len(_HEAD))
    sending = Sending(ana, data)
    address = sending.open()
    with closing(sending.connect("PATCH", address, sent_from(0), SIZE)) as line:
        line.sendall(data[: _PIECE + 5_000_000])
        counted = eventually(
            lambda: unfinished(ana), within=30, what="the first piece is counted", every=0.02
        )
        servers = [pid for pid, command in house.processes() if "granian" in command]
        for pid in servers:
            os.kill(pid, signal.SIGKILL)
    eventually(house.answers, within=60, what="the site answers again")
    at = sending.stands(address)
    assert at >= counted >= _PIECE
    cut = at + (SIZE - at) // 2
    sending.send_until(address, at, SIZE - at, cut)
    assert sending.stands(address) == cut, "what arrived before the cut counts, to the byte"
    done = sending.send_from(address, cut, SIZE - cut)
    assert done.headers["Wardcast-Post"]
    kept = house.manage(
        "shell", "-v", "0", "-c",
        "from wardcast.media.models import Asset; print(Asset.objects.get().sha256)",
    )  # fmt: skip
    assert kept.split()[-1] == hashlib.sha256(data).hexdigest()


def unfinished(person: life.Person) -> int:
    """How much is counted of the only upload that is open."""
    return next((int(each["offset"]) for each in person.get("tus/")), 0)
