"""The real product, started for a test: its process tree, its data folder, and its people."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PASSWORD = "a-long-pass-phrase"


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class House:
    """A running Wardcast. `start` waits until the site answers."""

    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **{
                k: v
                for k, v in os.environ.items()
                if k not in ("DATABASE_URL", "WARDCAST_LINKS_URL")
            },
            "WARDCAST_DATA": str(self.data),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "wardcast.project.settings",
        }

    def start(self, *, demo: bool = False) -> "House":
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "house.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "wardcast.project.cli", "run"]
                + ([] if demo else ["--no-demo"]),
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            eventually(self.answers, within=180, what=f"the house answers at {self.url}")
        except AssertionError:
            self.stop()
            raise AssertionError(f"the house did not start: {self.log()[-3000:]}") from None
        return self

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(20)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def manage(self, *words: str) -> str:
        """Runs a management command on this house's data."""
        done = subprocess.run(
            [sys.executable, "-m", "django", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def processes(self) -> list[tuple[int, str]]:
        """(pid, command line) of everything that works on this house's data."""
        found = []
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                environ = (folder / "environ").read_bytes().decode(errors="replace")
                command = (folder / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            ours = f"WARDCAST_DATA={self.data}\0" in environ
            if ours and int(folder.name) != os.getpid():
                found.append((int(folder.name), command.replace("\0", " ")))
        return found

    def log(self) -> str:
        path = self.data / "house.log"
        return path.read_text(errors="replace") if path.exists() else ""


SLOW = 600.0
"""Seconds that work may take on a busy machine that is killed now and then."""


def eventually(
    holds: Callable[[], Any], *, what: str, within: float = SLOW, every: float = 0.1
) -> Any:
    """Waits until `holds()` is truthy and gives what it said; fails with `what` otherwise."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        said = holds()
        if said:
            return said
        time.sleep(every)
    raise AssertionError(f"not within {within:.0f} s: {what}")


@dataclass(frozen=True)
class Answer:
    """What the house said: status, body (JSON where it was), headers."""

    status: int
    body: Any
    headers: Mapping[str, str]


class Person:
    """Someone at a browser without a screen: cookies, a token, and what they ask for over the API.

    A request that meets a dead server is made again until `patience` seconds are over: what the
    house promises is that nothing *acknowledged* is lost.
    """

    def __init__(self, house: House, name: str = "", patience: float = 60.0) -> None:
        self.house = house
        self.name = name
        self.patience = patience
        self._jar = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self._jar), _NoRedirect()
        )

    @property
    def cookies(self) -> dict[str, str]:
        """What a browser would keep, by name."""
        return {cookie.name: cookie.value or "" for cookie in self._jar}

    def get(self, path: str, **query: str) -> Any:
        return self.ask("GET", path, query=query).body

    def post(self, path: str, body: object = None) -> Any:
        return self._good(self.ask("POST", path, body))

    def patch(self, path: str, body: object) -> Any:
        return self._good(self.ask("PATCH", path, body))

    def put(self, path: str, body: object) -> Any:
        return self._good(self.ask("PUT", path, body))

    def ask(
        self, method: str, path: str, body: object = None, *, query: Mapping[str, str] | None = None
    ) -> Answer:
        """One request to the API (or to any address that starts with /)."""
        address = path if path.startswith("/") else f"/api/v1/{path}"
        if query:
            address += "?" + urllib.parse.urlencode(query)
        raw = isinstance(body, bytes)
        data = body if raw else None if body is None else json.dumps(body).encode()
        kind = "application/octet-stream" if raw else "application/json"
        return self._send(method, address, data, kind)

    def sign_up(self) -> "Person":
        self._form(
            "/accounts/signup/",
            email=f"{self.name}@wardcast.example",
            username=self.name,
            name=self.name.capitalize(),
            password1=PASSWORD,
        )
        assert self.get("me")["signed_in"], f"{self.name} could not sign up"
        return self

    def sign_in(self, password: str = PASSWORD) -> "Person":
        self._form("/accounts/login/", login=f"{self.name}@wardcast.example", password=password)
        assert self.get("me")["signed_in"], f"{self.name} could not sign in"
        return self

    def _form(self, address: str, **fields: str) -> None:
        page = self._send("GET", address, None, "")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)
        assert token, f"no form at {address}"
        fields["csrfmiddlewaretoken"] = token[1]
        data = urllib.parse.urlencode(fields).encode()
        self._send("POST", address, data, "application/x-www-form-urlencoded")

    def _good(self, answer: Answer) -> Any:
        assert answer.status < 400, f"{self.name}: {answer.status} {answer.body}"
        return answer.body

    def _send(self, method: str, address: str, data: bytes | None, kind: str) -> Answer:
        deadline = time.monotonic() + self.patience
        while True:
            request = urllib.request.Request(
                f"{self.house.url}{address}", data, self._headers(kind), method=method
            )
            try:
                with self._open.open(request, timeout=120) as answer:
                    return _answer(answer.status, answer.read(), answer.headers)
            except urllib.error.HTTPError as error:
                return _answer(error.code, error.read(), error.headers)
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.3)

    def _headers(self, kind: str) -> dict[str, str]:
        headers = {"Referer": self.house.url}
        if kind:
            headers["Content-Type"] = kind
        for cookie in self._jar:
            if cookie.name == "csrftoken":
                headers["X-CSRFToken"] = cookie.value or ""
        return headers


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _answer(status: int, data: bytes, headers: Any) -> Answer:
    text = data.decode("utf-8", errors="replace")
    if "json" in headers.get("Content-Type", ""):
        return Answer(status, json.loads(text), dict(headers))
    return Answer(status, text, dict(headers))
