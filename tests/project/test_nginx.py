"""The sample configuration under Debian's nginx: what it serves itself, and what it refuses."""

import http.client
import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import life
import nginx
from house import House, eventually, free_port
from sending import Sending
from wardcast.platform.storage import links

pytestmark = [
    pytest.mark.tree,
    pytest.mark.skipif(nginx.program() is None, reason="nginx is not installed"),
]

CLIP = os.urandom(300_000)
FOLDER = "a" * 36


class Behind(House):
    """A house that knows that a file server stands in front of it."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "WARDCAST_LINK_SECRET": nginx.SECRET}


@dataclass(frozen=True)
class Site:
    house: House
    port: int

    def get(
        self, address: str, method: str = "GET", **headers: str
    ) -> tuple[int, bytes, http.client.HTTPMessage]:
        """The answer to exactly this address."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as line:
            line.putrequest(method, address, skip_host=True)
            line.putheader("Host", f"localhost:{self.port}")
            for name, value in headers.items():
                line.putheader(name, value)
            line.endheaders()
            answer = line.getresponse()
            return answer.status, answer.read(), answer.msg


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("behind")
    house = Behind(folder / "house").start()
    port = free_port()
    try:
        public = house.data / "public" / FOLDER
        public.mkdir(parents=True)
        (public / "clip.mp4").write_bytes(CLIP)
        (public / "360_00000.m4s").write_bytes(CLIP)
        (public / "master.m3u8").write_bytes(b"#EXTM3U\n")
        links.lead(house.data / "restricted", house.data / "public", nginx.SECRET, FOLDER)
        text = nginx.sample(house.data, house.port, port)
        with nginx.running(folder / "nginx", text, port):
            yield Site(house, port)
    finally:
        house.stop()


def signed(file: str, seconds: int = 300, secret: str = nginx.SECRET) -> str:
    name = links.alias(nginx.SECRET, FOLDER)
    until = int(time.time()) + seconds
    return f"/restricted/{links.signature(secret, name, until)}/{until}/{name}/{file}"


def test_pages_come_from_the_house_with_its_own_headers(site: Site) -> None:
    status, body, headers = site.get("/")
    assert status == 200
    assert b"<!doctype html>" in body.lower()
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert site.get("/healthz")[0] == 200


@pytest.mark.parametrize("address", [f"/media/{FOLDER}/clip.mp4", f"/clips/{FOLDER}/clip.mp4"])
def test_public_clips_come_from_the_disk_in_whatever_parts_a_player_asks(
    site: Site, address: str
) -> None:
    status, body, headers = site.get(address)
    assert (status, body) == (200, CLIP)
    assert headers["Content-Type"] == "video/mp4"
    assert headers["Cache-Control"] == "public, max-age=60"
    assert headers["X-Content-Type-Options"] == "nosniff"
    status, body, headers = site.get(address, Range="bytes=1000-250999")
    assert (status, body) == (206, CLIP[1000:251_000])
    assert site.get(address, "DELETE")[0] == 403


def test_playlists_are_asked_for_anew_each_time(site: Site) -> None:
    _, _, headers = site.get(f"/media/{FOLDER}/master.m3u8")
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Content-Type"] == "application/vnd.apple.mpegurl"
    assert site.get(f"/media/{FOLDER}/360_00000.m4s")[2]["Content-Type"] == "video/iso.segment"


def test_a_withdrawn_folder_answers_404_at_once_by_whichever_address(site: Site) -> None:
    public = site.house.data / "public" / FOLDER
    away = public.rename(site.house.data / "away")
    try:
        for address in (f"/media/{FOLDER}/clip.mp4", signed("clip.mp4")):
            assert site.get(address)[0] == 404
    finally:
        away.rename(public)
    assert site.get(signed("clip.mp4"))[0] == 200


def test_a_signed_address_serves_its_folder_until_it_runs_out(site: Site) -> None:
    for file in ("master.m3u8", "360_00000.m4s", "clip.mp4"):
        status, _, headers = site.get(signed(file))
        assert status == 200, file
        assert headers["Cache-Control"] == "private, max-age=60"
    assert site.get(signed("clip.mp4", seconds=-1))[0] == 410


def test_an_address_that_the_house_did_not_sign_is_refused(site: Site) -> None:
    good = signed("clip.mp4")
    _, _, signature, until, name, file = good.split("/")
    for address in (
        signed("clip.mp4", secret="guessed"),
        f"/restricted/{signature}/{int(until) + 60}/{name}/{file}",
        f"/restricted/{signature}/{until}/{name[:-1]}x/{file}",
        f"/restricted/{'x' * 22}/{until}/{name}/{file}",
    ):
        assert site.get(address)[0] == 403, address
    for address in (f"/restricted/{name}/{file}", f"/media/{name}/{file}"):
        assert site.get(address)[0] == 404, address


@pytest.mark.parametrize(
    "way", ["../", "../../", "%2e%2e/", "..%2f", "%2e%2e%2f%2e%2e%2f", "/../", "..%5c"]
)
def test_no_address_leads_out_of_the_folders(site: Site, way: str) -> None:
    secret = (site.house.data / "keys" / "secret.key").read_bytes()
    start = signed("").rstrip("/")
    for mount in ("/media", f"/media/{FOLDER}", "/static", "/static/app", "/clips", start):
        status, body, _ = site.get(f"{mount}/{way}keys/secret.key")
        assert secret not in body
        assert status in (400, 403, 404) or b"<!doctype html>" in body.lower()


def test_a_body_that_drips_holds_no_thread_of_the_house(site: Site) -> None:
    head = f"POST /api/v1/beacons HTTP/1.1\r\nHost: localhost:{site.port}\r\n"
    head += "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"
    before = open_to(site.house)
    lines = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(40)]
    try:
        for line in lines:
            line.sendall(head.encode())
        time.sleep(0.5)
        assert open_to(site.house) - before < 10, "nginx keeps them to itself"
        assert site.get("/healthz")[0] == 200
    finally:
        for line in lines:
            line.close()


def open_to(house: House) -> int:
    """Connections to a house, those that nginx keeps for later among them."""
    there = f":{house.port:04X} 01"  # its port, and “established”
    return sum(there in line for line in Path("/proc/net/tcp").read_text().splitlines())


def test_an_upload_streams_through_and_leaves_nothing_on_the_way(site: Site) -> None:
    ana = life.move_in(site.house).ana
    data = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + os.urandom(6_000_000)
    ana.house = replace(site.house, port=site.port, process=None)
    sending = Sending(ana, data)
    address = sending.open()
    sending.send_until(address, 0, len(data), 2_500_000)
    what = "what was sent before the break has reached the house"
    at = eventually(lambda: sending.stands(address), within=30, what=what)
    body = site.house.data.parent / "nginx" / "body"
    assert not [path for path in body.rglob("*") if path.is_file()]
    assert sending.send_from(address, at, len(data) - at).headers["Wardcast-Post"]
