"""Anyone may have the corrections of a house by mail: asked twice, told once, and forgotten."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from factories import Made, a_public_post
from people import Person, client_for
from wardcast.platform import clock, tickets
from wardcast.platform.models import Job, Use
from wardcast.recall import actions, subscribing
from wardcast.recall.models import Subscriber
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
READER = "rosa@example.org"
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")
A_BIT = timedelta(minutes=3)


def opened(made: Made, words: Words = WORDS, **more: Any) -> Any:
    severity = more.pop("severity", Severity.CORRECT)
    return actions.open_notice(made.author.actor, made.version_id, severity, words, **more)


def ask(address: str = READER, browser: Client | None = None, **more: Any) -> Any:
    return (browser or client_for()).post("/corrections/by-mail", {"address": address}, **more)


def link_in(message: Any, path: str) -> str:
    (found,) = re.findall(
        rf"^http://localhost:8000(/{path}/[\w-]+)$", str(message.body), re.MULTILINE
    )
    assert found in message.alternatives[0][0]
    return str(found)


def subscribed(address: str = READER) -> None:
    ask(address)
    link = link_in(mail.outbox.pop(), "corrections/confirm")
    assert client_for().post(link).status_code == 200


def send() -> list[Any]:
    """The mails of one round, a bit later."""
    clock.advance(A_BIT)
    before = len(mail.outbox)
    assert subscribing.send(clock.now()) == len(mail.outbox) - before
    return mail.outbox[before:]


def test_the_page_of_corrections_has_a_field_for_an_address_and_no_script(eli: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.get("/corrections").content.decode()
    assert 'action="/corrections/by-mail"' in page
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    answer = browser.post("/corrections/by-mail", {"address": READER, "csrfmiddlewaretoken": token})
    assert answer.status_code == 200
    assert [each.to for each in mail.outbox] == [[READER]]


def test_an_address_is_kept_only_once_its_reader_has_pressed_the_button() -> None:
    ask()
    link = link_in(mail.outbox[0], "corrections/confirm")
    assert "List-Unsubscribe" not in mail.outbox[0].message()
    assert client_for().get(link).status_code == 200  # as a program that looks at mail does
    assert not Subscriber.objects.exists()
    assert not Job.objects.exists()
    assert not Use.objects.filter(key__contains="rosa").exists()
    assert "rosa" not in link
    for _ in range(2):
        assert client_for().post(link).status_code == 200
    assert Subscriber.objects.get().address == READER


def test_a_link_is_good_for_three_days_and_for_nothing_else() -> None:
    ask()
    link = link_in(mail.outbox[0], "corrections/confirm")
    clock.advance(timedelta(days=3, minutes=1))
    others = [
        link,
        f"/corrections/confirm/{tickets.seal('stop corrections', READER)}",
        "/corrections/confirm/rosa@example.org",
        f"/mail/corrections/{link.rpartition('/')[2]}",
    ]
    for each in others:
        assert client_for().get(each).status_code == 404
        assert client_for().post(each).status_code == 404
    assert not Subscriber.objects.exists()


def test_nobody_learns_whether_an_address_is_subscribed() -> None:
    def said(address: str) -> tuple[int, str, str]:
        answer = ask(address)
        message = mail.outbox.pop()
        text = re.sub(r"/confirm/[\w-]+", "", str(message.body))
        return answer.status_code, answer.content.decode(), message.subject + text

    subscribed()
    assert said(READER) == said("somebody.else@example.org")
    ended = [tickets.seal("stop corrections", each) for each in (READER, "nobody@example.org")]
    pages = [client_for().get(f"/mail/corrections/{each}").content for each in ended]
    pages += [client_for().post(f"/mail/corrections/{each}").content for each in ended]
    assert pages[0] == pages[1]
    assert pages[2] == pages[3]


def test_each_correction_comes_once_and_at_most_one_mail_a_day(ana: Person, dev: Person) -> None:
    opened(a_public_post(ana, "Before"), Words("Old.", "x", "", "I am sorry."))
    clock.advance(A_BIT)
    subscribed()
    assert send() == []
    notice = opened(a_public_post(ana, "Inhalers"))
    (message,) = send()
    assert message.to == [READER]
    assert message.subject == "Wardcast: a correction"
    for text in (str(message.body), message.alternatives[0][0]):
        assert text.index("Keep taking it.") < text.index("by Dr Ana Araujo")
        assert f"http://localhost:8000/notices/{notice}" in text
        assert "Inhalers" not in text
        assert "I said" not in text
        assert "watched" not in text
    clock.advance(timedelta(hours=1))
    for right in ("One.", "Two."):
        made = a_public_post(ana, right)
        words = Words(right, "x", "", "I am sorry.")
        actions.open_notice(dev.actor, made.version_id, Severity.CORRECT, words)
    opened(a_public_post(ana), severity=Severity.NOTE)
    assert send() == []
    clock.advance(timedelta(days=1))
    (message,) = send()
    assert message.subject == "Wardcast: 2 corrections"
    assert "One." in message.body
    assert "Two." in message.body
    assert "Signed: Dev Desai." in message.body
    assert "Keep taking it." not in message.body
    clock.advance(timedelta(days=2))
    assert send() == []


def test_words_of_others_are_escaped_and_a_privacy_notice_says_nothing_of_the_patient(
    ana: Person,
) -> None:
    subscribed()
    words = Words("<b>Do not</b> share it.", "I named Mister Okafor.", "", "I am sorry.")
    opened(a_public_post(ana, "Okafor"), words, severity=Severity.WITHDRAW, privacy=True)
    (message,) = send()
    html = message.alternatives[0][0]
    assert "&lt;b&gt;Do not&lt;/b&gt; share it." in html
    assert "Okafor" not in html + str(message.body)


def test_one_click_ends_it_and_the_address_is_gone(ana: Person) -> None:
    subscribed()
    opened(a_public_post(ana))
    (message,) = send()
    raw = message.message()
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = link_in(message, "mail/corrections")
    assert str(raw["List-Unsubscribe"]).strip() == f"<http://localhost:8000{link}>"
    assert client_for().get(link).status_code == 200
    assert Subscriber.objects.exists()
    answer = Client(enforce_csrf_checks=True).post(
        link, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()
    opened(a_public_post(ana, "Another"))
    clock.advance(timedelta(days=2))
    assert send() == []


@pytest.mark.parametrize(
    "address", ["", "rosa", "rosa@example.org\nBcc: all@example.org", "a" * 250 + "@example.org"]
)
def test_what_is_no_address_is_refused_and_nothing_is_sent(address: str) -> None:
    assert ask(address).status_code == 422
    assert mail.outbox == []


def test_an_address_gets_three_links_a_day_and_a_place_asks_ten_times_an_hour() -> None:
    pages = {ask(READER).content for _ in range(5)}
    assert len(pages) == 1
    assert len(mail.outbox) == 3
    for number in range(5):
        assert ask(f"reader{number}@example.org").status_code == 200
    assert ask("one.more@example.org").status_code == 429
    behind = {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}
    assert ask("one.more@example.org", **behind).status_code == 200
    answers = []
    for number in range(11):  # its own word for where it is counts for nothing
        where = {"REMOTE_ADDR": "203.0.113.7", "HTTP_X_FORWARDED_FOR": f"10.0.0.{number}"}
        answers.append(ask(f"more{number}@example.org", **where).status_code)
    assert answers == [*[200] * 10, 429]


class Troubled(EmailBackend):
    """A mail server that does what `trouble` says with the next mails."""

    trouble: list[Exception] = []

    def send_messages(self, messages: Any) -> int:
        if self.trouble:
            raise self.trouble.pop(0)
        return super().send_messages(messages)


def test_a_mail_that_is_put_off_comes_later_and_one_of_unknown_fate_comes_not_twice(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wardcast.notify import letters

    subscribed()
    opened(a_public_post(ana))
    monkeypatch.setattr(letters, "get_connection", Troubled)
    Troubled.trouble = [SMTPRecipientsRefused({READER: (451, b"later")})]
    assert send() == []
    assert [each.to for each in send()] == [[READER]]
    clock.advance(timedelta(days=1))
    opened(a_public_post(ana, "Another"))
    clock.advance(A_BIT)
    Troubled.trouble = [SMTPServerDisconnected("in the midst")]
    with pytest.raises(SMTPServerDisconnected):
        subscribing.send(clock.now())
    clock.advance(timedelta(days=1))
    assert send() == []


def test_a_mail_server_that_is_away_is_said_so_to_whoever_asks(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = ask()
    assert answer.status_code == 503
    assert b"mail server did not take the mail" in answer.content


def test_a_host_s_name_breaks_no_page_of_mail(ada: Person) -> None:
    from wardcast.accounts.models import Host

    Host.objects.update_or_create(pk=1, defaults={"name": "<i>St Elsewhere\r\nBcc:"})
    ask()
    (message,) = mail.outbox
    assert "&lt;i&gt;St Elsewhere Bcc:" in message.alternatives[0][0]
    assert message.message()["Bcc"] is None
