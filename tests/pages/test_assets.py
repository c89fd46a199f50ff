"""The web app's files: packed, kept for good, and no other file."""

import gzip
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

TEXT = b"export const wash = 'your hands';" * 40


@pytest.fixture
def built(tmp_path: Path, settings: Settings) -> Path:
    settings.WEB_DIST = tmp_path / "dist"
    settings.STATIC_ROOT = str(tmp_path / "static")
    folder = tmp_path / "static" / "app" / "assets"
    folder.mkdir(parents=True)
    (folder / "main-1.js").write_bytes(TEXT)
    (folder / "main-1.js.br").write_bytes(b"brotli")
    (folder / "main-1.js.gz").write_bytes(gzip.compress(TEXT))
    (folder / "font-1.woff2").write_bytes(b"font")
    (folder.parent / "manifest.json").write_text("{}")
    (folder.parent / "early.js").write_text("")
    (tmp_path / "static" / "secret.js").write_text("no")
    return folder


@pytest.mark.parametrize(
    ("accepts", "packing"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", ""),
        ("", ""),
    ],
)
def test_a_file_comes_as_small_as_the_browser_takes_it(
    built: Path, client: Client, accepts: str, packing: str
) -> None:
    answer = client.get("/app/assets/main-1.js", HTTP_ACCEPT_ENCODING=accepts)
    assert answer.headers.get("Content-Encoding", "") == packing
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert not answer.cookies
    if packing != "br":
        body = gzip.decompress(answer.content) if packing else answer.content
        assert body == TEXT


def test_what_is_packed_already_comes_as_it_is(built: Path, client: Client) -> None:
    answer = client.get("/app/assets/font-1.woff2", HTTP_ACCEPT_ENCODING="br")
    assert answer.content == b"font"
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    "name",
    [
        "manifest.json",
        "early.js",
        "assets/main-1.js.br",
        "assets/none.js",
        "assets",
        "assets/../../secret.js",
        "assets/%2e%2e/%2e%2e/secret.js",
        "/etc/passwd",
    ],
)
def test_nothing_else_is_there(built: Path, client: Client, name: str) -> None:
    assert client.get(f"/app/{name}").status_code == 404
