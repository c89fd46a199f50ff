"""How mail leaves the house follows from one setting."""

from pathlib import Path

import pytest

from wardcast.project import mail

FOLDER = Path("data/mail")


def test_without_a_setting_mail_is_written_to_a_folder_and_not_sent() -> None:
    found = mail.read("", FOLDER)
    assert found.backend.endswith("filebased.EmailBackend")
    assert found.folder == "data/mail"
    assert not found.sent


def test_a_server_is_talked_to_in_private() -> None:
    found = mail.read("smtp://us%40er:p%3Ass@mail.example.org", FOLDER)
    assert (found.host, found.port, found.user, found.password) == (
        "mail.example.org",
        587,
        "us@er",
        "p:ss",
    )
    assert found.starttls
    assert found.sent
    found = mail.read("smtps://mail.example.org", FOLDER)
    assert (found.port, found.tls, found.starttls) == (465, True, False)


def test_only_this_machine_gets_mail_in_the_clear() -> None:
    assert not mail.read("smtp://localhost:25?plain", FOLDER).starttls
    with pytest.raises(ValueError, match="unencrypted"):
        mail.read("smtp://mail.example.org?plain", FOLDER)


@pytest.mark.parametrize("setting", ["yes", "http://mail.example.org", "smtp://"])
def test_a_setting_that_means_nothing_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match="WARDCAST_MAIL"):
        mail.read(setting, FOLDER)
