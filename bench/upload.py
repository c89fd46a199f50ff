"""How fast a clip comes in over a connection that breaks, and how soon its last byte is answered.

200 MB go by tus, in requests of 20 MB, to the running house; twenty times the connection is closed
in the middle of a request. Each time the client asks how far the upload is and goes on from there.
In the end the house must hold the same SHA-256. Two baselines take the same bytes in one unbroken
request, in the same run:

- the house's own `PUT`, which seals, hashes and syncs as tus does, all in one;
- the harder one, a bare WSGI view under the same granian that writes the body to a file as it comes
  and syncs it once. It neither seals nor hashes, keeps no row and asks nobody who sends.

All write to the same disk, in turn; the middle of the rounds counts. `ROUNDS` says how often.

Then 31 MB, sent as fast as the house takes them: how long it lets the client wait after the last
byte has left it, by tus and by `PUT`. The longest of the rounds counts.
"""

import hashlib
import http.client
import io
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from figures import note, tell

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the house that the tests start

from house import House, Person, eventually, free_port  # noqa: E402
from sending import Sending, sent_from  # noqa: E402

MB = 1_000_000
SIZE = 200 * MB
CHUNK = 20 * MB
CUTS = 20
SMALL = 31 * MB
ROUNDS = int(os.environ.get("ROUNDS", "3"))
LEAST = 0.5
WAIT_S = 0.2
_STEP = 256 * 1024
_PUT = "/api/v1/uploads?name=a.mp4"


def main() -> int:
    """Prints the figures."""
    with tempfile.TemporaryDirectory(prefix="wardcast-bench-upload-") as folder:
        base = Path(folder)
        small = real_clip(base)
        with a_house(base / "house") as (house, ana), bare_server(base) as bare:
            rounds = [a_round(house, ana, bare, small) for _ in range(ROUNDS)]
            waits = {
                way: max(send(ana, padded(small, SMALL)) for _ in range(ROUNDS))
                for way, send in (("tus", by_tus), ("PUT", by_put))
            }
    name = f"upload: {SIZE // MB} MB by tus with {CUTS} cuts"
    throughput(f"{name}, beside one PUT", [(each.ours, each.put) for each in rounds])
    throughput(f"{name}, beside bare bytes", [(each.ours, each.bare) for each in rounds])
    for way, wait in waits.items():
        name = f"upload: wait after the last byte of {SMALL // MB} MB by {way}"
        tell(name, wait, "s", WAIT_S, f"≤ {WAIT_S} s", wait <= WAIT_S)
    return 0


def throughput(name: str, pairs: list[tuple[float, float]]) -> None:
    """Prints the round in the middle; each side as seconds for `SIZE` bytes."""
    ours, theirs = sorted(pairs, key=lambda pair: pair[1] / pair[0])[len(pairs) // 2]
    tell(
        name, SIZE / MB / ours, "MB/s", SIZE / MB / theirs, f"ratio ≥ {LEAST}",
        theirs / ours >= LEAST,
    )  # fmt: skip


def real_clip(folder: Path) -> bytes:
    """A second of moving picture, as a phone would bring it."""
    path = folder / "clip.mp4"
    words = "-f lavfi -i testsrc2=size=180x320:rate=20:duration=1 -c:v libx264 -pix_fmt yuv420p"
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-y", *words.split(), str(path)], check=True
    )
    return path.read_bytes()


def padded(clip: bytes, size: int) -> bytes:
    """The clip with a box of random bytes behind it that players skip: each time another file."""
    left = size - len(clip)
    return clip + left.to_bytes(4, "big") + b"free" + os.urandom(left - 8)


@contextmanager
def a_house(data: Path) -> Iterator[tuple[House, Person]]:
    """A running house and a verified clinician in it."""
    house = House(data).start()
    try:
        ada, ana = Person(house, "ada").sign_up(), Person(house, "ana").sign_up()
        house.manage("createadmin", "--email", "ada@wardcast.example")
        checked = {"profession": "physician", "specialty": "surgery", "how": "register looked up"}
        ada.post(f"console/people/{ana.get('me')['id']}/verify", checked)
        yield house, ana
    finally:
        house.stop()


_BARE = """
import os, tempfile

def application(environ, start_response):
    body, left = environ["wsgi.input"], int(environ.get("CONTENT_LENGTH") or 0)
    with tempfile.NamedTemporaryFile(dir={folder!r}) as out:
        while left and (chunk := body.read(min(left, 65536))):
            out.write(chunk)
            left -= len(chunk)
        out.flush()
        os.fsync(out.fileno())
    start_response("204 No Content" if not left else "400 Bad Request", [])
    return [b""]
"""


@contextmanager
def bare_server(folder: Path) -> Iterator[int]:
    """The view that does nothing but keep the bytes; answers its port."""
    (folder / "bare_upload.py").write_text(_BARE.format(folder=str(folder)))
    port = free_port()
    served = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface=wsgi", f"--port={port}", "--workers=2",
            "--blocking-threads=32", "--log-level=warning", f"--working-dir={folder}",
            "bare_upload:application",
        ],
        start_new_session=True,
    )  # fmt: skip
    try:
        eventually(lambda: listens(port), within=30, what="the bare server answers")
        yield port
    finally:
        os.killpg(served.pid, 9)
        served.wait()


