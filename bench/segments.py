"""What it costs the file server to check the address of a segment that not everyone may have.

Debian's nginx with the sample configuration stands before a running house. Segments of 1 MB are
asked for over connections that stay open: by an address that the house has signed (`secure_link`),
and, as the baseline, by one that the same nginx serves without a check, in turn in the same run. Of
every answer the status and length are looked at, and the SHA-256 of one in fifty.

Then fifty clients ask for a segment by a signed address and stop reading: what a page of the house
costs meanwhile, beside what it costs without them, in turn.

Without nginx it says so and measures nothing.
"""

import hashlib
import http.client
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from multiprocessing import get_context
from pathlib import Path

from figures import note, tell

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the house and the nginx that the tests start

import nginx  # noqa: E402
from house import House  # noqa: E402
from wardcast.platform.storage import links  # noqa: E402

MB = 1_000_000
REQUESTS = int(os.environ.get("REQUESTS", "20000"))
"""By signed addresses; as many more without a check."""
ROUNDS = 10
CLIENTS = (2, 8)
"""Processes, and connections of each."""
PAGES = 400
STALLED = 50
LEAST = 0.8
SLOWER = 1.1
ONE_IN = 50
FOLDER = "s" * 36
FILE = "1080_00000.m4s"
_BARE = """
    location ~ ^/bare/(?<folder>[A-Za-z0-9_-]+)/(?<file>[A-Za-z0-9_][A-Za-z0-9_.-]*)$ {{
        alias {data}/restricted/$folder/$file;
        include wardcast-clips.conf;
        add_header Cache-Control "private, max-age=60" always;
    }}
"""


def main() -> int:
    """Prints the figures."""
    if nginx.program() is None:
        note("nginx is not installed, so nothing was measured: apt-get install nginx-light")
        return 0
    with (
        tempfile.TemporaryDirectory(prefix="wardcast-bench-segments-") as folder,
        _site(Path(folder)) as (port, name),
    ):
        segments(port, name)
        pages(port, name)
    return 0


@contextmanager
def _site(folder: Path) -> Iterator[tuple[int, str]]:
    """nginx before a house that has one segment; its port, and the folder's name behind it."""
    house = House(folder / "house").start()
    port = nginx.free_port()
    try:
        public = house.data / "public" / FOLDER
        public.mkdir(parents=True)
        (public / FILE).write_bytes(_segment())
        name = links.lead(house.data / "restricted", house.data / "public", nginx.SECRET, FOLDER)
        text = nginx.sample(house.data, house.port, port)
        # All clients come from one address here.
        text = text.replace("wardcast_address 64", "wardcast_address 4096")
        at = text.index("    location /static/")
        text = text[:at] + _BARE.format(data=house.data) + text[at:]
        folder.chmod(0o755)
        with nginx.running(folder / "nginx", text, port, workers=2):
            yield port, name
    finally:
        house.stop()


def _segment() -> bytes:
    return hashlib.shake_128(b"segment").digest(MB)


def signed(name: str) -> str:
    """An address as the house gives it out now."""
    until = int(time.time()) + 300
    signature = links.signature(nginx.SECRET, name, until)
    return f"{links.PREFIX}/{signature}/{until}/{name}/{FILE}"


def segments(port: int, name: str) -> None:
    """Requests a second with the check and without it."""
    each = REQUESTS // ROUNDS
    checked, bare, errors = [], [], 0
    with ProcessPoolExecutor(CLIENTS[0], mp_context=get_context("spawn")) as pool:
        ask(pool, port, f"/bare/{name}/{FILE}", 200)  # so that the processes are there
        for number in range(ROUNDS):
            rate, wrong = ask(pool, port, signed(name), each)
            plain, also = ask(pool, port, f"/bare/{name}/{FILE}", each)
            checked.append(rate)
            bare.append(plain)
            errors += wrong + also
            note(f"round {number + 1}: {rate:,.0f}/s checked, {plain:,.0f}/s bare, {errors} errors")
    ours, theirs = statistics.median(checked), statistics.median(bare)
    ratio = statistics.median(a / b for a, b in zip(checked, bare, strict=True))
    tell(
        "segments: 1 MB by a signed address", ours, "requests/s", theirs, f"ratio ≥ {LEAST}",
        ratio >= LEAST,
    )  # fmt: skip
    tell(
        f"segments: errors in {2 * each * ROUNDS:,} requests", errors, "errors", 0, "none",
        errors == 0,
    )  # fmt: skip


