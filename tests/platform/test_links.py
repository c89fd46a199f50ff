"""Addresses that run out: they lead to one folder, for some minutes, and do not tell its name."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from wardcast.platform.storage import links

NOON = datetime(2026, 5, 4, 12, 0, 30, tzinfo=UTC)
FOLDER = "a" * 36


def test_a_link_leads_to_the_folder_under_a_name_that_does_not_tell_it(tmp_path: Path) -> None:
    public = tmp_path / "public"
    (public / FOLDER).mkdir(parents=True)
    (public / FOLDER / "clip.mp4").write_bytes(b"clip")
    names = {links.lead(tmp_path / "restricted", public, "secret", FOLDER) for _ in range(2)}
    (name,) = names
    assert FOLDER not in name
    assert (tmp_path / "restricted" / name / "clip.mp4").read_bytes() == b"clip"
    assert links.alias("another secret", FOLDER) != name
    (public / FOLDER).rename(tmp_path / "withdrawn")
    assert not (tmp_path / "restricted" / name / "clip.mp4").exists()


@given(seconds=st.integers(0, 3600))
def test_an_address_lasts_for_four_to_five_minutes(seconds: int) -> None:
    now = NOON + timedelta(seconds=seconds)
    name = links.alias("secret", FOLDER)
    card = json.dumps({"hls": links.address(name, "master.m3u8")}).encode()
    said = json.loads(links.signed(card, "secret", now))["hls"]
    _, prefix, signature, expires, folder, file = said.split("/")
    assert (prefix, folder, file) == ("restricted", name, "master.m3u8")
    assert 240 <= int(expires) - now.timestamp() <= 300
    assert signature == links.signature("secret", name, int(expires))


def test_everyone_served_within_a_minute_gets_the_same_address() -> None:
    card = b'{"hls":"' + links.address(links.alias("s", FOLDER), "a.m3u8").encode() + b'"}'
    assert links.signed(card, "s", NOON) == links.signed(card, "s", NOON + timedelta(seconds=29))
    assert links.signed(card, "s", NOON) != links.signed(card, "s", NOON + timedelta(seconds=31))


def test_what_is_no_address_stays_as_it_is() -> None:
    for text in (b"{}", b'{"text":"see /restricted/abc"}', b'{"hls":"/media/abc/master.m3u8"}'):
        assert links.signed(text, "secret", NOON) == text


def test_the_signature_is_the_one_that_nginx_makes() -> None:
    # printf %s "2147483647/name secret" | openssl md5 -binary | openssl base64 | tr +/ -_ | tr -d =
    assert links.signature("secret", "name", 2147483647) == "s_XE0pyhZ1EDpOqjnBb6zQ"
