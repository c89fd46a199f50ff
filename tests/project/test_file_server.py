"""The file server gives what lies in the public store, and nothing beside it."""

import http.client
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from house import House

pytestmark = pytest.mark.tree

AROUND = [
    "/media/", "/media/abc", "/media/abc/", "/media/abc/other", "/media/abc/clip.mp4%00",
    *(
        f"/{mount}/{way}keys/secret.key"
        for mount in ("media", "static", "media/abc", "clips", "clips/abc")
        for way in ("../", "../../", "%2e%2e/", "..%2f", "/../", "..%5c", "%2e%2e%2f%2e%2e%2f")
    ),
    "/media//etc/hostname", "/media/%2fetc/hostname", "/clips/..%2fkeys/clip.mp4",
]  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    running = House(tmp_path / "house").start()
    yield running
    running.stop()


def get(house: House, address: str) -> tuple[int, bytes]:
    """The answer to exactly this address: clients tidy addresses before they ask."""
    with closing(http.client.HTTPConnection("localhost", house.port, timeout=10)) as connection:
        connection.putrequest("GET", address)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read()


def test_no_address_leads_out_of_the_public_store(house: House) -> None:
    folder = house.data / "public" / "abc"
    folder.mkdir()
    (folder / "clip.mp4").write_bytes(b"a clip")
    (folder / "other").symlink_to(house.data / "keys" / "secret.key")
    secret = (house.data / "keys" / "secret.key").read_bytes()
    assert get(house, "/media/abc/clip.mp4") == (200, b"a clip")
    for address in AROUND:
        status, body = get(house, address)
        assert secret not in body, address
        assert status == 404 or b"<!doctype html>" in body.lower(), address