def ask(pool: ProcessPoolExecutor, port: int, address: str, requests: int) -> tuple[float, int]:
    """Requests a second over all connections, and how many went wrong."""
    share = requests // CLIENTS[0]
    started = time.perf_counter()
    done = list(pool.map(_client, *zip(*[(port, address, share)] * CLIENTS[0], strict=True)))
    return requests / (time.perf_counter() - started), sum(done)


def _client(port: int, address: str, requests: int) -> int:
    """One process of the load; how many of its requests went wrong."""
    expected = hashlib.sha256(_segment()).digest()
    share, rest = divmod(requests, CLIENTS[1])
    shares = [share + (n < rest) for n in range(CLIENTS[1])]
    with ThreadPoolExecutor(CLIENTS[1]) as threads:
        return sum(threads.map(lambda n: _connection(port, address, n, expected), shares))


def _connection(port: int, address: str, requests: int, expected: bytes) -> int:
    head = f"GET {address} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
    buffer = bytearray(MB + 65536)
    wrong = 0
    line = socket.create_connection(("127.0.0.1", port))
    for number in range(requests):
        try:
            line.sendall(head)
            body = _answer(line, memoryview(buffer))
        except OSError:
            body = None
        fine = body is not None and (number % ONE_IN or hashlib.sha256(body).digest() == expected)
        if not fine:
            wrong += 1
            line.close()
            line = socket.create_connection(("127.0.0.1", port))
    line.close()
    return wrong


def _answer(line: socket.socket, buffer: memoryview) -> memoryview | None:
    """The body of an answer, or None when it is not a whole segment."""
    filled, start = 0, -1
    while start < 0:
        got = line.recv_into(buffer[filled:])
        if not got:
            return None
        filled += got
        start = bytes(buffer[: min(filled, 4096)]).find(b"\r\n\r\n")
    head = bytes(buffer[:start]).lower()
    if not head.startswith(b"http/1.1 200") or f"content-length: {MB}".encode() not in head:
        return None
    end = start + 4 + MB
    while filled < end:
        got = line.recv_into(buffer[filled:end])
        if not got:
            return None
        filled += got
    return buffer[start + 4 : end]


def pages(port: int, name: str) -> None:
    """What a page costs while clients stall, beside what it costs without them."""
    alone: list[float] = []
    beside: list[float] = []
    for _ in range(4):
        alone += _pages(port, PAGES // 4)
        with ExitStack() as stalled:
            for line in _stalled(port, name):
                stalled.enter_context(closing(line))
            beside += _pages(port, PAGES // 4)
    for what, of in (("p50", _share(0.5)), ("p99", _share(0.99))):
        ours, theirs = of(beside), of(alone)
        most = SLOWER if what == "p50" else 1.5
        tell(
            f"segments: {what} of a page beside {STALLED} stalled clients", ours, "ms", theirs,
            f"ratio ≤ {most}", ours <= theirs * most,
        )  # fmt: skip


def _share(part: float) -> Callable[[Sequence[float]], float]:
    return lambda times: sorted(times)[min(len(times) - 1, int(len(times) * part))]


def _stalled(port: int, name: str) -> Iterator[socket.socket]:
    """Clients that ask for a segment and read no more than its beginning."""
    for _ in range(STALLED):
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", port))
        line.sendall(f"GET {signed(name)} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
        if not line.recv(1024).startswith(b"HTTP/1.1 200"):
            raise SystemExit("a client that was to stall was refused")
        yield line


def _pages(port: int, times: int) -> list[float]:
    found = []
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as line:
        for _ in range(times):
            started = time.perf_counter()
            line.request("GET", "/", headers={"Host": f"localhost:{port}"})
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"a page was answered with {answer.status}")
            found.append((time.perf_counter() - started) * 1000)
    return found


if __name__ == "__main__":
    sys.exit(main())
