"""Debian's nginx with the sample configuration of the repository, in front of a house."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from house import eventually, free_port

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
SECRET = "between the house and its file server"
_MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes {workers};
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u;
    scgi_temp_path {folder}/s;
    include {folder}/wardcast.conf;
}}
"""


def program() -> str | None:
    """Where nginx is; Debian keeps it out of the path of ordinary users."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")


def sample(data: Path, house_port: int, port: int, secret: str = SECRET) -> str:
    """The sample with what an operator changes."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for marked, mine in (
        ("127.0.0.1:8000;", f"127.0.0.1:{house_port};"),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("clips.example.org", "localhost"),
        ("/srv/wardcast/data", str(data)),
        ("CHANGE-ME", secret),
    ):
        assert marked in text, f"the sample has no {marked}"
        text = text.replace(marked, mine)
    return text


@contextmanager
def running(folder: Path, text: str, port: int, *, workers: int = 1) -> Iterator[int]:
    """nginx with this configuration until the end; answers its process's id."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    (folder / "wardcast.conf").write_text(text, encoding="utf-8")
    shutil.copy(DEPLOY / "wardcast-clips.conf", folder)
    main = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # so that it may read a test's own folder
    main.write_text(user + _MAIN.format(folder=folder, workers=workers), encoding="utf-8")
    found = program()
    assert found
    process = subprocess.Popen(
        [found, "-e", str(folder / "error.log"), "-c", str(main), "-p", str(folder)],
        start_new_session=True,
    )
    try:
        eventually(lambda: _listens(port), within=20, what=f"nginx answers: {_log(folder)}")
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _log(folder: Path) -> str:
    path = folder / "error.log"
    return path.read_text() if path.exists() else ""


__all__ = ["SECRET", "free_port", "program", "running", "sample"]
