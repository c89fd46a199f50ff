"""Who was not back within three days is written to once about each notice, and can end that."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from factories import Made, a_public_post
from people import Person, client_for, make
from wardcast.accounts import viewers
from wardcast.accounts.models import DeviceViewer, Viewer
from wardcast.notify import choices
from wardcast.platform import clock, tickets
from wardcast.platform.models import Job
from wardcast.recall import actions, ledger, queries, reminding
from wardcast.recall.ledger import Exposed
from wardcast.recall.models import Cohort, Reminder
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")
HOURS_72 = timedelta(hours=72)


def opened(made: Made, words: Words = WORDS, **more: Any) -> UUID:
    severity = more.pop("severity", Severity.CORRECT)
    return actions.open_notice(made.author.actor, made.version_id, severity, words, **more)


def served(made: Made, *people: Person) -> None:
    for person in people:
        number = viewers.of_account(person.id)
        ledger.record([Exposed(made.serial, number, ledger.SERVED, clock.now())])


def remind(**more: int) -> list[str]:
    """The addresses that one round writes to."""
    before = len(mail.outbox)
    sent = reminding.remind(clock.now(), **more)
    assert sent == len(mail.outbox) - before
    return [each.to[0] for each in mail.outbox[before:]]


def html_of(message: Any) -> str:
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    return str(html)


def test_after_three_days_whoever_was_not_shown_it_gets_one_mail_and_nobody_else_does(
    ana: Person, ben: Person, cleo: Person, dev: Person, do_jobs: Callable[[], int]
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo, dev)
    notice = opened(made)
    served(a_public_post(ana, "Another"), make("omar"))
    actions.shown(ben.actor, [notice])
    actions.acknowledge(dev.actor, [notice])
    clock.advance(HOURS_72 - timedelta(minutes=1))
    assert remind() == []
    clock.advance(timedelta(minutes=1))
    assert remind() == ["cleo@example.org"]
    for _ in range(3):
        clock.advance(timedelta(days=1))
        assert remind() == []
    assert Reminder.objects.count() == 1


def test_opening_a_notice_writes_nothing_about_reminders(ana: Person, cleo: Person) -> None:
    made = a_public_post(ana)
    served(made, cleo)
    opened(made)
    assert not Reminder.objects.exists()
    assert not Job.objects.filter(name="recall.remind").exists()


def test_the_worker_does_it_by_itself_every_ten_minutes(
    ana: Person, cleo: Person, do_jobs: Callable[[], int]
) -> None:
    from wardcast.platform import jobs

    made = a_public_post(ana)
    served(made, cleo)
    opened(made)
    clock.advance(HOURS_72)
    jobs.start_due(clock.now())
    do_jobs()
    assert [each.to for each in mail.outbox] == [["cleo@example.org"]]


def test_one_mail_holds_everything_that_is_owed_then_what_is_right_first(
    ana: Person, cleo: Person
) -> None:
    first, second = a_public_post(ana, "Inhalers"), a_public_post(ana, "Knees")
    served(first, cleo)
    served(second, cleo)
    notices = [opened(first)]
    clock.advance(timedelta(days=2))
    notices.append(opened(second, Words("Bend it.", "I said never.", "", "I am sorry.")))
    clock.advance(timedelta(days=1))
    remind()
    (message,) = mail.outbox
    assert message.subject == "Wardcast: 2 corrections wait for you"
    for text in (str(message.body), html_of(message)):
        for word in ("Keep taking it.", "Ask your pharmacist.", "Bend it.", "Dr Ana Araujo"):
            assert word in text
        for each in notices:
            assert f"http://localhost:8000/notices/{each}" in text
        for word in ("Inhalers", "Knees", "I said", "<img", "/clips/", "/media/"):
            assert word not in text
        assert text.index("Keep taking it.") < text.index("A correction to a video")
    clock.advance(timedelta(days=2))  # the younger is three days old now, and was in that mail
    assert remind() == []


def test_a_note_is_owed_by_nobody_and_nobody_is_written_to(ana: Person, cleo: Person) -> None:
    made = a_public_post(ana)
    served(made, cleo)
    opened(made, severity=Severity.NOTE)
    clock.advance(HOURS_72)
    assert remind() == []


def test_a_notice_that_was_wrong_itself_is_not_sent_beside_the_right_one(
    ana: Person, cleo: Person
) -> None:
    made = a_public_post(ana)
    served(made, cleo)
    wrong = opened(made)
    opened(made, Words("Take half.", "My correction.", "", "I am sorry."), corrects=wrong)
    clock.advance(HOURS_72)
    remind()
    (message,) = mail.outbox
    assert "Take half." in message.body
    assert "Keep taking it." not in message.body


def test_words_of_others_break_neither_the_page_nor_the_lines_of_a_mail(
    ana: Person, cleo: Person
) -> None:
    made = a_public_post(ana)
    served(made, cleo)
    nasty = '<script>alert(1)</script>"&\r\nTo end these mails:'
    opened(made, Words(nasty, "x", nasty, "I am sorry."))
    clock.advance(HOURS_72)
    remind()
    (message,) = mail.outbox
    html = html_of(message)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp; To end these mails:" in html
    assert "\nTo end these mails:" not in message.body


def test_a_privacy_notice_says_nothing_of_the_patient(ana: Person, cleo: Person) -> None:
    made = a_public_post(ana, "Mister Okafor's knee")
    served(made, cleo)
    words = Words("Please do not share it.", "I named Mister Okafor.", "", "I am sorry.")
    opened(made, words, severity=Severity.WITHDRAW, privacy=True)
    clock.advance(HOURS_72)
    remind()
    (message,) = mail.outbox
    assert b"Please do not share it." in message.message().as_bytes()
    assert "Okafor" not in str(message.body) + html_of(message) + str(message.subject)


def test_what_was_watched_on_a_device_before_signing_in_counts(ana: Person, cleo: Person) -> None:
    made = a_public_post(ana)
    device = Viewer.objects.create(kind=Viewer.Kind.DEVICE, created_at=clock.now())
    DeviceViewer.objects.create(
        token_hash="0" * 64,
        viewer=device,
        last_seen=clock.now(),
        merged_into=viewers.of_account(cleo.id),
    )
    guest = Viewer.objects.create(kind=Viewer.Kind.DEVICE, created_at=clock.now())
    for number in (device.number, guest.number):
        ledger.record([Exposed(made.serial, number, ledger.SERVED, clock.now())])
    opened(made)
    clock.advance(HOURS_72)
    assert remind() == ["cleo@example.org"]


def test_who_was_shown_it_on_another_device_is_not_written_to(ana: Person, cleo: Person) -> None:
    made = a_public_post(ana)
    served(made, cleo)
    notice = opened(made)
    clock.advance(HOURS_72)
    device = Viewer.objects.create(kind=Viewer.Kind.DEVICE, created_at=clock.now())
    DeviceViewer.objects.create(
        token_hash="0" * 64,
        viewer=device,
        last_seen=clock.now(),
        merged_into=viewers.of_account(cleo.id),
    )
    assert len(cleo.actor.viewers) == 2
    from wardcast.platform.policy import Actor

    both = cleo.actor.viewers
    actions.shown(Actor(viewer=device.number, viewers=both), [notice])
    assert remind() == []


def test_no_table_beside_the_links_says_who_was_written_to(ana: Person, cleo: Person) -> None:
    made = a_public_post(ana)
    served(made, cleo)
    opened(made)
    clock.advance(HOURS_72)
    remind()
    (row,) = Reminder.objects.all()
    assert row.viewer == viewers.of_account(cleo.id)
    names = {each.name for each in Reminder._meta.get_fields()}
    assert names == {"pk", "notice", "viewer", "at"}


def test_rounds_are_bounded_and_the_next_goes_on(
    ana: Person, ben: Person, cleo: Person, dev: Person
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo, dev)
    opened(made)
    clock.advance(HOURS_72)
    found = [remind(at_once=2), remind(at_once=2), remind(at_once=2)]
    assert [len(each) for each in found] == [2, 1, 0]
    assert len({address for each in found for address in each}) == 3
    assert Cohort.objects.get().reminded_at is not None


def test_old_notices_are_not_mailed_about_after_a_house_stood_still(
    ana: Person, cleo: Person
) -> None:
    made = a_public_post(ana)
    served(made, cleo)
    opened(made)
    clock.advance(reminding.GIVEN_UP_AFTER)
    assert remind() == []
    assert Cohort.objects.get().reminded_at is not None


class Troubled(EmailBackend):
    """A mail server that does what `trouble` says with the next mails."""

    trouble: list[Exception | None] = []

    def send_messages(self, messages: Any) -> int:
        if self.trouble and (error := self.trouble.pop(0)):
            raise error
        return super().send_messages(messages)


@pytest.fixture
def troubled(settings: Any) -> Iterator[type[Troubled]]:
    settings.EMAIL_BACKEND = f"{__name__}.Troubled"
    import sys

    sys.modules.setdefault(__name__, sys.modules[Troubled.__module__])
    Troubled.trouble = []
    yield Troubled
    Troubled.trouble = []


def test_killed_while_a_mail_leaves_no_second_one_does(
    ana: Person, ben: Person, cleo: Person, troubled: type[Troubled]
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo)
    opened(made)
    clock.advance(HOURS_72)
    troubled.trouble = [SMTPServerDisconnected("in the midst")]
    with pytest.raises(SMTPServerDisconnected):
        remind()
    assert len(remind()) == 1  # the other; what became of the first mail nobody knows
    assert Reminder.objects.count() == 2
    assert remind() == []


def test_a_mail_that_the_server_puts_off_is_sent_later_and_one_that_it_refuses_is_not(
    ana: Person, ben: Person, cleo: Person, troubled: type[Troubled]
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo)
    opened(made)
    clock.advance(HOURS_72)
    later, never = ((code, b"no") for code in (450, 550))
    troubled.trouble = [SMTPRecipientsRefused({"a": later}), SMTPRecipientsRefused({"b": never})]
    assert reminding.remind(clock.now()) == 1
    assert mail.outbox == []
    assert len(remind()) == 1
    assert remind() == []


def test_a_server_that_does_not_answer_costs_nobody_their_mail(
    ana: Person, cleo: Person, settings: Any
) -> None:
    made = a_public_post(ana)
    served(made, cleo)
    opened(made)
    clock.advance(HOURS_72)
    kept = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError, match="refused"):
        reminding.remind(clock.now())
    settings.EMAIL_BACKEND = kept
    assert remind() == ["cleo@example.org"]


@contextmanager
def _a_reminder(ana: Person, cleo: Person) -> Iterator[str]:
    made = a_public_post(ana)
    served(made, cleo)
    opened(made)
    clock.advance(HOURS_72)
    assert remind() == ["cleo@example.org"]
    raw = message_from_bytes(mail.outbox[-1].message().as_bytes(), policy=default)
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert raw["Auto-Submitted"] == "auto-generated"
    (address,) = re.findall(r"^<http://localhost:8000(/mail/reminders/[\w-]+)>$",
        str(raw["List-Unsubscribe"]).strip())  # fmt: skip
    assert address in str(mail.outbox[-1].body)
    assert address in html_of(mail.outbox[-1])
    yield address


def test_a_link_alone_ends_nothing_and_its_button_does(ana: Person, cleo: Person) -> None:
    with _a_reminder(ana, cleo) as address:
        page = client_for().get(address)
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store"
        assert b"End reminders by mail" in page.content
        assert choices.reminded_by_mail([cleo.id]) == {cleo.id}
        assert client_for().post(address).status_code == 200
        assert choices.reminded_by_mail([cleo.id]) == set()
        made = a_public_post(ana, "Another")
        served(made, cleo)
        opened(made)
        clock.advance(HOURS_72)
        assert remind() == []


def test_a_mail_program_ends_it_in_one_click_without_cookies_or_token(
    ana: Person, cleo: Person
) -> None:
    from django.test import Client

    with _a_reminder(ana, cleo) as address:
        answer = Client(enforce_csrf_checks=True).post(
            address, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"
        )
        assert answer.status_code == 200
        assert choices.reminded_by_mail([cleo.id]) == set()


def test_no_other_ticket_ends_anything(ana: Person, cleo: Person) -> None:
    other = tickets.seal("corrections", str(cleo.id))
    whole = choices.stop_url(cleo.id).rpartition("/")[2]
    for bad in (other, whole[:-4] + "AAAA", "x", str(cleo.id), "\u00e9"):
        for ask in (client_for().get, client_for().post):
            assert ask(f"/mail/reminders/{bad}").status_code == 404
    assert choices.reminded_by_mail([cleo.id]) == {cleo.id}


def test_a_person_switches_reminders_off_and_on(cleo: Person, eli: None) -> None:
    browser = client_for(cleo)
    assert browser.get("/api/v1/me/reminders").json() == {"by_mail": True}
    for wish in (False, True):
        answer = browser.put("/api/v1/me/reminders", {"by_mail": wish}, "application/json")
        assert answer.json() == {"by_mail": wish}
        assert browser.get("/api/v1/me/reminders").json() == {"by_mail": wish}
        assert (cleo.id in choices.reminded_by_mail([cleo.id])) is wish
    assert client_for(eli).get("/api/v1/me/reminders").status_code == 401


def test_who_erases_what_they_watched_is_forgotten_here_too(ana: Person, cleo: Person) -> None:
    made = a_public_post(ana)
    served(made, cleo)
    opened(made)
    clock.advance(HOURS_72)
    remind()
    actions.erase(cleo.actor.viewers)
    assert not Reminder.objects.exists()
    assert remind() == []
    assert queries.owed(cleo.actor.viewers) == ()


def test_an_account_that_is_shut_out_is_not_written_to(
    ana: Person, cleo: Person, ada: Person
) -> None:
    from django.contrib.auth import get_user_model

    made = a_public_post(ana)
    served(made, cleo)
    opened(made)
    get_user_model().objects.filter(pk=cleo.id).update(is_active=False)
    clock.advance(HOURS_72)
    assert remind() == []
