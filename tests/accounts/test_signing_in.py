"""Signing up, in and out, and choosing a new password by the mailed link."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from people import PASSWORD, Person, client_for, make
from wardcast.accounts import queries
from wardcast.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_passwords")]

FORM = {
    "name": "Zoe Zeller",
    "username": "Zoe_Z",
    "email": "Zoe@Example.org",
    "password1": "a door that opens twice",
}


def sign_in(client: Client, login: str, password: str) -> bool:
    client.post("/accounts/login/", {"login": login, "password": password})
    return "_auth_user_id" in client.session


def mailed_link(number: int = -1) -> str:
    found = re.search(r"http://localhost:8000(/accounts/\S+)", str(mail.outbox[number].body))
    assert found, mail.outbox[number].body
    return found[1]


def test_one_signs_up_in_out_and_in_again_with_a_new_password_from_the_mailed_link() -> None:
    client = Client()
    assert client.get("/accounts/signup/").status_code == 200
    answer = client.post("/accounts/signup/", FORM)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    me = client.get("/api/v1/me").json()
    assert (me["name"], me["handle"], me["email"]) == ("Zoe Zeller", "zoe_z", "zoe@example.org")

    client.post("/accounts/logout/")
    assert client.get("/api/v1/me").json()["signed_in"] is False
    assert sign_in(client, "zoe@example.org", FORM["password1"])
    client.post("/accounts/logout/")
    assert sign_in(client, "ZOE_Z", FORM["password1"])
    client.post("/accounts/logout/")

    asked = client.post("/accounts/password/reset/", {"email": "zoe@example.org"})
    assert asked.headers["Location"] == "/accounts/password/reset/done/"
    form = client.get(mailed_link(), follow=True)
    assert "Choose a new password" in form.content.decode()
    new = "a window that stays shut"
    done = client.post(
        form.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True
    )
    assert "Your password is changed" in done.content.decode()
    assert not sign_in(Client(), "zoe_z", FORM["password1"])
    assert sign_in(Client(), "zoe_z", new)


def test_a_reset_link_works_once(cleo: Person) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": cleo.email})
    link = mailed_link()
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert sign_in(Client(), "cleo", PASSWORD)
    again = Client().get(link, follow=True)
    assert "This link no longer works" in again.content.decode()


def test_the_mailed_link_carries_the_houses_address_whatever_the_request_says(
    cleo: Person,
) -> None:
    Client().post("/accounts/password/reset/", {"email": cleo.email}, headers={"host": "127.0.0.1"})
    assert mailed_link().startswith("/accounts/password/reset/key/")


def test_resetting_shows_the_same_page_for_a_known_and_an_unknown_address(cleo: Person) -> None:
    pages = [
        Client().post("/accounts/password/reset/", {"email": address}, follow=True)
        for address in (cleo.email, "nobody@example.org")
    ]
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert pages[0].content == pages[1].content
    assert [sent.to for sent in mail.outbox] == [[cleo.email], ["nobody@example.org"]]
    assert "There is no such account here" in str(mail.outbox[1].body)


def test_signing_in_says_the_same_for_a_wrong_password_and_an_unknown_person() -> None:
    make("cleo", password=PASSWORD)

    def said(login: str) -> str:
        answer = Client().post("/accounts/login/", {"login": login, "password": "not this one"})
        return re.sub(r'value="[^"]*"|nonce="[^"]*"', "", answer.content.decode())

    assert "do not fit together" in said("cleo")
    assert said("cleo") == said("nobody_here")
    assert said("cleo@example.org") == said("nobody@example.org")


def test_where_mail_is_sent_signing_up_shows_the_same_page_for_a_known_address(
    cleo: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    hashed: list[str] = []
    monkeypatch.setattr("wardcast.accounts.forms.make_password", hashed.append)
    pages = [
        Client().post(
            "/accounts/signup/", {**FORM, "username": handle, "email": address}, follow=True
        )
        for handle, address in (("zoe_z", "zoe@example.org"), ("zoe_y", cleo.email))
    ]
    assert pages[0].redirect_chain == pages[1].redirect_chain
    said = [page.content.decode() for page in pages]
    assert said[0].replace("zoe@example.org", cleo.email) == said[1]
    assert "Look in your mail" in said[1]
    assert "You have an account already" in str(mail.outbox[1].subject)
    assert hashed == [FORM["password1"]], "or the time would tell"
    assert queries.id_of("zoe_y") is None


def test_confirming_the_address_by_the_mailed_link_lets_one_in(settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    client = Client()
    client.post("/accounts/signup/", FORM)
    assert not sign_in(client, "zoe_z", FORM["password1"])
    link = mailed_link(0)
    assert "Is zoe@example.org yours?" in client.get(link).content.decode()
    client.post(link)
    assert sign_in(Client(), "zoe_z", FORM["password1"])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "  "}, "Write your name."),
        ({"username": "admin"}, "is kept for the house"),
        ({"username": "a b c"}, "cannot be a handle"),
        ({"username": "CLEO"}, "This handle is taken"),
        ({"email": "cleo@EXAMPLE.org"}, "There is an account with this address already"),
        ({"password1": "short"}, "too short"),
        ({"password1": "password123"}, "too common"),
        ({"password1": "zoe@example.org"}, "too similar"),
    ],
)
def test_a_form_that_does_not_fit_says_why_and_keeps_what_was_typed(
    cleo: Person, changed: dict[str, str], said: str
) -> None:
    answer = Client().post("/accounts/signup/", FORM | changed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page
    assert 'aria-invalid="true"' in page
    assert (FORM | changed)["email"] in page
    assert not re.search(r"<input[^>]*password[^>]*value=", page)


def test_guessing_a_password_is_stopped_after_a_few_attempts() -> None:
    make("cleo", password=PASSWORD)
    for _ in range(6):
        answer = Client().post("/accounts/login/", {"login": "cleo", "password": "not this one"})
    assert "too many attempts" in answer.content.decode()
    assert not sign_in(Client(), "cleo", PASSWORD)


def test_signing_up_too_often_from_one_place_is_refused() -> None:
    codes = {Client().post("/accounts/signup/", {}).status_code for _ in range(25)}
    assert codes == {200, 429}


def test_someone_shut_out_cannot_sign_in_and_has_no_roles() -> None:

    person = make("cleo", password=PASSWORD)
    client = Client()
    assert sign_in(client, "cleo", PASSWORD)
    User.objects.filter(pk=person.id).update(is_active=False)
    assert client.get("/api/v1/me").json()["roles"] == ["guest"]
    assert not sign_in(Client(), "cleo", PASSWORD)


def test_the_address_changes_once_the_new_one_is_confirmed(cleo: Person) -> None:

    client = client_for(cleo)
    client.post("/accounts/email/", {"email": "cleo@new.example.org", "action_add": ""})
    assert client.get("/api/v1/me").json()["email"] == "cleo@example.org"
    assert "Waits to be confirmed" in client.get("/accounts/email/").content.decode()
    client.post(mailed_link())
    assert client.get("/api/v1/me").json()["email"] == "cleo@new.example.org"


def test_the_password_changes_with_the_present_one(settings: Settings) -> None:
    make("cleo", password=PASSWORD)
    client = Client()
    sign_in(client, "cleo", PASSWORD)
    new = "a window that stays shut"
    body = {"oldpassword": "wrong one here", "password1": new, "password2": new}
    refused = client.post("/accounts/password/change/", body)
    assert "not your present password" in refused.content.decode()
    client.post("/accounts/password/change/", body | {"oldpassword": PASSWORD})
    assert sign_in(Client(), "cleo", new)


def test_a_mail_server_that_is_down_is_said_and_logged(
    cleo: Person, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    pages = [
        Client().post("/accounts/password/reset/", {"email": address}, follow=True)
        for address in (cleo.email, "nobody@example.org")
    ]
    assert pages[0].content == pages[1].content
    assert "Our mail server did not take the mail" in pages[0].content.decode()
    assert "could not be handed to the mail server" in caplog.text


@pytest.mark.parametrize(
    "path",
    [
        "login/",
        "signup/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/done/",
        "password/reset/key/1-x/",
        "confirm-email/",
        "confirm-email/x/",
        "inactive/",
    ],
)
def test_sign_in_pages_have_no_inline_style_or_script(path: str) -> None:
    page = Client().get(f"/accounts/{path}").content.decode()
    assert "<h1>" in page
    assert "pages/pages.css" in page
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)
