"""A hub of models on this machine: what the hub's own client asks for, answered from a folder."""

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Hub:
    """Serves `folder` under every repository's name. The connection breaks once in each file of
    `breaks`, in its middle; `asked` are the paths and ranges that it was asked for."""

    folder: Path
    breaks: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """The hub, listening on a port of this machine."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *words: object) -> None:
            pass

        def do_HEAD(self) -> None:  # the base class names it
            self.answer(body=False)

        def do_GET(self) -> None:
            self.answer(body=True)

        def answer(self, *, body: bool) -> None:
            path = self.path.partition("?")[0]
            hub.asked.append((path, self.headers.get("Range") or ""))
            if "/resolve/" in path:
                self.file(path.rpartition("/")[2], body=body)
            else:
                self.listing(body=body, tree="/tree/" in path)

        def listing(self, *, body: bool, tree: bool) -> None:
            files = sorted(hub.folder.iterdir())
            rows = [
                {"type": "file", "path": each.name, "size": each.stat().st_size, "oid": _tag(each)}
                for each in files
            ]
            repo = {"id": "a/b", "sha": COMMIT, "siblings": [{"rfilename": f.name} for f in files]}
            self.send(json.dumps(rows if tree else repo).encode(), body=body)

        def file(self, name: str, *, body: bool) -> None:
            path = hub.folder / name
            if not path.is_file():
                self.send_error(404)
                return
            data = path.read_bytes()
            start = int((self.headers.get("Range") or "bytes=0-")[6:].split("-")[0])
            self.send(data, body=body, start=start, tag=_tag(path), name=name)

        def send(
            self, data: bytes, *, body: bool, start: int = 0, tag: str = "", name: str = ""
        ) -> None:
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(data) - start))
            self.send_header("X-Repo-Commit", COMMIT)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            if tag:
                self.send_header("ETag", f'"{tag}"')
            self.end_headers()
            if not body:
                return
            if name in hub.breaks and not start:
                hub.breaks.discard(name)
                self.wfile.write(data[: len(data) // 2])
                self.wfile.flush()
                self.close_connection = True
                return
            self.wfile.write(data[start:])

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _tag(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
