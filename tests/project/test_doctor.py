"""`wardcast doctor` says what is on and off by trying it."""

import pytest

from wardcast.platform import config, signing
from wardcast.project import doctor

pytestmark = pytest.mark.django_db


def found() -> doctor.Finding:
    (finding,) = (each for each in doctor.examine() if each.what == "Content credentials")
    return finding


def test_it_says_who_signs_and_where_others_find_the_root() -> None:
    finding = found()
    assert finding.state == "on"
    assert signing.signer().name in finding.says
    assert finding.remedy.endswith("/.well-known/wardcast-ca.pem")


def test_a_certificate_that_cannot_be_used_is_broken_and_it_says_which(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WARDCAST_C2PA_CERT", "/nowhere/cert.pem")
    monkeypatch.setenv("WARDCAST_C2PA_KEY", "/nowhere/key.pem")
    config.current.cache_clear()
    try:
        finding = found()
    finally:
        monkeypatch.undo()
        config.current.cache_clear()
    assert finding.state == "broken"
    assert "/nowhere/cert.pem" in finding.says
    assert finding.remedy
