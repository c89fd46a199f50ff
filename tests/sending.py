"""A client of the upload protocol over plain sockets, so that a connection can break anywhere."""

import http.client
import socket
from contextlib import closing
from dataclasses import dataclass

from house import Person

TUS = "/api/v1/tus/"
BODY = "application/offset+octet-stream"


@dataclass(slots=True)
class Said:
    """An answer."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Sending:
    """One client of the protocol, which opens a connection for each request."""

    def __init__(self, who: Person, data: bytes) -> None:
        self.data = data
        self._port = who.house.port
        cookies = who.cookies
        self._mine = {
            "Host": f"localhost:{self._port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": cookies["csrftoken"],
            "Referer": who.house.url,
            "Tus-Resumable": "1.0.0",
        }

    def open(self) -> str:
        """Begins an upload; answers its address."""
        said = self.request("POST", TUS, {"Upload-Length": str(len(self.data))})
        if said.status != 201:
            raise AssertionError(f"the upload could not be begun: {said.status}")
        return str(said.headers["Location"])

    def request(
        self, method: str, address: str, headers: dict[str, str], body: memoryview | bytes = b""
    ) -> Said:
        """A whole request and its answer."""
        with closing(self.connect(method, address, headers, len(body))) as line:
            line.sendall(body)
            return self.answer(line, method)

    def connect(
        self, method: str, address: str, headers: dict[str, str], size: int
    ) -> socket.socket:
        """A connection over which a request's head has been sent."""
        head = [f"{method} {address} HTTP/1.1", f"Content-Length: {size}", "Connection: close"]
        head += [f"{name}: {value}" for name, value in {**self._mine, **headers}.items()]
        line = socket.create_connection(("127.0.0.1", self._port), timeout=120)
        line.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
        return line

    def answer(self, line: socket.socket, method: str) -> Said:
        """What the house says."""
        answer = http.client.HTTPResponse(line, method=method)
        answer.begin()
        return Said(answer.status, answer.headers, answer.read())

    def send_from(self, address: str, at: int, size: int) -> Said:
        """Sends so many bytes of the file, from `at` on."""
        return self.request("PATCH", address, sent_from(at), memoryview(self.data)[at : at + size])

    def send_until(self, address: str, at: int, size: int, cut: int) -> None:
        """Promises so many bytes from `at` on, and closes the connection before byte `cut`."""
        with closing(self.connect("PATCH", address, sent_from(at), size)) as line:
            line.sendall(memoryview(self.data)[at:cut])

    def stands(self, address: str) -> int:
        """How far the house says that the upload is."""
        return int(self.request("HEAD", address, {}).headers["Upload-Offset"])


def sent_from(at: int) -> dict[str, str]:
    """The headers of a request that brings bytes."""
    return {"Content-Type": BODY, "Upload-Offset": str(at)}