def listens(port: int) -> bool:
    """Whether something answers there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds that the same number of bytes took each way."""

    ours: float
    put: float
    bare: float


def a_round(house: House, ana: Person, bare: int, clip: bytes) -> Round:
    """The three ways in turn; raises `SystemExit` where a byte is lost."""
    data = padded(clip, SIZE)
    theirs = put_bare(bare, data)
    sender = Broken(ana, data)
    started = time.perf_counter()
    post_id = sender.send()
    ours = time.perf_counter() - started
    if sha256_of(house, post_id) != hashlib.sha256(data).hexdigest():
        raise SystemExit("the house does not hold the bytes that were sent")
    if sender.cuts != CUTS:
        raise SystemExit(f"{sender.cuts} cuts, not {CUTS}")
    ana.ask("DELETE", f"studio/posts/{post_id}")
    put = put_whole(ana, padded(clip, SIZE))
    note(
        f"tus {SIZE / MB / ours:.0f} MB/s with {sender.cuts} cuts, {sender.again:,} bytes sent "
        f"twice; PUT {SIZE / MB / put:.0f} MB/s; bare {SIZE / MB / theirs:.0f} MB/s"
    )
    return Round(ours, put, theirs)


def put_whole(ana: Person, data: bytes) -> float:
    """Seconds that the house takes for the bytes in one request."""
    sending = Sending(ana, data)
    kind = {"Content-Type": "application/octet-stream"}
    started = time.perf_counter()
    said = sending.request("PUT", _PUT, kind, data)
    took = time.perf_counter() - started
    if said.status != 201:
        raise SystemExit(f"PUT was answered with {said.status}")
    ana.ask("DELETE", f"studio/posts/{json.loads(said.body)['post_id']}")
    return took


def put_bare(port: int, data: bytes) -> float:
    """Seconds that the bare view takes for the bytes."""
    started = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port, blocksize=_STEP)) as connection:
        connection.request("PUT", "/", io.BytesIO(data), {"Content-Length": str(len(data))})
        answer = connection.getresponse()
        answer.read()
    if answer.status != 204:
        raise SystemExit(f"the bare view answered {answer.status}")
    return time.perf_counter() - started


def sha256_of(house: House, post_id: str) -> str:
    """What the house says it holds, read again from what lies sealed."""
    told = house.manage(
        "shell", "-v", "0", "-c",
        "import hashlib\n"
        "from wardcast.posts.models import Post\n"
        "from wardcast.platform import vault\n"
        f"asset = Post.objects.get(pk='{post_id}').asset\n"
        "with vault.open(asset.sealed_ref) as stream:\n"
        "    print(asset.sha256, hashlib.file_digest(stream, 'sha256').hexdigest())",
    ).split()  # fmt: skip
    return told[-1] if told[-1] == told[-2] else "the row says another than the file"


class Broken(Sending):
    """A client whose connection is cut `CUTS` times, each time somewhere within a request."""

    def __init__(self, who: Person, data: bytes) -> None:
        super().__init__(who, data)
        dice = random.Random(len(data))
        self._breaks = sorted(dice.sample(range(MB, len(data) - MB), CUTS))
        self.cuts = self.again = 0

    def send(self) -> str:
        """Sends all; answers the draft's id."""
        address, at, reached = self.open(), 0, 0
        while True:
            self.again += max(0, reached - at)
            size = min(CHUNK, len(self.data) - at)
            cut = next((each for each in self._breaks if at < each < at + size), None)
            try:
                if cut is not None:
                    self.send_until(address, at, size, cut)
                    self._breaks.remove(cut)
                    self.cuts += 1
                    reached, at = cut, self.stands(address)
                    continue
                said = self.send_from(address, at, size)
            except (BrokenPipeError, ConnectionResetError):
                # Refused before all was sent: what came before the last cut was counted meanwhile.
                reached, at = at, self.stands(address)
                continue
            if post_id := said.headers["Wardcast-Post"]:
                return str(post_id)
            reached = at + size
            at = int(said.headers["Upload-Offset"]) if said.status == 204 else self.stands(address)


def by_tus(ana: Person, data: bytes) -> float:
    """Seconds between the last byte of one request and its answer."""
    sending = Sending(ana, data)
    address = sending.open()
    return last_byte(sending, "PATCH", address, sent_from(0), data)


def by_put(ana: Person, data: bytes) -> float:
    """The same for clients that send a file as it is."""
    kind = {"Content-Type": "application/octet-stream"}
    return last_byte(Sending(ana, data), "PUT", _PUT, kind, data)


def last_byte(
    sending: Sending, method: str, address: str, headers: dict[str, str], data: bytes
) -> float:
    """Seconds from the last byte's leaving until the answer."""
    with closing(sending.connect(method, address, headers, len(data))) as line:
        line.sendall(data)
        sent = time.perf_counter()
        said = sending.answer(line, method)
        waited = time.perf_counter() - sent
    if said.status not in (201, 204):
        raise SystemExit(f"{method} was answered with {said.status}")
    note(f"{method}: answered {waited * 1000:.0f} ms after the last byte")
    return waited


if __name__ == "__main__":
    sys.exit(main())
